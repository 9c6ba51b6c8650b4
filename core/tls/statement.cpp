#include "core/tls/statement.h"

#include "core/tls/hex.h"
#include "core/tls/openssl_handles.h"
#include "core/tls/signer_error.h"

#include <openssl/pem.h>

#include <array>
#include <optional>

namespace tls {

namespace {

using base::Errc;
using base::Error;
using Bytes = std::vector<std::uint8_t>;

constexpr std::size_t DigestSize = 32;
constexpr std::size_t MaxPemSize = 65'536; // a record is input from outside
/// What stands before a SHA-256 digest in a DigestInfo: RFC 8017, 9.2, note 1.
constexpr std::array<std::uint8_t, 19> DigestInfoHead{
    0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04, 0x20};

std::span<const unsigned char> bytesOf(std::string_view text)
{
    return {reinterpret_cast<const unsigned char*>(text.data()), text.size()};
}

base::Result<Bytes> digestOf(std::string_view statement)
{
    Bytes digest(DigestSize);
    if (EVP_Digest(statement.data(), statement.size(), digest.data(), nullptr, EVP_sha256(), nullptr) != 1) {
        ERR_clear_error();
        return Error{Errc::Internal, "SHA-256 is not available"};
    }
    return digest;
}

base::Result<Signer::Scheme> schemeOf(X509& certificate)
{
    const EVP_PKEY* key = X509_get0_pubkey(&certificate);
    ERR_clear_error();
    if (key && EVP_PKEY_is_a(key, "EC"))
        return Signer::Scheme::Ecdsa;
    if (key && EVP_PKEY_is_a(key, "RSA"))
        return Signer::Scheme::RsaPkcs1;
    return Error{Errc::Unsupported,
        "the key of " + subjectOf(certificate) + " is neither an EC nor an RSA key; statements are signed with these"};
}

/// The signer's own word, which travelled through OpenSSL's queue.
Error signingFailure()
{
    std::optional<Error> told;
    const char* data = nullptr;
    int flags = 0;
    while (const auto code = ERR_get_error_all(nullptr, nullptr, nullptr, &data, &flags)) {
        if (!told)
            told = signerErrorOf(code, data, flags);
    }
    return told.value_or(Error{Errc::Internal, "OpenSSL cannot sign these words"});
}

base::Status verify(X509& certificate, std::string_view statement, const Bytes& signature)
{
    if (const auto scheme = schemeOf(certificate); !scheme)
        return scheme.error();
    const DigestPtr context(EVP_MD_CTX_new());
    const auto words = bytesOf(statement);
    const bool good = context
        && EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, X509_get0_pubkey(&certificate)) == 1
        && EVP_DigestVerify(context.get(), signature.data(), signature.size(), words.data(), words.size()) == 1;
    ERR_clear_error();
    if (!good)
        return Error{Errc::Refused,
            "the signature was not made with the key of " + subjectOf(certificate)
                + " under these words: the statement, the signature or the certificate was changed"};
    return base::Ok{};
}

}

base::Result<std::string> signStatement(X509& certificate, Signer& signer, std::string_view statement)
{
    const auto scheme = schemeOf(certificate);
    if (!scheme)
        return scheme.error();
    auto digest = digestOf(statement);
    if (!digest)
        return digest.error();
    Bytes input = *std::move(digest);
    if (*scheme == Signer::Scheme::RsaPkcs1)
        input.insert(input.begin(), DigestInfoHead.begin(), DigestInfoHead.end());
    const auto signature = signer.sign(*scheme, input);
    if (!signature)
        return signature.error();
    if (const auto good = verify(certificate, statement, *signature); !good)
        return Error{
            Errc::KeyNotFound, "the private key does not belong to the certificate of " + subjectOf(certificate)};
    return hexOf(*signature);
}

base::Result<std::string> signStatement(const Identity& identity, std::string_view statement)
{
    if (const auto scheme = schemeOf(*identity.certificate); !scheme)
        return scheme.error();
    const DigestPtr context(EVP_MD_CTX_new());
    const auto words = bytesOf(statement);
    std::size_t size = 0;
    bool good = context && EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, identity.key.get()) == 1
        && EVP_DigestSign(context.get(), nullptr, &size, words.data(), words.size()) == 1;
    Bytes signature(size);
    good = good && EVP_DigestSign(context.get(), signature.data(), &size, words.data(), words.size()) == 1;
    if (!good)
        return signingFailure();
    signature.resize(size);
    if (const auto right = verify(*identity.certificate, statement, signature); !right)
        return Error{Errc::KeyNotFound,
            "the private key does not belong to the certificate of " + subjectOf(*identity.certificate)};
    return std::string(signature.begin(), signature.end());
}

base::Result<std::string> keyIdOf(X509& certificate)
{
    if (const auto scheme = schemeOf(certificate); !scheme)
        return scheme.error();
    unsigned char* der = nullptr;
    const int size = i2d_PUBKEY(X509_get0_pubkey(&certificate), &der);
    if (size <= 0) {
        ERR_clear_error();
        return Error{Errc::Unsupported, "the public key of " + subjectOf(certificate) + " cannot be written"};
    }
    const auto digest = digestOf({reinterpret_cast<const char*>(der), static_cast<std::size_t>(size)});
    OPENSSL_free(der);
    if (!digest)
        return digest.error();
    return hexOf(*digest);
}

base::Status verifySignature(
    const std::string& pemCertificate, std::string_view statement, std::string_view hexSignature)
{
    const auto certificate = parsePem(pemCertificate);
    if (!certificate)
        return certificate.error();
    const auto signature = bytesOfHex(hexSignature);
    if (!signature || signature->empty())
        return Error{Errc::InvalidInput, "the signature is not a text of lower-case hexadecimal digits"};
    return verify(**certificate, statement, *signature);
}

std::string toPem(X509& certificate)
{
    const BioPtr output(BIO_new(BIO_s_mem()));
    if (!output || PEM_write_bio_X509(output.get(), &certificate) != 1) {
        ERR_clear_error();
        return {};
    }
    char* data = nullptr;
    const long size = BIO_get_mem_data(output.get(), &data);
    return {data, static_cast<std::size_t>(size)};
}

base::Result<CertificatePtr> parsePem(const std::string& pem)
{
    const Error malformed{Errc::InvalidInput, "expected one certificate in PEM form and nothing else"};
    if (pem.size() > MaxPemSize)
        return malformed;
    const BioPtr input(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    CertificatePtr certificate(input ? PEM_read_bio_X509(input.get(), nullptr, nullptr, nullptr) : nullptr);
    ERR_clear_error();
    // What OpenSSL passes over - text around it, other line lengths - would be a record that can be changed unnoticed.
    if (!certificate || toPem(*certificate) != pem)
        return malformed;
    return certificate;
}

}
