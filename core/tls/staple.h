#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/tls/context.h"
#include "core/tls/file_watch.h"

#include <openssl/ssl.h>

#include <cstdint>
#include <mutex>
#include <span>
#include <string>
#include <vector>

/// OCSP stapling (RFC 6066, 8; RFC 6960): the server shows its authority's word that its certificate still holds.
namespace tls {

/// Judges what the server of a client's connection has shown; call it after the certificate was verified. Errors:
/// CertificateRevoked; RevocationUnknown (nothing shown where something must be; out of date; of somebody else; about
/// another certificate; damaged).
[[nodiscard]] base::Status judgeStaple(SSL& ssl, const TrustPolicy& trust, base::UtcTime now);

/// A server's own answer file. Thread-safe.
class Staple {
public:
    /// `certificate` is the one that the answer must be about.
    Staple(std::string file, X509& certificate);

    /// Shows it to every client of this context that asks. Must outlive the context.
    void showIn(SSL_CTX& context);
    /// The answer as it is now in the file; empty when there is none, it is about another certificate or does not hold
    /// at `now`.
    [[nodiscard]] std::vector<std::uint8_t> current(base::UtcTime now);

private:
    static int show(SSL* ssl, void* staple);
    void refresh();

    std::mutex m_mutex;
    FileWatch m_watch;
    const std::string m_serial; ///< of the certificate, DER
    std::vector<std::uint8_t> m_answer;
    base::UtcTime m_from{};
    base::UtcTime m_until{};
};

}
