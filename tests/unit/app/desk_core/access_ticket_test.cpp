#include "core/fix/tags.h"
#include "core/fix/wire_message.h"
#include "tests/unit/app/desk_core/access_world.h"

/// Armed tickets: asked for, approved with a touch, attached to what they cover, given up.
namespace {

using namespace access_test;
using support::decimal;

class TicketTest : public AccessTest {
protected:
    [[nodiscard]] static rfq::ArmScope scope()
    {
        rfq::ArmScope scope;
        scope.session = VenueX;
        scope.symbol = "EUR/USD";
        scope.settlement.date = std::chrono::year(2026) / 11 / 26;
        scope.currency = "EUR";
        scope.maxQuantity = decimal("50000000");
        scope.buyAtMost = decimal("1.1540");
        scope.dealers = {support::DlrB, support::DlrA};
        scope.life = 300s;
        scope.uses = 2;
        return scope;
    }
    [[nodiscard]] static rfq::Acceptance acceptance(const std::string& id = "C1")
    {
        rfq::Acceptance one;
        one.id = rfq::ClOrdId(id);
        one.session = VenueX;
        one.dealer = support::DlrA;
        one.instrument.symbol = "EUR/USD";
        one.side = rfq::Side::Buy;
        one.quantity = decimal("25000000");
        one.currency = "EUR";
        one.price = support::price("1.15342");
        one.settlement.date = std::chrono::year(2026) / 11 / 26;
        return one;
    }
    /// The grant as the enforcement point issues it after its own checks.
    void arm()
    {
        letIn();
        ASSERT_TRUE(desk.arm(scope()));
        const auto request = lastPayload();
        const auto asked = challenge(std::get<stepup::ApprovalRequest>(request).action, stepup::NoticeAbout::Action);
        touch();
        const auto verdict = judge(asked);
        const auto* approval = std::get_if<stepup::Approval>(&verdict);
        ASSERT_TRUE(approval) << stepup_test::detailOf(verdict);
        const auto grant = ledger.issue(*approval, pep.peer.certificate);
        ASSERT_TRUE(grant) << grant.error().detail;
        auto notice = decided(stepup::AccessOutcome::Allow);
        notice.about = stepup::NoticeAbout::Action;
        notice.grant = *grant;
        tell(said.back().request.id, UserStatus::Allowed, notice);
    }
    /// Two acceptances, which use it up.
    void spendAll()
    {
        arm();
        const auto grant = desk.grantFor(acceptance());
        ASSERT_TRUE(desk.spend(acceptance(), grant));
        ASSERT_TRUE(desk.spend(acceptance("C2"), grant));
        ASSERT_EQ(ticket().phase, ArmPhase::Over);
    }
    [[nodiscard]] std::optional<stepup::GrantRefused> spendAtPep(const std::string& grant, const rfq::Acceptance& one)
    {
        return ledger.spend(grant, pep.peer,
            {.acceptanceId = one.id.text(),
                .instrument = "EUR/USD",
                .settlement = "20261126",
                .account = "FUND-A",
                .currency = "EUR",
                .dealer = one.dealer.text(),
                .side = stepup::Side::Buy,
                .quantity = one.quantity,
                .price = one.price.value});
    }

    stepup::GrantKey grantKey = *stepup::GrantKey::generate(pep.random);
    stepup::GrantLedger ledger{pep.clock, pep.random, grantKey};
};

TEST_F(TicketTest, AnArmedTicketCoversADealAndTheEnforcementPointAgrees)
{
    arm();
    ASSERT_EQ(ticket().phase, ArmPhase::Armed);
    EXPECT_EQ(ticket().usesLeft, 2U);
    EXPECT_LE(ticket().ends, pep.clock.steady() + 300s);
    const auto one = acceptance();
    const auto grant = desk.grantFor(one);
    ASSERT_FALSE(grant.empty());
    EXPECT_FALSE(spendAtPep(grant, one)) << "what the desk takes for covered is covered there";
    ASSERT_TRUE(desk.spend(one, grant));
    EXPECT_EQ(ticket().left, decimal("25000000"));
    EXPECT_EQ(ticket().usesLeft, 1U);
    ASSERT_TRUE(desk.spend(acceptance("C2"), grant));
    EXPECT_EQ(ticket().phase, ArmPhase::Over);
    EXPECT_TRUE(desk.grantFor(acceptance("C3")).empty());
}

TEST_F(TicketTest, WhatWasNotSentHasUsedNothing)
{
    arm();
    const auto grant = desk.grantFor(acceptance());
    ASSERT_TRUE(desk.spend(acceptance(), grant));
    desk.giveBack(acceptance());
    EXPECT_EQ(ticket().left, decimal("50000000"));
    EXPECT_EQ(ticket().usesLeft, 2U);
    desk.giveBack(acceptance());
    EXPECT_EQ(ticket().usesLeft, 2U) << "once";
    ASSERT_TRUE(desk.spend(acceptance("C2"), grant));
    ASSERT_TRUE(desk.spend(acceptance("C3"), grant));
    ASSERT_EQ(ticket().phase, ArmPhase::Over);
    desk.giveBack(acceptance("C3"));
    EXPECT_EQ(ticket().phase, ArmPhase::Armed) << "it was not used up after all";
    EXPECT_EQ(ticket().left, decimal("25000000"));
    EXPECT_EQ(desk.grantFor(acceptance("C4")), grant);
}

TEST_F(TicketTest, NothingComesBackToATicketThatWasGivenUp)
{
    spendAll();
    desk.leave();
    desk.giveBack(acceptance());
    EXPECT_EQ(ticket().phase, ArmPhase::Over);
    EXPECT_TRUE(desk.grantFor(acceptance("C3")).empty());
}

TEST_F(TicketTest, NothingComesBackToATicketWhoseTimeIsOver)
{
    spendAll();
    pep.clock.advance(300s);
    desk.giveBack(acceptance());
    EXPECT_EQ(ticket().phase, ArmPhase::Over);
    EXPECT_TRUE(desk.grantFor(acceptance("C3")).empty());
}

TEST_F(TicketTest, WhatIsOutsideCarriesNoRight)
{
    arm();
    const auto refused = [&](auto change) {
        auto one = acceptance();
        change(one);
        return desk.grantFor(one).empty();
    };
    EXPECT_TRUE(refused([](auto& one) { one.price = support::price("1.15401"); }));
    EXPECT_TRUE(refused([](auto& one) { one.quantity = decimal("50000001"); }));
    EXPECT_TRUE(refused([](auto& one) { one.side = rfq::Side::Sell; }));
    EXPECT_TRUE(refused([](auto& one) { one.dealer = support::DlrC; }));
    EXPECT_TRUE(refused([](auto& one) { one.instrument.symbol = "GBP/USD"; }));
    EXPECT_TRUE(refused([](auto& one) { one.currency = "USD"; }));
    EXPECT_TRUE(refused([](auto& one) { one.session = support::DirectD; }));
    EXPECT_TRUE(refused([](auto& one) { one.settlement.date = std::chrono::year(2026) / 11 / 27; }));
    EXPECT_FALSE(refused([](auto& one) { one.price = support::price("1.1540"); }));
}

TEST_F(TicketTest, ItEndsWithItsTime)
{
    arm();
    pep.clock.advance(300s);
    EXPECT_TRUE(desk.grantFor(acceptance()).empty());
    desk.tick();
    EXPECT_EQ(ticket().phase, ArmPhase::Over);
}

TEST_F(TicketTest, ItIsGivenUpWhenThePersonLeavesSignsOutOrDisarms)
{
    arm();
    desk.leave();
    EXPECT_EQ(ticket().phase, ArmPhase::Over);
    EXPECT_TRUE(desk.grantFor(acceptance()).empty());
    EXPECT_EQ(said.back().request.type, UserRequestType::LogOff);
}

TEST_F(TicketTest, ItIsGivenUpBySigningOut)
{
    arm();
    desk.forget();
    EXPECT_EQ(ticket().phase, ArmPhase::Over);
    EXPECT_TRUE(desk.grantFor(acceptance()).empty());
}

TEST_F(TicketTest, ItIsGivenUpByDisarming)
{
    arm();
    desk.disarm(VenueX);
    EXPECT_EQ(ticket().phase, ArmPhase::Over);
    EXPECT_TRUE(desk.grantFor(acceptance()).empty());
}

TEST_F(TicketTest, ItOutlivesAReconnect)
{
    arm();
    desk.apply(fix::AccessClosed{VenueX, 1});
    connect(2);
    EXPECT_FALSE(desk.grantFor(acceptance()).empty());
}

TEST_F(TicketTest, WhatWasOnItsWayEndsWithTheConnection)
{
    letIn();
    ASSERT_TRUE(desk.arm(scope()));
    EXPECT_EQ(desk.arm(scope()).error().code, Errc::Duplicate);
    desk.apply(fix::AccessClosed{VenueX, 1});
    EXPECT_EQ(ticket().phase, ArmPhase::Refused);
    EXPECT_EQ(ticket().problem->code, Errc::ConnectionLost);
}

TEST_F(TicketTest, ACancelledTouchArmsNothing)
{
    letIn();
    ASSERT_TRUE(desk.arm(scope()));
    const auto request = lastPayload();
    challenge(std::get<stepup::ApprovalRequest>(request).action, stepup::NoticeAbout::Action);
    EXPECT_EQ(ticket().phase, ArmPhase::StepUp);
    touches.cancel();
    EXPECT_EQ(ticket().phase, ArmPhase::Refused);
    EXPECT_EQ(ticket().problem->code, Errc::Cancelled);
}

TEST_F(TicketTest, AChallengeForWiderBoundsIsRefused)
{
    letIn();
    ASSERT_TRUE(desk.arm(scope()));
    auto request = lastPayload();
    auto wider = std::get<stepup::ArmTicket>(std::get<stepup::ApprovalRequest>(request).action);
    wider.maxQuantity = decimal("50000001");
    challenge(wider, stepup::NoticeAbout::Action);
    EXPECT_EQ(touches.current(), nullptr);
    EXPECT_EQ(ticket().phase, ArmPhase::Refused);
}

TEST_F(TicketTest, ARefusalIsKeptWithItsReason)
{
    letIn();
    ASSERT_TRUE(desk.arm(scope()));
    auto notice = decided(stepup::AccessOutcome::Deny, 45);
    notice.about = stepup::NoticeAbout::Action;
    notice.refusal = "entitlement";
    tell(said.back().request.id, UserStatus::Refused, notice);
    EXPECT_EQ(ticket().phase, ArmPhase::Refused);
    EXPECT_NE(ticket().problem->detail.find("entitlement"), std::string::npos);
    EXPECT_EQ(ticket().notice->reference, "AC-1");
    EXPECT_EQ(state().phase, AccessPhase::Decided) << "the session is as it was";
}

TEST_F(TicketTest, NothingIsArmedWhereNobodyIsLetIn)
{
    EXPECT_EQ(desk.arm(scope()).error().code, Errc::NotConnected);
    auto other = scope();
    other.session = support::DirectD;
    EXPECT_EQ(desk.arm(other).error().code, Errc::Refused);
    letIn();
    other = scope();
    other.currency = "USD";
    EXPECT_EQ(desk.arm(other).error().code, Errc::InvalidInput);
    other = scope();
    other.buyAtMost.reset();
    EXPECT_EQ(desk.arm(other).error().code, Errc::InvalidInput) << "a side without a worst price";
}

/// The wire below: what it composes and sends is remembered.
class GrantingTest : public TicketTest {
protected:
    struct Wire final : rfq::VenueLink {
        void send(rfq::VenueCommand command) override { sent.push_back(std::move(command)); }
        [[nodiscard]] std::string compose(const rfq::Acceptance& one) const override
        {
            fix::WireMessage message;
            message.type = "D";
            message.add(fix::tag::ClOrdId, one.id.text());
            if (!one.grant.empty())
                message.add(fix::tag::StepUpGrant, one.grant);
            return fix::wireText(message);
        }
        std::vector<rfq::VenueCommand> sent;
    };

    Wire wire;
    base::Inbox<rfq::VenueEvent> events{[] {}};
    app::GrantingLink link{wire, desk, events};
};

TEST_F(GrantingTest, TheRightIsOnTheMessageFromTheStart)
{
    arm();
    const auto one = acceptance();
    const auto message = link.compose(one);
    EXPECT_NE(message.find("20096=" + desk.grantFor(one)), std::string::npos);
    link.send(rfq::SendAcceptance{one, message});
    EXPECT_EQ(wire.sent.size(), 1U);
    EXPECT_EQ(ticket().usesLeft, 1U);
}

TEST_F(GrantingTest, ARightThatWasGivenUpMeanwhileIsNotSent)
{
    arm();
    const auto one = acceptance();
    const auto message = link.compose(one);
    desk.disarm(VenueX);
    link.send(rfq::SendAcceptance{one, message});
    EXPECT_TRUE(wire.sent.empty());
    const auto told = events.drain();
    ASSERT_EQ(told.size(), 1U);
    const auto* notSent = std::get_if<rfq::AcceptanceNotSent>(&told[0]);
    ASSERT_TRUE(notSent);
    EXPECT_EQ(notSent->reason.code, Errc::Expired);
}

TEST_F(GrantingTest, WhatNothingCoversIsSentWithoutARight)
{
    const auto one = acceptance();
    const auto message = link.compose(one);
    EXPECT_EQ(message.find("20096="), std::string::npos);
    link.send(rfq::SendAcceptance{one, message});
    EXPECT_EQ(wire.sent.size(), 1U);
}

}
