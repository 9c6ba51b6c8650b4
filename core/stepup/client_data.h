#pragma once

#include "core/base/result.h"
#include "core/stepup/action.h"
#include "core/stepup/bytes.h"

#include <cstdint>
#include <string>

/// The client data that an assertion or a registration signs (WebAuthn Level 2, 5.8.1), with a type and an origin of
/// our own: nothing that a browser ever signs verifies here, and nothing that is signed here verifies on a web page.
namespace stepup {

/// What both ends know without being told by the other: each builds the bytes from its own state.
struct ClientData {
    Scope scope = Scope::Session;
    Digest challenge{};
    std::string rpId;
    Digest action{}; ///< digest of the action
    Digest channelBinding{}; ///< exporter of this TLS connection: RFC 9266
    std::string session; ///< FIX session, as both ends spell it
    std::uint64_t seq = 0; ///< number of the challenge

    friend bool operator==(const ClientData&, const ClientData&) = default;
};

/// UTF-8 JSON: fixed members in a fixed order, no blanks, base64url without padding. Errors: InvalidInput, where rpId
/// or session is not UTF-8.
[[nodiscard]] base::Result<std::string> clientDataJson(const ClientData& data);
/// SHA-256 of it. Errors: those of clientDataJson().
[[nodiscard]] base::Result<Digest> clientDataHash(const ClientData& data);

}
