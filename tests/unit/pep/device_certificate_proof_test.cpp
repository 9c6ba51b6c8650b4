#include "core/pep/identity_change.h"
#include "core/pep/session_signals.h"
#include "tests/support/device_ca.h"
#include "tests/unit/pep/pep_world.h"
#include "tests/unit/stepup/recorded_quote.h"

#include <gmock/gmock.h>

using namespace pep_test;
namespace recorded = stepup_test::recorded;
using support::DeviceCa;
using support::TestDevice;
using testing::HasSubstr;

namespace {

constexpr const char* Name = "dns:ws-17.firm.example";

/// alice's workstation is registered with the name in its device certificate.
struct CertifiedWorld : PepWorld {
    explicit CertifiedWorld(stepup::DeviceNames names = {Name}, DeviceRecord record = DeviceRecord::Managed,
        zerotrust::AccessPolicy used = policy())
        : PepWorld(settings(), std::move(used))
    {
        auto& certificate = identities.identities.users[0].certificates[0];
        certificate.deviceNames = std::move(names);
        certificate.device = record;
        ++identities.mark;
        clock.advance(2s);
        point->tick();
        trust();
        point->connected(aliceFacts());
    }
    void trust(const std::string& lists = {})
    {
        auto trusted = std::make_shared<stepup::DeviceTrust>(ca.trust());
        trusted->checksRevocation = !lists.empty();
        if (!lists.empty())
            trusted->lists = *stepup::revocationListsFrom(lists);
        point->useDeviceTrust(std::move(trusted));
    }
    [[nodiscard]] static stepup::Digest nonce() { return *stepup::quoteNonce(recorded::statement(), binding()); }
    [[nodiscard]] static stepup::QuoteBinding binding()
    {
        return {stepup::UserId("alice"), "DESK>VENUE", filled(0xcb)};
    }
    void stateWith(std::optional<stepup::DeviceCertificate> proof)
    {
        auto statement = recorded::statement();
        statement.certificate = std::move(proof);
        say(statement);
    }
    /// The refusals that were recorded as alerts.
    [[nodiscard]] std::vector<std::string> alerts() const
    {
        std::vector<std::string> found;
        for (const Event& event : recorder.events)
            if (event.kind == EventKind::DeviceCertificateRefused && event.severity == Severity::Alert)
                found.push_back(event.fields.at(0).value);
        return found;
    }
    [[nodiscard]] stepup::ScoreLine deviceLine() const { return said().notice.lines.at(0); }
    [[nodiscard]] Standing standing() const { return point->standing(Client); }

    DeviceCa ca;
    TestDevice device = ca.issue();
};

using Alerts = std::vector<std::string>;

TEST(ADeviceCertificateProof, MakesAWorkstationManaged)
{
    CertifiedWorld world;
    world.stateWith(world.device.prove(CertifiedWorld::nonce()));
    EXPECT_EQ(world.standing(), Standing::Allowed);
    EXPECT_EQ(world.deviceLine().score, 0);
    EXPECT_THAT(world.deviceLine().evidence, HasSubstr("device certificate of dns:ws-17.firm.example"));
    EXPECT_THAT(world.deviceLine().evidence, HasSubstr("nothing proves that its key is in hardware"));
    EXPECT_EQ(world.alerts(), Alerts{});
}

TEST(ADeviceCertificateProof, SaysWhereItsKeyIsInAFile)
{
    CertifiedWorld world;
    auto proof = world.device.prove(CertifiedWorld::nonce());
    proof.place = stepup::DeviceKeyPlace::File;
    world.device.sign(proof);
    world.stateWith(proof);
    EXPECT_EQ(world.standing(), Standing::Allowed);
    EXPECT_THAT(world.deviceLine().evidence, HasSubstr("its key is in a file"));
}

TEST(ADeviceCertificateProof, IsEnoughWhereNothingIsRegistered)
{
    CertifiedWorld world({}, DeviceRecord::Unknown);
    world.stateWith(std::nullopt);
    EXPECT_EQ(world.standing(), Standing::StepUp) << "nothing is known of the workstation";
    world.stateWith(world.device.prove(CertifiedWorld::nonce()));
    EXPECT_EQ(world.standing(), Standing::Allowed);
    EXPECT_THAT(world.deviceLine().evidence, HasSubstr("device certificate"));
}

TEST(ADeviceCertificateProof, DoesNotMakeManagedWhatIsRegisteredAsUnmanaged)
{
    CertifiedWorld world({}, DeviceRecord::Unmanaged);
    world.stateWith(world.device.prove(CertifiedWorld::nonce()));
    EXPECT_EQ(world.standing(), Standing::StepUp);
    EXPECT_THAT(world.deviceLine().evidence, HasSubstr("not managed"));
}

TEST(ADeviceCertificateProof, IsMissedAndNotReplacedByTheRegistration)
{
    CertifiedWorld world;
    world.stateWith(std::nullopt);
    EXPECT_EQ(world.standing(), Standing::StepUp) << "registered as managed, and proves nothing";
    EXPECT_EQ(world.deviceLine().score, 25);
    EXPECT_EQ(world.alerts(), Alerts{}) << "none is no attack";
}

TEST(ADeviceCertificateProof, CountsForNothingWhereNoAuthorityIsKnown)
{
    CertifiedWorld world;
    world.point->useDeviceTrust(nullptr);
    world.stateWith(world.device.prove(CertifiedWorld::nonce()));
    EXPECT_EQ(world.standing(), Standing::StepUp);
    EXPECT_EQ(world.alerts(), Alerts{});
}

TEST(ADeviceCertificateProof, OfAnotherWorkstationIsAnAlertAndUnmanaged)
{
    CertifiedWorld world;
    world.stateWith(world.ca.issue({.alternativeNames = "DNS:ws-18.firm.example"}).prove(CertifiedWorld::nonce()));
    EXPECT_EQ(world.standing(), Standing::StepUp);
    EXPECT_EQ(world.deviceLine().score, 25);
    EXPECT_THAT(world.deviceLine().evidence, HasSubstr("refused"));
    EXPECT_EQ(world.alerts(), Alerts{"other-device"});
}

TEST(ADeviceCertificateProof, ThatIsWrongIsUnmanagedWhateverTheRegistrationSays)
{
    CertifiedWorld world({}, DeviceRecord::Managed);
    world.stateWith(DeviceCa().issue().prove(CertifiedWorld::nonce()));
    EXPECT_EQ(world.standing(), Standing::StepUp);
    EXPECT_EQ(world.alerts(), Alerts{"device-certificate-untrusted"});
}

TEST(ADeviceCertificateProof, IsNotThePersonsOwnCertificate)
{
    CertifiedWorld world({}, DeviceRecord::Unknown);
    auto facts = aliceFacts();
    facts.certificate = stepup::sha256(world.device.der());
    world.identities.identities.users[0].certificates[0].fingerprint = facts.certificate;
    ++world.identities.mark;
    world.clock.advance(2s);
    world.point->tick();
    world.point->connected(facts);
    world.stateWith(world.device.prove(CertifiedWorld::nonce()));
    EXPECT_EQ(world.standing(), Standing::StepUp);
    EXPECT_EQ(world.alerts(), Alerts{"device-certificate-unsuitable"});
}

TEST(ADeviceCertificateProof, CountsOnItsConnectionAndForItsStatementOnly)
{
    CertifiedWorld world;
    auto elsewhere = CertifiedWorld::binding();
    elsewhere.channelBinding = filled(0xcc);
    world.stateWith(world.device.prove(*stepup::quoteNonce(recorded::statement(), elsewhere)));
    EXPECT_EQ(world.alerts(), Alerts{"device-signature-of-another-statement"});
    auto statement = recorded::statement();
    statement.posture.push_back({"firewall", "yes"});
    statement.certificate = world.device.prove(CertifiedWorld::nonce());
    world.say(statement);
    EXPECT_EQ(world.alerts().size(), 2U);
    EXPECT_EQ(world.standing(), Standing::StepUp);
}

TEST(ADeviceCertificateProof, CountsOnce)
{
    CertifiedWorld world;
    const auto first = world.device.prove(CertifiedWorld::nonce(), 1);
    const auto second = world.device.prove(CertifiedWorld::nonce(), 2);
    world.stateWith(first);
    world.stateWith(second);
    EXPECT_EQ(world.standing(), Standing::Allowed);
    world.clock.advance(60s); // judged again by itself, it is no replay
    world.point->tick();
    EXPECT_EQ(world.alerts(), Alerts{});
    world.stateWith(second);
    EXPECT_EQ(world.alerts(), Alerts{"device-signature-replayed"});
    EXPECT_EQ(world.standing(), Standing::Restricted);
    world.clock.advance(60s);
    world.point->tick();
    EXPECT_EQ(world.alerts().size(), 1U) << "told once, and not better by waiting";
    EXPECT_NE(world.standing(), Standing::Allowed);
    // Leaving and coming back does not make it new.
    world.say(fix::UserRequestType::LogOff);
    world.stateWith(first);
    EXPECT_EQ(world.alerts().size(), 2U);
    world.stateWith(world.device.prove(CertifiedWorld::nonce(), 3));
    EXPECT_EQ(world.standing(), Standing::Allowed);
}

TEST(ADeviceCertificateProof, EndsWithItsCertificateAlsoInAnOpenSession)
{
    CertifiedWorld world;
    const auto device = world.ca.issue({.notAfter = world.clock.utc() + 30s});
    world.stateWith(device.prove(CertifiedWorld::nonce()));
    EXPECT_EQ(world.standing(), Standing::Allowed);
    world.clock.advance(61s);
    world.point->tick();
    EXPECT_EQ(world.standing(), Standing::Restricted);
    EXPECT_EQ(world.alerts(), Alerts{"device-certificate-expired"});
}

TEST(ADeviceCertificateProof, EndsWhenItIsRevokedOrRegisteredOtherwise)
{
    CertifiedWorld world;
    world.stateWith(world.device.prove(CertifiedWorld::nonce()));
    world.trust(world.ca.crl({}));
    EXPECT_EQ(world.standing(), Standing::Allowed);
    world.trust(world.ca.crl({&world.device}));
    EXPECT_EQ(world.standing(), Standing::Restricted);
    EXPECT_EQ(world.alerts(), Alerts{"device-certificate-revoked"});

    CertifiedWorld other;
    other.stateWith(other.device.prove(CertifiedWorld::nonce()));
    other.identities.identities.users[0].certificates[0].deviceNames = {"dns:ws-18.firm.example"};
    ++other.identities.mark;
    other.clock.advance(2s);
    other.point->tick();
    EXPECT_EQ(other.standing(), Standing::Restricted);
    EXPECT_EQ(other.alerts(), Alerts{"other-device"});
}

TEST(ADeviceCertificateProof, AndATpmAreBothNeededWhereBothAreRegistered)
{
    CertifiedWorld world;
    world.identities.identities.users[0].certificates[0].reference = recorded::reference();
    ++world.identities.mark;
    world.clock.advance(2s);
    world.point->tick();
    auto statement = recorded::statement();
    statement.certificate = world.device.prove(CertifiedWorld::nonce(), 1);
    world.say(statement);
    EXPECT_EQ(world.standing(), Standing::StepUp) << "the TPM says nothing";
    statement.certificate.reset();
    statement.quote = recorded::quote();
    world.say(statement);
    EXPECT_EQ(world.standing(), Standing::StepUp) << "no certificate";
    statement.certificate = world.device.prove(CertifiedWorld::nonce(), 2);
    statement.quote = recorded::quote(recorded::LaterAttest, recorded::LaterSignature);
    world.say(statement);
    EXPECT_EQ(world.standing(), Standing::Allowed);
    EXPECT_THAT(world.deviceLine().evidence, HasSubstr("its TPM proves"));
    EXPECT_THAT(world.deviceLine().evidence, HasSubstr("device certificate of"));
}

TEST(ADeviceCertificateProof, IsRegisteredByAChangeThatGivesPower)
{
    IdentityChange added;
    added.kind = ChangeKind::AddCertificate;
    added.user = stepup::UserId("anna");
    added.certificate =
        CertificateRecord{.fingerprint = {1}, .device = DeviceRecord::Managed, .deviceNames = {"dns:a", "cn:B"}};
    IdentityChange changed;
    changed.kind = ChangeKind::ChangeCertificate;
    changed.changedCertificate = stepup::CertificateFingerprint{3};
    changed.deviceNames = stepup::DeviceNames{"dns:a", "cn:B"};
    IdentityChange lifted = changed;
    lifted.deviceNames->clear();
    for (const auto& change : {added, changed, lifted}) {
        const auto text = changeText(change);
        ASSERT_TRUE(text);
        const auto again = parseChange(*text);
        ASSERT_TRUE(again) << *text;
        EXPECT_EQ(*again, change);
        EXPECT_TRUE(givesPower(change, std::nullopt));
    }
}

TEST(ADeviceCertificateProof, LetsThePolicyScoreWhereTheKeyIs)
{
    auto strict = policy();
    zerotrust::AttributeRule rule;
    rule.attribute = "device-key";
    rule.conditions = {
        {"hardware", 0, {zerotrust::WordTest{{"hardware"}}}}, {"not proven", 20, {zerotrust::Otherwise{}}}};
    strict.attributes.push_back(rule);
    constexpr const char* Attested = "1.3.6.1.4.1.311.21.30";
    CertifiedWorld world({Name}, DeviceRecord::Managed, strict);
    world.stateWith(world.device.prove(CertifiedWorld::nonce(), 1));
    EXPECT_EQ(world.standing(), Standing::StepUp) << "the desk's word that it is in a token";
    auto trusted = std::make_shared<stepup::DeviceTrust>(world.ca.trust());
    trusted->hardwarePolicies = {Attested};
    world.point->useDeviceTrust(std::move(trusted));
    world.stateWith(world.ca.issue({.policy = Attested}).prove(CertifiedWorld::nonce(), 2));
    EXPECT_EQ(world.standing(), Standing::Allowed);
    EXPECT_THAT(world.deviceLine().evidence, HasSubstr("its authority has seen the key in hardware"));
}

}
