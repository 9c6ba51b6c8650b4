#pragma once

#include "core/base/result.h"
#include "core/tls/identity.h"

#include <string>
#include <string_view>

/// A person's signature under words, with the key that their certificate names. Over SHA-256 of the words: ECDSA in DER
/// (RFC 3279, 2.2.3), RSA with PKCS #1 v1.5 (RFC 8017, 8.2). Kept in records: lower-case hex.
namespace tls {

/// Signs with the certificate's key, wherever that lives. The signature was verified before it is returned. Errors: the
/// signer's; Unsupported, for a key that is neither EC nor RSA; KeyNotFound, when the signer's key is not the
/// certificate's.
[[nodiscard]] base::Result<std::string> signStatement(X509& certificate, Signer& signer, std::string_view statement);

/// Signs with the identity's key, wherever that lives; bytes, not hex. Errors: as above; Internal.
[[nodiscard]] base::Result<std::string> signStatement(const Identity& identity, std::string_view statement);

/// SHA-256 of the SubjectPublicKeyInfo in DER, lower-case hex. Errors: Unsupported, for a key that is neither EC nor
/// RSA.
[[nodiscard]] base::Result<std::string> keyIdOf(X509& certificate);

/// Did the owner of this certificate's key sign exactly these words? Judges neither the certificate nor whose it is:
/// that is verifyClientCertificate(). Needs no token. Errors: InvalidInput, when certificate or signature are not what
/// toPem() and signStatement() write; Unsupported, for a key that is neither EC nor RSA; Refused, when it is not the
/// signature of that key under these words.
[[nodiscard]] base::Status verifySignature(
    const std::string& pemCertificate, std::string_view statement, std::string_view hexSignature);

/// One certificate, PEM.
[[nodiscard]] std::string toPem(X509& certificate);
/// Reads what toPem() writes, byte for byte. Errors: InvalidInput.
[[nodiscard]] base::Result<CertificatePtr> parsePem(const std::string& pem);

}
