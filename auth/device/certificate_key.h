#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <vector>

/// The certificate of this workstation, and signatures by its key, in a PKCS#11 token (a TPM by tpm2-pkcs11, a smart
/// card built in, SoftHSM2) or a file. Calls block as long as the token takes: never on the thread of a window or of a
/// session.
namespace device {

using Der = std::vector<std::uint8_t>;

struct CertificateSettings {
    std::string certificate; ///< path of a PEM file with its intermediates, or pkcs11: URI; empty: there is none
    std::string key; ///< pkcs11: URI, or path of a PEM file that only its owner can read
    std::string module; ///< absolute path of the PKCS#11 module, where one of them is a URI
    /// The token's user PIN, all of its first line; the file is only its owner's. An empty file is an empty PIN;
    /// without one nobody logs in.
    std::filesystem::path pinFile;

    [[nodiscard]] bool isOnToken() const;
};

enum class KeyPlace { Token, File };
enum class CertificateScheme { EcdsaP256, EcdsaP384, RsaPss, RsaPkcs1 };

struct CertificateSignature {
    Der leaf;
    std::vector<Der> issuers; ///< the leaf's first; without the root, where the file is as it should be
    KeyPlace place = KeyPlace::File;
    CertificateScheme scheme = CertificateScheme::EcdsaP256;
    std::vector<std::uint8_t> signature; ///< ECDSA in DER
};

/// What is to be signed with the key of this certificate.
using MessageFor = std::function<std::vector<std::uint8_t>(const Der& leaf, KeyPlace place)>;

/// One thread. A PIN that was wrong once is not tried again by this object: a token counts.
class CertificateKey {
public:
    explicit CertificateKey(CertificateSettings settings)
        : m_settings(std::move(settings))
    {
    }

    [[nodiscard]] bool isConfigured() const { return !m_settings.certificate.empty(); }
    /// The signature was verified with the certificate before it is returned. Errors: Configuration (a file cannot be
    /// read, or others can read it), TokenModule, TokenAbsent, TokenFailure, PinWrong, PinBlocked, KeyNotFound (there
    /// is none, or it is not the certificate's), Unsupported (neither EC P-256, P-384 nor RSA from 2048 bits).
    [[nodiscard]] base::Result<CertificateSignature> sign(const MessageFor& message);

private:
    const CertificateSettings m_settings;
    bool m_wasPinWrong = false;
};

}
