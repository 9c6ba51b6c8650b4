#pragma once

#include "core/tls/identity.h"

#include <chrono>
#include <string>

namespace support {

/// What an OCSP answer of a test says.
struct AnswerOptions {
    enum class Status { Good, Revoked, Unknown };
    enum class Digest { Sha1, Sha256 };
    Status status = Status::Good;
    std::chrono::seconds from{-3600}; ///< from now
    std::chrono::seconds until{3600}; ///< from now; 0: it does not say
    Digest idDigest = Digest::Sha1; ///< names the certificate
    Digest signatureDigest = Digest::Sha256;
};

/// An OCSP answer (DER) about `subject`, issued by `issuer`, that `signer` signs.
[[nodiscard]] std::string ocspAnswer(
    const tls::Identity& signer, X509& issuer, X509& subject, const AnswerOptions& options = {});

/// The same, good, made by the program openssl; with `revoked` it is not good.
[[nodiscard]] std::string ocspAnswerOfOpenssl(const tls::Identity& issuer, X509& subject, bool revoked);

}
