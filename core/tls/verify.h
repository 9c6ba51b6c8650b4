#pragma once

#include "core/base/result.h"
#include "core/tls/context.h"

#include <openssl/ssl.h>

#include <optional>

namespace tls {

/// What judging the peer's certificate came to.
struct Verification {
    std::optional<base::Error> failure;
    bool pinned = false; ///< its fingerprint is one of the policy's
};

/// Makes `context` judge every peer by `trust`: anchors, dates, purpose, name, revocation, pins. `trust` must live as
/// long as the context. Errors: Configuration.
[[nodiscard]] base::Status applyTrust(SSL_CTX& context, const TrustPolicy& trust, bool isServer);

/// Where the judgement of this connection's peer is written. `verification` must outlive the handshake.
void recordVerification(SSL& ssl, Verification& verification);

/// True for an IPv4 or IPv6 address, which needs no SNI and is compared as an address.
[[nodiscard]] bool isIpAddress(const std::string& name);

}
