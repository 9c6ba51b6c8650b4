#include "core/stepup/assertion_verifier.h"

#include "core/stepup/answer_checks.h"

namespace stepup {

namespace {

using Code = VerifyRefusal;

bool isAllowed(const Challenge& challenge, ByteView id)
{
    bool found = false;
    for (const auto& allowed : challenge.allowed)
        found |= equalInConstantTime(allowed, id);
    return found;
}

MaybeRefusal checkCredential(const Credential* credential, const Peer& peer)
{
    if (!credential)
        return Refusal{Code::CredentialUnknown, "the security key is not enrolled"};
    if (credential->user != peer.user)
        return Refusal{Code::CredentialOfOtherUser, "the security key is enrolled for another person"};
    if (credential->revokedAt)
        return Refusal{Code::CredentialRevoked, "the security key " + credential->name + " is revoked"};
    if (!equalInConstantTime(credential->certificate, peer.certificate))
        return Refusal{Code::CredentialOfOtherCertificate,
            "the security key " + credential->name + " is bound to another certificate than this connection's"};
    return std::nullopt;
}

MaybeRefusal checkSignature(const Credential& credential, const Assertion& assertion, const std::string& clientDataJson)
{
    const auto key = parseCoseKey(credential.coseKey);
    if (!key || key->algorithm != credential.algorithm)
        return Refusal{Code::KeyUnusable, "the enrolled public key of " + credential.name + " cannot be read"};
    Bytes message = assertion.authenticatorData;
    append(message, sha256(bytesOf(clientDataJson)));
    if (!verifySignature(*key->key, key->algorithm, message, assertion.signature))
        return Refusal{Code::SignatureWrong,
            "the signature is not that of " + credential.name + " for this challenge, action and connection"};
    return std::nullopt;
}

/// WebAuthn leaves a counter that does not rise to the server's policy. Here only hardware counts, and it never does.
MaybeRefusal checkCounter(const Credential& credential, std::uint32_t signCount)
{
    if (signCount > credential.signCount || (signCount == 0 && credential.signCount == 0))
        return std::nullopt;
    return Refusal{Code::CounterNotRisen,
        "the counter of " + credential.name + " is " + std::to_string(signCount) + " after "
            + std::to_string(credential.signCount) + ": the security key may have been cloned"};
}

}

AssertionVerifier::AssertionVerifier(std::string rpId, ChallengeBook& book, CredentialRegistry& registry)
    : m_rpId(std::move(rpId))
    , m_book(book)
    , m_registry(registry)
{
}

std::variant<Approval, Refusal> AssertionVerifier::verify(
    const Peer& peer, ByteView challenge, const Assertion& assertion)
{
    auto taken = takeChallenge(m_book, challenge, peer, Answer::Assertion);
    if (auto* refusal = std::get_if<Refusal>(&taken))
        return std::move(*refusal);
    const auto& issued = std::get<IssuedChallenge>(taken);
    if (!isAllowed(issued.challenge, assertion.credentialId))
        return Refusal{Code::CredentialNotAllowed, "the challenge does not name this security key"};
    const Credential* credential = m_registry.find(assertion.credentialId);
    if (auto refusal = checkCredential(credential, peer))
        return *std::move(refusal);

    const auto data = parseAuthenticatorData(assertion.authenticatorData);
    if (!data)
        return Refusal{Code::AuthenticatorDataMalformed, data.error().detail};
    if (auto refusal = checkAuthenticator(*data, m_rpId))
        return *std::move(refusal);
    if (data->attested)
        return Refusal{Code::AttestedCredentialUnexpected, "an assertion carries no attested credential"};

    auto json = clientDataJson(clientDataOf(issued, peer, m_rpId));
    if (!json)
        return Refusal{Code::ClientDataMismatch, json.error().detail};
    if (auto refusal = checkSignature(*credential, assertion, *json))
        return *std::move(refusal);
    if (auto refusal = checkCounter(*credential, data->signCount))
        return *std::move(refusal);
    if (const auto noted = m_registry.noteCounter(assertion.credentialId, data->signCount); !noted)
        return Refusal{Code::CredentialUnknown, noted.error().detail};
    return Approval{.scope = issued.challenge.scope,
        .action = issued.action,
        .actionDigest = issued.challenge.action,
        .user = peer.user,
        .credential = assertion.credentialId,
        .signCount = data->signCount,
        .clientDataJson = *std::move(json),
        .authenticatorData = assertion.authenticatorData,
        .signature = assertion.signature};
}

}
