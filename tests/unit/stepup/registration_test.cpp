#include "tests/unit/stepup/stepup_world.h"

#include <openssl/evp.h>

using namespace stepup_test;
using Code = VerifyRefusal;

namespace {

/// alice enrols a second key.
class ARegistration : public testing::Test {
protected:
    ARegistration()
    {
        auto roots = AttestationRoots::fromPem(m_ca.rootPem());
        EXPECT_TRUE(roots);
        m_policy.roots = *std::move(roots);
        m_options.rpId = RpId;
        m_options.model = Model;
        m_certificate.model = Model;
    }

    Challenge ask() { return m_world.ask(EnrolKey{.user = "alice", .keyName = "Red key"}); }
    Registration make(const Challenge& challenge)
    {
        if (!m_attester.key)
            m_attester = m_ca.issue(m_certificate);
        return m_key.registration(m_world.hash(challenge), m_options, m_attester);
    }
    std::variant<Credential, Refusal> verify(const Challenge& challenge, const Registration& registration)
    {
        return m_verifier.verify(m_world.peer, challenge.bytes, registration);
    }
    std::variant<Credential, Refusal> enrol()
    {
        const auto challenge = ask();
        return verify(challenge, make(challenge));
    }
    Code refusal() { return codeOf(enrol()); }
    /// With an attestation certificate as `m_certificate` says.
    Code refusalOfCertificate()
    {
        m_attester = m_ca.issue(m_certificate);
        const Code code = refusal();
        m_certificate = {};
        m_certificate.model = Model;
        return code;
    }
    void pin(const std::string& pem) { m_policy.roots = *AttestationRoots::fromPem(pem); }

    World m_world;
    support::AttestationCa m_ca{m_world.clock.utc()};
    support::AttestationOptions m_certificate;
    support::Attester m_attester;
    support::SoftAuthenticator m_key{Algorithm::Es256, idOf(0x55)};
    support::RegistrationOptions m_options;
    RegistrationPolicy m_policy{.rpId = RpId, .roots = {}, .models = {Model}};
    RegistrationVerifier m_verifier{m_policy, m_world.book, m_world.registry, m_world.clock};
};

TEST_F(ARegistration, EnrolsAKeyThatThenApproves)
{
    m_options.signCount = 3;
    const auto verdict = enrol();
    const auto* credential = std::get_if<Credential>(&verdict);
    ASSERT_TRUE(credential) << detailOf(verdict);
    EXPECT_EQ(credential->id, idOf(0x55));
    EXPECT_EQ(credential->coseKey, m_key.coseKey());
    EXPECT_EQ(credential->algorithm, Algorithm::Es256);
    EXPECT_EQ(credential->aaguid, Model);
    EXPECT_EQ(credential->signCount, 3U);
    EXPECT_EQ(credential->user, UserId("alice"));
    EXPECT_EQ(credential->certificate, alice().certificate);
    EXPECT_EQ(credential->name, "Red key");
    EXPECT_EQ(credential->enrolledAt, m_world.clock.utc());
    EXPECT_EQ(*m_world.registry.find(idOf(0x55)), *credential);

    const auto challenge = m_world.ask();
    m_world.answer.signCount = 4;
    const auto assertion = m_key.assertion(m_world.hash(challenge), m_world.answer);
    EXPECT_TRUE(std::holds_alternative<Approval>(m_world.verify(challenge, assertion)));
}

TEST_F(ARegistration, IsAcceptedForEveryAlgorithmOfKeyAndOfAttestation)
{
    std::uint8_t id = 0x60;
    for (const Algorithm algorithm : {Algorithm::Es256, Algorithm::Es384, Algorithm::EdDsa, Algorithm::Rs256}) {
        const support::SoftAuthenticator key(algorithm, idOf(id++));
        m_certificate.algorithm = algorithm;
        const auto attester = m_ca.issue(m_certificate);
        const auto challenge = ask();
        const auto verdict = verify(challenge, key.registration(m_world.hash(challenge), m_options, attester));
        ASSERT_TRUE(std::holds_alternative<Credential>(verdict)) << detailOf(verdict);
        EXPECT_EQ(std::get<Credential>(verdict).algorithm, algorithm);
    }
}

TEST_F(ARegistration, NeedsEverySingleBitOfAuthenticatorDataClientDataAndSignature)
{
    const auto size = make(ask()).authenticatorData.size();
    for (std::size_t bit = 0; bit < size * 8; ++bit) {
        m_world.book.forget(m_world.peer.session);
        const auto challenge = ask();
        auto registration = make(challenge);
        flip(registration.authenticatorData, bit);
        ASSERT_TRUE(std::holds_alternative<Refusal>(verify(challenge, registration))) << bit;
    }
    for (std::size_t bit = 0; bit < 256; ++bit) {
        const auto challenge = ask();
        auto registration = make(challenge);
        flip(registration.clientDataHash, bit);
        ASSERT_EQ(codeOf(verify(challenge, registration)), Code::ClientDataMismatch) << bit;
    }
    for (std::size_t bit = 0; bit < 64 * 8; ++bit) {
        const auto challenge = ask();
        auto registration = make(challenge);
        flip(std::span(registration.statement).subspan(13), bit); // inside of sig
        ASSERT_TRUE(std::holds_alternative<Refusal>(verify(challenge, registration))) << bit;
    }
    EXPECT_FALSE(m_world.registry.find(idOf(0x55)));
}

TEST_F(ARegistration, NeedsEveryByteOfItsCertificates)
{
    m_attester = m_ca.issue(m_certificate);
    for (auto& certificate : m_attester.chain)
        for (std::size_t byte = 0; byte < certificate.size(); ++byte) {
            flip(certificate, byte * 8 + byte % 8);
            ASSERT_TRUE(std::holds_alternative<Refusal>(enrol())) << byte;
            flip(certificate, byte * 8 + byte % 8);
        }
    EXPECT_TRUE(std::holds_alternative<Credential>(enrol()));
}

TEST_F(ARegistration, AnswersOneEnrolmentOnce)
{
    auto challenge = ask();
    auto registration = make(challenge);
    EXPECT_TRUE(std::holds_alternative<Credential>(verify(challenge, registration)));
    EXPECT_EQ(codeOf(verify(challenge, registration)), Code::ChallengeUnknown);

    challenge = m_world.ask(ticket());
    EXPECT_EQ(codeOf(verify(challenge, make(challenge))), Code::ChallengeOfOtherPurpose);
    challenge =
        *m_world.book.issue(m_world.peer, EnrolKey{.user = "alice", .keyName = "Red key"}, "why", {m_world.key.id()});
    EXPECT_EQ(codeOf(verify(challenge, make(challenge))), Code::ChallengeOfOtherPurpose)
        << "an enrolled key was asked, not the new one";
    challenge = ask();
    m_world.clock.advance(std::chrono::seconds(60));
    EXPECT_EQ(codeOf(verify(challenge, make(challenge))), Code::ChallengeExpired);
}

TEST_F(ARegistration, NeedsTheFlagsAndTheRelyingParty)
{
    using namespace support;
    const auto good = m_options.flags;
    const std::pair<int, Code> cases[] = {{good & ~UserPresent, Code::UserNotPresent},
        {good & ~UserVerified, Code::UserNotVerified}, {good | ::support::BackupEligible, Code::BackupEligible},
        {good | ::support::BackedUp, Code::BackedUp}, {good & ~AttestedData, Code::AttestedCredentialMissing}};
    for (const auto& [flags, code] : cases) {
        m_options.flags = static_cast<std::uint8_t>(flags);
        EXPECT_EQ(refusal(), code) << flags;
    }
    m_options.flags = good;
    m_options.rpId = "evil.example";
    EXPECT_EQ(refusal(), Code::WrongRelyingParty);
}

TEST_F(ARegistration, NeedsProtectionByUserVerification)
{
    for (const std::optional<std::int64_t> level :
        {std::optional<std::int64_t>(1), std::optional<std::int64_t>(2), {}}) {
        m_options.credProtect = level;
        EXPECT_EQ(refusal(), Code::ProtectionMissing);
    }
    m_options.flags = static_cast<std::uint8_t>(m_options.flags & ~support::ExtensionData);
    EXPECT_EQ(refusal(), Code::ProtectionMissing);
    m_options.flags |= support::ExtensionData;
    m_options.credProtect = 4;
    EXPECT_EQ(refusal(), Code::AuthenticatorDataMalformed);
}

TEST_F(ARegistration, OfAWeakOrMalformedKeyIsRefused)
{
    m_options.coseKey = Bytes{0xa0};
    EXPECT_EQ(refusal(), Code::KeyRefused);
    m_options.coseKey = support::coseKeyOf(*support::generateKey(Algorithm::Rs256, 1024), Algorithm::Rs256);
    EXPECT_EQ(refusal(), Code::KeyRefused);
}

TEST_F(ARegistration, WithoutTheMakersWordIsRefused)
{
    m_options.format = "none";
    EXPECT_EQ(refusal(), Code::AttestationNone);
    for (const char* format : {"fido-u2f", "tpm", "android-key", "apple", "", "Packed"}) {
        m_options.format = format;
        EXPECT_EQ(refusal(), Code::AttestationFormat) << format;
    }
    m_options.format = "packed";
    m_options.selfAttested = true;
    EXPECT_EQ(refusal(), Code::AttestationSelf);
}

TEST_F(ARegistration, WithAnAlgorithmThatIsNotTheCertificatesIsRefused)
{
    for (const std::int64_t algorithm : {-8, -35, -257, -37, -65535, 7, 0}) {
        m_options.attestationAlgorithm = algorithm;
        EXPECT_EQ(refusal(), Code::AttestationAlgorithm) << algorithm;
    }
}

TEST_F(ARegistration, WithAnotherSubjectIsRefused)
{
    for (std::string support::AttestationOptions::*attribute :
        {&support::AttestationOptions::country, &support::AttestationOptions::organisation,
            &support::AttestationOptions::unit, &support::AttestationOptions::commonName}) {
        m_certificate.*attribute = "";
        EXPECT_EQ(refusalOfCertificate(), Code::AttestationSubject);
    }
    m_certificate.unit = "authenticator attestation";
    EXPECT_EQ(refusalOfCertificate(), Code::AttestationSubject);
}

TEST_F(ARegistration, WithACertificateThatIsNoLeafOfVersion3IsRefused)
{
    m_certificate.version = 1;
    EXPECT_EQ(refusalOfCertificate(), Code::AttestationCertificateVersion);
    m_certificate.constraints = "critical,CA:TRUE";
    EXPECT_EQ(refusalOfCertificate(), Code::AttestationAuthority);
    m_certificate.constraints = "";
    EXPECT_EQ(refusalOfCertificate(), Code::AttestationAuthority);
}

TEST_F(ARegistration, OutsideOfTheDatesOfItsCertificateIsRefused)
{
    m_certificate.notAfter = std::chrono::hours(-1);
    EXPECT_EQ(refusalOfCertificate(), Code::AttestationExpired);
    m_certificate.notBefore = std::chrono::hours(1);
    EXPECT_EQ(refusalOfCertificate(), Code::AttestationNotYetValid);
    m_attester = m_ca.issue(m_certificate);
    m_world.clock.shiftUtc(std::chrono::hours(24 * 366));
    EXPECT_EQ(refusal(), Code::AttestationExpired);
}

TEST_F(ARegistration, OfAnotherModelThanTheCertificateSaysIsRefused)
{
    m_certificate.hasModel = false;
    EXPECT_EQ(refusalOfCertificate(), Code::AttestationModel);
    m_certificate.model[15] ^= 1;
    EXPECT_EQ(refusalOfCertificate(), Code::AttestationModel);
    m_certificate.modelIsCritical = true;
    EXPECT_EQ(refusalOfCertificate(), Code::AttestationUntrusted);
    m_certificate.modelValue = Bytes(Model.begin(), Model.end()); // not wrapped in an OCTET STRING
    EXPECT_EQ(refusalOfCertificate(), Code::AttestationModel);
    m_attester = m_ca.issue(m_certificate);
    m_options.model[0] ^= 1;
    EXPECT_EQ(refusal(), Code::AttestationModel);
}

TEST_F(ARegistration, MustLeadToAPinnedRootInOrder)
{
    const auto good = m_ca.issue(m_certificate);
    const auto refusalOfChain = [&](std::vector<Bytes> chain) {
        m_attester.chain = std::move(chain);
        return refusal();
    };
    m_attester = m_ca.issue(m_certificate);
    const auto chain = m_attester.chain;
    EXPECT_EQ(refusalOfChain({chain[0]}), Code::AttestationUntrusted) << "the leaf alone";
    EXPECT_EQ(refusalOfChain({chain[1], chain[0]}), Code::AttestationAuthority) << "in reverse";
    EXPECT_EQ(refusalOfChain({chain[0], m_ca.rootDer(), chain[1]}), Code::AttestationChainOrder);
    EXPECT_EQ(refusalOfChain({chain[0], chain[1], chain[1]}), Code::AttestationChainOrder);
    auto trailing = chain;
    trailing[0].push_back(0);
    EXPECT_EQ(refusalOfChain(trailing), Code::AttestationMalformed);
    EXPECT_EQ(refusalOfChain({chain[0], chain[1], m_ca.rootDer(), m_ca.rootDer(), m_ca.rootDer()}),
        Code::AttestationMalformed);
    EXPECT_EQ(refusalOfChain({good.chain[0], chain[1]}), Code::AttestationSignatureWrong)
        << "another key's certificate";

    const support::AttestationCa stranger(m_world.clock.utc());
    m_attester = stranger.issue(m_certificate);
    EXPECT_EQ(refusal(), Code::AttestationUntrusted) << "unknown root of the same name";
    auto withRoot = m_attester.chain;
    withRoot.push_back(stranger.rootDer());
    EXPECT_EQ(refusalOfChain(withRoot), Code::AttestationUntrusted) << "a chain brings its own root";
    m_attester = stranger.issue(m_certificate);
    EXPECT_EQ(refusalOfChain({m_attester.chain[0], chain[1]}), Code::AttestationUntrusted) << "signed by another key";

    m_attester = m_ca.issue(m_certificate);
    withRoot = m_attester.chain;
    withRoot.push_back(m_ca.rootDer());
    m_attester.chain = withRoot;
    EXPECT_TRUE(std::holds_alternative<Credential>(enrol())) << "the root may be there too";
}

TEST_F(ARegistration, MayLeadToAPinnedIntermediate)
{
    pin(m_ca.intermediatePem());
    m_attester = m_ca.issue(m_certificate);
    m_attester.chain.pop_back();
    EXPECT_TRUE(std::holds_alternative<Credential>(enrol()));
}

TEST_F(ARegistration, WithAStatementOfAnotherFormIsRefused)
{
    const auto challengeAndCode = [&](auto change) {
        const auto challenge = ask();
        auto registration = make(challenge);
        change(registration.statement);
        return codeOf(verify(challenge, registration));
    };
    EXPECT_EQ(challengeAndCode([](Bytes& statement) { statement.push_back(0); }), Code::AttestationMalformed);
    EXPECT_EQ(challengeAndCode([](Bytes& statement) { statement.clear(); }), Code::AttestationMalformed);
    EXPECT_EQ(challengeAndCode([](Bytes& statement) { statement.pop_back(); }), Code::AttestationMalformed);
    EXPECT_EQ(challengeAndCode([](Bytes& statement) { statement.assign(MaxStatementSize + 1, 0); }),
        Code::AttestationMalformed);
    EXPECT_EQ(challengeAndCode([](Bytes& statement) { statement[0] = 0xa4; }), Code::AttestationMalformed);
}

TEST_F(ARegistration, OfAModelThatIsNotAllowedIsRefused)
{
    m_policy.models = {};
    EXPECT_EQ(refusal(), Code::ModelNotAllowed);
    m_policy.models = {Aaguid{}};
    EXPECT_EQ(refusal(), Code::ModelNotAllowed);
}

TEST_F(ARegistration, OfAKeyThatIsOrWasEnrolledIsRefused)
{
    ASSERT_TRUE(std::holds_alternative<Credential>(enrol()));
    EXPECT_EQ(refusal(), Code::AlreadyEnrolled);
    ASSERT_TRUE(m_world.registry.revoke(idOf(0x55), m_world.clock.utc()));
    EXPECT_EQ(refusal(), Code::AlreadyEnrolled);
}

TEST_F(ARegistration, BeyondWhatAPersonMayHaveIsRefused)
{
    Credential credential = *m_world.registry.find(m_world.key.id());
    for (std::uint8_t i = 1; i < MaxCredentialsPerUser; ++i) {
        credential.id = idOf(static_cast<std::uint8_t>(0x80 + i));
        ASSERT_TRUE(m_world.registry.add(credential));
    }
    EXPECT_EQ(refusal(), Code::TooManyCredentials);
    ASSERT_TRUE(m_world.registry.revoke(credential.id, m_world.clock.utc()));
    EXPECT_TRUE(std::holds_alternative<Credential>(enrol()));
}

TEST(AttestationRootsOfAFile, AreAllReadOrNone)
{
    const support::AttestationCa ca(support::FakeClock().utc());
    EXPECT_EQ(AttestationRoots::fromPem(ca.rootPem() + ca.intermediatePem())->certificates().size(), 2U);
    EXPECT_FALSE(AttestationRoots::fromPem(""));
    EXPECT_FALSE(AttestationRoots::fromPem("no certificate"));
    auto cut = ca.rootPem() + ca.intermediatePem();
    cut.resize(cut.size() - 60);
    EXPECT_FALSE(AttestationRoots::fromPem(cut));
}

}
