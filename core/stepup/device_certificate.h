#pragma once

#include "core/base/result.h"
#include "core/stepup/bytes.h"

#include <cstdint>
#include <vector>

/// How a workstation shows that it is the firm's: a certificate of the firm's device CA, and a signature by its key for
/// one statement. Values and their bytes; who is believed: device_trust.h. docs/device-health.md.
namespace stepup {

// g++ 12 takes a scoped enumerator for something that shadows the type of that name.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"
/// Where the desk says that the key lives. Nobody proves it.
enum class DeviceKeyPlace : std::uint8_t { Token = 1, File = 2 };
#pragma GCC diagnostic pop

enum class DeviceSignature : std::uint8_t {
    EcdsaP256 = 1, ///< with SHA-256; ECDSA-Sig-Value in DER (RFC 3279, 2.2.3)
    EcdsaP384 = 2, ///< with SHA-384; the same
    RsaPss = 3, ///< with SHA-256, MGF1 with SHA-256, a salt of 32 bytes; 2048 to 4096 bits
    RsaPkcs1 = 4, ///< PKCS #1 v1.5 with SHA-256, for tokens that know nothing else; 2048 to 4096 bits
};

/// What a desk sends beside a statement.
struct DeviceCertificate {
    Bytes leaf; ///< DER
    std::vector<Bytes> issuers; ///< DER; intermediates, the leaf's issuer first
    Digest nonce{}; ///< quoteNonce() of the statement, that the signature is over
    std::uint64_t sequence = 0; ///< rises with each statement of a desk
    DeviceKeyPlace place = DeviceKeyPlace::File;
    DeviceSignature scheme = DeviceSignature::EcdsaP256;
    Bytes signature; ///< over signedBytes()

    friend bool operator==(const DeviceCertificate&, const DeviceCertificate&) = default;
};

constexpr std::size_t MaxDeviceIssuers = 3;

/// What is signed: heading, nonce, sequence, place, and SHA-256 of the leaf. The key may serve other protocols too, and
/// none of them signs this.
[[nodiscard]] Bytes signedBytes(const DeviceCertificate& proof);

/// Errors: InvalidInput, with the member that is not sound.
[[nodiscard]] base::Status checkDeviceCertificate(const DeviceCertificate& proof);
[[nodiscard]] base::Result<Bytes> deviceCertificateBytes(const DeviceCertificate& proof);
/// Reads exactly what deviceCertificateBytes() writes. The certificates are bytes here. Errors: InvalidInput.
[[nodiscard]] base::Result<DeviceCertificate> parseDeviceCertificate(ByteView bytes);

}
