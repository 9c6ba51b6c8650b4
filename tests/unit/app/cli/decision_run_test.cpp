#include "app/cli/decision_run.h"
#include "app/cli/incident_runs.h"
#include "tests/unit/app/cli/run_fixture.h"

#include <utility>

namespace {

using namespace std::chrono_literals;
using cli::ExitCode;

/// Signs whatever it is asked to, or refuses, when the test says so.
class FakeApprover final : public rfq::Approver {
public:
    using Done = std::function<void(base::Result<rfq::Approval>, rfq::PinState)>;

    void candidates(
        const rfq::Person&, std::function<void(base::Result<std::vector<rfq::TokenIdentity>>)> done) override
    {
        done(std::vector<rfq::TokenIdentity>());
    }
    void approve(std::string statement, const rfq::Person& first, const std::string& fingerprint, base::SecretBytes pin,
        rfq::LastTry lastTry, Done done) override
    {
        asked = std::move(statement);
        trader = first;
        approver = fingerprint;
        givenPin = std::string(pin.reveal());
        givenLastTry = lastTry;
        m_done = std::move(done);
    }
    void sign(const std::string& name = "desk-head-1")
    {
        rfq::Approval approval;
        approval.person = {name, approver};
        approval.statement = asked;
        approval.signature = "00";
        m_done(approval, {});
    }
    void refuse(base::Error error) { m_done(std::move(error), rfq::PinState{2, false, false}); }

    std::string asked;
    rfq::Person trader;
    std::string approver;
    std::string givenPin;
    rfq::LastTry givenLastTry = rfq::LastTry::NotConfirmed;

private:
    Done m_done;
};

base::SecretBytes pinOf(std::string_view text)
{
    base::SecretBytes pin;
    EXPECT_TRUE(pin.append(text));
    return pin;
}

class DecisionRunTest : public test::RunTest {
protected:
    DecisionRunTest() { desk.service.signedIn(trader); }

    [[nodiscard]] cli::CloseCommand closeCommand() const
    {
        cli::CloseCommand command;
        command.id = rfq::ClOrdId("C1");
        command.verdict = rfq::Verdict::NotTraded;
        command.reason = "no answer for an hour";
        command.reference = "Ms Ferrari, 14:05";
        command.second.fingerprint = "bb";
        return command;
    }
    void start(cli::Decision decision, const cli::SecondPerson& second)
    {
        m_run.emplace(std::move(decision), second, pinOf("2468"), m_approver, reporter, desk.clock);
    }

    FakeApprover m_approver;
    std::optional<cli::DecisionRun> m_run;
};

TEST_F(DecisionRunTest, TwoPersonsCloseAnUnknownOutcome)
{
    const rfq::RfqId id = loseAnAcceptance();
    auto decision = closingDecision(closeCommand(), desk.service, trader);
    ASSERT_TRUE(decision) << decision.error().detail;
    start(*decision, closeCommand().second);
    EXPECT_FALSE(m_run->step());
    EXPECT_EQ(m_approver.approver, "bb");
    EXPECT_EQ(m_approver.givenPin, "2468");
    EXPECT_EQ(m_approver.trader, trader);
    EXPECT_NE(m_approver.asked.find("verdict: not traded"), std::string::npos) << m_approver.asked;
    m_approver.sign();
    EXPECT_EQ(m_run->step(), ExitCode::Done);
    EXPECT_EQ(desk.acceptance(id).state, rfq::AcceptanceState::Closed);
    ASSERT_TRUE(desk.acceptance(id).closing);
    EXPECT_EQ(desk.acceptance(id).closing->reference, "Ms Ferrari, 14:05");
    EXPECT_EQ(last("approval")["person"], "desk-head-1");
}

TEST_F(DecisionRunTest, ASecondPersonWhoIsRefusedChangesNothing)
{
    const rfq::RfqId id = loseAnAcceptance();
    start(*closingDecision(closeCommand(), desk.service, trader), closeCommand().second);
    m_approver.refuse({base::Errc::PinWrong, "the PIN is wrong"});
    EXPECT_EQ(m_run->step(), ExitCode::NotConnected);
    EXPECT_EQ(last("approval")["error"], "pin-wrong");
    EXPECT_EQ(last("approval")["triesLeft"], 2);
    EXPECT_EQ(desk.acceptance(id).state, rfq::AcceptanceState::Unknown);
}

TEST_F(DecisionRunTest, OnePersonTwiceIsRefusedByTheDesk)
{
    const rfq::RfqId id = loseAnAcceptance();
    start(*closingDecision(closeCommand(), desk.service, trader), closeCommand().second);
    m_approver.sign(trader.name);
    EXPECT_EQ(m_run->step(), ExitCode::Usage);
    EXPECT_EQ(desk.acceptance(id).state, rfq::AcceptanceState::Unknown);
}

TEST_F(DecisionRunTest, EvidenceThatCameWhileTheTokenSignedStandsBeforeTheDecision)
{
    const rfq::RfqId id = loseAnAcceptance();
    start(*closingDecision(closeCommand(), desk.service, trader), closeCommand().second);
    desk.fill(id);
    m_approver.sign();
    EXPECT_EQ(m_run->step(), ExitCode::Usage);
    EXPECT_EQ(desk.acceptance(id).state, rfq::AcceptanceState::Filled);
    EXPECT_NE(last("end")["reason"].get<std::string>().find("Nothing was changed"), std::string::npos);
}

TEST_F(DecisionRunTest, OnlyWhatIsUnknownCanBeClosed)
{
    auto command = closeCommand();
    EXPECT_EQ(closingDecision(command, desk.service, trader).error().code, base::Errc::NotFound);
    desk.logOn();
    desk.fill(desk.acceptedBy());
    const auto known = closingDecision(command, desk.service, trader);
    ASSERT_FALSE(known);
    EXPECT_EQ(known.error().code, base::Errc::Refused);
    EXPECT_NE(known.error().detail.find("filled"), std::string::npos);
}

TEST_F(DecisionRunTest, TwoPersonsLetOneTwinThrough)
{
    loseAnAcceptance();
    desk.session(support::VenueX, rfq::SessionPhase::LoggedOn);
    const rfq::RfqId twin = desk.request();
    desk.quote(twin, support::DlrA, "QA-2", "", "1.15342");
    ASSERT_FALSE(desk.accept(twin, support::DlrA)) << "otherwise this test proves nothing";
    cli::TwinOverride consent;
    consent.unknown = rfq::ClOrdId("C1");
    consent.reason = "the client needs the hedge now";
    consent.second.fingerprint = "bb";
    start(*twinDecision(consent, desk.service, trader), consent.second);
    m_approver.sign();
    EXPECT_EQ(m_run->step(), ExitCode::Done);
    EXPECT_TRUE(desk.accept(twin, support::DlrA));
}

class IncidentRunTest : public test::RunTest {
protected:
    /// A fill after a reject: something that must not happen.
    rfq::IncidentId raise()
    {
        desk.logOn();
        const rfq::RfqId id = desk.acceptedBy();
        desk.reject(id);
        desk.fill(id);
        EXPECT_EQ(desk.service.incidents().size(), 1u);
        return desk.service.incidents().front().id;
    }
};

TEST_F(IncidentRunTest, AnIncidentIsAcknowledgedOnce)
{
    desk.service.signedIn(trader);
    cli::AcknowledgeCommand command;
    command.incident = raise();
    command.note = "position hedged";
    EXPECT_EQ(acknowledgeIncident(command, desk.service, reporter), ExitCode::Done);
    EXPECT_EQ(last("incident")["acknowledgedBy"], "trader-7");
    EXPECT_EQ(acknowledgeIncident(command, desk.service, reporter), ExitCode::Usage);
    command.incident = rfq::IncidentId("I99");
    EXPECT_EQ(acknowledgeIncident(command, desk.service, reporter), ExitCode::Usage);
}

TEST_F(IncidentRunTest, ADisputeWaitsForItsSessionAndGoesOutOnce)
{
    cli::DisputeCommand command;
    command.incident = raise();
    desk.session(support::VenueX, rfq::SessionPhase::Connecting);
    cli::DisputeRun run(command, desk.service, reporter, desk.clock);
    EXPECT_FALSE(run.step());
    EXPECT_TRUE(desk.link.disputes().empty());
    desk.session(support::VenueX, rfq::SessionPhase::LoggedOn);
    EXPECT_EQ(run.step(), ExitCode::Done);
    EXPECT_EQ(desk.link.disputes().size(), 1u);
    cli::DisputeRun again(command, desk.service, reporter, desk.clock);
    EXPECT_EQ(again.step(), ExitCode::Usage);
    EXPECT_EQ(desk.link.disputes().size(), 1u);
}

TEST_F(IncidentRunTest, ADisputeWithoutAConnectionIsGivenUp)
{
    cli::DisputeCommand command;
    command.incident = raise();
    desk.session(support::VenueX, rfq::SessionPhase::Waiting);
    cli::DisputeRun run(command, desk.service, reporter, desk.clock);
    EXPECT_FALSE(run.step());
    desk.clock.advance(command.wait);
    EXPECT_EQ(run.step(), ExitCode::NotConnected);
    EXPECT_TRUE(desk.link.disputes().empty());
}

}
