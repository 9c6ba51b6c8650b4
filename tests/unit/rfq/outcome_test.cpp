#include "tests/unit/rfq/in_flight.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <string>

using namespace std::chrono_literals;
using namespace support;
using base::Errc;
using rfq::AcceptanceState;
using rfq::ExecutionReported;
using rfq::NoticeCode;
using rfq::RfqState;
using rfq::Severity;

namespace {

TEST_F(InFlight, AFullFillIsATrade)
{
    EXPECT_EQ(state(), AcceptanceState::Sent);
    EXPECT_TRUE(desk.service.trades().empty());
    desk.fill(id);
    EXPECT_EQ(state(), AcceptanceState::Filled);
    EXPECT_EQ(desk.rfq(id).state, RfqState::Traded);
    ASSERT_EQ(desk.service.trades().size(), 1U);
    const rfq::Trade& trade = desk.service.trades()[0];
    EXPECT_EQ(trade.price.text, "1.15342");
    EXPECT_EQ(trade.quantity, decimal("25000000"));
    EXPECT_EQ(trade.dealer, DlrA);
    EXPECT_EQ(trade.discrepancy, "");
    EXPECT_EQ(desk.rfq(id).trade, trade);
    const rfq::Changes changes = desk.service.takeChanges();
    EXPECT_EQ(changes.newTrades, 1U);
    ASSERT_EQ(changes.notices.size(), 1U);
    EXPECT_EQ(changes.notices[0].code, NoticeCode::Traded);
    ASSERT_EQ(desk.journal.all<rfq::TradeBooked>().size(), 1U);
    EXPECT_EQ(desk.journal.all<rfq::RequestClosed>().back().state, RfqState::Traded);
}

TEST_F(InFlight, AQuoteResponseThatAnswersOurHitRefusesIt)
{
    rfq::QuoteWithdrawn other{VenueX, id, DlrA, rfq::QuoteId("QA-1"), "expired", rfq::ClOrdId("SOMEBODY-ELSES")};
    desk.service.apply(other);
    EXPECT_EQ(state(), AcceptanceState::Sent);

    other.answers = accepted().id;
    desk.service.apply(other);
    EXPECT_EQ(state(), AcceptanceState::Rejected);
    EXPECT_EQ(desk.acceptance(id).text, "expired");
    EXPECT_TRUE(desk.service.trades().empty());
}

TEST_F(InFlight, TheTradeIsJournaledBeforeTheAcceptanceMoves)
{
    desk.fill(id);
    const auto& records = desk.journal.records;
    const auto booked = std::find_if(records.begin(), records.end(),
        [](const rfq::JournalRecord& r) { return std::holds_alternative<rfq::TradeBooked>(r); });
    const auto moved = std::find_if(records.begin(), records.end(), [](const rfq::JournalRecord& r) {
        const auto* move = std::get_if<rfq::AcceptanceMoved>(&r);
        return move && move->state == AcceptanceState::Filled;
    });
    EXPECT_LT(booked, moved);
}

TEST_F(InFlight, AnAcknowledgementIsTheLastLookAndNotATrade)
{
    for (const char status : {'A', '0'}) {
        report(desk.statusReport(accepted(), status));
        EXPECT_EQ(state(), AcceptanceState::Held);
        EXPECT_EQ(desk.rfq(id).state, RfqState::Accepting);
        EXPECT_TRUE(desk.service.trades().empty());
    }
}

TEST_F(InFlight, TheSameFillToldTwiceIsOneTrade)
{
    desk.fill(id);
    desk.fill(id);
    auto again = desk.fillReport(accepted());
    again.possDup = true;
    report(again);
    again.execId = rfq::ExecId("E-other");
    report(again);
    again.execType = 'I';
    report(again);
    EXPECT_EQ(desk.service.trades().size(), 1U);
    EXPECT_FALSE(announced(NoticeCode::FillDiffers, Severity::Alarm));
}

TEST_F(InFlight, AStatusAnswerIsJudgedByItsContent)
{
    auto answer = desk.fillReport(accepted());
    answer.execType = 'I';
    answer.lastPx.reset();
    answer.lastQty.reset();
    report(answer);
    EXPECT_EQ(state(), AcceptanceState::Filled);
    EXPECT_EQ(desk.service.trades()[0].price.text, "1.15342");
    EXPECT_EQ(desk.service.trades()[0].discrepancy, "");
}

TEST_F(InFlight, ALastFillThatStillCallsItselfPartialIsAFullFill)
{
    auto last = desk.fillReport(accepted());
    last.ordStatus = '1';
    report(last);
    EXPECT_EQ(state(), AcceptanceState::Filled);
}

TEST_F(InFlight, AFillForLessIsAPartTrade)
{
    auto part = desk.fillReport(accepted());
    part.cumQty = decimal("10000000");
    part.lastQty = part.cumQty;
    report(part);
    EXPECT_EQ(state(), AcceptanceState::PartlyFilled);
    EXPECT_EQ(desk.rfq(id).state, RfqState::PartlyTraded);
    EXPECT_EQ(desk.service.trades()[0].quantity, decimal("10000000"));
    EXPECT_TRUE(announced(NoticeCode::PartlyTraded, Severity::Warning));
}

TEST_F(InFlight, PartialFillsAddUpAtTheAveragePrice)
{
    auto part = desk.fillReport(accepted());
    part.ordStatus = '1';
    part.cumQty = part.lastQty.emplace(decimal("10000000"));
    part.leavesQty = decimal("15000000");
    report(part);
    EXPECT_EQ(state(), AcceptanceState::Held);
    EXPECT_TRUE(desk.service.trades().empty());
    auto rest = desk.fillReport(accepted());
    rest.execId = rfq::ExecId("E2");
    rest.lastQty = decimal("15000000");
    rest.lastPx = price("1.15340");
    rest.avgPx = price("1.153408");
    report(rest);
    EXPECT_EQ(state(), AcceptanceState::Filled);
    ASSERT_EQ(desk.service.trades().size(), 1U);
    EXPECT_EQ(desk.service.trades()[0].quantity, decimal("25000000"));
    EXPECT_EQ(desk.service.trades()[0].price.text, "1.153408");
}

TEST_F(InFlight, ACancelAfterAPartialFillIsAPartTrade)
{
    auto cancel = desk.statusReport(accepted(), '4');
    cancel.cumQty = decimal("10000000");
    cancel.avgPx = price("1.15342");
    report(cancel);
    EXPECT_EQ(state(), AcceptanceState::PartlyFilled);
    EXPECT_EQ(desk.service.trades().size(), 1U);
}

TEST_F(InFlight, ARejectGivesTheRequestBack)
{
    auto rejected = desk.statusReport(accepted(), '8', "price moved");
    rejected.rejectCode = "99";
    report(rejected);
    EXPECT_EQ(state(), AcceptanceState::Rejected);
    EXPECT_EQ(desk.acceptance(id).code, "99");
    EXPECT_EQ(desk.acceptance(id).text, "price moved");
    EXPECT_EQ(desk.rfq(id).state, RfqState::Quoted) << "the quote is still live";
    EXPECT_TRUE(announced(NoticeCode::AcceptanceRejected, Severity::Warning));
    EXPECT_TRUE(desk.accept(id, DlrA));
    EXPECT_EQ(desk.link.acceptances().size(), 2U);
}

TEST_F(InFlight, ARejectAfterTheRequestsLifeEndsIt)
{
    report(desk.statusReport(accepted(), 'A'));
    desk.clock.advance(61s);
    desk.reject(id);
    EXPECT_EQ(desk.rfq(id).state, RfqState::Expired);
}

TEST_F(InFlight, ACancelOrAnExpiryIsNotDone)
{
    report(desk.statusReport(accepted(), 'C', "not done"));
    EXPECT_EQ(state(), AcceptanceState::NotDone);
    EXPECT_TRUE(announced(NoticeCode::AcceptanceNotDone, Severity::Warning));
}

TEST_F(InFlight, ARefusalByTheVenuesSystemIsAReject)
{
    desk.service.apply(rfq::MessageRejected{DirectD, "D", accepted().id.text(), "6", "not authorized"});
    EXPECT_EQ(state(), AcceptanceState::Sent) << "another session cannot reject it";
    desk.service.apply(rfq::MessageRejected{VenueX, "D", accepted().id.text(), "6", "not authorized"});
    EXPECT_EQ(state(), AcceptanceState::Rejected);
    EXPECT_EQ(desk.acceptance(id).text, "not authorized");
}

TEST_F(InFlight, AQuoteStatusDecidesOnlyForTheQuoteResponseStyle)
{
    const rfq::QuoteStatusReceived refused{VenueX, id, DlrA, rfq::QuoteId("QA-1"), "5", "22", "gone"};
    desk.service.apply(refused);
    EXPECT_EQ(state(), AcceptanceState::Sent);

    id = desk.acceptedBy(DlrD);
    rfq::QuoteStatusReceived status{DirectD, id, DlrD, rfq::QuoteId("QA-1"), "10", "", ""};
    desk.service.apply(status);
    EXPECT_EQ(state(), AcceptanceState::Held);
    status.quote = rfq::QuoteId("QA-0");
    status.status = "5";
    desk.service.apply(status);
    EXPECT_EQ(state(), AcceptanceState::Held) << "about another quote";
    status.quote = rfq::QuoteId("QA-1");
    desk.service.apply(status);
    EXPECT_EQ(state(), AcceptanceState::Rejected);
}

struct Difference {
    const char* what;
    std::function<void(rfq::ExecutionReport&)> spoil;
};
struct Fills : testing::TestWithParam<Difference> { };

TEST_P(Fills, ThatDifferAreBookedWithAnAlarm)
{
    FakeDesk desk;
    desk.logOn();
    const auto id = desk.acceptedBy(DlrA);
    desk.forgetChanges();
    auto fill = desk.fillReport(desk.acceptance(id).acceptance);
    GetParam().spoil(fill);
    desk.service.apply(ExecutionReported{fill});
    ASSERT_EQ(desk.service.trades().size(), 1U);
    EXPECT_FALSE(desk.service.trades()[0].discrepancy.empty());
    EXPECT_EQ(desk.rfq(id).state, RfqState::Traded);
    const rfq::Changes changes = desk.service.takeChanges();
    EXPECT_TRUE(std::any_of(changes.notices.begin(), changes.notices.end(),
        [](const rfq::Notice& n) { return n.code == NoticeCode::FillDiffers && n.severity == Severity::Alarm; }));
}
INSTANTIATE_TEST_SUITE_P(Each, Fills,
    testing::Values(Difference{"instrument", [](auto& r) { r.symbol = "GBP/USD"; }},
        Difference{"side", [](auto& r) { r.side = rfq::Side::Sell; }},
        Difference{"currency", [](auto& r) { r.currency = "USD"; }},
        Difference{"ordered_amount", [](auto& r) { r.quantity = decimal("30000000"); }},
        Difference{"too_much", [](auto& r) { r.cumQty = decimal("25000001"); }},
        Difference{"worse_price", [](auto& r) { r.lastPx = r.avgPx = price("1.15343"); }},
        Difference{"better_price", [](auto& r) { r.lastPx = r.avgPx = price("1.15341"); }},
        Difference{"no_price", [](auto& r) { r.lastPx.reset(), r.avgPx.reset(); }},
        Difference{"value_date", [](auto& r) { r.valueDate = std::chrono::year(2026) / 11 / 27; }}),
    [](const auto& tested) { return tested.param.what; });

TEST_F(InFlight, APriceWrittenWithOtherDigitsIsTheSamePrice)
{
    auto fill = desk.fillReport(accepted());
    fill.lastPx = price("1.153420");
    report(fill);
    EXPECT_EQ(desk.service.trades()[0].discrepancy, "");
}

TEST_F(InFlight, ARejectAfterTheFillIsAnAlarmAndUndoesNothing)
{
    desk.fill(id);
    desk.forgetChanges();
    desk.reject(id);
    EXPECT_EQ(state(), AcceptanceState::Filled);
    EXPECT_EQ(desk.rfq(id).state, RfqState::Traded);
    EXPECT_TRUE(announced(NoticeCode::IncidentRaised, Severity::Alarm));
}

TEST_F(InFlight, AFillAfterTheRejectIsAnAlarmAndIsBooked)
{
    desk.reject(id);
    desk.forgetChanges();
    desk.fill(id);
    EXPECT_EQ(state(), AcceptanceState::Filled);
    EXPECT_EQ(desk.rfq(id).state, RfqState::Traded);
    ASSERT_EQ(desk.service.trades().size(), 1U);
    EXPECT_NE(desk.service.trades()[0].discrepancy.find("rejected"), std::string::npos);
    EXPECT_TRUE(announced(NoticeCode::IncidentRaised, Severity::Alarm));
}

TEST_F(InFlight, AFillAfterTheTraderEndedTheRequestIsBooked)
{
    desk.reject(id);
    ASSERT_TRUE(desk.service.end(id));
    desk.fill(id);
    EXPECT_EQ(desk.rfq(id).state, RfqState::Traded);
}

TEST_F(InFlight, AFillOfARejectedAcceptanceDoesNotFreeTheNextOne)
{
    const rfq::Acceptance first = accepted();
    desk.reject(id);
    ASSERT_TRUE(desk.accept(id, DlrA));
    desk.confirmSent(id);
    report(desk.fillReport(first));
    EXPECT_EQ(desk.rfq(id).state, RfqState::Accepting);
    EXPECT_EQ(desk.service.accept(desk.click(id, DlrA)).error().code, Errc::Duplicate);
    desk.fill(id);
    EXPECT_EQ(desk.service.trades().size(), 2U) << "both are the venue's evidence";
}

TEST_F(InFlight, AFillForAnUnknownOrderIsAnAlarm)
{
    auto stray = desk.fillReport(accepted());
    stray.clOrdId = rfq::ClOrdId("X1");
    report(stray);
    auto elsewhere = desk.fillReport(accepted());
    elsewhere.session = DirectD;
    report(elsewhere);
    EXPECT_TRUE(desk.service.trades().empty());
    const rfq::Changes changes = desk.service.takeChanges();
    ASSERT_EQ(changes.notices.size(), 2U);
    EXPECT_EQ(changes.notices[0].code, NoticeCode::FillUnknownOrder);
    EXPECT_EQ(changes.notices[1].code, NoticeCode::FillUnknownOrder);
    EXPECT_EQ(changes.notices[0].severity, Severity::Alarm);
}

TEST_F(InFlight, AFillOfNothingIsAnAlarmAndNotATrade)
{
    auto nothing = desk.fillReport(accepted());
    nothing.cumQty = decimal("0");
    report(nothing);
    EXPECT_TRUE(desk.service.trades().empty());
    EXPECT_EQ(state(), AcceptanceState::Sent);
    EXPECT_TRUE(announced(NoticeCode::IncidentRaised, Severity::Alarm));
}

TEST_F(InFlight, AMessageThatOurEngineRefusedIsAnAlarm)
{
    desk.service.apply(rfq::InboundRejected{VenueX, "8", "tag 9999 unknown", "8=FIX.4.4|35=8|"});
    const rfq::Changes changes = desk.service.takeChanges();
    ASSERT_EQ(changes.notices.size(), 1U);
    EXPECT_EQ(changes.notices[0].code, NoticeCode::InboundRejected);
    EXPECT_EQ(changes.notices[0].severity, Severity::Alarm);
}

}
