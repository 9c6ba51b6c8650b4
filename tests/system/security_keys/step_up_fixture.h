#pragma once

#include "core/stepup/assertion_verifier.h"
#include "core/stepup/client_data.h"
#include "core/stepup/registration_verifier.h"
#include "tests/support/fake_clock.h"
#include "tests/system/security_keys/key_fixture.h"

#include <algorithm>
#include <variant>

inline stepup::Digest filled(std::uint8_t value)
{
    stepup::Digest digest{};
    digest.fill(value);
    return digest;
}

inline fido::Bytes bytesOf(const stepup::Digest& digest)
{
    return {digest.begin(), digest.end()};
}

/// A whole step-up: a security key behind the real libfido2 at one end, the relying party's verifier at the other. What
/// the key cannot know, the verifier must refuse.
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
    template <typename T>
    stepup::VerifyRefusal refusalOf(const std::variant<T, stepup::Refusal>& verdict)
    {
        const auto* refusal = std::get_if<stepup::Refusal>(&verdict);
        EXPECT_NE(refusal, nullptr) << "approved";
        return refusal ? refusal->code : stepup::VerifyRefusal::TooManyCredentials;
    }

    static stepup::Action action() { return stepup::OpenSession{"VENUE-X", "alice"}; }

    support::FakeClock venueClock; ///< of what it has asked
    stepup::SystemRandom random;
    stepup::ChallengeBook book{venueClock, random};
    stepup::CredentialRegistry registry;
    stepup::RegistrationPolicy policy;
    stepup::RegistrationVerifier registrations{policy, book, registry, clock};
    stepup::AssertionVerifier assertions{RpId, book, registry};
    const stepup::Peer peer{stepup::UserId("alice"), filled(0xa1), filled(0xcb), "DESK>VENUE"};
};
