#include "core/stepup/credential_registry.h"

#include "core/stepup/plain_text.h"

#include <algorithm>

namespace stepup {

namespace {

using base::Errc;
using base::Error;

Error notEnrolled()
{
    return {Errc::NotFound, "no such security key is enrolled"};
}

}

const Credential* CredentialRegistry::find(ByteView id) const
{
    const auto found = m_credentials.find(CredentialId(id.begin(), id.end()));
    return found == m_credentials.end() ? nullptr : &found->second;
}

Credential* CredentialRegistry::mutableFind(ByteView id)
{
    const auto found = m_credentials.find(CredentialId(id.begin(), id.end()));
    return found == m_credentials.end() ? nullptr : &found->second;
}

std::vector<Credential> CredentialRegistry::of(const UserId& user) const
{
    std::vector<Credential> found;
    for (const auto& [id, credential] : m_credentials)
        if (credential.user == user)
            found.push_back(credential);
    return found;
}

std::vector<CredentialId> CredentialRegistry::usable(
    const UserId& user, const CertificateFingerprint& certificate) const
{
    std::vector<CredentialId> found;
    for (const auto& [id, credential] : m_credentials)
        if (credential.user == user && credential.certificate == certificate && !credential.revokedAt)
            found.push_back(id);
    return found;
}

base::Status CredentialRegistry::add(Credential credential)
{
    if (find(credential.id))
        return Error{Errc::Duplicate, "this security key is already enrolled, or was and is revoked"};
    const auto held = std::count_if(m_credentials.begin(), m_credentials.end(),
        [&](const auto& entry) { return entry.second.user == credential.user && !entry.second.revokedAt; });
    if (static_cast<std::size_t>(held) >= MaxCredentialsPerUser)
        return Error{Errc::LimitExceeded, "this person has 16 security keys; revoke one that is no longer used"};
    auto id = credential.id;
    m_credentials.emplace(std::move(id), std::move(credential));
    return base::Ok{};
}

base::Status CredentialRegistry::revoke(ByteView id, base::UtcTime at)
{
    Credential* credential = mutableFind(id);
    if (!credential)
        return notEnrolled();
    if (!credential->revokedAt)
        credential->revokedAt = at;
    return base::Ok{};
}

base::Status CredentialRegistry::rename(ByteView id, std::string name)
{
    if (auto plain = checkPlainText("the name of the security key", name); !plain)
        return plain;
    Credential* credential = mutableFind(id);
    if (!credential)
        return notEnrolled();
    credential->name = std::move(name);
    return base::Ok{};
}

void CredentialRegistry::rebind(
    const UserId& user, const CertificateFingerprint& before, const CertificateFingerprint& after)
{
    for (auto& [id, credential] : m_credentials)
        if (credential.user == user && credential.certificate == before)
            credential.certificate = after;
}

base::Status CredentialRegistry::noteUse(ByteView id, base::UtcTime at)
{
    Credential* credential = mutableFind(id);
    if (!credential)
        return notEnrolled();
    credential->lastUsedAt = std::max(credential->lastUsedAt.value_or(at), at);
    return base::Ok{};
}

base::Status CredentialRegistry::noteCounter(ByteView id, std::uint32_t signCount)
{
    Credential* credential = mutableFind(id);
    if (!credential)
        return notEnrolled();
    credential->signCount = signCount;
    return base::Ok{};
}

}
