#include "core/stepup/assertion_verifier.h"
#include "core/stepup/client_data.h"
#include "core/stepup/registration_verifier.h"
#include "tests/system/security_keys/key_fixture.h"

#include <algorithm>
#include <array>
#include <map>
#include <variant>

/// A whole step-up: a security key behind the real libfido2 at one end, the relying party's verifier at the other. What
/// the key cannot know, the verifier must refuse.
namespace {

using stepup::VerifyRefusal;

stepup::Digest filled(std::uint8_t value)
{
    stepup::Digest digest{};
    digest.fill(value);
    return digest;
}

fido::Bytes bytesOf(const stepup::Digest& digest)
{
    return {digest.begin(), digest.end()};
}

class StepUp : public KeyTest {
protected:
    StepUp()
    {
        const std::string pem = virtualKeys.ask({{"do", "roots"}, {"key", 0}})["pem"];
        auto roots = stepup::AttestationRoots::fromPem(pem);
        EXPECT_TRUE(roots);
        policy.rpId = RpId;
        policy.roots = *std::move(roots);
        const auto model = list().at(0).aaguid;
        stepup::Aaguid aaguid{};
        std::copy(model.begin(), model.end(), aaguid.begin());
        policy.models = {aaguid};
    }

    stepup::Challenge ask(const stepup::Action& action, std::vector<stepup::CredentialId> allowed = {})
    {
        auto challenge = book.issue(peer, action, "first deal of the day", std::move(allowed));
        EXPECT_TRUE(challenge);
        return challenge.value_or({});
    }
    /// What the desk has signed: from what it was sent and its own end of the connection.
    stepup::Digest hashOf(const stepup::Challenge& challenge, const stepup::Peer& end)
    {
        const stepup::ClientData data{
            challenge.scope, challenge.bytes, RpId, challenge.action, end.channelBinding, end.session, challenge.seq};
        return stepup::clientDataHash(data).value_or({});
    }
    std::variant<stepup::Credential, stepup::Refusal> enrol()
    {
        const auto challenge = ask(stepup::EnrolKey{"alice", "Blue key"});
        auto request = enrolment();
        const auto signedHash = hashOf(challenge, peer);
        request.clientDataHash = bytesOf(signedHash);
        const auto made = value(beginEnrol(request));
        return registrations.verify(
            peer, challenge.bytes, {made.authenticatorData, made.format, made.attestationStatement, signedHash});
    }
    stepup::Credential enrolledCredential()
    {
        const auto verdict = enrol();
        const auto* credential = std::get_if<stepup::Credential>(&verdict);
        EXPECT_NE(credential, nullptr) << std::get<stepup::Refusal>(verdict).detail;
        return credential ? *credential : stepup::Credential{};
    }
    stepup::Assertion touch(const stepup::Challenge& challenge, const stepup::Peer& end)
    {
        auto request = inquiry(challenge.allowed);
        request.clientDataHash = bytesOf(hashOf(challenge, end));
        const auto made = value(beginAssert(request));
        return {made.credentialId, made.authenticatorData, made.signature};
    }
    VerifyRefusal refusalOf(const std::variant<stepup::Approval, stepup::Refusal>& verdict)
    {
        const auto* refusal = std::get_if<stepup::Refusal>(&verdict);
        EXPECT_NE(refusal, nullptr) << "approved";
        return refusal ? refusal->code : VerifyRefusal::TooManyCredentials;
    }

    static stepup::Action action() { return stepup::OpenSession{"VENUE-X", "alice"}; }

    stepup::SystemRandom random;
    stepup::ChallengeBook book{clock, random};
    stepup::CredentialRegistry registry;
    stepup::RegistrationPolicy policy;
    stepup::RegistrationVerifier registrations{policy, book, registry, clock};
    stepup::AssertionVerifier assertions{RpId, book, registry};
    const stepup::Peer peer{stepup::UserId("alice"), filled(0xa1), filled(0xcb), "DESK>VENUE"};
};

}

TEST_F(StepUp, AKeyIsEnrolledAndApprovesExactlyTheAction)
{
    const auto credential = enrolledCredential();
    EXPECT_EQ(credential.name, "Blue key");
    const auto challenge = ask(action(), {credential.id});
    const auto verdict = assertions.verify(peer, challenge.bytes, touch(challenge, peer));
    const auto* approval = std::get_if<stepup::Approval>(&verdict);
    ASSERT_NE(approval, nullptr) << std::get<stepup::Refusal>(verdict).detail;
    EXPECT_EQ(approval->action, action());
    EXPECT_EQ(approval->credential, credential.id);
}

TEST_F(StepUp, AnAnswerCountsOnce)
{
    const auto credential = enrolledCredential();
    const auto challenge = ask(action(), {credential.id});
    const auto answer = touch(challenge, peer);
    EXPECT_TRUE(std::holds_alternative<stepup::Approval>(assertions.verify(peer, challenge.bytes, answer)));
    EXPECT_EQ(refusalOf(assertions.verify(peer, challenge.bytes, answer)), VerifyRefusal::ChallengeUnknown);
}

TEST_F(StepUp, AnAnswerForAnotherActionOrFromAnotherConnectionIsRefused)
{
    const auto credential = enrolledCredential();
    auto challenge = ask(action(), {credential.id});
    challenge.action = filled(0x77); // the desk was shown something else
    EXPECT_EQ(
        refusalOf(assertions.verify(peer, challenge.bytes, touch(challenge, peer))), VerifyRefusal::SignatureWrong);

    auto elsewhere = peer;
    elsewhere.channelBinding = filled(0xcc);
    const auto second = ask(action(), {credential.id});
    EXPECT_EQ(
        refusalOf(assertions.verify(peer, second.bytes, touch(second, elsewhere))), VerifyRefusal::SignatureWrong);
    const auto third = ask(action(), {credential.id});
    EXPECT_EQ(refusalOf(assertions.verify(elsewhere, third.bytes, touch(third, elsewhere))),
        VerifyRefusal::ChallengeOfOtherConnection);
}

TEST_F(StepUp, ACounterThatDoesNotRiseIsAClone)
{
    virtualKeys.ask({{"do", "build"}, {"counter", 40}});
    const auto credential = enrolledCredential();
    const auto earlier = ask(action(), {credential.id});
    EXPECT_TRUE(std::holds_alternative<stepup::Approval>(assertions.verify(peer, earlier.bytes, touch(earlier, peer))));
    virtualKeys.ask({{"do", "build"}, {"counter", 5}});
    const auto second = ask(action(), {credential.id});
    EXPECT_EQ(refusalOf(assertions.verify(peer, second.bytes, touch(second, peer))), VerifyRefusal::CounterNotRisen);
}

TEST_F(StepUp, AnotherKeyThanTheOneThatIsAllowedIsRefused)
{
    const auto credential = enrolledCredential();
    virtualKeys.unplug(0);
    addSecond();
    const auto stranger = value(beginEnrol(enrolment()));
    auto challenge = ask(action(), {credential.id});
    challenge.allowed = {stranger.credentialId}; // a desk that asks whom it likes
    EXPECT_EQ(refusalOf(assertions.verify(peer, challenge.bytes, touch(challenge, peer))),
        VerifyRefusal::CredentialNotAllowed);
}

TEST_F(StepUp, OnlyAnAttestationOfAModelThatIsAllowedIsTaken)
{
    const std::map<std::string, VerifyRefusal> variants{{"none", VerifyRefusal::AttestationNone},
        {"self", VerifyRefusal::AttestationSelf}, {"bad-signature", VerifyRefusal::AttestationSignatureWrong},
        {"wrong-aaguid", VerifyRefusal::AttestationModel}, {"bad-ou", VerifyRefusal::AttestationSubject},
        {"ca-flag", VerifyRefusal::AttestationAuthority}, {"expired", VerifyRefusal::AttestationExpired},
        {"leaf-only", VerifyRefusal::AttestationUntrusted}, {"unknown-root", VerifyRefusal::AttestationUntrusted}};
    for (const auto& [variant, expected] : variants) {
        SCOPED_TRACE(variant);
        virtualKeys.ask({{"do", "build"}, {"attestation", variant}});
        const auto verdict = enrol();
        const auto* refusal = std::get_if<stepup::Refusal>(&verdict);
        ASSERT_NE(refusal, nullptr) << "enrolled";
        EXPECT_EQ(refusal->code, expected) << refusal->detail;
    }
    virtualKeys.ask({{"do", "build"}, {"attestation", "packed"}});
    policy.models = {stepup::Aaguid{}};
    const auto verdict = enrol();
    ASSERT_TRUE(std::holds_alternative<stepup::Refusal>(verdict));
    EXPECT_EQ(std::get<stepup::Refusal>(verdict).code, VerifyRefusal::ModelNotAllowed);
    EXPECT_TRUE(registry.of(peer.user).empty());
}
