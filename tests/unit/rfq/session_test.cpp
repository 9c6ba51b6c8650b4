#include "tests/support/fake_desk.h"

#include <gtest/gtest.h>

#include <chrono>

using namespace std::chrono_literals;
using namespace support;
using rfq::DealerState;
using rfq::NoticeCode;
using rfq::QuoteState;
using rfq::RfqState;
using rfq::SessionPhase;

namespace {

struct Sessions : testing::Test {
    Sessions()
    {
        desk.logOn();
        id = desk.request();
        desk.quote(id, DlrA, "QA-1", "", "1.15342");
        desk.quote(id, DlrD, "QD-1", "", "1.15345");
        desk.forgetChanges();
    }
    FakeDesk desk;
    rfq::RfqId id;
};

TEST(Desk, KnowsItsSessionsBeforeTheyMove)
{
    const FakeDesk desk;
    ASSERT_EQ(desk.service.sessions().size(), 2U);
    EXPECT_EQ(desk.service.sessions().at(VenueX).phase, SessionPhase::Stopped);
    EXPECT_FALSE(desk.service.isLoggedOn(VenueX));
    EXPECT_FALSE(desk.service.isLoggedOn(rfq::SessionId("NOWHERE")));
}

TEST_F(Sessions, ALostSessionMakesItsQuotesStaleAndLeavesTheOthers)
{
    desk.service.apply(rfq::RequestDeclined{VenueX, id, DlrB, "10", "pass"});
    desk.session(VenueX, SessionPhase::Waiting);
    EXPECT_EQ(desk.line(id, DlrA).state, DealerState::LostSession);
    EXPECT_EQ(desk.line(id, DlrA).quote->state, QuoteState::Stale);
    EXPECT_EQ(desk.line(id, DlrB).state, DealerState::Passed);
    EXPECT_EQ(desk.line(id, DlrD).quote->state, QuoteState::Firm);
    EXPECT_EQ(desk.rfq(id).state, RfqState::Quoted);
    EXPECT_TRUE(desk.accept(id, DlrD));
}

TEST_F(Sessions, WithoutAnySessionTheRequestIsSuspendedAndNeverAskedAgain)
{
    desk.session(VenueX, SessionPhase::Waiting);
    desk.session(DirectD, SessionPhase::Waiting);
    EXPECT_EQ(desk.rfq(id).state, RfqState::Suspended);
    const auto sent = desk.link.sent.size();
    desk.session(DirectD, SessionPhase::LoggedOn);
    EXPECT_EQ(desk.rfq(id).state, RfqState::Expired);
    EXPECT_EQ(desk.link.sent.size(), sent);
}

TEST_F(Sessions, ASuspendedRequestExpiresInTime)
{
    desk.session(VenueX, SessionPhase::Waiting);
    desk.session(DirectD, SessionPhase::Waiting);
    desk.advance(60s);
    EXPECT_EQ(desk.rfq(id).state, RfqState::Expired);
}

TEST_F(Sessions, ComingBackRevivesNoQuote)
{
    desk.session(VenueX, SessionPhase::Waiting);
    desk.session(VenueX, SessionPhase::LoggedOn);
    desk.quote(id, DlrA, "QA-2", "", "1.15342");
    EXPECT_EQ(desk.line(id, DlrA).state, DealerState::LostSession);
    EXPECT_EQ(desk.line(id, DlrA).quote->state, QuoteState::Stale);
    EXPECT_FALSE(desk.accept(id, DlrA));
}

TEST_F(Sessions, AreAnnouncedWhenTheyComeAndGo)
{
    const auto codes = [&] {
        std::vector<NoticeCode> found;
        for (const rfq::Notice& notice : desk.service.takeChanges().notices)
            found.push_back(notice.code);
        return found;
    };
    desk.session(VenueX, SessionPhase::LoggedOn);
    EXPECT_EQ(codes(), std::vector<NoticeCode>{});
    desk.session(VenueX, SessionPhase::Waiting);
    EXPECT_EQ(codes(), std::vector{NoticeCode::SessionDown});
    desk.session(VenueX, SessionPhase::Connecting);
    desk.session(VenueX, SessionPhase::Waiting);
    EXPECT_EQ(codes(), std::vector<NoticeCode>{});
    desk.session(VenueX, SessionPhase::Refused);
    desk.session(VenueX, SessionPhase::Refused);
    EXPECT_EQ(codes(), std::vector{NoticeCode::SessionRefused});
    desk.session(VenueX, SessionPhase::LoggedOn);
    EXPECT_EQ(codes(), std::vector{NoticeCode::SessionUp});
}

TEST_F(Sessions, ChangesNameExactlyWhatChanged)
{
    const auto other = desk.request();
    desk.forgetChanges();
    desk.service.tick();
    rfq::Changes changes = desk.service.takeChanges();
    EXPECT_TRUE(changes.rfqs.empty() && changes.sessions.empty() && changes.notices.empty());
    desk.quote(id, DlrB, "QB-1", "", "1.15342");
    changes = desk.service.takeChanges();
    EXPECT_EQ(changes.rfqs, std::set{id});
    EXPECT_TRUE(changes.sessions.empty());
    desk.session(VenueX, SessionPhase::Waiting);
    changes = desk.service.takeChanges();
    EXPECT_EQ(changes.rfqs, (std::set{id, other}));
    EXPECT_EQ(changes.sessions, std::set{VenueX});
    EXPECT_FALSE(changes.dealing);
}

TEST_F(Sessions, SuspendingDealingIsAnnouncedOnce)
{
    const base::Error reason{base::Errc::TokenAbsent, "the token was removed"};
    desk.service.suspendDealing(reason);
    desk.service.suspendDealing(reason);
    rfq::Changes changes = desk.service.takeChanges();
    EXPECT_TRUE(changes.dealing);
    EXPECT_EQ(changes.notices.size(), 1U);
    EXPECT_EQ(desk.line(id, DlrA).quote->state, QuoteState::Firm) << "quotes keep running";
    desk.service.resumeDealing();
    desk.service.resumeDealing();
    changes = desk.service.takeChanges();
    EXPECT_TRUE(changes.dealing);
    EXPECT_EQ(changes.notices.size(), 1U);
    EXPECT_FALSE(desk.service.dealingSuspended());
}

}
