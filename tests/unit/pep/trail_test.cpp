#include "core/pep/fingerprint_text.h"
#include "core/stepup/cose_key.h"
#include "tests/unit/pep/pep_steps.h"

using namespace pep_test;

/// What is recorded of decisions and touches, and what is told when they change.
namespace {

std::size_t countOf(const PepWorld& world, EventKind kind)
{
    return static_cast<std::size_t>(std::count_if(world.recorder.events.begin(), world.recorder.events.end(),
        [kind](const Event& event) { return event.kind == kind; }));
}

// ---- what allowed a deal ----

TEST(AnAllowedDeal, IsRecordedWithTheDecisionThatAllowedIt)
{
    PepWorld world;
    world.open();
    ASSERT_TRUE(world.point->authorise(Client, order()));
    const Event* passed = world.recorder.last(EventKind::AcceptancePassed);
    EXPECT_EQ(field(passed, "outcome"), "allow");
    EXPECT_EQ(field(passed, "scored"), "allow");
    EXPECT_EQ(field(passed, "score"), "0");
    EXPECT_EQ(field(passed, "policy"), "test 1");
    EXPECT_EQ(field(passed, "dealer"), "ALPHA");
    EXPECT_EQ(countOf(world, EventKind::ActionDecided), 0U) << "one deal, one record";
    auto signals = zerotrust::parseSignals(field(passed, "signals"));
    ASSERT_TRUE(signals);
    EXPECT_EQ(signals->occasion, zerotrust::Occasion::Action);
    auto strict = policy();
    strict.attributes[2].conditions[0].score = 40; // sizes that are not known, too
    EXPECT_EQ(zerotrust::evaluate(strict, *signals).outcome, zerotrust::Outcome::Deny);
}

TEST(AnAllowedDeal, ByAGrantHasItsDecisionOnce)
{
    PepWorld world;
    world.open();
    OrderFields fields;
    fields.grant = world.arm(world.ticket());
    ASSERT_TRUE(world.point->authorise(Client, order(fields)));
    EXPECT_EQ(field(world.recorder.last(EventKind::GrantSpent), "outcome"), "allow");
    EXPECT_EQ(field(world.recorder.last(EventKind::GrantSpent), "dealer"), "ALPHA");
    EXPECT_EQ(countOf(world, EventKind::ActionDecided), 0U);
    fields.id = "C-2";
    fields.quantity = "5000000";
    ASSERT_TRUE(world.point->authorise(Client, order(fields)));
    EXPECT_EQ(countOf(world, EventKind::ActionDecided), 1U) << "a step-up, which the grant answers";
    EXPECT_EQ(field(world.recorder.last(EventKind::GrantSpent), "signals"), "") << "that has it already";
}

TEST(AnAllowedDeal, WhoseGrantIsMissingWasAllowedByTheScoreAllTheSame)
{
    PepWorld world(armedOnly());
    world.open();
    EXPECT_FALSE(world.point->authorise(Client, order()));
    EXPECT_EQ(field(world.recorder.last(EventKind::ActionDecided), "outcome"), "allow");
    EXPECT_TRUE(world.recorder.last(EventKind::GrantRefused));
}

// ---- a decision that changes while its outcome stays ----

TEST(ADecisionWithTheSameOutcome, IsToldAndRecordedWhereItsLinesChanged)
{
    PepWorld world;
    world.open();
    const auto decided = countOf(world, EventKind::SessionDecided);
    world.clock.advance(60s);
    world.point->tick();
    EXPECT_EQ(countOf(world, EventKind::SessionDecided), decided) << "the same is not said again";
    auto stricter = policy();
    stricter.attributes[1].conditions[0].score = 10;
    stricter.version = 2;
    world.point->usePolicy(stricter);
    EXPECT_EQ(world.point->standing(Client), Standing::Allowed);
    EXPECT_EQ(countOf(world, EventKind::SessionDecided), decided + 1);
    EXPECT_EQ(field(world.recorder.last(EventKind::SessionDecided), "score"), "10");
    EXPECT_EQ(world.said().notice.score, 10);
    EXPECT_EQ(world.said().notice.outcome, AccessOutcome::Allow);
    EXPECT_EQ(world.sessions.timesOpened, 1);
    const auto quiet = world.sessions.sent.size();
    for (int minute = 0; minute < 5; ++minute) {
        world.clock.advance(60s);
        world.point->tick();
    }
    EXPECT_EQ(world.sessions.sent.size(), quiet) << "no flood";
    EXPECT_EQ(countOf(world, EventKind::SessionDecided), decided + 1);
}

TEST(ADecisionWithTheSameOutcome, IsToldWhereATouchIsStillOwed)
{
    PepWorld world;
    world.open("192.0.2.7:1");
    auto stricter = policy();
    stricter.attributes[1].conditions[1].score = 20;
    world.point->usePolicy(stricter);
    ASSERT_EQ(world.point->standing(Client), Standing::Restricted);
    stricter.attributes[1].conditions[1].score = 25;
    world.point->usePolicy(stricter);
    EXPECT_EQ(world.point->standing(Client), Standing::Restricted);
    EXPECT_EQ(world.said().notice.score, 25);
    world.touch();
    EXPECT_EQ(world.point->standing(Client), Standing::Allowed);
}

// ---- what a touch approved ----

TEST(ATouch, CanBeProvenLaterFromItsRecordAlone)
{
    PepWorld world;
    world.open();
    static_cast<void>(world.arm(world.ticket()));
    const Event* approved = world.recorder.last(EventKind::StepUpApproved);
    ASSERT_TRUE(approved);
    EXPECT_EQ(field(approved, "credential"), stepup::base64Url(world.key.id()));
    EXPECT_EQ(field(approved, "model"), stepup::base64Url(Model));
    EXPECT_EQ(field(approved, "action-digest"), fingerprintText(*stepup::actionDigest(world.ticket())));
    EXPECT_EQ(field(approved, "action-digest"), field(world.recorder.last(EventKind::StepUpAsked), "action-digest"));
    EXPECT_EQ(field(approved, "action-digest"), field(world.recorder.last(EventKind::TicketArmed), "action-digest"));
    const auto clientData = field(approved, "client-data");
    const auto authenticatorData = stepup::bytesOfBase64Url(field(approved, "authenticator-data"));
    const auto signature = stepup::bytesOfBase64Url(field(approved, "signature"));
    const auto key = stepup::parseCoseKey(world.key.coseKey());
    ASSERT_TRUE(authenticatorData && signature && key);
    stepup::Bytes message = *authenticatorData;
    stepup::append(message, stepup::sha256(stepup::bytesOf(clientData)));
    EXPECT_TRUE(stepup::verifySignature(*key->key, key->algorithm, message, *signature));
    message.back() ^= 1U;
    EXPECT_FALSE(stepup::verifySignature(*key->key, key->algorithm, message, *signature));
}

TEST(EveryRecordOfASession, NamesItsCertificate)
{
    PepWorld world(with(after(RuleTrigger::RefusedMessage, RuleScope::Session, 1, RuleAction::Alert)));
    world.open();
    EXPECT_FALSE(world.point->authorise(Client, quoteRequest("USD/JPY")));
    ASSERT_TRUE(world.recorder.last(EventKind::RuleFired));
    for (const Event& event : world.recorder.events)
        EXPECT_EQ(event.certificate, event.user.empty() ? "" : fingerprintText(filled(0xa1))) << eventName(event.kind);
}

}
