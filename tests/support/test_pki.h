#pragma once

#include "core/tls/identity.h"

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace support {

enum class KeyType { Ec256, Ec384, Rsa2048 };
enum class Purpose { Server, Client, CodeSigning, OcspSigning, Ca };

/// What a test certificate says.
struct CertificateOptions {
    std::string commonName = "test"; ///< empty: a certificate that names nobody
    std::vector<std::string> dnsNames;
    std::vector<std::string> ipAddresses;
    KeyType keyType = KeyType::Ec256;
    Purpose purpose = Purpose::Server;
    std::chrono::seconds notBefore{-3600}; ///< from now
    std::chrono::seconds notAfter{86'400}; ///< from now
    bool promisesStaple = false; ///< RFC 7633
};

/// A certificate authority that lives as long as the test. Not for anything but tests.
class TestCa {
public:
    explicit TestCa(const std::string& commonName = "Test Root");
    ~TestCa();

    [[nodiscard]] tls::Identity issue(const CertificateOptions& options) const;
    /// A certificate for a key that exists elsewhere, e.g. on a token.
    [[nodiscard]] tls::CertificatePtr issueFor(EVP_PKEY& publicKey, const CertificateOptions& options) const;
    /// The authority's own certificate, PEM.
    [[nodiscard]] std::string pem() const;
    /// A revocation list of this authority that names `revoked`, PEM. It holds from an hour before its end, or before
    /// now, until `until` from now.
    [[nodiscard]] std::string crl(
        const std::vector<X509*>& revoked, std::chrono::seconds until = std::chrono::hours(24)) const;
    [[nodiscard]] const tls::Identity& identity() const { return m_identity; }

private:
    tls::Identity m_identity;
};

/// A certificate for `publicKey` issued by an intermediate.
[[nodiscard]] tls::CertificatePtr issueFrom(
    const tls::Identity& issuer, EVP_PKEY& publicKey, const CertificateOptions& options);

/// A certificate that signs itself.
[[nodiscard]] tls::Identity selfSigned(const CertificateOptions& options);

[[nodiscard]] std::string pemOf(X509& certificate);
[[nodiscard]] std::string pemOf(EVP_PKEY& key);
[[nodiscard]] tls::KeyPtr generateKey(KeyType type);

/// A directory that is gone when the test ends.
class TemporaryDirectory {
public:
    TemporaryDirectory();
    ~TemporaryDirectory();
    TemporaryDirectory(const TemporaryDirectory&) = delete;
    TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;

    [[nodiscard]] const std::filesystem::path& path() const { return m_path; }
    /// Writes a file there and returns its path.
    std::filesystem::path write(const std::string& name, const std::string& content) const;

private:
    std::filesystem::path m_path;
};

}
