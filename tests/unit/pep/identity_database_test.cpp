#include "core/pep/entitlement_text.h"
#include "core/pep/fingerprint_text.h"
#include "core/pep/identity_database.h"
#include "core/pep/imported_key.h"
#include "core/store/sqlite_database.h"
#include "tests/support/test_pki.h"
#include "tests/unit/pep/pep_world.h"
#include "tests/unit/stepup/recorded_quote.h"

#include <fstream>

using namespace pep_test;
namespace recorded = stepup_test::recorded;

namespace {

stepup::Credential blueKey(const support::FakeClock& clock)
{
    return {.id = idOf(0x11),
        .coseKey = {1, 2, 3},
        .algorithm = stepup::Algorithm::Es384,
        .aaguid = Model,
        .signCount = 7,
        .user = stepup::UserId("alice"),
        .certificate = filled(0xa1),
        .name = "Blue key",
        .enrolledAt = clock.utc(),
        .revokedAt = std::nullopt};
}

class AnIdentityDatabase : public testing::Test {
protected:
    std::unique_ptr<IdentityDatabase> open()
    {
        auto opened = IdentityDatabase::open(m_files.path() / "identities.sqlite");
        EXPECT_TRUE(opened) << opened.error().detail;
        return opened ? *std::move(opened) : nullptr;
    }
    support::TemporaryDirectory m_files;
    support::FakeClock m_clock;
};

TEST_F(AnIdentityDatabase, KeepsWhatItWasGiven)
{
    UserRecord alice = aliceRecord();
    alice.role = zerotrust::UserRole::Privileged;
    alice.enrolUntil = m_clock.utc();
    {
        auto database = open();
        ASSERT_TRUE(database->add(alice));
    }
    auto database = open();
    auto identities = database->load();
    ASSERT_TRUE(identities) << identities.error().detail;
    ASSERT_EQ(identities->users.size(), 1U);
    EXPECT_EQ(identities->users[0], alice);

    ASSERT_TRUE(database->add(blueKey(m_clock)));
    ASSERT_TRUE(database->noteCounter(idOf(0x11), 8, m_clock.utc() + 5s));
    ASSERT_TRUE(database->noteCounter(idOf(0x11), 6, m_clock.utc()))
        << "whoever writes later has not seen the higher one";
    identities = database->load();
    ASSERT_TRUE(identities);
    stepup::Credential expected = blueKey(m_clock);
    expected.signCount = 8;
    expected.lastUsedAt = m_clock.utc() + 5s;
    EXPECT_EQ(identities->credentials, std::vector{expected});
    EXPECT_FALSE(identities->users[0].enrolUntil) << "the permission was for one key";
}

TEST_F(AnIdentityDatabase, KeepsWhatATpmMustProve)
{
    UserRecord alice = aliceRecord();
    alice.certificates[0].reference = recorded::reference();
    auto database = open();
    ASSERT_TRUE(database->add(alice));
    EXPECT_EQ(database->load()->users.at(0), alice);
    auto updated = recorded::reference();
    updated.pcrs[0] = filled(0x77);
    ASSERT_TRUE(database->change(filled(0xa1), updated));
    alice.certificates[0].reference = updated;
    EXPECT_EQ(open()->load()->users.at(0), alice);
    EXPECT_EQ(database->change(filled(0xa2), updated).error().code, base::Errc::NotFound);
    updated.key.clear();
    EXPECT_EQ(database->change(filled(0xa1), updated).error().code, base::Errc::InvalidInput);
    EXPECT_EQ(open()->load()->users.at(0), alice) << "nothing was changed";
}

TEST_F(AnIdentityDatabase, RegistersNobodyOnADamagedDevice)
{
    auto database = open();
    UserRecord alice = aliceRecord();
    alice.certificates[0].reference = recorded::reference();
    ASSERT_TRUE(database->add(alice));
    auto raw = store::SqliteDatabase::open(m_files.path() / "identities.sqlite", store::SqliteDatabase::Mode::Create);
    ASSERT_TRUE(raw);
    ASSERT_TRUE((*raw)->execute("UPDATE devices SET reference = substr(reference, 1, 40)"));
    const auto read = database->load();
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, base::Errc::InvalidInput);
}

TEST_F(AnIdentityDatabase, TakesOverAStoreFromBeforeTpms)
{
    ASSERT_TRUE(open()->add(aliceRecord()));
    auto raw = store::SqliteDatabase::open(m_files.path() / "identities.sqlite", store::SqliteDatabase::Mode::Create);
    ASSERT_TRUE(raw);
    ASSERT_TRUE((*raw)->execute("DROP TABLE devices"));
    EXPECT_EQ(open()->load()->users.at(0), aliceRecord());
}

TEST_F(AnIdentityDatabase, KeepsWhichDeviceCertificatesCount)
{
    UserRecord alice = aliceRecord();
    alice.certificates[0].deviceNames = {"dns:ws-17.firm.example", "cn:LAPTOP"};
    ASSERT_TRUE(open()->add(alice));
    auto database = open();
    EXPECT_EQ(database->load()->users.at(0), alice);
    ASSERT_TRUE(database->change(filled(0xa1), stepup::DeviceNames{"dns:ws-18.firm.example"}));
    EXPECT_EQ(
        database->load()->users.at(0).certificates.at(0).deviceNames, stepup::DeviceNames{"dns:ws-18.firm.example"});
    ASSERT_TRUE(database->change(filled(0xa1), stepup::DeviceNames{}));
    EXPECT_TRUE(database->load()->users.at(0).certificates.at(0).deviceNames.empty());
    EXPECT_EQ(database->change(filled(0xa9), stepup::DeviceNames{"dns:a"}).error().code, base::Errc::NotFound);
    EXPECT_EQ(database->change(filled(0xa9), stepup::DeviceNames{}).error().code, base::Errc::NotFound);
    ASSERT_TRUE(database->add(stepup::UserId("alice"), {.fingerprint = filled(0xa2)}));
    ASSERT_TRUE(database->change(filled(0xa2), stepup::DeviceNames{}));
    EXPECT_EQ(database->load()->users.at(0).certificates.at(1).device, DeviceRecord::Unknown)
        << "nothing is asked for, and nothing is given for it";
    ASSERT_TRUE(database->change(filled(0xa2), stepup::DeviceNames{"dns:a"}));
    EXPECT_EQ(database->load()->users.at(0).certificates.at(1).device, DeviceRecord::Managed);

    auto raw = store::SqliteDatabase::open(m_files.path() / "identities.sqlite", store::SqliteDatabase::Mode::Create);
    ASSERT_TRUE(raw);
    ASSERT_TRUE((*raw)->execute("UPDATE device_names SET names = 'everybody'"));
    EXPECT_EQ(database->load().error().code, base::Errc::InvalidInput) << "nobody is let in with a damaged row";
}

TEST_F(AnIdentityDatabase, TakesOverAStoreFromBeforeDeviceCertificates)
{
    ASSERT_TRUE(open()->add(aliceRecord()));
    auto raw = store::SqliteDatabase::open(m_files.path() / "identities.sqlite", store::SqliteDatabase::Mode::Create);
    ASSERT_TRUE(raw);
    ASSERT_TRUE((*raw)->execute(
        "DROP TABLE device_names; ALTER TABLE credentials DROP COLUMN last_used_at; PRAGMA user_version=2"));
    auto database = open();
    ASSERT_TRUE(database);
    EXPECT_EQ(database->load()->users.at(0), aliceRecord());
    EXPECT_EQ(*(*raw)->ask("PRAGMA user_version"), "3") << "a program of then would not ask for a device certificate";
    ASSERT_TRUE(database->change(filled(0xa1), stepup::DeviceNames{"dns:a"}));
}

TEST_F(AnIdentityDatabase, IsReadableByItsOwnerAlone)
{
    open();
    const auto permissions = std::filesystem::status(m_files.path() / "identities.sqlite").permissions();
    EXPECT_EQ(permissions, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

TEST_F(AnIdentityDatabase, ShowsWhatAnotherConnectionChanged)
{
    auto mine = open();
    auto theirs = open();
    ASSERT_TRUE(mine->add(aliceRecord()));
    const auto before = mine->changeMark();
    ASSERT_TRUE(before);
    ASSERT_TRUE(mine->lock(stepup::UserId("alice"), "by me"));
    EXPECT_EQ(*mine->changeMark(), *before) << "one's own changes are known already";
    ASSERT_TRUE(theirs->unlock(stepup::UserId("alice")));
    EXPECT_NE(*mine->changeMark(), *before);
    EXPECT_EQ(mine->load()->users[0].lockedWhy, "");
}

TEST_F(AnIdentityDatabase, LocksAndRevokes)
{
    auto database = open();
    ASSERT_TRUE(database->add(aliceRecord()));
    ASSERT_TRUE(database->add(blueKey(m_clock)));
    ASSERT_TRUE(database->rename(idOf(0x11), "Key of the safe"));
    EXPECT_EQ(database->load()->credentials[0].name, "Key of the safe");
    ASSERT_TRUE(database->lock(filled(0xa1), "too many attempts failed"));
    EXPECT_EQ(database->load()->users[0].certificates[0].lockedWhy, "too many attempts failed");
    ASSERT_TRUE(database->unlock(stepup::UserId("alice")));
    EXPECT_EQ(database->load()->users[0].certificates[0].lockedWhy, "");
    const auto at = m_clock.utc();
    ASSERT_TRUE(database->revoke(stepup::UserId("alice"), at));
    ASSERT_TRUE(database->revoke(filled(0xa1), at));
    ASSERT_TRUE(database->revoke(idOf(0x11), at));
    ASSERT_TRUE(database->revoke(idOf(0x11), at + 1s)) << "the first time counts";
    const auto identities = database->load();
    EXPECT_EQ(identities->users[0].revokedAt, at);
    EXPECT_EQ(identities->users[0].certificates[0].revokedAt, at);
    EXPECT_EQ(identities->credentials[0].revokedAt, at);
}

TEST_F(AnIdentityDatabase, SaysWhatIsNotThereOrThereAlready)
{
    auto database = open();
    const auto code = [](const base::Status& status) { return status ? base::Errc::Internal : status.error().code; };
    EXPECT_EQ(code(database->revoke(stepup::UserId("alice"), m_clock.utc())), base::Errc::NotFound);
    EXPECT_EQ(code(database->lock(stepup::UserId("alice"), "x")), base::Errc::NotFound);
    EXPECT_EQ(code(database->noteCounter(idOf(0x11), 1, m_clock.utc())), base::Errc::NotFound);
    EXPECT_EQ(code(database->rename(idOf(0x11), "Red key")), base::Errc::NotFound);
    EXPECT_EQ(code(database->change(aliceRecord())), base::Errc::NotFound);
    ASSERT_TRUE(database->add(aliceRecord()));
    EXPECT_EQ(code(database->add(aliceRecord())), base::Errc::Duplicate);
    UserRecord bob = aliceRecord();
    bob.user = stepup::UserId("bob");
    EXPECT_EQ(code(database->add(bob)), base::Errc::Duplicate) << "the certificate is alice's";
    EXPECT_EQ(database->load()->users.size(), 1U) << "all or nothing";
    ASSERT_TRUE(database->add(blueKey(m_clock)));
    EXPECT_EQ(code(database->add(blueKey(m_clock))), base::Errc::Duplicate);
}

TEST_F(AnIdentityDatabase, KeysGoOverToTheNextCertificate)
{
    auto database = open();
    ASSERT_TRUE(database->add(aliceRecord()));
    ASSERT_TRUE(database->add(blueKey(m_clock)));
    const stepup::UserId alice("alice");
    EXPECT_EQ(database->rebind(alice, filled(0xa1), filled(0xa2)).error().code, base::Errc::NotFound);
    ASSERT_TRUE(database->add(alice, {.fingerprint = filled(0xa2), .key = KeyHome::Hardware}));
    EXPECT_EQ(database->rebind(stepup::UserId("bob"), filled(0xa1), filled(0xa2)).error().code, base::Errc::NotFound);
    ASSERT_TRUE(database->rebind(alice, filled(0xa1), filled(0xa2)));
    EXPECT_EQ(database->load()->credentials[0].certificate, filled(0xa2));
}

TEST_F(AnIdentityDatabase, LeavesWhatIsNotItsOwnAlone)
{
    const auto file = m_files.write("identities.sqlite", "this is no database, and longer than a header of one");
    const auto opened = IdentityDatabase::open(file);
    EXPECT_FALSE(opened);
}

TEST(EntitlementText, IsReadAsItIsWritten)
{
    const auto entitlement = aliceRecord().entitlements.begin()->second;
    EXPECT_EQ(*parseActivities(activitiesText(entitlement.activities)), entitlement.activities);
    EXPECT_EQ(*parseSides(sidesText(entitlement.sides)), entitlement.sides);
    EXPECT_EQ(*parseQuantities(quantitiesText(entitlement.maxQuantity)), entitlement.maxQuantity);
    EXPECT_EQ(parseNames(namesText(entitlement.dealers)), entitlement.dealers);
    EXPECT_TRUE(parseActivities("")->empty());
    for (const char* wrong : {"EUR", "EUR=", "=5", "EUR=-5", "EUR=0", "EUR=x"})
        EXPECT_FALSE(parseQuantities(wrong)) << wrong;
    EXPECT_FALSE(parseActivities("view,deal"));
    EXPECT_FALSE(parseSides("long"));
}

TEST(FingerprintText, IsReadAsItIsWritten)
{
    EXPECT_EQ(fingerprintOf(fingerprintText(filled(0xa1))), filled(0xa1));
    EXPECT_FALSE(fingerprintOf("a1"));
    EXPECT_FALSE(fingerprintOf(std::string(64, 'G')));
}

/// A key that was enrolled into a file.
class AnImportedKey : public testing::Test {
protected:
    AnImportedKey()
    {
        m_policy.roots = *stepup::AttestationRoots::fromPem(m_maker.rootPem());
        support::AttestationOptions certificate;
        certificate.model = Model;
        support::RegistrationOptions options;
        options.rpId = RpId;
        options.model = Model;
        m_key.rpId = RpId;
        m_key.clientData = "{}";
        m_key.user = stepup::UserId("alice");
        m_key.certificate = filled(0xa1);
        m_key.name = "Red key";
        m_key.registration =
            m_soft.registration(stepup::sha256(stepup::bytesOf("{}")), options, m_maker.issue(certificate));
    }
    std::string refusal()
    {
        const auto imported = importKey(m_policy, m_key, m_clock.utc());
        return imported ? "none" : imported.error().detail.substr(0, imported.error().detail.find(':'));
    }
    support::FakeClock m_clock;
    support::AttestationCa m_maker{m_clock.utc()};
    support::SoftAuthenticator m_soft{stepup::Algorithm::Es256, idOf(0x55)};
    stepup::RegistrationPolicy m_policy{.rpId = RpId, .roots = {}, .models = {Model}};
    ImportedKey m_key;
};

TEST_F(AnImportedKey, IsTakenOnItsMakersWord)
{
    const auto imported = importKey(m_policy, m_key, m_clock.utc());
    ASSERT_TRUE(imported) << imported.error().detail;
    EXPECT_EQ(imported->id, idOf(0x55));
    EXPECT_EQ(imported->coseKey, m_soft.coseKey());
    EXPECT_EQ(imported->certificate, filled(0xa1));
}

TEST_F(AnImportedKey, IsRefusedWithoutIt)
{
    m_key.clientData = "{ }";
    EXPECT_EQ(refusal(), "attestation-signature-wrong");
    m_key.clientData = "{}";
    m_policy.models.clear();
    EXPECT_EQ(refusal(), "model-not-allowed");
    m_policy.models = {Model};
    m_policy.roots = *stepup::AttestationRoots::fromPem(support::AttestationCa(m_clock.utc()).rootPem());
    EXPECT_EQ(refusal(), "attestation-untrusted");
    m_key.rpId = "elsewhere.example";
    EXPECT_EQ(refusal(), "wrong-relying-party");
}

TEST_F(AnImportedKey, IsRefusedWhereItWasNotMadeWithTouchAndPinOrIsNotProtected)
{
    using namespace support;
    const auto made = [&](std::uint8_t flags, std::optional<std::int64_t> protection) {
        RegistrationOptions options;
        options.rpId = RpId;
        options.model = Model;
        options.flags = static_cast<std::uint8_t>(flags | AttestedData | (protection ? ExtensionData : 0));
        options.credProtect = protection;
        AttestationOptions certificate;
        certificate.model = Model;
        m_key.registration =
            m_soft.registration(stepup::sha256(stepup::bytesOf("{}")), options, m_maker.issue(certificate));
        return refusal();
    };
    EXPECT_EQ(made(UserPresent | UserVerified, 3), "none");
    EXPECT_EQ(made(UserVerified, 3), "user-not-present");
    EXPECT_EQ(made(UserPresent, 3), "user-not-verified");
    EXPECT_EQ(made(UserPresent | UserVerified | BackupEligible, 3), "backup-eligible");
    EXPECT_EQ(made(UserPresent | UserVerified, 2), "protection-missing");
    EXPECT_EQ(made(UserPresent | UserVerified, std::nullopt), "protection-missing");
}

TEST_F(AnImportedKey, IsRefusedWhereItCannotBeRead)
{
    m_key.registration.authenticatorData.pop_back();
    EXPECT_EQ(refusal(), "authenticator-data-malformed");
    m_key.name = "two\nlines";
    const auto imported = importKey(m_policy, m_key, m_clock.utc());
    ASSERT_FALSE(imported);
    EXPECT_EQ(imported.error().code, base::Errc::InvalidInput);
}

}
