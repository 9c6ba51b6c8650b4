#include "app/desk_core/desk_keys.h"
#include "app/enrolment/key_file.h"
#include "tests/support/attestation_ca.h"
#include "tests/unit/app/desk_core/access_world.h"

/// The desk's security keys: what the port of the window says, for what the keys say.
namespace {

using namespace access_test;
using stepup_test::idOf;
using stepup_test::Model;

class DeskKeysTest : public AccessTest {
protected:
    [[nodiscard]] auto done()
    {
        return [this](const std::optional<rfq::KeyFailure>& failure) {
            ++timesDone;
            problem = failure;
        };
    }
    void enrol(std::vector<std::string> others = {}, const std::string& relyingParty = stepup_test::RpId)
    {
        app::DeskKeys& asked = relyingParty.empty() ? nowhere : deskKeys;
        asked.enrol(
            "/dev/hidraw3", "jane.doe", std::move(others), support::secret("1234"), rfq::LastTry::NotConfirmed,
            [this](const rfq::KeyTouch& touch) { told = touch; },
            [this](const rfq::KeyRegistration& registration, const std::optional<rfq::KeyFailure>& failure) {
                ++timesDone;
                made = registration;
                problem = failure;
            });
    }
    fido::Registration registrationOf(const support::SoftAuthenticator& key, const fido::Bytes& hash)
    {
        stepup::Digest digest{};
        std::copy(hash.begin(), hash.end(), digest.begin());
        support::AttestationOptions certificate;
        certificate.model = Model;
        support::RegistrationOptions options;
        options.rpId = stepup_test::RpId;
        options.model = Model;
        const auto one = key.registration(digest, options, m_maker.issue(certificate));
        return {key.id(), one.authenticatorData, one.format, one.statement, fido::Algorithm::Es256};
    }
    /// Enrols `key` into a file.
    std::string fileOf(const support::SoftAuthenticator& key, std::vector<std::string> others = {})
    {
        enrol(std::move(others));
        auto one = keys.takeEnrolment();
        request = one.request;
        one.done(registrationOf(key, one.request.clientDataHash));
        EXPECT_FALSE(problem) << problem->detail;
        return made.file;
    }

    app::VenueEnrolment venues{desk, touches, keys, pep.clock};
    app::VenueKeys venueKeys{desk, touches, pep.clock};
    app::DeskKeys deskKeys{keys, venues, venueKeys, stepup_test::RpId};
    app::DeskKeys nowhere{keys, venues, venueKeys, {}};
    support::SoftAuthenticator red{stepup::Algorithm::Es256, idOf(0x55)};
    int timesDone = 0;
    std::optional<rfq::KeyFailure> problem;
    rfq::KeyRegistration made;
    rfq::KeyTouch told;
    fido::EnrolRequest request;

private:
    support::AttestationCa m_maker{pep.clock.utc()};
};

TEST_F(DeskKeysTest, TellsWhatIsPluggedIn)
{
    std::vector<rfq::PluggedKey> seen;
    deskKeys.list([&](const std::vector<rfq::PluggedKey>& found, const std::optional<rfq::KeyFailure>& failure) {
        seen = found;
        problem = failure;
    });
    auto fit = support::FakeSecurityKeys::blueKey();
    fit.firmware = "5.7.0";
    fit.protectsCredentials = true;
    auto old = fit;
    old.manufacturer.clear();
    old.protectsCredentials = false;
    old.pin = fido::PinStatus::NotSet;
    keys.listed.front()(std::vector{fit, old});
    ASSERT_EQ(seen.size(), 2U);
    EXPECT_EQ(seen[0].name, "Yubico YubiKey 5C");
    EXPECT_EQ(seen[0].pin, rfq::PluggedKey::Pin::Set);
    EXPECT_EQ(seen[0].triesLeft, 8);
    EXPECT_TRUE(seen[0].canBeEnrolled);
    EXPECT_EQ(seen[1].name, "YubiKey 5C");
    EXPECT_EQ(seen[1].pin, rfq::PluggedKey::Pin::NotSet);
    EXPECT_FALSE(seen[1].canBeEnrolled) << "without credProtect a thief needs no PIN";
    deskKeys.list([&](const auto&, const std::optional<rfq::KeyFailure>& failure) { problem = failure; });
    keys.listed.back()(fido::Failure{fido::Problem::NotPermitted, std::nullopt, "EACCES"});
    ASSERT_TRUE(problem);
    EXPECT_EQ(problem->name, "not-permitted");
    EXPECT_FALSE(problem->advice.empty());
}

TEST_F(DeskKeysTest, SetsAndChangesThePin)
{
    deskKeys.setPin("/dev/hidraw3", support::secret("4711"), {}, done());
    EXPECT_EQ(keys.pinChanges.front().pin, "4711");
    EXPECT_EQ(keys.pinChanges.front().path, "/dev/hidraw3");
    keys.pinChanges.front().done(base::Ok{});
    EXPECT_FALSE(problem);
    deskKeys.changePin(
        "/dev/hidraw3", support::secret("4711"), support::secret("0815"), rfq::LastTry::NotConfirmed, {}, done());
    EXPECT_EQ(keys.pinChanges.back().old, "4711");
    keys.pinChanges.back().done(fido::Failure{fido::Problem::PinLastTry, 1, "nothing was tried"});
    ASSERT_TRUE(problem);
    EXPECT_TRUE(problem->needsLastTry);
    EXPECT_EQ(problem->pinTriesLeft, 1);
    EXPECT_EQ(timesDone, 2);
}

TEST_F(DeskKeysTest, EnrolsIntoAFileThatSaysWhatTheRelyingPartyNeeds)
{
    const auto file = fileOf(red);
    const auto enrolment = app::parseEnrolment(file);
    ASSERT_TRUE(enrolment) << enrolment.error().detail;
    EXPECT_EQ(enrolment->rpId, stepup_test::RpId);
    EXPECT_EQ(enrolment->user, "jane.doe");
    EXPECT_EQ(enrolment->registration.credentialId, idOf(0x55));
    EXPECT_EQ(made.credentialId, stepup::base64Url(idOf(0x55)));
    EXPECT_EQ(request.userId, enrolment->userId);
    EXPECT_TRUE(request.excluded.empty());

    const support::SoftAuthenticator blue(stepup::Algorithm::Es256, idOf(0x66));
    const auto second = app::parseEnrolment(fileOf(blue, {file}));
    ASSERT_TRUE(second);
    EXPECT_EQ(request.excluded, std::vector<stepup::CredentialId>{idOf(0x55)}) << "not the same key twice";
    EXPECT_EQ(second->userId, enrolment->userId) << "one person, one id";
}

TEST_F(DeskKeysTest, RefusesToEnrolForNobodyOrWithAFileThatIsNone)
{
    enrol({}, {});
    ASSERT_TRUE(problem);
    EXPECT_NE(problem->detail.find("relying_party"), std::string::npos) << problem->detail;
    enrol({"{}"});
    EXPECT_EQ(problem->name, "invalid-input");
    EXPECT_TRUE(keys.enrolments.empty());
}

TEST_F(DeskKeysTest, ARegistrationThatWasDamagedMakesNoFile)
{
    enrol();
    auto one = keys.takeEnrolment();
    auto damaged = registrationOf(red, one.request.clientDataHash);
    damaged.authenticatorData.back() ^= 1U;
    one.done(damaged);
    ASSERT_TRUE(problem);
    EXPECT_EQ(problem->name, "bad-answer");
    EXPECT_TRUE(made.file.empty());
}

TEST_F(DeskKeysTest, TestsAKeyAgainstItsFile)
{
    const auto file = fileOf(red);
    const auto touchWith = [&](const support::SoftAuthenticator& key) {
        deskKeys.test("/dev/hidraw3", file, support::secret("1234"), rfq::LastTry::NotConfirmed, {}, done());
        EXPECT_EQ(keys.asked.front().request.allowed, std::vector<stepup::CredentialId>{idOf(0x55)});
        keys.touch([&](const fido::AssertRequest& asked) {
            stepup::Digest hash{};
            std::copy(asked.clientDataHash.begin(), asked.clientDataHash.end(), hash.begin());
            const auto answer = key.assertion(hash, {.rpId = stepup_test::RpId, .signCount = 7, .tail = {}});
            return fido::Assertion{idOf(0x55), answer.authenticatorData, answer.signature};
        });
    };
    touchWith(red);
    EXPECT_FALSE(problem) << problem->detail;
    const support::SoftAuthenticator stranger(stepup::Algorithm::Es256, idOf(0x55));
    touchWith(stranger);
    ASSERT_TRUE(problem);
    EXPECT_EQ(problem->name, "not-verified");
    deskKeys.test("/dev/hidraw3", "no file", support::secret("1234"), rfq::LastTry::NotConfirmed, {}, done());
    EXPECT_EQ(problem->name, "invalid-input");
}

TEST_F(DeskKeysTest, CancelReachesTheKeyThatIsAsked)
{
    deskKeys.cancel(); // nothing yet
    EXPECT_TRUE(keys.cancelled.empty());
    enrol();
    deskKeys.cancel();
    ASSERT_EQ(keys.cancelled.size(), 1U);
    EXPECT_EQ(keys.cancelled.front(), keys.enrolments.front().number);
}

TEST_F(DeskKeysTest, OffersTheCounterpartiesWhoseSessionIsOpen)
{
    EXPECT_TRUE(deskKeys.enrolsAt().empty());
    letIn();
    EXPECT_EQ(deskKeys.enrolsAt(), std::vector{VenueX});
    std::string failure;
    deskKeys.enrolAt({VenueX, {}, "Red key", rfq::LastTry::NotConfirmed}, support::secret("1234"), {},
        [&](const std::string&, const std::optional<rfq::KeyFailure>& why) { failure = why ? why->name : "none"; });
    EXPECT_TRUE(std::holds_alternative<stepup::ApprovalRequest>(lastPayload()));
    deskKeys.cancel();
    EXPECT_EQ(failure, "cancelled");
    auto notice = decided(stepup::AccessOutcome::Deny, 45);
    tell("D-9", UserStatus::Refused, notice);
    EXPECT_TRUE(deskKeys.enrolsAt().empty()) << "whoever is denied enrols nothing";
}

}
