#pragma once

#include "auth/cert/values.h"
#include "auth/piv_attestation.h"
#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/base/secret_bytes.h"
#include "core/tls/identity.h"

#include <openssl/x509.h>

#include <chrono>
#include <string>

/// The client's side of the Certificate Management Protocol (RFC 4210, RFC 9480) in the shape of its Lightweight
/// Profile (RFC 9483), over HTTP or HTTPS (RFC 6712): OpenSSL's own client, held to these rules. Every message is
/// protected, errors too; possession is proved by a signature of the key itself; whoever answers is authenticated, and
/// is the authority, not just somebody whom the authority has certified; what is issued is judged before it is
/// confirmed. Each call blocks until the authority has answered, or for as long as `patience`; keys sign in the thread
/// of the caller.
namespace cert {

/// An authority that speaks CMP.
struct CmpServer {
    std::string url; ///< http://host[:port][/path], or https://...: CMP protects its messages itself in both
    std::string caFile; ///< PEM: the authority; both its messages and what it issues are judged by this
    /// Who signs the authority's messages where that is not the authority itself: a distinguished name as
    /// tls::subjectOf() writes it. Empty: the subject of the first certificate in `caFile`.
    std::string responder;
    std::chrono::seconds patience{60}; ///< for everything together, polling included
};

/// What a person without a certificate was given, out of band: both are good for one enrolment.
struct InitialSecret {
    std::string reference; ///< names the secret to the authority (senderKID)
    base::SecretBytes secret;
};

/// Errors of all of these: CertificateUntrusted, when the answer is unprotected or not the authority's (also: the
/// initial secret is wrong); Rejected, with the authority's words; ConnectionRefused, Timeout, ConnectionLost;
/// ProtocolViolation; Configuration, InvalidInput (`server`); those of the key; those of checkIssued() on what was
/// issued, after which the authority has been told that it is not accepted.
///
/// Initial request (ir), protected by the secret (PBM with SHA-256). `attestation`, where not null, goes with it, in
/// the extensions of the certificate template, as it goes with a request by file (attestation.h).
[[nodiscard]] base::Result<tls::CertificatePtr> requestInitial(const CmpServer& server, const InitialSecret& initial,
    EVP_PKEY& key, const X509_NAME& subject, const base::Clock& clock,
    const auth::PivAttestation* attestation = nullptr);

/// Further request (cr), signed with a certificate that the person already has.
[[nodiscard]] base::Result<tls::CertificatePtr> requestFurther(const CmpServer& server, X509& present,
    EVP_PKEY& presentKey, EVP_PKEY& key, const X509_NAME& subject, const base::Clock& clock);

/// Key update (kur): the next certificate of the same person, for `key`, which may be the present one.
[[nodiscard]] base::Result<tls::CertificatePtr> updateKey(
    const CmpServer& server, X509& present, EVP_PKEY& presentKey, EVP_PKEY& key, const base::Clock& clock);

/// Revocation request (rr) for the certificate that signs it.
[[nodiscard]] base::Status requestRevocation(
    const CmpServer& server, X509& present, EVP_PKEY& presentKey, RevocationReason reason);

}
