#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/tls/identity.h"

#include <openssl/ssl.h>

#include <memory>
#include <set>
#include <string>

namespace tls {

struct Judge;
class Staple;

/// What a server shows of its certificate's standing: OCSP stapling (RFC 6066, 8). It is always asked for.
enum class Ocsp {
    WhenStapled, ///< what is shown must be good. A certificate that promises to show something (RFC 7633) must
    Required, ///< nothing shown is a refusal
};

/// Whom this end trusts. There is no "verify off": a policy without anchors cannot be made into a context.
struct TrustPolicy {
    /// PEM. Exactly these are trusted: authorities, or the peer's own certificate; never the system's.
    std::string caFile;
    std::string crlFile; ///< PEM, or DER; empty: no revocation list is configured. Read again when it changes
    std::set<std::string>
        pins; ///< see pins.h; when not empty the peer's certificate must match one, or one of nextPins
    std::string serverName; ///< DNS name or IP address the server's certificate must carry. Client side only
    std::set<std::string> nextPins = {}; ///< of the certificate or key that is to follow: good, and worth telling
    Ocsp ocsp = Ocsp::WhenStapled; ///< client side only

    friend bool operator==(const TrustPolicy&, const TrustPolicy&) = default;
};

/// The settings of one end, made once, shared by its connections; thread-safe after creation. TLS 1.2 and 1.3, AEAD
/// suites only, no renegotiation, no compression, no tickets, no resumption (a resumed session would skip the token).
class Context {
public:
    ~Context();
    Context(const Context&) = delete;
    Context& operator=(const Context&) = delete;

    /// Both need an identity: the two ends of a session know each other. Errors: Configuration names the file and the
    /// reason; Unsupported, when the certificate or key is too weak or of another kind.
    [[nodiscard]] static base::Result<std::shared_ptr<Context>> forClient(
        const TrustPolicy& trust, std::shared_ptr<const Identity> identity);
    /// Requires a client certificate. `trust.serverName` is not used. `stapleFile`, where not empty, holds the
    /// authority's OCSP answer about our certificate (DER): read again when it changes, and shown while it holds. A
    /// file that is missing or out of date shows nothing.
    [[nodiscard]] static base::Result<std::shared_ptr<Context>> forServer(
        const TrustPolicy& trust, std::shared_ptr<const Identity> identity, const std::string& stapleFile = {});

    [[nodiscard]] SSL_CTX* native() const { return m_context.get(); }
    [[nodiscard]] const TrustPolicy& trust() const;
    [[nodiscard]] bool isServer() const { return m_server; }

private:
    struct Deleter {
        void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
    };
    Context();
    static base::Result<std::shared_ptr<Context>> make(
        const SSL_METHOD& method, const TrustPolicy& trust, std::shared_ptr<const Identity> identity);
    std::unique_ptr<const Judge> m_judge; ///< before the context, which refers to it
    std::unique_ptr<Staple> m_staple; ///< so does this
    std::unique_ptr<SSL_CTX, Deleter> m_context;
    std::shared_ptr<const Identity> m_identity; ///< keeps a delegating key's signer alive
    bool m_server = false;
};

}
