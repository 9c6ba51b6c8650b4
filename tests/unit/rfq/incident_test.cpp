#include "core/rfq/acceptance_machine.h"
#include "tests/unit/rfq/history_of.h"
#include "tests/unit/rfq/in_flight.h"

#include <gtest/gtest.h>

using namespace support;
using base::Errc;
using rfq::AcceptanceState;
using rfq::IncidentKind;
using rfq::NoticeCode;
using rfq::RfqState;
using rfq::Severity;
using rfq::TradeState;

namespace {

struct Booked : InFlight {
    Booked() { desk.fill(id); }
    [[nodiscard]] rfq::ExecutionReport amendment(char type, const std::string& about) const
    {
        auto report = desk.fillReport(accepted());
        report.execType = type;
        report.execId = rfq::ExecId(std::string("X-") + type);
        report.execRefId = rfq::ExecId(about);
        if (type == 'H') {
            report.ordStatus = '4';
            report.cumQty = decimal("0");
            report.lastQty.reset();
        }
        return report;
    }
    [[nodiscard]] std::string execId() const { return desk.service.trades()[0].execId.text(); }
};

TEST_F(Booked, ABustTakesTheDealBackLoudly)
{
    report(amendment('H', execId()));
    EXPECT_EQ(state(), AcceptanceState::Busted);
    ASSERT_EQ(desk.service.trades().size(), 1U);
    EXPECT_EQ(desk.service.trades()[0].state, TradeState::Busted);
    EXPECT_EQ(desk.rfq(id).trade->state, TradeState::Busted);
    EXPECT_EQ(desk.rfq(id).state, RfqState::Ended);
    EXPECT_TRUE(desk.service.positions().empty());
    ASSERT_EQ(desk.service.incidents().size(), 1U);
    EXPECT_EQ(desk.service.incidents()[0].kind, IncidentKind::FillBusted);
    EXPECT_TRUE(announced(NoticeCode::FillCorrected, Severity::Alarm));
    ASSERT_EQ(desk.journal.all<rfq::TradeAmended>().size(), 1U);
}

TEST_F(Booked, ABustThatNamesNothingMeansTheOneFillThereIs)
{
    report(amendment('H', ""));
    EXPECT_EQ(desk.service.trades()[0].state, TradeState::Busted);
}

TEST_F(Booked, ABustOfAnotherExecutionChangesNothingAndIsAnIncident)
{
    report(amendment('H', "E-of-somebody-else"));
    EXPECT_EQ(desk.service.trades()[0].state, TradeState::Booked);
    EXPECT_EQ(state(), AcceptanceState::Filled);
    EXPECT_EQ(desk.service.incidents().size(), 1U);
    EXPECT_EQ(desk.journal.all<rfq::EventRefused>().size(), 1U);
}

TEST_F(Booked, AReplayOfBustAndFillAfterARestartChangesNothing)
{
    const auto bust = amendment('H', execId());
    report(bust);
    FakeDesk after;
    after.ids = FakeIdSource(50);
    after.service.restore(historyOf(desk.journal.records));
    EXPECT_EQ(after.acceptance(id).state, AcceptanceState::Busted);
    auto replayed = desk.fillReport(accepted());
    replayed.possDup = true;
    after.service.apply(rfq::ExecutionReported{replayed});
    after.service.apply(rfq::ExecutionReported{bust});
    EXPECT_EQ(after.service.trades().size(), 1U);
    EXPECT_EQ(after.service.trades()[0].state, TradeState::Busted);
    EXPECT_EQ(after.service.incidents().size(), 1U) << "no second incident";
    EXPECT_TRUE(after.service.positions().empty());
}

TEST_F(Booked, ACorrectionChangesTheTradeAndIsAnIncident)
{
    auto corrected = amendment('G', execId());
    corrected.lastPx = corrected.avgPx = price("1.15352");
    report(corrected);
    EXPECT_EQ(state(), AcceptanceState::Filled);
    ASSERT_EQ(desk.service.trades().size(), 1U);
    EXPECT_EQ(desk.service.trades()[0].price.text, "1.15352");
    EXPECT_EQ(desk.service.trades()[0].state, TradeState::Corrected);
    EXPECT_FALSE(desk.service.trades()[0].discrepancy.empty());
    EXPECT_EQ(desk.rfq(id).trade->price.text, "1.15352");
    ASSERT_EQ(desk.service.incidents().size(), 1U);
    EXPECT_EQ(desk.service.incidents()[0].kind, IncidentKind::FillCorrected);
    auto again = corrected;
    again.execId = rfq::ExecId("X-G2");
    report(again);
    EXPECT_EQ(desk.service.incidents().size(), 1U) << "told again";
}

TEST_F(Booked, ANewFillAfterABustIsBookedAndAnIncident)
{
    report(amendment('H', execId()));
    auto anew = desk.fillReport(accepted());
    anew.execId = rfq::ExecId("E-second");
    report(anew);
    EXPECT_EQ(state(), AcceptanceState::Filled);
    EXPECT_EQ(desk.service.trades().size(), 2U);
    EXPECT_EQ(desk.service.incidents().back().kind, IncidentKind::LateFill);
    EXPECT_EQ(desk.service.positions()[0].most, decimal("25000000"));
}

TEST_F(InFlight, AFillThatDiffersIsAnIncidentThatCanBeDisputedOnce)
{
    auto fill = desk.fillReport(accepted());
    fill.lastPx = fill.avgPx = price("1.15362");
    report(fill);
    ASSERT_EQ(desk.service.incidents().size(), 1U);
    const auto incident = desk.service.incidents()[0].id;
    EXPECT_EQ(desk.service.incidents()[0].kind, IncidentKind::FillDiffers);
    ASSERT_TRUE(desk.service.dispute(incident));
    ASSERT_EQ(desk.link.disputes().size(), 1U);
    EXPECT_EQ(desk.link.disputes()[0].reason, 'E');
    EXPECT_EQ(desk.link.disputes()[0].report.execId, fill.execId);
    EXPECT_EQ(desk.service.dispute(incident).error().code, Errc::Duplicate);
    EXPECT_TRUE(desk.service.incidents()[0].disputed);
}

TEST_F(InFlight, ADisputeNeedsAConnectionAndAnExecution)
{
    desk.fill(id);
    desk.reject(id); // a contradiction without an execution to dispute
    ASSERT_EQ(desk.service.incidents().size(), 1U);
    EXPECT_EQ(desk.service.dispute(desk.service.incidents()[0].id).error().code, Errc::Refused);
    auto stray = desk.fillReport(accepted());
    stray.clOrdId = rfq::ClOrdId("X1");
    report(stray);
    desk.session(VenueX, rfq::SessionPhase::Waiting);
    EXPECT_EQ(desk.service.dispute(desk.service.incidents()[1].id).error().code, Errc::NotConnected);
    desk.session(VenueX, rfq::SessionPhase::LoggedOn);
    ASSERT_TRUE(desk.service.dispute(desk.service.incidents()[1].id));
    EXPECT_EQ(desk.link.disputes()[0].reason, 'D');
}

TEST_F(InFlight, AStatusOfAnOrderThatIsNotOursIsToldOnce)
{
    auto stray = desk.fillReport(accepted());
    stray.clOrdId = rfq::ClOrdId("X1");
    stray.execType = 'I';
    stray.execId = rfq::ExecId("0");
    report(stray);
    report(stray);
    EXPECT_EQ(desk.service.incidents().size(), 1U);
    stray.cumQty = decimal("30000000");
    report(stray);
    EXPECT_EQ(desk.service.incidents().size(), 2U) << "another amount is news";
}

TEST_F(InFlight, AnEventOutOfPlaceIsRefusedOnRecordAndHarmless)
{
    desk.reject(id);
    auto late = desk.statusReport(accepted(), 'A', "pending after the reject");
    report(late);
    EXPECT_EQ(state(), AcceptanceState::Rejected);
    ASSERT_EQ(desk.journal.all<rfq::EventRefused>().size(), 1U);
    EXPECT_EQ(desk.journal.all<rfq::EventRefused>()[0].state, "rejected");
    EXPECT_EQ(desk.journal.all<rfq::EventRefused>()[0].event, "acknowledged");
}

TEST_F(InFlight, AnUnknownOutcomeMakesThePositionARange)
{
    EXPECT_TRUE(desk.service.positions().empty());
    becomeUnknown();
    auto positions = desk.service.positions();
    ASSERT_EQ(positions.size(), 1U);
    EXPECT_EQ(positions[0].least, decimal("0"));
    EXPECT_EQ(positions[0].most, decimal("25000000"));
    EXPECT_EQ(positions[0].unknown, std::vector{accepted().id});
    desk.fill(id);
    positions = desk.service.positions();
    EXPECT_EQ(positions[0].least, decimal("25000000"));
    EXPECT_TRUE(positions[0].unknown.empty());
}

TEST(Position, CountsTermsCurrencyAtItsPrice)
{
    FakeDesk desk;
    desk.logOn();
    auto draft = FakeDesk::draft();
    draft.currency = "USD";
    draft.quantity = decimal("11534200");
    const auto id = desk.request(draft);
    desk.quote(id, DlrA, "Q", "1.15342", "");
    ASSERT_TRUE(desk.accept(id, DlrA));
    desk.confirmSent(id);
    desk.fill(id);
    ASSERT_EQ(desk.service.positions().size(), 1U);
    EXPECT_EQ(desk.service.positions()[0].least, decimal("-10000000")) << "buying dollars sells euros";
}

// ---- the machine ----

TEST(AcceptanceMachine, HasOneMoveForEachStateAndEvent)
{
    std::set<std::pair<rfq::AcceptanceState, rfq::AcceptanceEvent>> seen;
    for (const auto& move : rfq::acceptanceTransitions())
        EXPECT_TRUE(seen.emplace(move.from, move.event).second) << nameOf(move.from) << " " << nameOf(move.event);
}

TEST(AcceptanceMachine, LeavesUnknownOnlyByEvidenceOrTwoPersons)
{
    using E = rfq::AcceptanceEvent;
    for (const auto& move : rfq::acceptanceTransitions()) {
        if (move.from != AcceptanceState::Unknown || move.to == AcceptanceState::Unknown)
            continue;
        const bool evidence = move.event == E::NotWritten || move.event == E::Filled
            || move.event == E::FinallyPartFilled || move.event == E::Rejected || move.event == E::NotDone
            || move.event == E::NotReceived;
        EXPECT_TRUE(evidence || move.event == E::Closed) << nameOf(move.event);
    }
}

TEST(AcceptanceMachine, TradesOnlyByAFill)
{
    using E = rfq::AcceptanceEvent;
    for (const auto& move : rfq::acceptanceTransitions()) {
        const bool traded = move.to == AcceptanceState::Filled || move.to == AcceptanceState::PartlyFilled;
        const bool was = move.from == AcceptanceState::Filled || move.from == AcceptanceState::PartlyFilled;
        const bool fill = move.event == E::Filled || move.event == E::FinallyPartFilled || move.event == E::PartFilled;
        EXPECT_TRUE(!traded || was || fill) << nameOf(move.event);
    }
}

TEST(AcceptanceMachine, NothingReturnsToInFlight)
{
    for (const auto& move : rfq::acceptanceTransitions()) {
        const bool inFlight = !isOver(move.from) && move.from != AcceptanceState::Unknown;
        EXPECT_TRUE(inFlight || isOver(move.to) || move.to == AcceptanceState::Unknown) << nameOf(move.from);
    }
}

}
