#include "app/cli/outcomes_report.h"
#include "app/cli/recover_run.h"
#include "tests/unit/app/cli/run_fixture.h"

namespace {

using namespace std::chrono_literals;
using cli::ExitCode;

class RecoverRunTest : public test::RunTest {
protected:
    void start(std::chrono::milliseconds patience = 60s)
    {
        cli::RecoverCommand command;
        command.patience = patience;
        m_run.emplace(command, desk.service, reporter, desk.clock);
    }
    std::optional<ExitCode> stepAfter(std::chrono::milliseconds wait)
    {
        desk.clock.advance(wait);
        return m_run->step();
    }

    std::optional<cli::RecoverRun> m_run;
};

TEST_F(RecoverRunTest, NothingUnknownIsExitZeroAtOnce)
{
    start();
    EXPECT_EQ(m_run->step(), ExitCode::Done);
    EXPECT_TRUE(events("unknown").empty());
}

TEST_F(RecoverRunTest, AFillFoundByAskingIsTheOutcomeAndExitZero)
{
    const rfq::RfqId id = loseAnAcceptance();
    start();
    EXPECT_FALSE(m_run->step());
    EXPECT_EQ(last("unknown")["clOrdId"], "C1");
    desk.session(support::VenueX, rfq::SessionPhase::LoggedOn);
    EXPECT_FALSE(m_run->step());
    EXPECT_EQ(last("asking")["question"], "OrderStatusRequest");
    desk.fill(id);
    EXPECT_EQ(m_run->step(), ExitCode::Done);
    EXPECT_EQ(last("outcome")["state"], "filled");
    EXPECT_EQ(last("trade")["clOrdId"], "C1");
    EXPECT_EQ(last("end")["exitCode"], 0);
}

TEST_F(RecoverRunTest, EachPieceOfEvidenceIsToldOnce)
{
    loseAnAcceptance();
    start();
    desk.service.apply(rfq::PeerExpects{support::VenueX, 18});
    EXPECT_FALSE(m_run->step());
    EXPECT_FALSE(m_run->step());
    const auto told = events("evidence");
    ASSERT_EQ(told.size(), 1u);
    EXPECT_EQ(told[0]["kind"], "received");
}

TEST_F(RecoverRunTest, AQuestionThatIsPutAgainIsToldAgain)
{
    loseAnAcceptance();
    start(10min);
    desk.session(support::VenueX, rfq::SessionPhase::LoggedOn);
    EXPECT_FALSE(m_run->step());
    const auto first = events("asking").size();
    EXPECT_GE(first, 1u);
    // Nobody answers: the ladder ends, and after its pause it begins again with the same question.
    for (int i = 0; i < 60 && events("asking").size() <= first + 1; ++i)
        EXPECT_FALSE(stepAfter(1s));
    std::vector<std::string> asked;
    for (const auto& event : events("asking"))
        asked.push_back(event["question"]);
    EXPECT_GE(std::count(asked.begin(), asked.end(), "OrderStatusRequest"), 2);
}

TEST_F(RecoverRunTest, WhatWasNeverReceivedIsAnOutcome)
{
    const rfq::RfqId id = loseAnAcceptance();
    start();
    desk.service.apply(rfq::PeerExpects{support::VenueX, 17});
    desk.session(support::VenueX, rfq::SessionPhase::LoggedOn);
    EXPECT_FALSE(m_run->step());
    auto report = desk.statusReport(desk.acceptance(id).acceptance, '8', "unknown order");
    report.execType = 'I';
    report.rejectCode = "5";
    desk.service.apply(rfq::ExecutionReported{report});
    EXPECT_EQ(m_run->step(), ExitCode::Done);
    EXPECT_EQ(last("outcome")["state"], "not-received");
}

TEST_F(RecoverRunTest, WhenTheTimeIsOverItSaysWhomToCall)
{
    loseAnAcceptance();
    start(5s);
    desk.session(support::VenueX, rfq::SessionPhase::LoggedOn);
    EXPECT_FALSE(m_run->step());
    EXPECT_LE(m_run->nextStep(), desk.clock.steady() + 5s);
    EXPECT_EQ(stepAfter(5s), ExitCode::UnknownOutcome);
    EXPECT_NE(
        last("end")["reason"].get<std::string>().find("DLR-A (+44 20 7946 0001) about ClOrdID C1"), std::string::npos);
}

TEST_F(RecoverRunTest, WithoutAnyConnectionItIsExitSix)
{
    loseAnAcceptance();
    start(5s);
    EXPECT_FALSE(m_run->step());
    EXPECT_EQ(stepAfter(5s), ExitCode::NotConnected);
    EXPECT_NE(last("end")["reason"].get<std::string>().find("+44 20 7946 0001"), std::string::npos);
}

TEST_F(RecoverRunTest, ASessionThatIsRefusedIsNotWaitedFor)
{
    loseAnAcceptance();
    start();
    rfq::SessionChanged refused;
    refused.session = support::VenueX;
    refused.phase = rfq::SessionPhase::Refused;
    refused.reason = base::Error{base::Errc::SequenceError, "their MsgSeqNum 1 is below 17"};
    desk.service.apply(refused);
    EXPECT_EQ(m_run->step(), ExitCode::NotConnected);
    EXPECT_NE(last("end")["reason"].get<std::string>().find("their MsgSeqNum 1 is below 17"), std::string::npos);
}

TEST_F(RecoverRunTest, AFillThatDiffersIsAnOutcomeAndAnIncident)
{
    const rfq::RfqId id = loseAnAcceptance();
    start();
    desk.session(support::VenueX, rfq::SessionPhase::LoggedOn);
    auto report = desk.fillReport(desk.acceptance(id).acceptance);
    report.lastPx = report.avgPx = support::price("1.15390");
    desk.service.apply(rfq::ExecutionReported{report});
    EXPECT_EQ(m_run->step(), ExitCode::UnknownOutcome);
    EXPECT_EQ(last("incident")["kind"], "fill-differs");
}

TEST_F(RecoverRunTest, AnInterruptionLeavesWhatIsUnknown)
{
    loseAnAcceptance();
    start();
    desk.session(support::VenueX, rfq::SessionPhase::LoggedOn);
    EXPECT_FALSE(m_run->step());
    m_run->interrupt();
    EXPECT_EQ(m_run->step(), ExitCode::UnknownOutcome);
}

TEST_F(RecoverRunTest, OutcomesListsWhatAPersonMustActOn)
{
    loseAnAcceptance();
    EXPECT_EQ(reportOutcomes(desk.service, reporter), ExitCode::UnknownOutcome);
    EXPECT_EQ(last("unknown")["clOrdId"], "C1");
    EXPECT_EQ(last("position")["least"], "0");
    EXPECT_EQ(last("position")["most"], "25000000");
}

TEST_F(RecoverRunTest, OutcomesWithAnOpenIncidentIsExitFiveAndWithoutOneZero)
{
    desk.logOn();
    const rfq::RfqId id = desk.acceptedBy();
    desk.fill(id);
    EXPECT_EQ(reportOutcomes(desk.service, reporter), ExitCode::Done);
    auto stray = desk.fillReport(desk.acceptance(id).acceptance);
    stray.clOrdId = rfq::ClOrdId("NOBODY");
    stray.execId = rfq::ExecId("E-NOBODY");
    desk.service.apply(rfq::ExecutionReported{stray});
    EXPECT_EQ(reportOutcomes(desk.service, reporter), ExitCode::UnknownOutcome);
    EXPECT_EQ(last("incident")["kind"], "stray-fill");
    desk.service.signedIn(trader);
    ASSERT_TRUE(desk.service.acknowledge(desk.service.incidents().front().id, "the dealer took it back"));
    EXPECT_EQ(reportOutcomes(desk.service, reporter), ExitCode::Done);
}

}
