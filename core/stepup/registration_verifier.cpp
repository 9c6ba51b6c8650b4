#include "core/stepup/registration_verifier.h"

#include "core/stepup/answer_checks.h"

namespace stepup {

namespace {

using Code = VerifyRefusal;

constexpr std::int64_t VerificationRequired = 3; ///< credProtect: unusable, and not even found, without PIN

MaybeRefusal checkClientData(
    const IssuedChallenge& issued, const Peer& peer, const std::string& rpId, const Digest& signedHash)
{
    const auto hash = clientDataHash(clientDataOf(issued, peer, rpId));
    if (!hash)
        return Refusal{Code::ClientDataMismatch, hash.error().detail};
    if (!equalInConstantTime(*hash, signedHash))
        return Refusal{
            Code::ClientDataMismatch, "other client data was signed than this challenge, action and connection make"};
    return std::nullopt;
}

std::string keyNameOf(const Action& action)
{
    const auto* enrolment = std::get_if<EnrolKey>(&action);
    return enrolment ? enrolment->keyName : std::string();
}

}

RegistrationVerifier::RegistrationVerifier(
    const RegistrationPolicy& policy, ChallengeBook& book, CredentialRegistry& registry, const base::Clock& clock)
    : m_policy(policy)
    , m_book(book)
    , m_registry(registry)
    , m_clock(clock)
{
}

MaybeRefusal RegistrationVerifier::checkCredential(const AuthenticatorData& data, Algorithm& algorithm) const
{
    if (auto refusal = checkAuthenticator(data, m_policy.rpId))
        return refusal;
    if (!data.attested)
        return Refusal{Code::AttestedCredentialMissing, "the registration carries no attested credential"};
    const auto key = parseCoseKey(data.attested->coseKey);
    if (!key)
        return Refusal{Code::KeyRefused, key.error().detail};
    algorithm = key->algorithm;
    if (data.credProtect != VerificationRequired)
        return Refusal{
            Code::ProtectionMissing, "the credential is not protected by user verification (credProtect level 3)"};
    return std::nullopt;
}

MaybeRefusal RegistrationVerifier::enrol(const Credential& credential)
{
    if (!m_policy.models.contains(credential.aaguid))
        return Refusal{Code::ModelNotAllowed, "security keys of this model (AAGUID) are not on the allow-list"};
    if (m_registry.find(credential.id))
        return Refusal{Code::AlreadyEnrolled, "this security key is already enrolled, or was and is revoked"};
    if (const auto added = m_registry.add(credential); !added)
        return Refusal{Code::TooManyCredentials, added.error().detail};
    return std::nullopt;
}

std::variant<Credential, Refusal> RegistrationVerifier::verify(
    const Peer& peer, ByteView challenge, const Registration& registration)
{
    auto taken = takeChallenge(m_book, challenge, peer, Answer::Registration);
    if (auto* refusal = std::get_if<Refusal>(&taken))
        return std::move(*refusal);
    const auto& issued = std::get<IssuedChallenge>(taken);
    if (auto refusal = checkClientData(issued, peer, m_policy.rpId, registration.clientDataHash))
        return *std::move(refusal);
    const auto data = parseAuthenticatorData(registration.authenticatorData);
    if (!data)
        return Refusal{Code::AuthenticatorDataMalformed, data.error().detail};
    Credential credential;
    if (auto refusal = checkCredential(*data, credential.algorithm))
        return *std::move(refusal);
    if (auto refusal = checkAttestation(registration.format, registration.statement, registration.authenticatorData,
            registration.clientDataHash, data->attested->aaguid, m_policy.roots, m_clock.utc()))
        return *std::move(refusal);
    credential.id = data->attested->id;
    credential.coseKey = data->attested->coseKey;
    credential.aaguid = data->attested->aaguid;
    credential.signCount = data->signCount;
    credential.user = peer.user;
    credential.certificate = peer.certificate;
    credential.name = keyNameOf(issued.action);
    credential.enrolledAt = m_clock.utc();
    if (auto refusal = enrol(credential))
        return *std::move(refusal);
    return credential;
}

}
