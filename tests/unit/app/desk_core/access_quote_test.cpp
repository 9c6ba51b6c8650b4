#include "tests/unit/app/desk_core/access_world.h"

/// One quote, approved with a touch after its acceptance was refused.
namespace {

using namespace access_test;
using rfq::QuoteApprovalPhase;

class QuoteApprovalTest : public AccessTest {
protected:
    QuoteApprovalTest() { letIn(); }

    [[nodiscard]] rfq::Acceptance refused() const
    {
        rfq::Acceptance acceptance;
        acceptance.id = rfq::ClOrdId("C1");
        acceptance.rfq = rfq::RfqId("R1");
        acceptance.quote = rfq::QuoteId("Q1");
        acceptance.dealer = support::DlrA;
        acceptance.session = VenueX;
        acceptance.instrument.symbol = "EUR/USD";
        acceptance.side = rfq::Side::Buy;
        acceptance.quantity = stepup_test::decimal("25000000");
        acceptance.currency = "EUR";
        acceptance.price = {stepup_test::decimal("1.0840"), "1.0840"};
        acceptance.settlement = {rfq::Tenor::Spot, base::Date(std::chrono::year(2026) / 11 / 26)};
        acceptance.deadline = pep.clock.steady() + 20s;
        return acceptance;
    }
    [[nodiscard]] stepup::AcceptQuote wanted() const
    {
        const auto payload = lastPayload();
        const auto* asked = std::get_if<stepup::ApprovalRequest>(&payload);
        const auto* quote = asked ? std::get_if<stepup::AcceptQuote>(&asked->action) : nullptr;
        EXPECT_NE(quote, nullptr);
        return quote ? *quote : stepup::AcceptQuote();
    }
    [[nodiscard]] const rfq::QuoteApproval& approval() const { return desk.approvals().at(VenueX); }
};

TEST_F(QuoteApprovalTest, ATouchApprovesExactlyThisPriceAndTheNextClickIsTheTraders)
{
    desk.approveQuote(refused());
    EXPECT_EQ(said.back().request.type, UserRequestType::Status);
    const auto quote = wanted();
    EXPECT_EQ(quote.quoteId, "Q1");
    EXPECT_EQ(quote.settlement, "20261126");
    EXPECT_EQ(quote.account, "FUND-A");
    EXPECT_EQ(quote.price, stepup_test::decimal("1.0840"));
    const auto asked = challenge(quote, stepup::NoticeAbout::Action);
    EXPECT_EQ(approval().phase, QuoteApprovalPhase::StepUp);
    ASSERT_NE(touches.current(), nullptr);
    EXPECT_LE(touches.current()->ends, approval().ends) << "nobody is asked longer than the quote lives";
    touch();
    const auto verdict = judge(asked);
    EXPECT_TRUE(std::holds_alternative<stepup::Approval>(verdict)) << stepup_test::detailOf(verdict);
    EXPECT_TRUE(desk.isRefused(refused())) << "not before the answer";
    auto notice = decided(stepup::AccessOutcome::Allow);
    notice.about = stepup::NoticeAbout::Action;
    tell(said.back().request.id, UserStatus::Allowed, notice);
    EXPECT_EQ(approval().phase, QuoteApprovalPhase::Approved);
    EXPECT_FALSE(desk.isRefused(refused()));
    EXPECT_EQ(state().phase, AccessPhase::Decided) << "the session stands as it stood";
    desk.useApproval(refused());
    EXPECT_TRUE(desk.isRefused(refused())) << "once";
}

TEST_F(QuoteApprovalTest, AQuoteAtItsEndIsNotAskedAbout)
{
    auto late = refused();
    late.deadline = pep.clock.steady() + 500ms;
    const auto before = said.size();
    desk.approveQuote(late);
    EXPECT_EQ(said.size(), before);
    EXPECT_TRUE(desk.approvals().empty());
}

TEST_F(QuoteApprovalTest, WhatIsTouchedAfterTheQuoteHasEndedIsNotAnswered)
{
    desk.approveQuote(refused());
    challenge(wanted(), stepup::NoticeAbout::Action);
    const auto before = said.size();
    pep.clock.advance(20s);
    desk.tick();
    EXPECT_EQ(touches.current(), nullptr);
    EXPECT_TRUE(desk.approvals().empty());
    EXPECT_EQ(said.size(), before);
}

TEST_F(QuoteApprovalTest, AnApprovalDoesNotOutliveItsQuoteItsConnectionOrThePerson)
{
    const auto approve = [this] {
        desk.approveQuote(refused());
        auto notice = decided(stepup::AccessOutcome::Allow);
        notice.about = stepup::NoticeAbout::Action;
        tell(said.back().request.id, UserStatus::Allowed, notice);
        ASSERT_EQ(approval().phase, QuoteApprovalPhase::Approved);
    };
    approve();
    pep.clock.advance(20s);
    desk.tick();
    EXPECT_TRUE(desk.approvals().empty());
    approve();
    desk.leave();
    EXPECT_TRUE(desk.approvals().empty());
    desk.comeBack();
    allow(said.back().request.id);
    approve();
    desk.apply(fix::AccessClosed{VenueX, 1});
    EXPECT_TRUE(desk.approvals().empty());
}

TEST_F(QuoteApprovalTest, ItIsAskedForOnceAndForNothingElse)
{
    desk.approveQuote(refused());
    challenge(stepup::OpenSession{"VENUE", "alice"}, stepup::NoticeAbout::Action);
    EXPECT_EQ(touches.current(), nullptr);
    EXPECT_EQ(approval().phase, QuoteApprovalPhase::Refused);
    ASSERT_TRUE(approval().problem);
    const auto before = said.size();
    desk.approveQuote(refused());
    EXPECT_EQ(said.size(), before);
    EXPECT_TRUE(desk.isRefused(refused()));
}

TEST_F(QuoteApprovalTest, WhoMayOnlyLookIsNotAsked)
{
    tell("PEP-1", UserStatus::StepUpNeeded, decided(stepup::AccessOutcome::ViewOnly, 40));
    const auto before = said.size();
    desk.approveQuote(refused());
    EXPECT_EQ(said.size(), before);
}

}
