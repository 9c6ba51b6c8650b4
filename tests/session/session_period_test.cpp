#include "core/fix/tags.h"
#include "tests/session/conformance.h"

/// Sessions with a schedule. The clock begins on Tuesday 24 November 2026 at 08:00:07 UTC.
namespace {

using namespace session_test;
using base::Errc;
using fix::SequenceReset;
using namespace std::chrono_literals;

class Period : public SessionCase {
protected:
    void openWith(std::string_view schedule, SequenceReset reset)
    {
        open(fix::SessionRole::Initiator);
        us.config.schedule = *fix::SessionSchedule::parse(schedule);
        us.config.reset = reset;
        us.config.heartBtInt = 24h; // silence is not what is looked at here
        reopen();
    }
    /// A new period: the counterparty begins at 1 as we do.
    void logOnAgain()
    {
        peerNext = 1;
        connect();
        EXPECT_EQ(sentOnly("A").seqNum(), 1U);
        peerLogsOn(1);
        ASSERT_TRUE(us.session->loggedOn());
    }
};

TEST_F(Period, OutsideOfItNothingOpens)
{
    openWith("daily 09:00-17:00", SequenceReset::Never);
    connect();
    EXPECT_EQ(sentTypes(), "");
    ASSERT_TRUE(us.session->closing());
    EXPECT_EQ(us.session->closing()->code, Errc::NotConnected);
    EXPECT_NE(us.session->closing()->detail.find("daily 09:00-17:00"), std::string::npos);
}

TEST_F(Period, AtItsEndTheSessionLogsOut)
{
    openWith("daily 06:00-08:30", SequenceReset::Never);
    logOn();
    pass(29min + 52s);
    EXPECT_EQ(sentTypes(), "");
    pass(1s);
    const auto logout = sentOnly("5");
    EXPECT_NE(logout.body.find(fix::tag::Text).value_or("").find("end of the session's schedule"), std::string::npos);
    peerSays("5", "");
    ASSERT_TRUE(us.session->closing());
    EXPECT_EQ(us.session->closing()->code, Errc::NotConnected);
}

TEST_F(Period, ANewPeriodStartsTheNumbersAgainOnce)
{
    openWith("daily 06:00-22:00", SequenceReset::EachPeriod);
    logOn();
    peerSays("8", "17=E1|");
    us.heard.numbersReset = 0;
    hangUp();
    connect(); // the same period
    EXPECT_EQ(sentOnly("A").seqNum(), 2U);
    EXPECT_EQ(us.heard.numbersReset, 0);
    peerLogsOn(peerNext);
    hangUp();
    us.clock.advance(24h);
    logOnAgain();
    EXPECT_EQ(us.heard.numbersReset, 1);
    expectGoesOn();
    hangUp();
    reopen(); // the program restarts, still in that period
    connect();
    EXPECT_EQ(sentOnly("A").seqNum(), 2U);
    EXPECT_EQ(us.heard.numbersReset, 1);
}

TEST_F(Period, NumbersThatNeverStartAgainDoNotInANewPeriod)
{
    openWith("daily 06:00-22:00", SequenceReset::Never);
    logOn();
    hangUp();
    us.clock.advance(24h);
    connect();
    EXPECT_EQ(sentOnly("A").seqNum(), 2U);
    EXPECT_EQ(us.heard.numbersReset, 0);
}

TEST_F(Period, OnePeriodAfterTheOtherLogsOutAndStartsAgain)
{
    openWith("daily 09:00-09:00", SequenceReset::EachPeriod);
    logOn();
    pass(1h);
    EXPECT_EQ(sentTypes(), "5") << "09:00 has passed";
    hangUp();
    us.heard.numbersReset = 0;
    logOnAgain();
    EXPECT_EQ(us.heard.numbersReset, 1);
    pass(22h);
    EXPECT_TRUE(us.session->loggedOn());
}

TEST_F(Period, AMachineThatSleptOverTheBoundaryDoesNotGoOnWithTheOldNumbers)
{
    openWith("daily 06:00-06:00", SequenceReset::EachPeriod);
    logOn();
    us.clock.advance(23h); // to 07:00, without a tick
    us.session->tick();
    EXPECT_EQ(sentTypes(), "5");
    hangUp();
    logOnAgain();
    expectGoesOn();
}

TEST_F(Period, WhoSetsTheWallClockMovesTheEndOfThePeriod)
{
    openWith("daily 06:00-22:00", SequenceReset::Never);
    logOn();
    us.clock.shiftUtc(std::chrono::microseconds(14h));
    EXPECT_LE(us.session->nextTime(), us.clock.steady());
    us.session->tick();
    EXPECT_EQ(sentTypes(), "5");
}

TEST_F(Period, AWeekIsAPeriod)
{
    openWith("weekly Sun 22:00 - Fri 21:30", SequenceReset::EachPeriod);
    logOn();
    hangUp();
    us.clock.advance(48h); // Thursday
    connect();
    EXPECT_EQ(sentOnly("A").seqNum(), 2U);
    hangUp();
    us.clock.advance(48h); // Saturday
    connect();
    EXPECT_EQ(sentTypes(), "");
    hangUp();
    us.clock.advance(48h); // Monday
    logOnAgain();
}

}
