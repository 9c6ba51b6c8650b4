#pragma once

#include "core/base/result.h"
#include "core/stepup/values.h"

#include <map>

namespace stepup {

constexpr std::size_t MaxCredentialsPerUser = 16; ///< revoked ones not counted

/// The enrolled security keys of everybody on this server. Not durable: whoever owns it writes down what the verifiers
/// report before acting on it. One thread, that of the verifiers.
class CredentialRegistry {
public:
    /// Null where nobody has enrolled it. Valid until the next change.
    [[nodiscard]] const Credential* find(ByteView id) const;
    /// Revoked ones too, in the order of their ids.
    [[nodiscard]] std::vector<Credential> of(const UserId& user) const;
    /// Those that this person can answer with on this certificate.
    [[nodiscard]] std::vector<CredentialId> usable(const UserId& user, const CertificateFingerprint& certificate) const;

    /// Errors: Duplicate, LimitExceeded.
    [[nodiscard]] base::Status add(Credential credential);
    /// For good: a revoked credential keeps its id, so that it cannot be enrolled again. Revoking twice keeps the first
    /// time. Errors: NotFound.
    [[nodiscard]] base::Status revoke(ByteView id, base::UtcTime at);
    /// Errors: NotFound; InvalidInput, where the name is not plain text.
    [[nodiscard]] base::Status rename(ByteView id, std::string name);
    /// The person's certificate was renewed: credentials bound to the old one are bound to the new one.
    void rebind(const UserId& user, const CertificateFingerprint& before, const CertificateFingerprint& after);
    /// It was used at this time; an earlier one than what is known is not taken. Errors: NotFound.
    [[nodiscard]] base::Status noteUse(ByteView id, base::UtcTime at);
    /// The verifier accepted an assertion with this counter. Errors: NotFound.
    [[nodiscard]] base::Status noteCounter(ByteView id, std::uint32_t signCount);

private:
    Credential* mutableFind(ByteView id);

    std::map<CredentialId, Credential> m_credentials;
};

}
