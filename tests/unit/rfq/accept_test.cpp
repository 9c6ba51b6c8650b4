#include "tests/support/fake_desk.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <optional>

using namespace std::chrono_literals;
using namespace support;
using base::Errc;
using rfq::AcceptanceState;
using rfq::RfqState;
using rfq::Side;

namespace {

/// The reason why a click is refused; absent where it would be taken. canAccept() and accept() must agree.
std::optional<Errc> refusal(FakeDesk& desk, const rfq::Click& click)
{
    const base::Status can = desk.service.canAccept(click);
    const base::Status did = desk.service.accept(click);
    EXPECT_EQ(can.has_value(), did.has_value());
    if (!can && !did) {
        EXPECT_EQ(can.error(), did.error());
    }
    return did ? std::nullopt : std::optional(did.error().code);
}

struct Accepting : testing::Test {
    Accepting()
    {
        desk.logOn();
        id = desk.request();
        desk.quote(id, DlrA, "QA-1", "1.15339", "1.15342");
        desk.advance(250ms);
        click = desk.click(id, DlrA);
    }
    FakeDesk desk;
    rfq::RfqId id;
    rfq::Click click;
};

TEST_F(Accepting, SendsExactlyWhatWasShown)
{
    ASSERT_EQ(refusal(desk, click), std::nullopt);
    const auto sent = desk.link.acceptances();
    ASSERT_EQ(sent.size(), 1U);
    const rfq::Acceptance& acceptance = sent[0].acceptance;
    EXPECT_EQ(acceptance.quote, rfq::QuoteId("QA-1"));
    EXPECT_EQ(acceptance.price.text, "1.15342");
    EXPECT_EQ(acceptance.side, Side::Buy);
    EXPECT_EQ(acceptance.quantity, decimal("25000000"));
    EXPECT_EQ(acceptance.currency, "EUR");
    EXPECT_EQ(acceptance.settlement, desk.rfq(id).request.settlement);
    EXPECT_EQ(acceptance.dealer, DlrA);
    EXPECT_EQ(acceptance.session, VenueX);
    EXPECT_EQ(acceptance.deadline, desk.line(id, DlrA).quote->deadline);
    EXPECT_EQ(desk.rfq(id).state, RfqState::Accepting);
}

TEST_F(Accepting, SendsNothingBeforeTheIntentIsDurable)
{
    desk.journal.setMode(FakeJournal::Mode::WhenTold);
    ASSERT_EQ(refusal(desk, click), std::nullopt);
    EXPECT_TRUE(desk.link.acceptances().empty());
    ASSERT_EQ(desk.journal.all<rfq::AcceptanceIntended>().size(), 1U);
    EXPECT_EQ(desk.journal.all<rfq::AcceptanceIntended>()[0].displayed, *desk.line(id, DlrA).quote);
    desk.journal.settle();
    EXPECT_EQ(desk.link.acceptances().size(), 1U);
}

TEST_F(Accepting, DealsOnceOnADoubleClick)
{
    EXPECT_EQ(refusal(desk, click), std::nullopt);
    EXPECT_EQ(refusal(desk, click), Errc::Duplicate);
    desk.confirmSent(id);
    EXPECT_EQ(refusal(desk, click), Errc::Duplicate);
    desk.fill(id);
    EXPECT_EQ(refusal(desk, click), Errc::Refused);
    EXPECT_EQ(desk.link.acceptances().size(), 1U);
}

TEST_F(Accepting, DealsOnceOnADoubleClickWhileTheJournalIsBusy)
{
    desk.journal.setMode(FakeJournal::Mode::WhenTold);
    EXPECT_EQ(refusal(desk, click), std::nullopt);
    EXPECT_EQ(refusal(desk, click), Errc::Duplicate);
    desk.journal.settle();
    EXPECT_EQ(desk.link.acceptances().size(), 1U);
}

TEST_F(Accepting, RefusesAClickOnAnotherDealerWhileOneIsInFlight)
{
    desk.quote(id, DlrB, "QB-1", "", "1.15340");
    desk.advance(250ms);
    EXPECT_EQ(refusal(desk, click), std::nullopt);
    EXPECT_EQ(refusal(desk, desk.click(id, DlrB)), Errc::Duplicate);
}

TEST_F(Accepting, RefusesAClickAtTheDeadline)
{
    const auto left = desk.line(id, DlrA).quote->deadline - desk.clock.steady();
    desk.clock.advance(left - 1ns);
    EXPECT_TRUE(desk.service.canAccept(click));
    desk.clock.advance(1ns);
    EXPECT_EQ(refusal(desk, click), Errc::Expired) << "also before the tick that expires it";
    desk.service.tick();
    EXPECT_EQ(refusal(desk, click), Errc::Expired);
    EXPECT_TRUE(desk.link.acceptances().empty());
}

TEST_F(Accepting, RefusesAClickOnAReplacedQuote)
{
    desk.quote(id, DlrA, "QA-2", "1.15339", "1.15342");
    EXPECT_EQ(refusal(desk, click), Errc::Stale) << "the same price under another QuoteID is another quote";
}

TEST_F(Accepting, RefusesAClickOnAPriceThatIsNotTheQuotes)
{
    click.price = price("1.1534");
    EXPECT_EQ(refusal(desk, click), Errc::Stale);
    click.price = price("1.153420");
    EXPECT_EQ(refusal(desk, click), Errc::Stale) << "equal by value, but not the digits on the button";
    click.price = price("1.15339");
    EXPECT_EQ(refusal(desk, click), Errc::Stale) << "the bid is not the price to buy at";
}

TEST_F(Accepting, RefusesAPriceThatHasBeenShownTooBriefly)
{
    desk.quote(id, DlrA, "QA-2", "", "1.15341");
    desk.advance(249ms);
    rfq::Click fresh = desk.click(id, DlrA);
    EXPECT_EQ(refusal(desk, fresh), Errc::Stale);
    fresh.shownSince = {};
    EXPECT_EQ(refusal(desk, fresh), Errc::Stale) << "nothing can have been shown before it came";
    desk.advance(1ms);
    EXPECT_EQ(refusal(desk, fresh), std::nullopt);
}

TEST_F(Accepting, RefusesAPriceThatCameOnScreenLaterThanItWasReceived)
{
    click.shownSince = desk.clock.steady();
    EXPECT_EQ(refusal(desk, click), Errc::Stale);
}

TEST_F(Accepting, RefusesTheSideThatWasNotAsked)
{
    EXPECT_EQ(refusal(desk, desk.click(id, DlrA, Side::Sell)), Errc::Refused);
}

TEST_F(Accepting, RefusesAnIndicativeQuote)
{
    auto event = desk.quoteEvent(id, DlrB, "QB-1", "", "1.15340");
    event.quote.type = rfq::QuoteType::Indicative;
    desk.service.apply(event);
    desk.advance(250ms);
    EXPECT_EQ(refusal(desk, desk.click(id, DlrB)), Errc::Refused);
}

TEST_F(Accepting, RefusesAWithdrawnQuote)
{
    desk.service.apply(rfq::QuoteWithdrawn{VenueX, id, DlrA, std::nullopt, "pulled"});
    EXPECT_EQ(refusal(desk, click), Errc::Stale);
}

TEST_F(Accepting, RefusesWhileTheSessionIsDown)
{
    desk.session(VenueX, rfq::SessionPhase::Waiting);
    EXPECT_EQ(refusal(desk, click), Errc::Stale);
    desk.session(VenueX, rfq::SessionPhase::LoggedOn);
    EXPECT_EQ(refusal(desk, click), Errc::Stale) << "coming back does not revive a quote";
}

TEST_F(Accepting, RefusesWhileDealingIsOff)
{
    desk.service.suspendDealing({Errc::TokenAbsent, "the token was removed"});
    EXPECT_EQ(refusal(desk, click), Errc::Refused);
    desk.service.resumeDealing();
    EXPECT_EQ(refusal(desk, click), std::nullopt);
}

TEST_F(Accepting, RefusesAfterTheRequestEnded)
{
    ASSERT_TRUE(desk.service.end(id));
    EXPECT_EQ(refusal(desk, click), Errc::Refused);
}

TEST_F(Accepting, RefusesAnUnknownRequestAndADealerThatWasNotAsked)
{
    rfq::Click elsewhere = click;
    elsewhere.rfq = rfq::RfqId("Q99");
    EXPECT_EQ(refusal(desk, elsewhere), Errc::NotFound);
    elsewhere = click;
    elsewhere.dealer = DlrC;
    EXPECT_EQ(refusal(desk, elsewhere), Errc::NotFound);
    elsewhere.dealer = DlrB;
    EXPECT_EQ(refusal(desk, elsewhere), Errc::Stale) << "asked, but has not quoted";
}

struct Limit : testing::TestWithParam<std::tuple<Side, const char*, const char*, bool>> { };

TEST_P(Limit, IsTheWorstPriceOnEitherSide)
{
    const auto [side, currency, limit, allowed] = GetParam();
    FakeDesk desk;
    desk.logOn();
    auto draft = FakeDesk::draft();
    draft.side = rfq::RequestSide::TwoWay;
    draft.currency = currency;
    draft.limit = decimal(limit);
    const auto id = desk.request(draft);
    desk.quote(id, DlrA, "QA-1", "1.15339", "1.15342");
    desk.advance(250ms);
    EXPECT_EQ(refusal(desk, desk.click(id, DlrA, side)), allowed ? std::nullopt : std::optional(Errc::Refused));
}
INSTANTIATE_TEST_SUITE_P(Prices, Limit,
    testing::Values(std::tuple(Side::Buy, "EUR", "1.15342", true), std::tuple(Side::Buy, "EUR", "1.15341", false),
        std::tuple(Side::Sell, "EUR", "1.15339", true), std::tuple(Side::Sell, "EUR", "1.1534", false),
        std::tuple(Side::Sell, "USD", "1.15342", true), std::tuple(Side::Sell, "USD", "1.15341", false),
        std::tuple(Side::Buy, "USD", "1.15339", true), std::tuple(Side::Buy, "USD", "1.1534", false)));

TEST_F(Accepting, DealsTermsOnTheOppositePrice)
{
    auto draft = FakeDesk::draft();
    draft.currency = "USD";
    const auto usd = desk.request(draft);
    desk.quote(usd, DlrA, "QA-9", "1.15339", "1.15342");
    ASSERT_TRUE(desk.accept(usd, DlrA));
    EXPECT_EQ(desk.link.acceptances().back().acceptance.price.text, "1.15339") << "buying dollars hits the bid";
}

/// What can break between the click and the moment the intent is durable.
struct WhileTheJournalWorks : Accepting {
    WhileTheJournalWorks()
    {
        desk.journal.setMode(FakeJournal::Mode::WhenTold);
        EXPECT_EQ(refusal(desk, click), std::nullopt);
    }
    void expectNotSent(RfqState after)
    {
        desk.journal.settle();
        EXPECT_TRUE(desk.link.acceptances().empty());
        EXPECT_EQ(desk.acceptance(id).state, AcceptanceState::NotSent);
        EXPECT_EQ(desk.rfq(id).state, after);
        desk.journal.settle();
        const auto moved = desk.journal.all<rfq::AcceptanceMoved>();
        ASSERT_EQ(moved.size(), 1U);
        EXPECT_EQ(moved[0].state, AcceptanceState::NotSent);
    }
};

TEST_F(WhileTheJournalWorks, AReplacedQuoteIsNotAccepted)
{
    desk.quote(id, DlrA, "QA-2", "1.15339", "1.15342");
    expectNotSent(RfqState::Quoted);
}

TEST_F(WhileTheJournalWorks, AWithdrawnQuoteIsNotAccepted)
{
    desk.service.apply(rfq::QuoteWithdrawn{VenueX, id, DlrA, rfq::QuoteId("QA-1"), ""});
    expectNotSent(RfqState::Open);
}

TEST_F(WhileTheJournalWorks, AnExpiredQuoteIsNotAccepted)
{
    desk.clock.advance(5s);
    expectNotSent(RfqState::Quoted); // the tick that expires the quote has not come yet
    desk.service.tick();
    EXPECT_EQ(desk.rfq(id).state, RfqState::Open);
}

TEST_F(WhileTheJournalWorks, AJournalSlowerThanTheQuoteSendsNothing)
{
    desk.advance(5s);
    EXPECT_EQ(desk.acceptance(id).state, AcceptanceState::NotSent);
    expectNotSent(RfqState::Open);
}

TEST_F(WhileTheJournalWorks, ALostSessionSendsNothing)
{
    desk.session(VenueX, rfq::SessionPhase::Waiting);
    EXPECT_EQ(desk.acceptance(id).state, AcceptanceState::Intended);
    expectNotSent(RfqState::Open);
}

TEST_F(WhileTheJournalWorks, ARemovedTokenSendsNothing)
{
    desk.service.suspendDealing({Errc::TokenAbsent, "the token was removed"});
    expectNotSent(RfqState::Quoted);
}

TEST_F(WhileTheJournalWorks, AnEndedDeskIgnoresTheAnswer)
{
    std::vector<std::function<void(base::Status)>> late;
    struct Keeping final : rfq::Journal {
        explicit Keeping(std::vector<std::function<void(base::Status)>>& where)
            : kept(where)
        {
        }
        void append(rfq::JournalRecord, std::function<void(base::Status)> done) override
        {
            kept.push_back(std::move(done));
        }
        std::vector<std::function<void(base::Status)>>& kept;
    } keeping(late);
    {
        rfq::RfqService gone(deskSettings(), desk.link, keeping, desk.ids, desk.clock);
        rfq::SessionChanged up;
        up.session = VenueX;
        up.phase = rfq::SessionPhase::LoggedOn;
        gone.apply(up);
        ASSERT_TRUE(gone.request(FakeDesk::draft()));
    }
    ASSERT_FALSE(late.empty());
    for (const auto& done : late)
        done(base::Error{Errc::Io, "too late"});
}

TEST_F(Accepting, AFailingJournalSendsNothingAndTurnsDealingOff)
{
    desk.forgetChanges();
    desk.journal.fail();
    EXPECT_EQ(refusal(desk, click), std::nullopt);
    EXPECT_TRUE(desk.link.acceptances().empty());
    EXPECT_EQ(desk.acceptance(id).state, AcceptanceState::NotSent);
    ASSERT_TRUE(desk.service.dealingSuspended());
    EXPECT_EQ(desk.service.dealingSuspended()->code, Errc::Io);
    const rfq::Changes changes = desk.service.takeChanges();
    EXPECT_TRUE(changes.dealing);
    EXPECT_TRUE(std::any_of(changes.notices.begin(), changes.notices.end(), [](const rfq::Notice& notice) {
        return notice.code == rfq::NoticeCode::JournalFailed && notice.severity == rfq::Severity::Alarm;
    }));
    desk.service.resumeDealing();
    EXPECT_TRUE(desk.service.dealingSuspended()) << "unlocking the desk does not repair the disk";
}

TEST_F(Accepting, AJournalThatIsFoundDamagedTurnsDealingOffAtOnce)
{
    desk.forgetChanges();
    desk.service.journalFailed({Errc::Io, "journal.sqlite is damaged"});
    EXPECT_EQ(refusal(desk, click), Errc::Refused);
    const rfq::Changes changes = desk.service.takeChanges();
    EXPECT_TRUE(changes.dealing);
    ASSERT_EQ(changes.notices.size(), 1u);
    EXPECT_EQ(changes.notices[0].code, rfq::NoticeCode::JournalFailed);
    EXPECT_EQ(changes.notices[0].severity, rfq::Severity::Alarm);
    desk.service.resumeDealing();
    EXPECT_TRUE(desk.service.dealingSuspended());
}

TEST_F(Accepting, ANotSentAcceptanceFreesTheRequest)
{
    ASSERT_EQ(refusal(desk, click), std::nullopt);
    const rfq::Acceptance& first = desk.acceptance(id).acceptance;
    desk.service.apply(rfq::AcceptanceNotSent{VenueX, first.id, {Errc::Expired, "too late"}});
    EXPECT_EQ(desk.acceptance(id).state, AcceptanceState::NotSent);
    EXPECT_EQ(desk.rfq(id).state, RfqState::Quoted);
    EXPECT_EQ(refusal(desk, click), std::nullopt);
    EXPECT_EQ(desk.rfq(id).acceptances.size(), 2U);
    EXPECT_NE(desk.acceptance(id).acceptance.id, desk.rfq(id).acceptances[0].acceptance.id);
}

TEST_F(Accepting, TheTraderCannotCallItBack)
{
    ASSERT_EQ(refusal(desk, click), std::nullopt);
    const base::Status ended = desk.service.end(id);
    ASSERT_FALSE(ended);
    EXPECT_EQ(ended.error().code, Errc::Refused);
    EXPECT_EQ(desk.rfq(id).state, RfqState::Accepting);
    EXPECT_TRUE(desk.link.ends().empty());
}

}
