#include "app/desk_core/guard_identities.h"
#include "app/enrolment/key_file.h"
#include "tests/support/attestation_ca.h"
#include "tests/support/fake_clock.h"
#include "tests/support/soft_authenticator.h"
#include "tests/support/test_pki.h"
#include "tests/unit/stepup/stepup_world.h"

#include <gtest/gtest.h>

/// Which security keys of the configuration count at a desk that judges for itself.
namespace {

using namespace std::chrono_literals;
using stepup_test::filled;
using stepup_test::idOf;
using stepup_test::Model;
using stepup_test::RpId;

class GuardKeys : public testing::Test {
protected:
    GuardKeys()
    {
        config.stateDirectory = files.path();
        config.access = app::DeskAccessConfig{};
        config.access->enforcement.rpId = RpId;
        config.access->attestationRoots = files.write("makers.pem", maker.rootPem());
        config.access->keyModels = {Model};
    }
    struct Made {
        std::string rpId = RpId;
        std::string user = "alice";
        stepup::Aaguid model = Model;
        const support::AttestationCa* by = nullptr; ///< null: the maker that is trusted
        std::chrono::hours notAfter{24 * 365};
        std::optional<std::int64_t> credProtect = 3;
    };
    [[nodiscard]] std::string enrolment(const support::SoftAuthenticator& key, const Made& made) const
    {
        app::KeyEnrolment enrolment;
        enrolment.rpId = made.rpId;
        enrolment.user = made.user;
        enrolment.userId = {1};
        enrolment.clientData = app::enrolmentClientData(made.rpId, {1, 2, 3});
        support::AttestationOptions certificate;
        certificate.model = made.model;
        certificate.notAfter = made.notAfter;
        support::RegistrationOptions options;
        options.rpId = made.rpId;
        options.model = made.model;
        options.credProtect = made.credProtect;
        const auto registered = key.registration(stepup::sha256(stepup::bytesOf(enrolment.clientData)), options,
            (made.by ? *made.by : maker).issue(certificate));
        enrolment.registration = {
            key.id(), registered.authenticatorData, registered.format, registered.statement, fido::Algorithm::Es256};
        return app::toJson(enrolment);
    }
    void configure(const std::string& name, const std::string& text)
    {
        config.access->securityKeys.emplace_back(files.write(name, text));
    }
    void configure(const support::SoftAuthenticator& key, const Made& made, const std::string& name = "alice.json")
    {
        configure(name, enrolment(key, made));
    }
    void open(const stepup::CertificateFingerprint& certificate = filled(0xa1), const std::string& user = "alice")
    {
        identities.reset();
        auto opened = app::GuardIdentities::open(config, clock);
        ASSERT_TRUE(opened) << opened.error().detail;
        identities = *std::move(opened);
        ASSERT_TRUE(identities->signIn(stepup::UserId(user), certificate));
    }
    [[nodiscard]] std::vector<stepup::Credential> known() const { return identities->load()->credentials; }
    void expectRefused(const std::string& why)
    {
        open();
        EXPECT_TRUE(known().empty());
        ASSERT_EQ(identities->problems().size(), 1u);
        EXPECT_NE(identities->problems()[0].find(why), std::string::npos) << identities->problems()[0];
    }

    support::FakeClock clock;
    support::TemporaryDirectory files;
    support::AttestationCa maker{clock.utc()};
    support::SoftAuthenticator blue{stepup::Algorithm::Es256, idOf(0x11)};
    support::SoftAuthenticator green{stepup::Algorithm::Es256, idOf(0x22)};
    app::DeskConfig config;
    std::unique_ptr<app::GuardIdentities> identities;
};

TEST_F(GuardKeys, CountForTheirPersonUnderTheCertificateThatIsPresented)
{
    configure(blue, {});
    open();
    EXPECT_TRUE(identities->problems().empty());
    ASSERT_EQ(known().size(), 1u);
    EXPECT_EQ(known()[0].id, blue.id());
    EXPECT_EQ(known()[0].user.text(), "alice");
    EXPECT_EQ(known()[0].certificate, filled(0xa1));
    EXPECT_EQ(known()[0].name, "alice");
    open(filled(0xa2));
    ASSERT_EQ(known().size(), 1u) << "the person has a new certificate";
    EXPECT_EQ(known()[0].certificate, filled(0xa2));
    open(filled(0xb1), "bob");
    EXPECT_TRUE(known().empty()) << "alice's key is nothing in bob's hands";
}

TEST_F(GuardKeys, OfAnotherDomainDoNotCount)
{
    configure(blue, {.rpId = "evil.example"});
    expectRefused("alice.json");
}

TEST_F(GuardKeys, OfAModelThatIsNotBelievedDoNotCount)
{
    stepup::Aaguid other = Model;
    other[0] ^= 1U;
    configure(blue, {.model = other});
    expectRefused("allow-list");
}

TEST_F(GuardKeys, OfAMakerThatNobodyTrustsDoNotCount)
{
    const support::AttestationCa another{clock.utc()};
    configure(blue, {.by = &another});
    expectRefused("alice.json");
}

TEST_F(GuardKeys, WhoseMakersCertificateHasExpiredDoNotCount)
{
    configure(blue, {.notAfter = 1h});
    open();
    EXPECT_EQ(known().size(), 1u);
    clock.advance(2h);
    expectRefused("alice.json");
}

TEST_F(GuardKeys, ThatNeedNoPinDoNotCount)
{
    configure(blue, {.credProtect = 1});
    expectRefused("PIN");
}

TEST_F(GuardKeys, OfAFileThatIsMissingOrDamagedDoNotCountAndTheOthersDo)
{
    const std::string whole = enrolment(blue, {});
    configure("cut.json", whole.substr(0, whole.size() / 2));
    std::string damaged = whole;
    const auto at = damaged.find("attestationStatement") == std::string::npos
        ? damaged.size() / 2
        : damaged.find("attestationStatement") + 60;
    damaged[at] = damaged[at] == 'A' ? 'B' : 'A';
    configure("damaged.json", damaged);
    config.access->securityKeys.push_back(files.path() / "missing.json");
    configure(green, {}, "green.json");
    open();
    EXPECT_EQ(identities->problems().size(), 3u);
    ASSERT_EQ(known().size(), 1u);
    EXPECT_EQ(known()[0].id, green.id());
}

TEST_F(GuardKeys, AreReplacedWithTheConfiguration)
{
    configure(blue, {});
    open();
    ASSERT_EQ(known().size(), 1u);
    ASSERT_TRUE(identities->noteCounter(blue.id(), 41, base::UtcTime()));
    config.access->securityKeys.clear();
    configure(green, {}, "green.json");
    open();
    ASSERT_EQ(known().size(), 1u) << "whose file was taken out is nothing any more";
    EXPECT_EQ(known()[0].id, green.id());
    config.access->securityKeys.clear();
    configure(blue, {}, "again.json");
    open();
    ASSERT_EQ(known().size(), 1u);
    EXPECT_EQ(known()[0].signCount, 41u) << "a counter does not start anew";
}

TEST_F(GuardKeys, OfTheSameIdWithAnotherPublicKeyAreNotTheKeyThatWasKnown)
{
    configure(blue, {});
    open();
    ASSERT_EQ(known().size(), 1u);
    const support::SoftAuthenticator forged{stepup::Algorithm::Es256, blue.id()};
    config.access->securityKeys.clear();
    configure(forged, {}, "forged.json");
    open();
    EXPECT_TRUE(known().empty());
}

TEST_F(GuardKeys, AreNotEnrolledByAnybodyButTheConfiguration)
{
    open();
    stepup::Credential credential;
    credential.user = stepup::UserId("alice");
    const base::Status added = identities->add(credential);
    ASSERT_FALSE(added);
    EXPECT_EQ(added.error().code, base::Errc::Unsupported);
    EXPECT_TRUE(known().empty());
}

TEST_F(GuardKeys, WithRootsThatCannotBeReadTheDeskDoesNotBegin)
{
    configure(blue, {});
    config.access->attestationRoots = files.path() / "nothing.pem";
    EXPECT_FALSE(app::GuardIdentities::open(config, clock));
    config.access->attestationRoots = files.write("empty.pem", "no certificate");
    const auto opened = app::GuardIdentities::open(config, clock);
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, base::Errc::Configuration);
    EXPECT_NE(opened.error().detail.find("empty.pem"), std::string::npos);
}

TEST_F(GuardKeys, WithoutRootsNoneCounts)
{
    configure(blue, {});
    config.access->attestationRoots.clear();
    expectRefused("alice.json");
}

TEST_F(GuardKeys, AreNothingUnderACertificateOfSomebodyElse)
{
    configure(blue, {});
    open(filled(0xb1), "bob");
    EXPECT_FALSE(identities->signIn(stepup::UserId("alice"), filled(0xb1))) << "who was never seen with one of her own";
    open(filled(0xa1), "alice");
    open(filled(0xb1), "alice");
    const auto people = identities->load()->users;
    ASSERT_EQ(people.size(), 1u);
    EXPECT_TRUE(people[0].certificates.empty()) << "it is bob's: nobody is let in with it";
}

TEST_F(GuardKeys, AndLocksAreKeptOverARestart)
{
    open();
    ASSERT_TRUE(identities->lock(stepup::UserId("alice"), "cloned"));
    ASSERT_TRUE(identities->lock(filled(0xa1), "lost"));
    open();
    const auto people = identities->load()->users;
    ASSERT_EQ(people.size(), 1u);
    EXPECT_EQ(people[0].lockedWhy, "cloned");
    ASSERT_EQ(people[0].certificates.size(), 1u);
    EXPECT_EQ(people[0].certificates[0].lockedWhy, "lost");
}

}
