#include "core/fix/dialect.h"
#include "core/stepup/admission_words.h"
#include "tests/unit/pep/pep_steps.h"
#include "tests/unit/pep/pep_world.h"

using namespace pep_test;

/// Who comes or asks too often: nobody else is touched by it, and little is written down.
namespace {

std::optional<std::chrono::seconds> waitTold(const std::string& words)
{
    const auto refusal = stepup::admissionRefusalIn(words);
    EXPECT_TRUE(refusal) << words;
    return refusal ? refusal->wait : std::nullopt;
}

std::size_t countOf(const PepWorld& world, EventKind kind)
{
    return static_cast<std::size_t>(std::count_if(world.recorder.events.begin(), world.recorder.events.end(),
        [kind](const Event& event) { return event.kind == kind; }));
}

ConnectionFacts bobFacts()
{
    ConnectionFacts facts = aliceFacts("10.1.2.4:40000");
    facts.session = rfq::SessionId("other client");
    facts.deskCompId = "DESK2";
    facts.user = stepup::UserId("bob");
    facts.certificate = filled(0xb0);
    return facts;
}

void registerBob(PepWorld& world)
{
    UserRecord bob = aliceRecord();
    bob.user = stepup::UserId("bob");
    bob.certificates = {{.fingerprint = filled(0xb0), .key = KeyHome::Hardware, .device = DeviceRecord::Managed}};
    bob.entitlements = {{{"bob", "default"}, aliceRecord().entitlements.begin()->second}};
    world.identities.identities.users.push_back(bob);
    ++world.identities.mark;
}

TEST(Admission, ComesBeforeTheSessionAndTouchesNoOther)
{
    PepWorld world;
    world.open();
    EXPECT_FALSE(world.point->admission(aliceFacts()));
    ConnectionFacts thief = aliceFacts("192.0.2.66:1");
    thief.certificate = filled(0xee);
    const auto words = world.point->admission(thief);
    ASSERT_TRUE(words);
    const Event* refused = world.recorder.last(EventKind::ConnectionRefused);
    ASSERT_TRUE(refused);
    EXPECT_EQ(*words, "Access refused. Reference " + refused->reference + '.');
    EXPECT_EQ(world.point->standing(Client), Standing::Allowed) << "the session of that name goes on";
    EXPECT_TRUE(world.sessions.loggedOut.empty());
    EXPECT_TRUE(world.point->authorise(Client, quoteRequest()));
}

TEST(Admission, CountsAsAFailureOnce)
{
    PepWorld world;
    ConnectionFacts thief = aliceFacts();
    thief.certificate = filled(0xee);
    for (int i = 0; i < 4; ++i)
        EXPECT_TRUE(world.point->admission(thief));
    EXPECT_TRUE(world.point->admission(thief));
    EXPECT_EQ(field(world.recorder.last(EventKind::ConnectionRefused), "why"), "too many attempts failed: wait 1 s");
}

TEST(Admission, TellsHowLongToWaitWhereThatIsAll)
{
    PepWorld world;
    ConnectionFacts thief = aliceFacts();
    thief.certificate = filled(0xee);
    for (int i = 0; i < 3; ++i)
        EXPECT_EQ(waitTold(*world.point->admission(thief)), std::nullopt) << "waiting helps nobody who is unknown";
    EXPECT_EQ(waitTold(*world.point->admission(thief)), std::nullopt);
    const auto words = world.point->admission(thief);
    ASSERT_TRUE(words);
    EXPECT_EQ(*words,
        "Access refused: wait 1 s. Reference " + world.recorder.last(EventKind::ConnectionRefused)->reference + '.');
    for (int i = 0; i < 6; ++i) {
        world.clock.advance(900s);
        EXPECT_TRUE(world.point->admission(thief));
    }
    world.clock.advance(900s);
    const auto locked = world.point->admission(thief);
    ASSERT_TRUE(locked);
    EXPECT_EQ(field(world.recorder.last(EventKind::ConnectionRefused), "why"),
        "this certificate is locked after too many failures");
    EXPECT_EQ(waitTold(*locked), std::nullopt);
}

TEST(Admission, OfOneWhoMayComeIsMetered)
{
    PepWorld world;
    for (int i = 0; i < RequestMeter::Logons.most; ++i)
        ASSERT_FALSE(world.point->admission(aliceFacts())) << i;
    for (int i = 0; i < 1'000; ++i) {
        const auto words = world.point->admission(aliceFacts());
        ASSERT_TRUE(words);
        ASSERT_EQ(waitTold(*words), 10s) << "trying again does not make it longer";
    }
    EXPECT_EQ(field(world.recorder.last(EventKind::ConnectionRefused), "why"), "logged on too often: wait 10 s");
    EXPECT_EQ(world.recorder.last(EventKind::CertificateLocked), nullptr);
    world.clock.advance(10s - 1ms);
    EXPECT_TRUE(world.point->admission(aliceFacts()));
    world.clock.advance(1ms);
    EXPECT_FALSE(world.point->admission(aliceFacts())) << "when it was told";
    EXPECT_TRUE(world.point->admission(aliceFacts()));
    world.point->connected(aliceFacts());
    EXPECT_NE(world.point->standing(Client), Standing::Closed) << "who was let in is not turned away behind the door";
}

TEST(Admission, OfAnotherCertificateTakesNothingFromTheOwner)
{
    PepWorld world;
    registerBob(world);
    UserRecord& alice = world.identities.identities.users.front();
    alice.certificates.push_back({.fingerprint = filled(0xa2), .key = KeyHome::Hardware});
    ++world.identities.mark;
    ConnectionFacts stolen = aliceFacts("192.0.2.66:1");
    stolen.certificate = filled(0xa2);
    for (int i = 0; i < 1'000; ++i)
        static_cast<void>(world.point->admission(stolen));
    ASSERT_TRUE(world.point->admission(stolen));
    EXPECT_FALSE(world.point->admission(aliceFacts()));
    EXPECT_FALSE(world.point->admission(bobFacts()));

    ConnectionFacts foreign = aliceFacts("192.0.2.66:1");
    foreign.certificate = filled(0xee);
    for (int i = 0; i < 1'000; ++i)
        static_cast<void>(world.point->admission(foreign));
    EXPECT_FALSE(world.point->admission(aliceFacts())) << "who may not come spends nothing";
}

TEST(Admission, OnALineThatFlapsIsNeverDelayed)
{
    PepWorld world;
    for (int i = 0; i < 1'000; ++i) {
        ASSERT_FALSE(world.point->admission(aliceFacts())) << i;
        world.point->connected(aliceFacts());
        world.clock.advance(10s);
        world.point->disconnected(Client);
    }
    EXPECT_EQ(world.recorder.last(EventKind::RuleFired), nullptr);
}

TEST(Admission, AsOftenAsTheMeterAllowsIsAnAlert)
{
    PepWorld world;
    for (int i = 0; i < 90; ++i) {
        while (world.point->admission(aliceFacts()))
            world.clock.advance(1s);
    }
    const Event* fired = world.recorder.last(EventKind::RuleFired);
    ASSERT_TRUE(fired);
    EXPECT_EQ(field(fired, "rule"), "many-logons");
    EXPECT_EQ(fired->severity, Severity::Alert);
}

TEST(AStormOfFirings, IsOneAlertAndOneCount)
{
    PepWorld world;
    ConnectionFacts stranger;
    for (int i = 0; i < 2'000; ++i) {
        stranger.address = "[2001:db8::" + std::to_string(i % 1000) + "]:4711";
        world.point->turnedAway(stranger, {base::Errc::TlsFailure, "x"});
    }
    ASSERT_EQ(countOf(world, EventKind::RuleFired), 1U);
    EXPECT_EQ(world.recorder.last(EventKind::RuleFired)->severity, Severity::Alert);
    world.clock.advance(599s);
    world.point->tick();
    ASSERT_EQ(countOf(world, EventKind::RuleFired), 1U) << "its window runs";
    world.clock.advance(1s);
    world.point->tick();
    ASSERT_EQ(countOf(world, EventKind::RuleFired), 2U);
    const Event* counted = world.recorder.last(EventKind::RuleFired);
    EXPECT_EQ(counted->severity, Severity::Warning);
    EXPECT_EQ(field(counted, "rule"), "failures-of-an-address");
    EXPECT_EQ(field(counted, "attempts"), "1980");
    world.point->tick();
    EXPECT_EQ(countOf(world, EventKind::RuleFired), 2U);
}

TEST(AStormOfFirings, IsBoundedHoweverManyThereAre)
{
    FiringDigest digest;
    const Rule rule = after(RuleTrigger::FailedSignIn, RuleScope::Address, 1, RuleAction::Alert);
    const Firing firing{.rule = &rule, .count = 1, .again = true, .windowEnds = base::SteadyTime(1s)};
    for (int i = 0; i < 10'000; ++i)
        digest.note(firing, std::to_string(i), {});
    EXPECT_TRUE(digest.takeOver(base::SteadyTime(0s)).empty());
    const auto counted = digest.takeOver(base::SteadyTime(1s));
    EXPECT_EQ(counted.size(), FiringDigest::Most + 1);
    std::size_t attempts = 0;
    for (const auto& one : counted)
        attempts += one.attempts;
    EXPECT_EQ(attempts, 10'000U) << "none is forgotten";
    EXPECT_TRUE(digest.takeAll().empty());
}

TEST(AStormOfFirings, IsToldAtTheEndOfTheProgram)
{
    PepWorld world;
    ConnectionFacts stranger;
    stranger.address = "192.0.2.1:1";
    for (int i = 0; i < 60; ++i)
        world.point->turnedAway(stranger, {base::Errc::TlsFailure, "x"});
    world.point.reset();
    EXPECT_EQ(field(world.recorder.last(EventKind::RuleFired), "attempts"), "40");
}

TEST(Requests, OfOneClientTakeNothingFromAnother)
{
    PepWorld world;
    registerBob(world);
    world.open();
    for (int i = 0; i < 10'000; ++i)
        world.state({{.name = "disk-encryption", .value = i % 2 == 0 ? "yes" : "no"}});
    EXPECT_EQ(world.point->standing(Client), Standing::Closed);
    EXPECT_EQ(world.said().notice.refusal, "too-many-requests");
    EXPECT_LT(world.recorder.events.size(), 500U) << "little of it is written down";
    EXPECT_LT(world.sessions.sent.size(), 500U);
    EXPECT_TRUE(world.point->admission(aliceFacts())) << "coming again gains nothing";

    world.point->connected(bobFacts());
    const auto bob = bobFacts().session;
    world.point->receive(bob,
        fix::encode(fix::UserRequest{.id = "D-1",
            .type = fix::UserRequestType::LogOn,
            .username = "bob",
            .payload = *stepup::payloadText(stepup::ContextStatement{.program = "countersign 1.0", .posture = {}})}));
    EXPECT_EQ(world.point->standing(bob), Standing::Allowed);
    EXPECT_TRUE(world.point->authorise(bob, quoteRequest()));

    world.clock.advance(RequestMeter::Pause);
    EXPECT_FALSE(world.point->admission(aliceFacts()));
}

TEST(Requests, AreMeteredWhateverTheRulesSay)
{
    // A rule that never comes to anything in place of those that close a session.
    PepWorld world(with(after(RuleTrigger::RefusedMessage, RuleScope::Session, 10'000, RuleAction::Alert)));
    world.open();
    int asked = 0;
    while (world.point->standing(Client) != Standing::Closed && asked < 10'000) {
        world.say(fix::UserRequestType::LogOff);
        ++asked;
    }
    EXPECT_EQ(asked, RequestMeter::UserRequests.most - 1 + RequestMeter::MostRefused + 1);
}

TEST(Requests, OfAnotherCertificateTakeNothingFromTheOwner)
{
    // The rules that stand want a touch of the person for what was refused, whichever their certificate.
    PepWorld world(with(after(RuleTrigger::RefusedMessage, RuleScope::Session, 10'000, RuleAction::Alert)));
    world.identities.identities.users.front().certificates.push_back(
        {.fingerprint = filled(0xa2), .key = KeyHome::Hardware, .device = DeviceRecord::Managed});
    ++world.identities.mark;
    ConnectionFacts stolen = aliceFacts();
    stolen.certificate = filled(0xa2);
    world.point->connected(stolen);
    for (int i = 0; i < 1'000; ++i)
        world.state();
    ASSERT_EQ(world.point->standing(Client), Standing::Closed);
    EXPECT_TRUE(world.point->admission(stolen));

    EXPECT_FALSE(world.point->admission(aliceFacts()));
    world.point->connected(aliceFacts());
    int asked = 0;
    for (; asked < RequestMeter::UserRequests.most; ++asked) {
        world.state();
        ASSERT_EQ(world.said().response.status, fix::UserStatus::Allowed) << asked;
    }
}

/// Ends the session of an enforcement point that has no rule for refusals; how many it took.
int refusedUntilClosed(const fix::WireMessage& message)
{
    PepWorld world(with(after(RuleTrigger::RefusedMessage, RuleScope::Session, 10'000, RuleAction::Alert)));
    world.open();
    int refused = 0;
    while (world.point->standing(Client) != Standing::Closed && refused < 10'000) {
        if (message.type == fix::msg::UserRequest)
            world.point->receive(Client, message);
        else
            EXPECT_FALSE(world.point->authorise(Client, message));
        ++refused;
    }
    EXPECT_EQ(field(world.recorder.last(EventKind::SessionClosed), "why"), "too many of its messages were refused");
    EXPECT_TRUE(world.point->admission(aliceFacts())) << "coming again gains nothing";
    world.clock.advance(RequestMeter::Pause);
    EXPECT_FALSE(world.point->admission(aliceFacts()));
    return refused;
}

TEST(Refusals, AreMeteredWhateverWasRefusedAndWhateverTheRulesSay)
{
    constexpr int Most = RequestMeter::Refusals.most + 1;
    EXPECT_EQ(refusedUntilClosed(messageOf("D")), Most) << "cannot be read";
    EXPECT_EQ(refusedUntilClosed(messageOf("BE")), Most) << "cannot be read";
    EXPECT_EQ(refusedUntilClosed(messageOf("B")), Most) << "nobody is entitled to it";
    EXPECT_EQ(refusedUntilClosed(quoteRequest("USD/JPY")), Most) << "not entitled";
}

TEST(Requests, AtAPaceThatAPersonHasAreNeverTooMany)
{
    PepWorld world;
    world.open();
    for (int i = 0; i < 1'000; ++i) {
        world.state();
        ASSERT_EQ(world.point->standing(Client), Standing::Allowed) << i;
        world.clock.advance(1s);
    }
}

TEST(Requests, ForListsOfThePastAreMeteredToo)
{
    PepWorld world;
    world.open();
    fix::WireMessage lists = messageOf("AF");
    lists.add(fix::tag::MassStatusReqId, "M-1");
    lists.add(fix::tag::MassStatusReqType, "7");
    int passed = 0;
    while (world.point->authorise(Client, lists) && passed < 10'000)
        ++passed;
    EXPECT_EQ(passed, RequestMeter::Questions.most / RequestMeter::CostOfAList);
    EXPECT_NE(world.rejectText().find("asked too often"), std::string::npos);
    EXPECT_TRUE(world.point->authorise(Client, quoteRequest())) << "what is no question is metered by rules alone";
    world.clock.advance(10s);
    EXPECT_TRUE(world.point->authorise(Client, lists));
}

TEST(Requests, ToDealAreMeteredToo)
{
    PepWorld world;
    world.open();
    int passed = 0;
    OrderFields fields;
    while (passed < 10'000) {
        fields.id = "C-" + std::to_string(passed);
        if (!world.point->authorise(Client, order(fields)))
            break;
        ++passed;
    }
    EXPECT_EQ(passed, RequestMeter::Acceptances.most);
    EXPECT_NE(world.rejectText().find("asked too often"), std::string::npos);
    world.clock.advance(100ms);
    fields.id = "C-NEXT";
    EXPECT_TRUE(world.point->authorise(Client, order(fields)));
    EXPECT_FALSE(world.point->authorise(Client, order(fields)));
}

TEST(Requests, ForChallengesThatAreTooManyAreRefusals)
{
    PepWorld world;
    world.open();
    for (int i = 0; i < 4; ++i)
        world.ask(world.ticket());
    const auto refusals = [&] {
        const auto& sent = world.sessions.sent;
        return std::count_if(sent.begin(), sent.end(), [](const fix::WireMessage& message) {
            const auto response = fix::decodeUserResponse(message);
            const auto notice = response ? stepup::parseNotice(response->payload) : stepup::parseNotice("");
            return notice && notice->refusal == "too-many-challenges";
        });
    };
    int asked = 0;
    while (world.point->standing(Client) == Standing::Allowed && asked < 100) {
        world.ask(world.ticket());
        ++asked;
    }
    EXPECT_EQ(asked, 10) << "then the rule \"refusals\" wants a touch";
    EXPECT_GE(refusals(), 10);
    while (world.point->standing(Client) != Standing::Closed && asked < 100) {
        world.say(fix::UserRequestType::Status);
        ++asked;
    }
    EXPECT_EQ(world.point->standing(Client), Standing::Closed) << "asking for the touch again and again is one, too";
}

}
