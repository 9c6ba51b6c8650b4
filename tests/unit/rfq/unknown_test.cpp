#include "tests/unit/rfq/in_flight.h"

#include <gtest/gtest.h>

#include <chrono>

using namespace std::chrono_literals;
using namespace support;
using base::Errc;
using rfq::AcceptanceState;
using rfq::NoticeCode;
using rfq::RfqState;
using rfq::Severity;

namespace {

TEST_F(InFlight, SilenceMakesItUnknown)
{
    report(desk.statusReport(accepted(), 'A'));
    desk.advance(10s - 1ns);
    EXPECT_EQ(state(), AcceptanceState::Held);
    EXPECT_EQ(desk.service.nextDeadline(), desk.clock.steady() + 1ns);
    desk.advance(1ns);
    EXPECT_EQ(state(), AcceptanceState::Held) << "the dealer is asked first";
    ASSERT_EQ(desk.link.questions().size(), 1U);
    EXPECT_EQ(desk.link.questions()[0].inquiry, rfq::Inquiry::OrderStatus);
    EXPECT_EQ(desk.link.questions()[0].acceptance, accepted());
    EXPECT_EQ(desk.service.nextDeadline(), desk.clock.steady() + 3s);
    desk.advance(3s);
    EXPECT_EQ(state(), AcceptanceState::Unknown);
    EXPECT_EQ(desk.rfq(id).state, RfqState::Unknown);
    EXPECT_TRUE(announced(NoticeCode::OutcomeUnknown, Severity::Alarm));
}

TEST_F(InFlight, NothingLocalLeadsOutOfUnknown)
{
    becomeUnknown();
    for (int i = 0; i < 100; ++i)
        desk.advance(1h);
    EXPECT_EQ(desk.service.end(id).error().code, Errc::Refused);
    desk.session(VenueX, rfq::SessionPhase::Waiting);
    desk.logOn();
    desk.service.apply(rfq::AcceptanceNotSent{VenueX, accepted().id, {Errc::NotConnected, "logged off"}});
    report(desk.statusReport(accepted(), 'A'));
    EXPECT_EQ(state(), AcceptanceState::Unknown);
    EXPECT_EQ(desk.rfq(id).state, RfqState::Unknown);
    EXPECT_TRUE(desk.service.trades().empty());
}

TEST_F(InFlight, ALateFillResolvesUnknown)
{
    becomeUnknown();
    desk.forgetChanges();
    desk.fill(id);
    EXPECT_EQ(state(), AcceptanceState::Filled);
    EXPECT_EQ(desk.rfq(id).state, RfqState::Traded);
    EXPECT_EQ(desk.service.trades()[0].discrepancy, "") << "late is not different";
    EXPECT_TRUE(announced(NoticeCode::OutcomeResolved, Severity::Info));
}

TEST_F(InFlight, ALateRejectResolvesUnknown)
{
    becomeUnknown();
    desk.advance(61s);
    desk.forgetChanges();
    desk.reject(id);
    EXPECT_EQ(state(), AcceptanceState::Rejected);
    EXPECT_EQ(desk.rfq(id).state, RfqState::Expired);
    EXPECT_TRUE(announced(NoticeCode::OutcomeResolved, Severity::Info));
}

TEST_F(InFlight, UnknownBlocksTheTwinDealAndOnlyThat)
{
    becomeUnknown();
    ASSERT_EQ(state(), AcceptanceState::Unknown);
    const auto dealable = [&](const rfq::RequestDraft& draft, rfq::Side side) {
        const auto other = desk.request(draft);
        desk.quote(other, DlrB, "QB-1", "1.15339", "1.15342");
        desk.advance(250ms);
        return desk.service.canAccept(desk.click(other, DlrB, side));
    };
    auto draft = FakeDesk::draft();
    draft.side = rfq::RequestSide::TwoWay;
    EXPECT_EQ(dealable(draft, rfq::Side::Buy).error().code, Errc::Refused);
    EXPECT_TRUE(dealable(draft, rfq::Side::Sell));
    draft.currency = "USD";
    EXPECT_EQ(dealable(draft, rfq::Side::Sell).error().code, Errc::Refused) << "selling dollars buys euros";
    EXPECT_TRUE(dealable(draft, rfq::Side::Buy));
    draft.symbol = "GBP/USD";
    EXPECT_TRUE(dealable(draft, rfq::Side::Sell));
    desk.reject(id);
    EXPECT_TRUE(dealable(FakeDesk::draft(), rfq::Side::Buy)) << "resolved";
}

// ---- the connection ----

TEST_F(InFlight, TheLinkLostAfterSendingMakesItUnknown)
{
    desk.session(DirectD, rfq::SessionPhase::Waiting);
    EXPECT_EQ(state(), AcceptanceState::Sent) << "another session";
    desk.session(VenueX, rfq::SessionPhase::Waiting);
    EXPECT_EQ(state(), AcceptanceState::Unknown);
    EXPECT_EQ(desk.rfq(id).state, RfqState::Unknown);
    EXPECT_TRUE(announced(NoticeCode::OutcomeUnknown, Severity::Alarm));
    desk.logOn();
    auto replayed = desk.fillReport(accepted());
    replayed.possDup = true;
    report(replayed);
    EXPECT_EQ(desk.rfq(id).state, RfqState::Traded);
    EXPECT_EQ(desk.link.acceptances().size(), 1U) << "never sent again";
}

TEST_F(InFlight, TheLinkLostDuringTheLastLookMakesItUnknown)
{
    report(desk.statusReport(accepted(), 'A'));
    desk.session(VenueX, rfq::SessionPhase::Waiting);
    EXPECT_EQ(state(), AcceptanceState::Unknown);
}

TEST_F(InFlight, ANoteThatItWasNotSentCannotUndoThatItWas)
{
    desk.service.apply(rfq::AcceptanceNotSent{VenueX, accepted().id, {Errc::Expired, "too late"}});
    EXPECT_EQ(state(), AcceptanceState::Sent);
}

struct HandedOver : testing::Test {
    HandedOver()
    {
        desk.logOn();
        id = desk.request();
        desk.quote(id, DlrA, "QA-1", "", "1.15342");
        EXPECT_TRUE(desk.accept(id, DlrA));
    }
    [[nodiscard]] AcceptanceState state() const { return desk.acceptance(id).state; }
    [[nodiscard]] rfq::ClOrdId clOrdId() const { return desk.acceptance(id).acceptance.id; }
    FakeDesk desk;
    rfq::RfqId id;
};

TEST_F(HandedOver, TheLinkLostBeforeTheWriteWaitsForTheFixThreadsWord)
{
    desk.session(VenueX, rfq::SessionPhase::Waiting);
    EXPECT_EQ(state(), AcceptanceState::Intended);
    desk.service.apply(rfq::AcceptanceNotSent{VenueX, clOrdId(), {Errc::NotConnected, "logged off"}});
    EXPECT_EQ(state(), AcceptanceState::NotSent);
}

TEST_F(HandedOver, TheLinkLostBeforeTheNoteOfSendingMakesItUnknown)
{
    desk.session(VenueX, rfq::SessionPhase::Waiting);
    desk.confirmSent(id);
    EXPECT_EQ(state(), AcceptanceState::Unknown);
}

TEST_F(HandedOver, AWireThatSaysNothingMakesItUnknownAndItsLateWordIsProof)
{
    desk.advance(10s);
    desk.advance(3s);
    EXPECT_EQ(state(), AcceptanceState::Unknown);
    desk.service.apply(rfq::AcceptanceNotSent{VenueX, clOrdId(), {Errc::Expired, "too late"}});
    EXPECT_EQ(state(), AcceptanceState::NotSent);
}

TEST_F(HandedOver, AnIdTheLinkHasSeenBeforeIsNoProofThatNothingLeft)
{
    desk.service.apply(rfq::AcceptanceNotSent{VenueX, clOrdId(), {Errc::Duplicate, "seen before"}});
    EXPECT_EQ(state(), AcceptanceState::Intended);
    desk.advance(10s);
    desk.advance(3s);
    EXPECT_EQ(state(), AcceptanceState::Unknown);
}

TEST_F(HandedOver, AnAnswerMayOvertakeTheNoteOfSending)
{
    desk.fill(id);
    desk.confirmSent(id);
    EXPECT_EQ(state(), AcceptanceState::Filled);
    EXPECT_EQ(desk.rfq(id).state, RfqState::Traded);
}

TEST_F(HandedOver, SendingAfterItWasReportedAsNotSentIsAnAlarm)
{
    desk.service.apply(rfq::AcceptanceNotSent{VenueX, clOrdId(), {Errc::Expired, "too late"}});
    desk.forgetChanges();
    desk.confirmSent(id);
    const rfq::Changes changes = desk.service.takeChanges();
    ASSERT_EQ(changes.notices.size(), 1U);
    EXPECT_EQ(changes.notices[0].severity, Severity::Alarm);
}

}
