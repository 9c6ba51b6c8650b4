#include "app/cli/rfq_run.h"
#include "app/cli/step_up_prompt.h"
#include "tests/support/fake_access.h"
#include "tests/unit/app/cli/run_fixture.h"

/// A price that is dealt on once a touch has approved it, without a window.
namespace {

using namespace std::chrono_literals;
using cli::ExitCode;
using rfq::QuoteApprovalPhase;
using support::DlrA;
using support::VenueX;

class RfqApproval : public test::RunTest {
protected:
    /// The best quote was accepted, and the counterparty's enforcement point asks for a touch.
    void refusedForWantOfATouch()
    {
        cli::RfqCommand command;
        command.symbol = "EUR/USD";
        command.quantity = support::decimal("25000000");
        command.dealers = {"DLR-A"};
        command.accept = cli::AcceptMode::Best;
        command.limit = support::decimal("1.1600");
        desk.logOn();
        m_run.emplace(std::move(command), desk.service, reporter, desk.clock, &access);
        ASSERT_FALSE(m_run->step());
        id = desk.service.rfqs().front();
        desk.quote(id, DlrA, "QA-1", "", "1.15350");
        desk.clock.advance(300ms);
        ASSERT_FALSE(m_run->step());
        ASSERT_EQ(desk.link.acceptances().size(), 1U);
        desk.confirmSent(id);
        ASSERT_FALSE(m_run->step());
        refuse();
        become(QuoteApprovalPhase::Asking);
        ASSERT_FALSE(m_run->step()) << "the run goes on";
    }
    void refuse()
    {
        desk.service.apply(
            rfq::MessageRejected{VenueX, "D", desk.acceptance(id).acceptance.id.text(), "6", "a touch is needed"});
    }
    void become(QuoteApprovalPhase phase, std::optional<base::Error> problem = std::nullopt)
    {
        const rfq::Acceptance& refused = desk.acceptance(id).acceptance;
        access.approved[VenueX] = {
            refused.rfq, refused.quote, refused.side, phase, refused.deadline, std::move(problem)};
    }

    support::FakeAccess access;
    rfq::RfqId id;
    std::optional<cli::RfqRun> m_run;
};

TEST_F(RfqApproval, ThePriceThatWasTouchedForIsDealtOnOnce)
{
    refusedForWantOfATouch();
    become(QuoteApprovalPhase::StepUp);
    ASSERT_FALSE(m_run->step());
    become(QuoteApprovalPhase::Answering);
    ASSERT_FALSE(m_run->step());
    EXPECT_EQ(desk.link.acceptances().size(), 1U) << "nothing goes out before the touch is good";
    become(QuoteApprovalPhase::Approved);
    ASSERT_FALSE(m_run->step());
    ASSERT_FALSE(m_run->step());
    const auto sent = desk.link.acceptances();
    ASSERT_EQ(sent.size(), 2U);
    EXPECT_EQ(sent[1].acceptance.quote, rfq::QuoteId("QA-1"));
    EXPECT_EQ(sent[1].acceptance.price.text, "1.15350");
    EXPECT_NE(sent[1].acceptance.id, sent[0].acceptance.id);
    become(QuoteApprovalPhase::Refused, base::Error{base::Errc::Duplicate, "the approval was used"});
    desk.confirmSent(id);
    ASSERT_FALSE(m_run->step());
    desk.fill(id);
    EXPECT_EQ(m_run->step(), ExitCode::Done);
    EXPECT_EQ(desk.link.acceptances().size(), 2U);
}

TEST_F(RfqApproval, WhatIsRefusedOnceMoreIsOver)
{
    refusedForWantOfATouch();
    become(QuoteApprovalPhase::Approved);
    ASSERT_FALSE(m_run->step());
    desk.confirmSent(id);
    become(QuoteApprovalPhase::Refused, base::Error{base::Errc::Duplicate, "the approval was used"});
    refuse();
    std::optional<ExitCode> code;
    for (int i = 0; i < 3 && !code; ++i)
        code = m_run->step();
    EXPECT_EQ(code, ExitCode::Rejected);
    EXPECT_EQ(desk.link.acceptances().size(), 2U);
}

TEST_F(RfqApproval, NobodyTouches)
{
    refusedForWantOfATouch();
    become(QuoteApprovalPhase::Refused, base::Error{base::Errc::Cancelled, "it was cancelled"});
    EXPECT_EQ(m_run->step(), ExitCode::Rejected);
    EXPECT_NE(last("end")["reason"].get<std::string>().find("it was cancelled"), std::string::npos) << last("end");
    EXPECT_EQ(desk.link.acceptances().size(), 1U);
}

TEST_F(RfqApproval, AQuoteThatEndsMeanwhileIsNotDealtOn)
{
    refusedForWantOfATouch();
    desk.clock.advance(30s);
    access.approved.clear();
    EXPECT_EQ(m_run->step(), ExitCode::NoAcceptableQuote);
    EXPECT_EQ(desk.link.acceptances().size(), 1U);
}

TEST_F(RfqApproval, AnApprovalThatComesAfterTheQuotesEndDealsNothing)
{
    refusedForWantOfATouch();
    become(QuoteApprovalPhase::Approved);
    desk.clock.advance(30s);
    EXPECT_EQ(m_run->step(), ExitCode::NoAcceptableQuote);
    EXPECT_EQ(desk.link.acceptances().size(), 1U);
}

TEST_F(RfqApproval, AReplacedQuoteIsNotTheOneThatWasTouchedFor)
{
    refusedForWantOfATouch();
    desk.quote(id, DlrA, "QA-2", "", "1.15360");
    become(QuoteApprovalPhase::Approved);
    EXPECT_EQ(m_run->step(), ExitCode::NoAcceptableQuote);
    EXPECT_EQ(desk.link.acceptances().size(), 1U);
}

TEST_F(RfqApproval, InterruptedItDealsNothingEvenIfTheTouchCameJustThen)
{
    refusedForWantOfATouch();
    become(QuoteApprovalPhase::Approved);
    m_run->interrupt();
    EXPECT_EQ(m_run->step(), ExitCode::NoAcceptableQuote);
    EXPECT_EQ(desk.link.acceptances().size(), 1U);
}

TEST_F(RfqApproval, HowItStandsIsSaidOnce)
{
    refusedForWantOfATouch();
    support::FakeStepUp touch;
    cli::StepUpPrompt prompt(
        access, touch,
        [](const rfq::StepUpView&) -> base::Result<cli::StepUpPrompt::Pin> {
            return base::Error{base::Errc::Cancelled, "no PIN was given"};
        },
        cli::StepUpPrompt::Person::Absent, reporter, desk.clock);
    prompt.look();
    prompt.look();
    EXPECT_EQ(events("quote-approval").size(), 1U);
    become(QuoteApprovalPhase::Approved);
    prompt.look();
    EXPECT_EQ(last("quote-approval")["phase"], "approved");
    EXPECT_EQ(last("quote-approval")["quoteId"], "QA-1");
}

}
