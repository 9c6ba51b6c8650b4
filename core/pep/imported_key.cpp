#include "core/pep/imported_key.h"

#include "core/stepup/answer_checks.h"
#include "core/stepup/plain_text.h"

#include <utility>

namespace pep {

namespace {

using stepup::VerifyRefusal;

constexpr std::int64_t StrongestProtection = 3;

base::Error refused(VerifyRefusal code, const std::string& detail)
{
    return {base::Errc::Refused, std::string(stepup::refusalName(code)) + ": " + detail};
}

}

base::Result<stepup::Credential> importKey(
    const stepup::RegistrationPolicy& policy, const ImportedKey& key, base::UtcTime at)
{
    if (auto plain = stepup::checkPlainText("the name of the security key", key.name); !plain)
        return plain.error();
    if (key.rpId != policy.rpId)
        return refused(VerifyRefusal::WrongRelyingParty, "the key was enrolled for " + key.rpId);
    const auto data = stepup::parseAuthenticatorData(key.registration.authenticatorData);
    if (!data)
        return refused(VerifyRefusal::AuthenticatorDataMalformed, data.error().detail);
    if (const auto refusal = stepup::checkAuthenticator(*data, policy.rpId))
        return refused(refusal->code, refusal->detail);
    if (!data->attested)
        return refused(VerifyRefusal::AttestedCredentialMissing, "there is no credential in the authenticator data");
    auto publicKey = stepup::parseCoseKey(data->attested->coseKey);
    if (!publicKey)
        return refused(VerifyRefusal::KeyRefused, publicKey.error().detail);
    if (data->credProtect != StrongestProtection)
        return refused(VerifyRefusal::ProtectionMissing, "the credential may be used without its PIN");
    const auto hash = stepup::sha256(stepup::bytesOf(key.clientData));
    if (const auto refusal = stepup::checkAttestation(key.registration.format, key.registration.statement,
            key.registration.authenticatorData, hash, data->attested->aaguid, policy.roots, at))
        return refused(refusal->code, refusal->detail);
    if (!policy.models.contains(data->attested->aaguid))
        return refused(VerifyRefusal::ModelNotAllowed, "this model of security key is not on the allow-list");
    return stepup::Credential{.id = data->attested->id,
        .coseKey = data->attested->coseKey,
        .algorithm = publicKey->algorithm,
        .aaguid = data->attested->aaguid,
        .signCount = data->signCount,
        .user = key.user,
        .certificate = key.certificate,
        .name = key.name,
        .enrolledAt = at,
        .revokedAt = std::nullopt};
}

}
