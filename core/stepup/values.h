#pragma once

#include "core/base/clock.h"
#include "core/base/id.h"
#include "core/stepup/action.h"
#include "core/stepup/authenticator_data.h"
#include "core/stepup/bytes.h"
#include "core/stepup/cose_key.h"

#include <optional>
#include <string>
#include <vector>

/// The values that the desk and the policy enforcement point share.
namespace stepup {

/// A person, as the firm names them.
using UserId = base::Id<struct UserTag>;
using CredentialId = Bytes;
/// SHA-256 of a TLS certificate in DER form.
using CertificateFingerprint = Digest;

/// A security key of a person, as the server keeps it.
struct Credential {
    CredentialId id;
    Bytes coseKey; ///< public
    Algorithm algorithm = Algorithm::Es256; ///< that of coseKey
    Aaguid aaguid{};
    std::uint32_t signCount = 0; ///< of its latest accepted assertion
    UserId user;
    CertificateFingerprint certificate{}; ///< the only TLS certificate under which it counts
    std::string name; ///< given by the person
    base::UtcTime enrolledAt;
    std::optional<base::UtcTime> revokedAt;
    std::optional<base::UtcTime> lastUsedAt{}; ///< its latest accepted assertion; absent: none yet

    friend bool operator==(const Credential&, const Credential&) = default;
};

/// What the server asks, as it goes to the desk.
struct Challenge {
    Digest bytes{}; ///< random; names the challenge too
    std::uint64_t seq = 0; ///< number of the challenge; enters the client data
    Scope scope = Scope::Session;
    std::string reason; ///< why a touch is asked for, for the person
    Digest action{}; ///< digest of the action
    std::vector<std::string> displayLines; ///< the action in words
    base::UtcTime expires; ///< for the person; the server measures with its monotonic clock
    std::vector<CredentialId> allowed; ///< to answer with; empty where a new key registers

    friend bool operator==(const Challenge&, const Challenge&) = default;
};

/// The answer to a challenge. Worth nothing once the challenge is taken, and nothing on another connection; still it
/// belongs in no log while in flight.
struct Assertion {
    CredentialId credentialId;
    Bytes authenticatorData;
    Bytes signature;

    friend bool operator==(const Assertion&, const Assertion&) = default;
};

/// The answer to a challenge that asks to enrol.
struct Registration {
    Bytes authenticatorData;
    std::string format; ///< of the attestation statement
    Bytes statement; ///< attestation statement, CBOR
    Digest clientDataHash{}; ///< that the desk had signed; only compared

    friend bool operator==(const Registration&, const Registration&) = default;
};

/// Whom the server talks to, from its own knowledge of the TLS connection and the FIX session on it.
struct Peer {
    UserId user;
    CertificateFingerprint certificate{}; ///< presented in this handshake
    Digest channelBinding{}; ///< 32 bytes of "EXPORTER-Channel-Binding", no context: RFC 9266
    std::string session;

    friend bool operator==(const Peer&, const Peer&) = default;
};

}
