#include "tests/unit/pep/pep_steps.h"
#include "tests/unit/pep/pep_world.h"

#include <set>
#include <tuple>

using namespace pep_test;

namespace {

// ---- the token is asked whether it is still there ----

TEST(Proof, IsAskedForByARuleAndOnceAtATime)
{
    PepWorld world(with(after(RuleTrigger::RefusedMessage, RuleScope::Session, 2, RuleAction::Prove)));
    world.open();
    for (int i = 0; i < 6; ++i)
        EXPECT_FALSE(world.point->authorise(Client, quoteRequest("USD/JPY")));
    EXPECT_EQ(world.sessions.askedToProve.size(), 1U);
    EXPECT_TRUE(world.recorder.last(EventKind::ProofAsked));
    world.point->proven(Client, Proof::Given);
    EXPECT_EQ(world.point->standing(Client), Standing::Allowed);
    for (int i = 0; i < 2; ++i)
        EXPECT_FALSE(world.point->authorise(Client, quoteRequest("USD/JPY")));
    EXPECT_EQ(world.sessions.askedToProve.size(), 2U);
    world.point->proven(Client, Proof::NotGiven);
    EXPECT_EQ(world.point->standing(Client), Standing::Closed);
    EXPECT_EQ(world.recorder.last(EventKind::SessionClosed)->severity, Severity::Alert);
}

TEST(Proof, IsAskedForWhereTheWorkstationSaysSomethingElse)
{
    PepWorld world;
    world.point->connected(aliceFacts());
    world.state({{"disk-encryption", "yes"}, {"patch-age", "3"}});
    world.state({{"disk-encryption", "yes"}, {"patch-age", "4"}});
    EXPECT_TRUE(world.sessions.askedToProve.empty()) << "patches age by themselves";
    world.state({{"disk-encryption", "no"}, {"patch-age", "4"}});
    EXPECT_EQ(world.sessions.askedToProve, std::vector{Client});
    world.point->proven(Client, Proof::Impossible);
    EXPECT_EQ(world.point->standing(Client), Standing::Restricted) << "then a touch";
    world.touch();
    EXPECT_EQ(world.point->standing(Client), Standing::Allowed);
}

TEST(Proof, IsAskedOfTheOlderSessionWhereThePersonComesFromElsewhere)
{
    PepWorld world;
    world.open();
    ConnectionFacts second = aliceFacts("10.1.2.3:50000");
    second.session = rfq::SessionId("second");
    world.point->connected(second);
    EXPECT_TRUE(world.sessions.askedToProve.empty()) << "the same address";
    second.address = "10.9.9.9:50000";
    world.point->connected(second);
    EXPECT_EQ(world.sessions.askedToProve, std::vector{Client});
    world.point->proven(Client, Proof::NotGiven);
    EXPECT_EQ(world.point->standing(Client), Standing::Closed);
    EXPECT_EQ(world.point->standing(second.session), Standing::Awaiting);
}

TEST(Proof, ThatNobodyAskedForChangesNothing)
{
    PepWorld world;
    world.open();
    world.point->proven(Client, Proof::NotGiven);
    world.point->proven(rfq::SessionId("nobody"), Proof::NotGiven);
    EXPECT_EQ(world.point->standing(Client), Standing::Allowed);
}

TEST(Decisions, HoldTheSignalsThatTheyWereMadeFrom)
{
    PepWorld world;
    world.open("192.0.2.7:1");
    const Event* event = world.recorder.last(EventKind::SessionDecided);
    ASSERT_TRUE(event);
    const auto field = std::find_if(
        event->fields.begin(), event->fields.end(), [](const EventField& each) { return each.name == "signals"; });
    ASSERT_NE(field, event->fields.end());
    const auto signals = zerotrust::parseSignals(field->value);
    ASSERT_TRUE(signals) << field->value;
    EXPECT_EQ(zerotrust::evaluate(policy(), *signals).score.total, 15);
    EXPECT_EQ(field->value.find("1000000"), std::string::npos);
    EXPECT_TRUE(world.point->authorise(Client, order()));
    OrderFields large;
    large.quantity = "6000000";
    EXPECT_FALSE(world.point->authorise(Client, order(large)));
    for (const Event& each : world.recorder.events)
        for (const EventField& any : each.fields)
            EXPECT_EQ(any.value.find("6000000"), std::string::npos) << any.name;
}

// ---- what is proven about the card ----

zerotrust::AccessPolicy policyWithAuthentication()
{
    auto made = policy();
    zerotrust::AttributeRule authentication;
    authentication.attribute = "authentication";
    authentication.conditions = {{"hardware", 0, {zerotrust::WordTest{{"hardware-token"}}}},
        {"software", 5, {zerotrust::WordTest{{"software-token"}}}}};
    made.attributes.push_back(authentication);
    return made;
}

TEST(HardwareToken, IsOneWhereTheCardsMakerVouchesForIt)
{
    for (const auto& [attestation, proof, score] :
        {std::tuple{"", HardwareProof::Attested, 5}, std::tuple{"", HardwareProof::Registered, 0},
            std::tuple{"slot=9a serial=1 firmware=5.4.3 pin=once touch=never", HardwareProof::Attested, 0}}) {
        auto settings = PepWorld::settings();
        settings.hardwareKey = proof;
        PepWorld world(settings, policyWithAuthentication());
        world.identities.identities.users[0].certificates[0].attestation = attestation;
        ++world.identities.mark;
        world.open();
        EXPECT_EQ(world.said().notice.score, score) << attestation;
    }
}

// ---- what the certificate says about its owner ----

TEST(Role, OfTheCertificateCanOnlyAddToThatOfTheRegistration)
{
    using enum zerotrust::UserRole;
    for (const auto& [registered, policies, score] :
        {std::tuple{Standard, std::set<std::string>{}, 0}, std::tuple{Standard, std::set<std::string>{"1.2.3.4"}, 0},
            std::tuple{Standard, std::set<std::string>{"1.2.3.4", "1.2.3.5"}, 10},
            std::tuple{Privileged, std::set<std::string>{}, 10},
            std::tuple{Privileged, std::set<std::string>{"1.2.3.5"}, 10}}) {
        auto settings = PepWorld::settings();
        settings.privilegedPolicies = {"1.2.3.5"};
        auto judged = policy();
        zerotrust::AttributeRule user;
        user.attribute = "user";
        user.conditions = {{"standard", 0, {zerotrust::WordTest{{"standard"}}}},
            {"privileged", 10, {zerotrust::WordTest{{"privileged"}}}}};
        judged.attributes.push_back(user);
        PepWorld world(settings, judged);
        world.identities.identities.users[0].role = registered;
        ++world.identities.mark;
        auto facts = aliceFacts();
        facts.policies = policies;
        world.point->connected(facts);
        world.state();
        EXPECT_EQ(world.said().notice.score, score) << policies.size();
    }
}

// ---- revoked by its authority while the session is open ----

TEST(ARevokedCertificate, EndsTheSessionAtOnceWithAnAlert)
{
    PepWorld world;
    world.open();
    world.point->revoked(Client, {base::Errc::CertificateRevoked, "the certificate of alice is revoked"});
    EXPECT_EQ(world.point->standing(Client), Standing::Closed);
    EXPECT_FALSE(world.point->authorise(Client, order()));
    EXPECT_EQ(world.sessions.loggedOut, std::vector{Client});
    EXPECT_EQ(world.recorder.last(EventKind::SessionClosed)->severity, Severity::Alert);
    EXPECT_TRUE(field(world.recorder.last(EventKind::RuleFired), "rule").starts_with("revoked"));
    world.point->revoked(rfq::SessionId("nobody"), {base::Errc::CertificateRevoked, ""});
}

// ---- games with the clock ----

TEST(Clock, SetForwardOrBackChangesNoDeadline)
{
    for (const auto jump :
        {std::chrono::microseconds(std::chrono::hours(-48)), std::chrono::microseconds(std::chrono::hours(48))}) {
        PepWorld world(with(after(RuleTrigger::RefusedMessage, RuleScope::User, 3, RuleAction::Restrict)));
        world.open();
        for (int i = 0; i < 3; ++i)
            EXPECT_FALSE(world.point->authorise(Client, quoteRequest("USD/JPY")));
        EXPECT_EQ(world.point->standing(Client), Standing::ViewOnly);
        world.clock.shiftUtc(jump);
        world.point->tick();
        EXPECT_EQ(world.point->standing(Client), Standing::ViewOnly) << "the restriction is not over";
        world.clock.advance(600s);
        world.point->tick();
        EXPECT_EQ(world.point->standing(Client), Standing::Allowed);
        world.clock.advance(12h - 600s);
        world.point->tick();
        EXPECT_EQ(world.point->standing(Client), Standing::Restricted) << "verified again in time all the same";
        const auto answer = world.touched(*world.said().notice.challenge);
        world.clock.shiftUtc(-2 * jump);
        world.clock.advance(60s);
        world.say(answer);
        EXPECT_EQ(world.point->standing(Client), Standing::Restricted) << "the challenge is over all the same";
    }
}

}
