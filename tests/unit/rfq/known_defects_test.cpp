#include "core/rfq/request_machine.h"
#include "tests/unit/rfq/in_flight.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <string>

using namespace std::chrono_literals;
using namespace support;
using base::Errc;
using rfq::AcceptanceState;
using rfq::QuoteState;
using rfq::RfqState;
using rfq::Side;

/// Defects that other RFQ front ends have or had in the field. Each has one test here, so that this one never does.
namespace {

struct KnownDefects : testing::Test {
    KnownDefects()
    {
        desk.logOn();
        id = desk.request();
    }
    FakeDesk desk;
    rfq::RfqId id;
};

/// The button showed the price of the request, the order carried the price of the stream.
TEST_F(KnownDefects, Defect1_TheAcceptedPriceIsTheOneOnTheButton)
{
    desk.quote(id, DlrA, "QA-1", "1.15339", "1.153420");
    desk.advance(250ms);
    const rfq::Click button = desk.click(id, DlrA);
    const auto stream = desk.request();
    desk.quote(stream, DlrA, "QA-S", "1.15350", "1.15353");
    desk.quote(id, DlrB, "QB-1", "1.15330", "1.15360");
    ASSERT_TRUE(desk.service.accept(button));
    const auto sent = desk.link.acceptances();
    ASSERT_EQ(sent.size(), 1U);
    EXPECT_EQ(sent[0].acceptance.price.text, "1.153420") << "byte for byte as it was shown";
    EXPECT_NE(sent[0].message.find("44=1.153420\x01"), std::string::npos);
    EXPECT_EQ(desk.journal.all<rfq::AcceptanceIntended>()[0].displayed.offer, button.price);

    desk.quote(stream, DlrA, "QA-T", "1.15351", "1.15354");
    desk.advance(250ms);
    rfq::Click mixed = desk.click(stream, DlrA);
    mixed.price = button.price;
    EXPECT_EQ(desk.service.accept(mixed).error().code, Errc::Stale) << "a price that is not the quote's";
    EXPECT_EQ(desk.link.acceptances().size(), 1U);
}

/// A timer raced the answer; the late fill was lost, the failure disappeared after 5 s, and a retry had a new identity.
TEST_F(InFlight, Defect2_ALateFillAfterATimeoutIsNotLost)
{
    becomeUnknown();
    ASSERT_EQ(state(), AcceptanceState::Unknown);
    desk.advance(1h);
    EXPECT_EQ(state(), AcceptanceState::Unknown) << "neither failed nor gone from the screen";
    EXPECT_EQ(desk.service.unknownOutcomes().size(), 1U);
    EXPECT_EQ(desk.service.accept(desk.click(id, DlrA)).error().code, Errc::Duplicate) << "no retry while in doubt";
    desk.fill(id);
    EXPECT_EQ(desk.rfq(id).state, RfqState::Traded);
    EXPECT_EQ(desk.service.trades().size(), 1U);
    EXPECT_EQ(desk.link.acceptances().size(), 1U) << "sent once, under one ClOrdID";
}

/// The best quote was highlighted by the name of one dealer, and the countdown ran on the local wall clock.
TEST_F(KnownDefects, Defect3_TheBestQuoteIsFoundByPrice_NotByName)
{
    auto draft = FakeDesk::draft();
    draft.side = rfq::RequestSide::TwoWay;
    draft.dealers = {DlrA, DlrB, DlrC, DlrD};
    id = desk.request(draft);
    const std::vector<rfq::DealerId> dealers = draft.dealers;
    int n = 0;
    for (const rfq::DealerId& best : dealers) {
        for (const rfq::DealerId& dealer : dealers) {
            const bool isBest = dealer == best;
            // 1.1534 against 1.15341: also where the digits are fewer
            desk.quote(
                id, dealer, "Q-" + std::to_string(++n), isBest ? "1.15340" : "1.1533", isBest ? "1.1534" : "1.15341");
        }
        EXPECT_EQ(rfq::bestLine(desk.rfq(id), Side::Buy)->dealer, best);
        EXPECT_EQ(rfq::bestLine(desk.rfq(id), Side::Sell)->dealer, best);
        EXPECT_EQ(rfq::sortedByPrice(desk.rfq(id), Side::Buy)[0].dealer, best);
    }
    const auto deadline = desk.service.nextDeadline();
    desk.clock.shiftUtc(-1h);
    desk.service.tick();
    EXPECT_EQ(desk.service.nextDeadline(), deadline) << "what runs down is not the wall clock";
}

/// A lost connection was shown as a cancel, although the quote had been accepted.
TEST_F(InFlight, Defect4_ADisconnectAfterTheAcceptIsNotACancel)
{
    desk.session(VenueX, rfq::SessionPhase::Waiting);
    EXPECT_EQ(state(), AcceptanceState::Unknown);
    EXPECT_EQ(desk.rfq(id).state, RfqState::Unknown);
    desk.logOn();
    desk.fill(id);
    EXPECT_EQ(desk.rfq(id).state, RfqState::Traded);
}

/// A tradeable quote of some products was accepted as it arrived.
TEST_F(KnownDefects, Defect4_NothingIsAcceptedByItself)
{
    auto draft = FakeDesk::draft();
    draft.limit = decimal("1.2");
    for (const auto& request : {id, desk.request(draft)}) {
        desk.quote(request, DlrA, request.text() + "A", "1.15339", "1.15300");
        desk.quote(request, DlrD, request.text() + "D", "", "1.15301");
        for (int i = 0; i < 700; ++i)
            desk.advance(100ms);
        EXPECT_TRUE(desk.rfq(request).acceptances.empty());
    }
    EXPECT_TRUE(desk.link.acceptances().empty());
    EXPECT_TRUE(desk.journal.all<rfq::AcceptanceIntended>().empty());
}

/// The accept button stayed on until 5 s after the expiry.
TEST_F(KnownDefects, Defect4_AcceptIsOffAtTheDeadlineExactly)
{
    desk.quote(id, DlrA, "QA-1", "", "1.15342");
    const auto deadline = desk.line(id, DlrA).quote->deadline;
    EXPECT_EQ(desk.service.nextDeadline(), deadline) << "the window is told when to look again";
    const rfq::Click button = desk.click(id, DlrA);
    desk.clock.advance(deadline - desk.clock.steady() - 1ns);
    EXPECT_TRUE(desk.service.canAccept(button));
    desk.clock.advance(1ns);
    EXPECT_EQ(desk.service.canAccept(button).error().code, Errc::Expired) << "before any timer has run";
    EXPECT_EQ(desk.service.accept(button).error().code, Errc::Expired);
}

/// Every new quote set up one more timer.
TEST_F(KnownDefects, Defect4_AHundredQuotesAreOneDeadline)
{
    for (int i = 0; i < 100; ++i) {
        desk.advance(10ms);
        desk.quote(id, DlrA, "QA-" + std::to_string(i), "", "1.15342");
    }
    EXPECT_EQ(desk.service.nextDeadline(), desk.line(id, DlrA).quote->deadline);
    desk.forgetChanges();
    desk.advance(4850ms);
    EXPECT_EQ(desk.line(id, DlrA).quote->state, QuoteState::Expired);
    EXPECT_EQ(desk.service.takeChanges().rfqs.size(), 1U);
    EXPECT_EQ(desk.service.nextDeadline(), desk.rfq(id).expires);
}

/// Money was computed in binary floating point.
TEST_F(KnownDefects, Defect4_MoneyIsDecimal)
{
    auto draft = FakeDesk::draft();
    draft.quantity = decimal("10000000.10");
    for (int i = 0; i < 3; ++i) {
        id = desk.request(draft);
        desk.quote(id, DlrA, "QA-" + std::to_string(i), "", "1.1");
        ASSERT_TRUE(desk.accept(id, DlrA));
        desk.fill(id);
        EXPECT_EQ(desk.service.trades().back().discrepancy, "");
    }
    ASSERT_EQ(desk.service.positions().size(), 1U);
    EXPECT_EQ(desk.service.positions()[0].least.text(), "30000000.30");

    draft.limit = decimal("1.3"); // 1.1 + 0.2 in floating point is above 1.3
    id = desk.request(draft);
    desk.quote(id, DlrA, "QA-L", "", "1.30");
    EXPECT_TRUE(desk.accept(id, DlrA));
}

/// No state for "nobody knows", and what was executing could be cancelled from here.
TEST_F(InFlight, Defect5_ThereIsAnUnknownStateAndNothingLocalCancelsWhatIsExecuting)
{
    const auto pressEverything = [&] {
        EXPECT_EQ(desk.service.end(id).error().code, Errc::Refused);
        desk.service.suspendDealing({Errc::TokenAbsent, "the token was removed"});
        desk.advance(100ms);
        desk.service.resumeDealing();
        desk.service.apply(rfq::QuoteWithdrawn{VenueX, id, DlrA, std::nullopt, "pulled"});
        desk.service.apply(rfq::RequestDeclined{VenueX, id, {}, "10", "pass"});
        desk.service.apply(rfq::RequestNotSent{VenueX, id, {Errc::NotConnected, "logged off"}});
        desk.service.apply(rfq::AcceptanceNotSent{VenueX, accepted().id, {Errc::Expired, "too late"}});
    };
    pressEverything();
    EXPECT_EQ(state(), AcceptanceState::Sent);
    EXPECT_EQ(desk.rfq(id).state, RfqState::Accepting);
    becomeUnknown();
    pressEverything();
    desk.advance(24h);
    EXPECT_EQ(state(), AcceptanceState::Unknown);
    EXPECT_EQ(desk.rfq(id).state, RfqState::Unknown);
    EXPECT_TRUE(desk.link.ends().empty());
    for (const RfqState state : {RfqState::Accepting, RfqState::Unknown})
        EXPECT_FALSE(rfq::nextState(state, rfq::RequestEvent::Ended));
}

/// A wrong PC clock expired good quotes.
TEST_F(KnownDefects, Defect6_AWrongClockExpiresNoGoodQuote)
{
    for (const auto skew : {-10min, 20min}) {
        auto event = desk.quoteEvent(id, DlrA, skew < 0min ? "QA-1" : "QA-2", "", "1.15342");
        desk.clock.shiftUtc(skew);
        desk.service.apply(event);
        EXPECT_EQ(desk.line(id, DlrA).quote->state, QuoteState::Firm);
        EXPECT_EQ(desk.line(id, DlrA).quote->deadline, desk.clock.steady() + 4850ms);
    }
}

/// A life far in the future kept a dead quote on the screen.
TEST_F(KnownDefects, Defect6_AnAbsurdLifeIsCapped)
{
    auto event = desk.quoteEvent(id, DlrA, "QA-1", "", "1.15342");
    *event.quote.validUntil += std::chrono::years(100);
    desk.service.apply(event);
    EXPECT_EQ(desk.line(id, DlrA).quote->deadline, desk.clock.steady() + 30s - 150ms);
}

/// The countdown began again when the dialog was opened or the data fetched once more.
TEST_F(KnownDefects, Defect6_TheCountdownNeverBeginsAgain)
{
    desk.quote(id, DlrA, "QA-1", "", "1.15342");
    const auto deadline = desk.line(id, DlrA).quote->deadline;
    for (int i = 0; i < 4; ++i) {
        desk.advance(1s);
        desk.quote(id, DlrA, "QA-1", "", "1.15342");
        EXPECT_EQ(rfq::bestLine(desk.rfq(id), Side::Buy)->quote->deadline, deadline);
        EXPECT_EQ(rfq::sortedByPrice(desk.rfq(id), Side::Buy)[0].quote->deadline, deadline);
    }
    desk.advance(deadline - desk.clock.steady());
    EXPECT_EQ(rfq::bestLine(desk.rfq(id), Side::Buy), nullptr);
}

/// A quote from before was shown as firm while the desk was offline.
TEST_F(KnownDefects, Defect6_OfflineQuotesAreStale)
{
    desk.quote(id, DlrA, "QA-1", "", "1.15342");
    desk.session(VenueX, rfq::SessionPhase::Waiting);
    EXPECT_EQ(desk.line(id, DlrA).quote->state, QuoteState::Stale);
    EXPECT_EQ(rfq::bestLine(desk.rfq(id), Side::Buy), nullptr);
    EXPECT_EQ(desk.accept(id, DlrA).error().code, Errc::Stale);
    desk.session(VenueX, rfq::SessionPhase::LoggedOn);
    EXPECT_EQ(desk.accept(id, DlrA).error().code, Errc::Stale) << "coming back does not make it good again";
}

}
