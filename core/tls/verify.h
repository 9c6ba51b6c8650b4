#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/tls/context.h"
#include "core/tls/revocation_lists.h"

#include <openssl/ssl.h>

#include <memory>
#include <optional>
#include <vector>

namespace tls {

/// Of OpenSSL, for keys and for the signatures in certificates. 112 bits: RSA from 2048, no SHA-1.
constexpr int SecurityLevel = 2;

/// What judging the peer's certificate came to.
struct Verification {
    std::optional<base::Error> failure;
    bool pinned = false; ///< it matches one of the policy's pins
    bool pinnedAsNext = false; ///< but not one of the present ones
    bool isStapleJudged = false; ///< client side
};

/// A policy with what it reads anew while it is in force.
struct Judge {
    TrustPolicy trust;
    std::shared_ptr<RevocationLists> revoked; ///< absent where none are configured

    /// Errors: Configuration.
    [[nodiscard]] static base::Result<Judge> of(const TrustPolicy& trust);
};

/// Makes `context` judge every peer: anchors, dates, purpose, name, revocation, pins, and what a server has stapled.
/// `judge` must live as long as the context. Errors: Configuration.
[[nodiscard]] base::Status applyTrust(SSL_CTX& context, const Judge& judge, bool isServer);

/// Judges the certificate of a person outside of a connection, by the same rules by which a server judges that of its
/// client: anchors, purpose, revocation, pins, and the dates as of `at`. A revocation list is judged as of `at` too:
/// for a record of long ago leave it out. `presented` may lead up from the certificate to an anchor. Errors: those of a
/// handshake (CertificateExpired, CertificateUntrusted, CertificateWrongUsage, CertificateRevoked, RevocationUnknown,
/// CertificateNotPinned), Configuration.
[[nodiscard]] base::Status verifyClientCertificate(
    X509& certificate, const TrustPolicy& trust, base::UtcTime at, const std::vector<CertificatePtr>& presented = {});

/// Judges the certificate of a client that has been let in once more, as of now and by the lists of now. Errors: those
/// of a handshake.
[[nodiscard]] base::Status judgeClientAgain(SSL& ssl);

/// Where the judgement of this connection's peer is written. `verification` must outlive the handshake.
void recordVerification(SSL& ssl, Verification& verification);

/// True for an IPv4 or IPv6 address, which needs no SNI and is compared as an address.
[[nodiscard]] bool isIpAddress(const std::string& name);

}
