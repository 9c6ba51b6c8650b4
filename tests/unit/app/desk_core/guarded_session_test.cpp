#include "app/desk_core/access_desk.h"
#include "app/desk_core/guarded_session.h"
#include "tests/support/fake_desk.h"
#include "tests/support/fake_security_keys.h"
#include "tests/support/test_pki.h"
#include "tests/unit/app/desk_core/fake_contexts.h"
#include "tests/unit/pep/pep_world.h"

#include <deque>

/// The desk's own enforcement point before a counterparty that has none, with a key in the test's hand.
namespace {

using namespace std::chrono_literals;
using namespace pep_test;
using base::Errc;
using rfq::AccessPhase;

zerotrust::AccessPolicy policyOfTheDesk()
{
    using namespace zerotrust;
    AccessPolicy made = policy();
    for (const char* name : {app::attribute::EndpointChanged, app::attribute::PinsChanged, attribute::TokenRemoved}) {
        AttributeRule rule;
        rule.attribute = name;
        rule.conditions = {{"changed", 20, {WordTest{{"yes"}}}}, {"as before", 0, {WordTest{{"no"}}}}};
        made.attributes.push_back(rule);
    }
    return made;
}

class GuardedSessionTest : public testing::Test, protected app::GuardedSessionListener {
protected:
    GuardedSessionTest()
    {
        settings.name = support::VenueX;
        settings.host = "venue.example";
        settings.port = 9880;
        settings.senderCompId = "DESK";
        settings.targetCompId = "VENUE";
        settings.trust.caFile = "/nowhere/ca.pem";
        settings.trust.pins = {"pin-1"};
        settings.access = fix::AccessSettings{RpId, fix::AccessJudge::Desk};
        identities.identities.users = {aliceRecord()};
        const auto credential = *pep.registry.find(pep.key.id());
        identities.identities.credentials = {credential};
        context.policy = policyOfTheDesk();
        context.addresses = [this] { return std::vector{*zerotrust::IpAddress::parse(address)}; };
        enforcement.rpId = RpId;
    }
    /// Everybody knows the counterparty as it is configured.
    void knowIt() { ASSERT_TRUE(memory.remember(settings)); }
    void unmanage() { identities.identities.users.front().certificates.front().device = DeviceRecord::Unmanaged; }
    void open()
    {
        desk = std::make_unique<app::AccessDesk>(
            std::vector{settings}, contexts, touches,
            [this](const rfq::SessionId&, std::uint64_t connection, fix::UserRequest request) {
                guard->hear(connection, std::move(request));
            },
            pep.clock);
        auto made = app::GuardedSession::open(settings, {"ALPHA", "BETA"}, enforcement, noEnrolment,
            {pep.clock, pep.random, identities, memory, context, *this});
        ASSERT_TRUE(made) << made.error().detail;
        guard = *std::move(made);
    }
    void connect(std::uint64_t connection = 1)
    {
        guard->opened(connection, stepup::UserId("alice"), filled(0xa1));
        desk->apply(fix::AccessOpened{settings.name, connection, "alice", {}});
        settle();
    }
    /// What was decided reaches the desk, as it does through its inbox.
    void settle()
    {
        while (!answers.empty()) {
            const auto answer = answers.front();
            answers.pop_front();
            desk->apply(answer);
        }
    }
    void touch()
    {
        ASSERT_NE(touches.current(), nullptr);
        keys.answerChoice();
        touches.enterPin(support::secret("1234"), rfq::LastTry::NotConfirmed);
        keys.touch([this](const fido::AssertRequest& request) {
            stepup::Digest hash{};
            std::copy(request.clientDataHash.begin(), request.clientDataHash.end(), hash.begin());
            ++pep.answer.signCount;
            const auto made = pep.key.assertion(hash, pep.answer);
            return fido::Assertion{made.credentialId, made.authenticatorData, made.signature};
        });
        settle();
    }
    [[nodiscard]] const rfq::AccessState& state() const { return desk->sessions().at(settings.name); }
    [[nodiscard]] rfq::SendAcceptance deal(const std::string& quantity, const std::string& id = "C1") const
    {
        fix::WireMessage message;
        message.type = fix::msg::NewOrderSingle;
        message.add(fix::tag::ClOrdId, id);
        message.add(fix::tag::SettlType, "6");
        message.add(fix::tag::SettlDate, "20261126");
        message.add(fix::tag::Symbol, "EUR/USD");
        message.add(fix::tag::Side, "1");
        message.add(fix::tag::TransactTime, "20261124-08:00:00");
        message.add(fix::tag::OrderQty, quantity);
        message.add(fix::tag::OrdType, "D");
        message.add(fix::tag::Price, "1.08");
        message.add(fix::tag::Currency, "EUR");
        message.add(fix::tag::QuoteId, "Q1");
        rfq::SendAcceptance send;
        send.acceptance.session = settings.name;
        send.acceptance.quote = rfq::QuoteId("Q1");
        send.acceptance.dealer = rfq::DealerId("ALPHA");
        send.message = fix::wireText(message);
        return send;
    }
    [[nodiscard]] bool recordedOne(EventKind kind) const
    {
        return std::any_of(events.begin(), events.end(), [kind](const Event& event) { return event.kind == kind; });
    }

    void answered(const rfq::SessionId& session, std::uint64_t connection, fix::UserResponse response,
        std::optional<stepup::Notice> notice) override
    {
        answers.push_back({session, connection, std::move(response), std::move(notice)});
    }
    void ended(const rfq::SessionId&, std::uint64_t, base::Error reason) override { ends.push_back(std::move(reason)); }
    void recorded(const Event& event) override { events.push_back(event); }

    stepup_test::World pep;
    support::TemporaryDirectory files;
    FakeIdentities identities;
    fix::SessionSettings settings;
    EnforcementSettings enforcement;
    stepup::RegistrationPolicy noEnrolment;
    app::CounterpartyMemory memory{files.path() / "counterparties"};
    app::GuardContext context;
    std::string address = "10.1.2.3";
    support::FakeSecurityKeys keys;
    auth::StepUpService touches{keys, pep.clock};
    access_test::FakeContexts contexts;
    std::deque<fix::AccessAnswered> answers;
    std::vector<base::Error> ends;
    std::vector<Event> events;
    std::unique_ptr<app::AccessDesk> desk;
    std::unique_ptr<app::GuardedSession> guard;
};

TEST_F(GuardedSessionTest, WhatThePolicyAllowsIsAllowedLineByLineAndOnRecord)
{
    knowIt();
    address = "203.0.113.7";
    open();
    connect();
    ASSERT_TRUE(state().notice);
    EXPECT_EQ(state().phase, AccessPhase::Decided);
    EXPECT_EQ(state().notice->outcome, rfq::AccessOutcome::Allow);
    EXPECT_EQ(state().notice->score, 15) << "an unknown network with a managed device is allowed";
    EXPECT_EQ(state().notice->lines.size(), 6U);
    ASSERT_TRUE(recordedOne(EventKind::SessionDecided));
    EXPECT_EQ(events.back().address, "203.0.113.7");
    EXPECT_EQ(events.back().reference, state().notice->reference);
}

TEST_F(GuardedSessionTest, WhatThePolicyDeniesIsDeniedAndEnded)
{
    knowIt();
    unmanage();
    address = "203.0.113.7";
    open();
    connect();
    EXPECT_EQ(state().notice->outcome, rfq::AccessOutcome::Deny);
    EXPECT_EQ(state().notice->score, 40);
    ASSERT_EQ(ends.size(), 1U);
    EXPECT_NE(ends[0].detail.find(state().notice->reference), std::string::npos);
    EXPECT_FALSE(guard->authorise(deal("1000000"), {}));
}

TEST_F(GuardedSessionTest, ACardThatWasGoneCountsAsThePolicySays)
{
    context.tokenRemoved = true;
    knowIt();
    open();
    connect();
    EXPECT_EQ(state().phase, AccessPhase::StepUp);
}

TEST_F(GuardedSessionTest, InBetweenATouchIsAskedForAndJudgedHere)
{
    knowIt();
    unmanage();
    open();
    connect();
    EXPECT_EQ(state().phase, AccessPhase::StepUp);
    EXPECT_FALSE(guard->authorise(deal("1000000"), {})) << "nothing is dealt before the touch";
    touch();
    EXPECT_EQ(state().notice->outcome, rfq::AccessOutcome::Allow);
    EXPECT_TRUE(recordedOne(EventKind::StepUpApproved));
    EXPECT_EQ(identities.identities.credentials.front().signCount, pep.answer.signCount) << "the counter is kept";
    const auto deals = guard->authorise(deal("1000000"), {});
    ASSERT_FALSE(deals) << "a session that needed a touch needs one for each deal, too";
    EXPECT_NE(deals.error().detail.find("arm a ticket"), std::string::npos) << deals.error().detail;
}

TEST_F(GuardedSessionTest, ATouchLastsFromOneTryToTheNextButNotBeyondThePersonThePlaceOrMinutes)
{
    knowIt();
    unmanage();
    open();
    connect();
    touch();
    std::uint64_t connection = 1;
    const auto again = [&](std::chrono::seconds pause) {
        guard->closed(connection);
        desk->apply(fix::AccessClosed{settings.name, connection});
        pep.clock.advance(pause);
        connect(++connection);
        return state().phase;
    };
    EXPECT_EQ(again(70s), AccessPhase::Decided) << "the counterparty was down for a moment";
    EXPECT_EQ(state().notice->outcome, rfq::AccessOutcome::Allow);
    EXPECT_EQ(again(6min), AccessPhase::StepUp);
    touch();
    address = "10.9.9.9";
    EXPECT_EQ(again(1s), AccessPhase::StepUp);
    touch();
    guard->closed(connection);
    desk->apply(fix::AccessClosed{settings.name, connection});
    guard->left();
    EXPECT_EQ(again(1s), AccessPhase::StepUp);
    touch();
    guard->left(); // signs out, and the session is closed then
    EXPECT_EQ(again(1s), AccessPhase::StepUp);
}

TEST_F(GuardedSessionTest, ACounterThatDidNotRiseLocksThePerson)
{
    knowIt();
    unmanage();
    identities.identities.credentials.front().signCount = 1'000;
    open();
    connect();
    touch();
    EXPECT_TRUE(recordedOne(EventKind::UserLocked));
    EXPECT_FALSE(ends.empty());
}

TEST_F(GuardedSessionTest, WithoutATouchInTimeNobodyIsLetIn)
{
    knowIt();
    unmanage();
    open();
    connect();
    pep.clock.advance(enforcement.stepUpPatience);
    guard->tick();
    ASSERT_EQ(ends.size(), 1U);
    EXPECT_NE(ends[0].detail.find("touch did not come"), std::string::npos);
}

TEST_F(GuardedSessionTest, AnEndpointOrPinsThatChangedCountUntilSomebodyWasLetIn)
{
    open();
    connect();
    EXPECT_EQ(state().notice->score, 40) << "nobody was ever let in there";
    knowIt();
    connect(2);
    EXPECT_EQ(state().notice->score, 0);
    settings.host = "other.example";
    open();
    connect();
    EXPECT_EQ(state().notice->score, 20);
    EXPECT_EQ(state().phase, AccessPhase::StepUp);
    touch();
    guard->closed(1);
    connect(2);
    EXPECT_EQ(state().notice->score, 0) << "it is known by now";
    const app::CounterpartyMemory afterRestart(files.path() / "counterparties");
    for (const auto& signal : afterRestart.signalsAbout(settings))
        EXPECT_EQ(zerotrust::valueText(signal.value), "no") << signal.attribute;
    settings.trust.pins = {"pin-2"};
    EXPECT_EQ(zerotrust::valueText(afterRestart.signalsAbout(settings)[1].value), "yes");
}

TEST_F(GuardedSessionTest, ALargeDealNeedsATicketWhichIsSpentOnce)
{
    knowIt();
    open();
    connect();
    const auto refused = guard->authorise(deal("8000000"), {});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Errc::Refused);
    EXPECT_NE(refused.error().detail.find("arm a ticket"), std::string::npos) << refused.error().detail;

    rfq::ArmScope scope;
    scope.session = settings.name;
    scope.symbol = "EUR/USD";
    scope.settlement = {rfq::Tenor::Spot, base::Date(std::chrono::year(2026) / 11 / 26)};
    scope.currency = "EUR";
    scope.maxQuantity = decimal("8000000");
    scope.buyAtMost = decimal("1.0850");
    scope.dealers = {rfq::DealerId("ALPHA")};
    ASSERT_TRUE(desk->arm(scope));
    settle();
    touch();
    ASSERT_EQ(desk->tickets().at(settings.name).phase, rfq::ArmPhase::Armed);
    rfq::Acceptance acceptance = deal("8000000").acceptance;
    acceptance.id = rfq::ClOrdId("C2");
    acceptance.instrument.symbol = "EUR/USD";
    acceptance.quantity = decimal("8000000");
    acceptance.currency = "EUR";
    acceptance.price = {decimal("1.08"), "1.08"};
    acceptance.settlement = scope.settlement;
    const std::string grant = desk->grantFor(acceptance);
    ASSERT_FALSE(grant.empty());
    const auto passed = guard->authorise(deal("8000000", "C2"), grant);
    EXPECT_TRUE(passed) << passed.error().detail;
    EXPECT_FALSE(guard->authorise(deal("8000000", "C3"), grant)) << "it is spent";
}

TEST_F(GuardedSessionTest, ALargeDealMayBeApprovedAloneAndDealtOnce)
{
    knowIt();
    open();
    connect();
    ASSERT_FALSE(guard->authorise(deal("8000000"), {}));
    rfq::Acceptance refused = deal("8000000").acceptance;
    refused.instrument.symbol = "EUR/USD";
    refused.quantity = decimal("8000000");
    refused.currency = "EUR";
    refused.price = {decimal("1.08"), "1.08"};
    refused.settlement = {rfq::Tenor::Spot, base::Date(std::chrono::year(2026) / 11 / 26)};
    refused.deadline = pep.clock.steady() + 20s;
    desk->approveQuote(refused);
    settle();
    touch();
    EXPECT_EQ(desk->approvals().at(settings.name).phase, rfq::QuoteApprovalPhase::Approved);
    const auto passed = guard->authorise(deal("8000000", "C2"), {});
    EXPECT_TRUE(passed) << passed.error().detail;
    EXPECT_FALSE(guard->authorise(deal("8000000", "C3"), {}));
}

TEST_F(GuardedSessionTest, InMidSessionItIsJudgedAnew)
{
    knowIt();
    open();
    connect();
    EXPECT_EQ(state().notice->outcome, rfq::AccessOutcome::Allow);
    unmanage();
    ++identities.mark;
    pep.clock.advance(enforcement.decideEvery);
    guard->tick();
    settle();
    EXPECT_EQ(state().phase, AccessPhase::StepUp);
    EXPECT_FALSE(guard->authorise(deal("1000000"), {}));
    address = "203.0.113.7";
    pep.clock.advance(enforcement.decideEvery);
    guard->tick();
    settle();
    EXPECT_EQ(state().notice->outcome, rfq::AccessOutcome::Deny);
    EXPECT_EQ(ends.size(), 1U);
}

TEST_F(GuardedSessionTest, WhoIsAwayIsWaitedForAndAskedAnew)
{
    knowIt();
    unmanage();
    open();
    desk->leave();
    connect();
    EXPECT_EQ(state().phase, AccessPhase::Left);
    pep.clock.advance(1h);
    guard->tick();
    EXPECT_TRUE(ends.empty()) << "nothing is late while nobody is there";
    EXPECT_FALSE(guard->authorise(deal("1000000"), {}));
    desk->comeBack();
    settle();
    EXPECT_EQ(state().phase, AccessPhase::StepUp);
}

TEST_F(GuardedSessionTest, TheHoursSinceCardAndPinCount)
{
    zerotrust::AttributeRule rule;
    rule.attribute = zerotrust::attribute::VerificationAge;
    rule.conditions = {{"today", 0, {zerotrust::RangeTest{decimal("0"), decimal("481"), {}}}},
        {"long ago", 40, {zerotrust::Otherwise{}}}};
    context.policy.attributes.push_back(rule);
    context.verifiedAt = pep.clock.steady();
    knowIt();
    open();
    connect();
    EXPECT_EQ(state().notice->score, 0);
    pep.clock.advance(9h);
    connect(2);
    EXPECT_EQ(state().notice->outcome, rfq::AccessOutcome::Deny) << "a new connection makes nobody verified";
}

}
