#pragma once

#include "core/stepup/attestation.h"
#include "core/stepup/challenge_book.h"
#include "core/stepup/credential_registry.h"
#include "core/stepup/refusal.h"

#include <set>
#include <variant>

namespace stepup {

/// Which security keys this firm accepts.
struct RegistrationPolicy {
    std::string rpId; ///< a domain of the firm that serves no web content
    AttestationRoots roots;
    std::set<Aaguid> models; ///< allow-list; empty allows none
};

/// Judges registrations for the policy enforcement point. One thread, that of the book and the registry.
class RegistrationVerifier {
public:
    /// `policy` must live as long as the verifier.
    RegistrationVerifier(
        const RegistrationPolicy& policy, ChallengeBook& book, CredentialRegistry& registry, const base::Clock& clock);

    /// `challenge` is what the answer says it answers, and is consumed whatever the outcome; `peer` is this server's
    /// own knowledge. What is returned is in the registry already; write it down before telling the person.
    [[nodiscard]] std::variant<Credential, Refusal> verify(
        const Peer& peer, ByteView challenge, const Registration& registration);

private:
    /// What the security key said, and the credential that it made.
    [[nodiscard]] MaybeRefusal checkCredential(const AuthenticatorData& data, Algorithm& algorithm) const;
    [[nodiscard]] MaybeRefusal enrol(const Credential& credential);

    const RegistrationPolicy& m_policy;
    ChallengeBook& m_book;
    CredentialRegistry& m_registry;
    const base::Clock& m_clock;
};

}
