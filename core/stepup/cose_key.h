#pragma once

#include "core/base/result.h"
#include "core/stepup/bytes.h"

#include <openssl/evp.h>

#include <memory>
#include <optional>

/// Public keys of security keys (COSE, RFC 9052 and 9053) and the signatures that they verify.
namespace stepup {

/// The numbers of the IANA registry "COSE Algorithms".
enum class Algorithm : std::int32_t {
    Es256 = -7, ///< ECDSA over P-256 with SHA-256
    EdDsa = -8, ///< Ed25519
    Es384 = -35, ///< ECDSA over P-384 with SHA-384
    Rs256 = -257, ///< RSASSA-PKCS1-v1_5 with SHA-256, 2048 to 4096 bits
};

/// Absent for every other number.
[[nodiscard]] std::optional<Algorithm> algorithmOf(std::int64_t number);
[[nodiscard]] const char* algorithmName(Algorithm algorithm);

struct PublicKeyDeleter {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};

struct PublicKey {
    Algorithm algorithm = Algorithm::Es256;
    std::unique_ptr<EVP_PKEY, PublicKeyDeleter> key;
};

constexpr std::size_t MaxCoseKeySize = 600; ///< RSA with 4096 bits and its frame
constexpr std::size_t MaxSignatureSize = 512; ///< RSA with 4096 bits

/// Reads a COSE_Key in CTAP2 canonical form with exactly the members that its type needs. EC points lie on the named
/// curve; an Ed25519 point lies on the curve and is not of small order; RSA has 2048 to 4096 bits and an odd exponent
/// from 65537. Errors: InvalidInput.
[[nodiscard]] base::Result<PublicKey> parseCoseKey(ByteView bytes);

/// Whether a key of this type and size is one of `algorithm`.
[[nodiscard]] bool fits(const EVP_PKEY& key, Algorithm algorithm);

/// True only for the signature of `key` by `algorithm` over `message`: ECDSA in strict DER, Ed25519 64 bytes, RSA as
/// long as its modulus.
[[nodiscard]] bool verifySignature(EVP_PKEY& key, Algorithm algorithm, ByteView message, ByteView signature);

}
