#pragma once

#include "core/stepup/challenge_book.h"
#include "core/stepup/credential_registry.h"
#include "core/stepup/refusal.h"

#include <variant>

namespace stepup {

/// An approval that holds: this person, on this connection, touched this key for exactly this action.
struct Approval {
    Scope scope = Scope::Session;
    Action action;
    Digest actionDigest{};
    UserId user;
    CredentialId credential;
    std::uint32_t signCount = 0; ///< the registry has it already; write it down before acting on the approval
    std::string clientDataJson; ///< evidence, with the two that follow
    Bytes authenticatorData{};
    Bytes signature{}; ///< over the authenticator data and the SHA-256 of the client data

    friend bool operator==(const Approval&, const Approval&) = default;
};

/// Judges assertions for the policy enforcement point. One thread, that of the book and the registry.
class AssertionVerifier {
public:
    /// `rpId`: a domain of the firm that serves no web content.
    AssertionVerifier(std::string rpId, ChallengeBook& book, CredentialRegistry& registry);

    /// `challenge` is what the answer says it answers; `peer` is this server's own knowledge. The challenge is consumed
    /// whatever the outcome. The checks and their order: VerifyRefusal, docs/step-up.md.
    [[nodiscard]] std::variant<Approval, Refusal> verify(
        const Peer& peer, ByteView challenge, const Assertion& assertion);

private:
    std::string m_rpId;
    ChallengeBook& m_book;
    CredentialRegistry& m_registry;
};

}
