#include "app/cli/enrol_run.h"
#include "tests/support/fake_access.h"
#include "tests/support/fake_security_keys.h"
#include "tests/unit/app/cli/fake_venue_keys.h"
#include "tests/unit/app/cli/run_fixture.h"

namespace {

using namespace std::chrono_literals;

class EnrolRunTest : public test::RunTest {
protected:
    EnrolRunTest()
    {
        m_command.session = support::VenueX;
        m_command.name = "blue key";
        m_access.states[support::VenueX].phase = rfq::AccessPhase::Asking;
    }
    void letIn()
    {
        m_access.states[support::VenueX].phase = rfq::AccessPhase::Decided;
        m_keys.open = {support::VenueX};
    }

    cli::EnrolAtCommand m_command;
    support::FakeAccess m_access;
    test::FakeVenueKeys m_keys;
    int m_asked = 0;
    cli::EnrolRun m_run{m_command,
        [this]() -> base::Result<base::SecretBytes> {
            ++m_asked;
            return support::secret("4711");
        },
        m_keys, m_access, desk.service, reporter, desk.clock};
};

TEST_F(EnrolRunTest, WaitsForTheDecisionAsksForThePinAndTellsTheResult)
{
    EXPECT_FALSE(m_run.step());
    EXPECT_EQ(m_asked, 0) << "no PIN is asked for before it is of use";
    letIn();
    EXPECT_FALSE(m_run.step());
    EXPECT_EQ(m_keys.wish.session, support::VenueX);
    EXPECT_EQ(m_keys.wish.keyName, "blue key");
    EXPECT_EQ(m_keys.pin, "4711");
    m_keys.tell({false, 12s});
    EXPECT_EQ(last("touch")["secondsLeft"], 12);
    m_keys.done("AAAA", std::nullopt);
    EXPECT_EQ(m_run.step(), cli::ExitCode::Done);
    EXPECT_EQ(last("key-enrolled")["credentialId"], "AAAA");
    EXPECT_EQ(last("key-enrolled")["name"], "blue key");
    EXPECT_EQ(m_asked, 1);
}

TEST_F(EnrolRunTest, ARefusalIsToldWithItsReasonAndEndsIt)
{
    letIn();
    EXPECT_FALSE(m_run.step());
    m_keys.done({}, rfq::KeyFailure{"not-permitted-there", "No.", "Ask.", {}, false, "no permission"});
    EXPECT_EQ(m_run.step(), cli::ExitCode::NotConnected);
    EXPECT_EQ(last("key-refused")["problem"], "not-permitted-there");
    EXPECT_EQ(last("key-refused")["detail"], "no permission");
}

TEST_F(EnrolRunTest, ASessionWithoutAnEnforcementPointTakesNoKey)
{
    m_command.session = support::DirectD;
    EXPECT_EQ(m_run.step(), cli::ExitCode::NotConnected);
    EXPECT_EQ(m_asked, 0);
}

TEST_F(EnrolRunTest, ItDoesNotWaitForeverAndNotForATouchThatWasCalledOff)
{
    m_access.states[support::VenueX].phase = rfq::AccessPhase::StepUpMissed;
    m_access.states[support::VenueX].problem = base::Error{base::Errc::Refused, "no key is enrolled"};
    EXPECT_FALSE(m_run.step()) << "that is what is being changed";
    desk.clock.advance(15s);
    EXPECT_EQ(m_run.step(), cli::ExitCode::NotConnected);
    EXPECT_EQ(m_asked, 0);
}

TEST_F(EnrolRunTest, ATouchThatWasCalledOffEndsIt)
{
    m_access.states[support::VenueX].phase = rfq::AccessPhase::StepUpMissed;
    m_access.states[support::VenueX].problem = base::Error{base::Errc::Cancelled, "you called it off"};
    EXPECT_EQ(m_run.step(), cli::ExitCode::NotConnected);
    EXPECT_NE(last("end")["reason"].get<std::string>().find("called it off"), std::string::npos);
}

TEST_F(EnrolRunTest, AnInterruptCallsOffWhatTheKeyIsAsked)
{
    letIn();
    EXPECT_FALSE(m_run.step());
    m_run.interrupt();
    EXPECT_EQ(m_keys.cancels, 1);
    m_keys.done({}, rfq::KeyFailure{"cancelled", "It was called off.", "", {}, false, ""});
    EXPECT_EQ(m_run.step(), cli::ExitCode::NotConnected);
}

TEST_F(EnrolRunTest, AnInterruptBeforeThatEndsIt)
{
    EXPECT_FALSE(m_run.step());
    m_run.interrupt();
    EXPECT_EQ(m_run.step(), cli::ExitCode::NotConnected);
    EXPECT_EQ(m_asked, 0);
}

}
