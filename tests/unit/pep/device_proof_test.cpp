#include "core/pep/session_signals.h"
#include "tests/unit/pep/pep_world.h"
#include "tests/unit/stepup/recorded_quote.h"

#include <gmock/gmock.h>

using namespace pep_test;
namespace recorded = stepup_test::recorded;
using testing::HasSubstr;

namespace {

/// alice's workstation is registered with its TPM.
struct ProvenWorld : PepWorld {
    explicit ProvenWorld(zerotrust::AccessPolicy used = policy())
        : PepWorld(settings(), std::move(used))
    {
        registerDevice(recorded::reference());
        point->connected(aliceFacts());
    }
    void registerDevice(std::optional<stepup::DeviceReference> reference)
    {
        identities.identities.users[0].certificates[0].reference = std::move(reference);
        ++identities.mark;
    }
    void stateWith(std::optional<stepup::DeviceQuote> quote)
    {
        auto statement = recorded::statement();
        statement.quote = std::move(quote);
        say(statement);
    }
    /// The refusal that was recorded as an alert; empty: none.
    [[nodiscard]] std::string alert() const
    {
        const Event* event = recorder.last(EventKind::DeviceQuoteRefused);
        if (!event)
            return {};
        EXPECT_EQ(event->severity, Severity::Alert);
        EXPECT_EQ(event->user.text(), "alice");
        return event->fields.at(0).value;
    }
    [[nodiscard]] stepup::ScoreLine deviceLine() const { return said().notice.lines.at(0); }
};

stepup::DeviceQuote later()
{
    return recorded::quote(recorded::LaterAttest, recorded::LaterSignature);
}

TEST(ADeviceProof, MakesAWorkstationManaged)
{
    ProvenWorld world;
    world.stateWith(recorded::quote());
    EXPECT_EQ(world.point->standing(Client), Standing::Allowed);
    EXPECT_EQ(world.deviceLine().score, 0);
    EXPECT_THAT(world.deviceLine().evidence, HasSubstr("its TPM proves"));
    EXPECT_EQ(world.alert(), "");
}

TEST(ADeviceProof, IsMissedAndNotReplacedByTheRegistration)
{
    ProvenWorld world;
    world.stateWith(std::nullopt);
    EXPECT_EQ(world.point->standing(Client), Standing::StepUp) << "registered as managed, and proves nothing";
    EXPECT_EQ(world.deviceLine().score, 25);
    EXPECT_EQ(world.alert(), "") << "no TPM is no attack";
}

TEST(ADeviceProof, IsIgnoredWhereNothingIsRegistered)
{
    ProvenWorld world;
    world.registerDevice(std::nullopt);
    world.clock.advance(2s);
    world.point->tick();
    world.stateWith(recorded::changedQuote());
    EXPECT_EQ(world.point->standing(Client), Standing::Allowed);
    EXPECT_THAT(world.deviceLine().evidence, HasSubstr("certificate of a managed workstation"));
    EXPECT_EQ(world.alert(), "");
}

TEST(ADeviceProof, ThatIsWrongIsAnAlertAndUnmanaged)
{
    struct Case {
        stepup::DeviceQuote quote;
        const char* alert;
    };
    auto cut = recorded::quote();
    cut.attest.pop_back();
    for (const auto& [quote, alert] : {Case{recorded::changedQuote(), "registers-changed"},
             Case{recorded::quote(recorded::FewerAttest, recorded::FewerSignature), "quote-of-other-registers"},
             Case{recorded::quote(recorded::GoodAttest, recorded::LaterSignature), "quote-signature-wrong"},
             Case{cut, "quote-signature-wrong"}}) {
        ProvenWorld world;
        world.stateWith(quote);
        EXPECT_EQ(world.point->standing(Client), Standing::StepUp) << alert;
        EXPECT_EQ(world.deviceLine().score, 25) << alert;
        EXPECT_THAT(world.deviceLine().evidence, HasSubstr("refused")) << alert;
        EXPECT_EQ(world.alert(), alert);
    }
}

TEST(ADeviceProof, OfAnotherKeyIsRefused)
{
    ProvenWorld world;
    auto other = recorded::reference();
    other.key = stepup_test::bytesOfHex(recorded::OtherKeyHex);
    world.registerDevice(other);
    world.clock.advance(2s);
    world.point->tick();
    world.stateWith(recorded::quote());
    EXPECT_EQ(world.alert(), "quote-signature-wrong");
}

TEST(ADeviceProof, CountsOnItsConnectionOnly)
{
    ProvenWorld world;
    auto facts = aliceFacts();
    facts.channelBinding = filled(0xcc);
    world.point->connected(facts);
    world.stateWith(recorded::quote());
    EXPECT_EQ(world.point->standing(Client), Standing::StepUp);
    EXPECT_EQ(world.alert(), "quote-of-another-statement");
}

TEST(ADeviceProof, CountsForItsStatementOnly)
{
    ProvenWorld world;
    auto statement = recorded::statement();
    statement.quote = recorded::quote();
    statement.posture.push_back({"firewall", "yes"});
    world.say(statement);
    EXPECT_EQ(world.alert(), "quote-of-another-statement");
}

TEST(ADeviceProof, CountsOnce)
{
    ProvenWorld world;
    world.stateWith(recorded::quote());
    world.stateWith(later());
    EXPECT_EQ(world.point->standing(Client), Standing::Allowed);
    EXPECT_EQ(world.alert(), "");
    world.stateWith(later());
    EXPECT_EQ(world.alert(), "quote-replayed");
    EXPECT_EQ(world.point->standing(Client), Standing::Restricted);
    world.stateWith(recorded::quote());
    EXPECT_EQ(world.alert(), "quote-replayed") << "an older one";
    // Leaving and coming back does not make it new.
    world.say(fix::UserRequestType::LogOff);
    world.stateWith(later());
    EXPECT_EQ(world.point->standing(Client), Standing::StepUp);
    const auto alerts = std::count_if(world.recorder.events.begin(), world.recorder.events.end(),
        [](const Event& event) { return event.kind == EventKind::DeviceQuoteRefused; });
    EXPECT_EQ(alerts, 3);
}

TEST(ADeviceProof, IsJudgedAgainWhenTheRegistrationChanges)
{
    ProvenWorld world;
    world.stateWith(recorded::quote());
    ASSERT_EQ(world.point->standing(Client), Standing::Allowed);
    auto other = recorded::reference();
    other.pcrs[7] = recorded::digestOf(recorded::ChangedPcr7Hex);
    world.registerDevice(other);
    world.clock.advance(2s);
    world.point->tick();
    EXPECT_EQ(world.point->standing(Client), Standing::Restricted);
    EXPECT_EQ(world.alert(), "registers-changed");
    const auto events = world.recorder.events.size();
    ++world.identities.mark;
    world.clock.advance(2s);
    world.point->tick();
    EXPECT_EQ(world.recorder.events.size(), events + 1) << "that identities changed; the alert is not raised again";
}

TEST(ADeviceProof, SpeaksForSecureBootToo)
{
    auto strict = policy();
    zerotrust::AttributeRule rule;
    rule.attribute = "secure-boot";
    rule.conditions = {{"on", 0, {zerotrust::WordTest{{"yes"}}}}, {"off", 20, {zerotrust::Otherwise{}}}};
    strict.attributes.push_back(rule);
    ProvenWorld world(strict);
    world.stateWith(recorded::quote());
    EXPECT_EQ(world.point->standing(Client), Standing::Allowed) << "proven";
    // Said by the desk alone it takes nothing away.
    world.registerDevice(std::nullopt);
    auto statement = recorded::statement();
    statement.posture.push_back({"secure-boot", "yes"});
    world.clock.advance(2s);
    world.point->tick();
    world.say(statement);
    EXPECT_EQ(world.point->standing(Client), Standing::Restricted);
}

TEST(ADeviceProof, IsNotMadeWorseByADeskThatSaysTheSame)
{
    const auto certificate = [] {
        CertificateRecord made{.fingerprint = filled(0xa1), .device = DeviceRecord::Managed};
        made.reference = recorded::reference();
        return made;
    }();
    Session session;
    session.statement = recorded::statement();
    session.statement->posture = {{"secure-boot", "yes"}, {"firewall", "yes"}};
    session.device.standing = ProofStanding::Good;
    const auto count = [&] {
        int found = 0;
        for (const auto& signal : sessionSignals(session, {.certificate = &certificate}))
            found += signal.attribute == "secure-boot";
        return found;
    };
    EXPECT_EQ(count(), 1);
    session.statement->posture[0].value = "no";
    EXPECT_EQ(count(), 2) << "what it says against itself is believed";
}

}
