#include "auth/device/certificate_key.h"

#include "auth/device/device_token.h"
#include "auth/device/private_file.h"
#include "core/tls/identity.h"
#include "core/tls/pem_files.h"

#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include <array>
#include <memory>
#include <optional>
#include <utility>

namespace device {

namespace {

using base::Errc;
using base::Error;
using base::Result;
using Bytes = std::vector<std::uint8_t>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;

constexpr int SaltSize = 32;
constexpr int LeastRsaBits = 2048;
/// DigestInfo of SHA-256 before the digest itself (RFC 8017, 9.2).
constexpr std::array<std::uint8_t, 19> Sha256Info{
    0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04, 0x20};

struct ErrorsGone {
    ErrorsGone() = default;
    ErrorsGone(const ErrorsGone&) = delete;
    ErrorsGone& operator=(const ErrorsGone&) = delete;
    ~ErrorsGone() { ERR_clear_error(); }
};

Der derOf(X509& certificate)
{
    unsigned char* text = nullptr;
    const int size = i2d_X509(&certificate, &text);
    if (size < 0)
        return {};
    Der der(text, text + size);
    OPENSSL_free(text);
    return der;
}

Result<CertificateScheme> schemeOf(X509& certificate)
{
    EVP_PKEY* key = X509_get0_pubkey(&certificate);
    std::array<char, 64> group{};
    if (key && EVP_PKEY_is_a(key, "EC") == 1
        && EVP_PKEY_get_group_name(key, group.data(), group.size(), nullptr) == 1) {
        if (std::string_view(group.data()) == SN_X9_62_prime256v1)
            return CertificateScheme::EcdsaP256;
        if (std::string_view(group.data()) == SN_secp384r1)
            return CertificateScheme::EcdsaP384;
    }
    if (key && EVP_PKEY_is_a(key, "RSA") == 1 && EVP_PKEY_get_bits(key) >= LeastRsaBits)
        return CertificateScheme::RsaPss;
    return Error{
        Errc::Unsupported, "the key of the device certificate is neither EC P-256, P-384 nor RSA from 2048 bits"};
}

bool isRsa(CertificateScheme scheme)
{
    return scheme == CertificateScheme::RsaPss || scheme == CertificateScheme::RsaPkcs1;
}

const EVP_MD* digestFor(CertificateScheme scheme)
{
    return scheme == CertificateScheme::EcdsaP384 ? EVP_sha384() : EVP_sha256();
}

bool usePss(EVP_PKEY_CTX* context, CertificateScheme scheme)
{
    return scheme != CertificateScheme::RsaPss
        || (EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PSS_PADDING) == 1
            && EVP_PKEY_CTX_set_rsa_pss_saltlen(context, SaltSize) == 1);
}

bool verifies(X509& certificate, CertificateScheme scheme, const Bytes& message, const Bytes& signature)
{
    const DigestContext context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    EVP_PKEY_CTX* inner = nullptr; // the digest's
    return context
        && EVP_DigestVerifyInit(context.get(), &inner, digestFor(scheme), nullptr, X509_get0_pubkey(&certificate)) == 1
        && usePss(inner, scheme)
        && EVP_DigestVerify(context.get(), signature.data(), signature.size(), message.data(), message.size()) == 1;
}

Result<Bytes> signWithFile(const std::string& file, CertificateScheme scheme, const Bytes& message)
{
    if (const base::Status isOwners = checkPrivateFile(file); !isOwners)
        return isOwners.error();
    const auto key = tls::readPrivateKey(file);
    if (!key)
        return key.error();
    const DigestContext context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    EVP_PKEY_CTX* inner = nullptr; // the digest's
    std::size_t size = 0;
    const bool isReady = context
        && EVP_DigestSignInit(context.get(), &inner, digestFor(scheme), nullptr, key->get()) == 1
        && EVP_PKEY_is_a(key->get(), isRsa(scheme) ? "RSA" : "EC") == 1 && usePss(inner, scheme)
        && EVP_DigestSign(context.get(), nullptr, &size, message.data(), message.size()) == 1;
    Bytes signature(size);
    if (!isReady || EVP_DigestSign(context.get(), signature.data(), &size, message.data(), message.size()) != 1)
        return Error{Errc::KeyNotFound, file + ": the key does not sign as the device certificate's key would"};
    signature.resize(size);
    return signature;
}

Result<Bytes> digestOf(CertificateScheme scheme, const Bytes& message)
{
    Bytes digest(EVP_MAX_MD_SIZE);
    unsigned int size = 0;
    if (EVP_Digest(message.data(), message.size(), digest.data(), &size, digestFor(scheme), nullptr) != 1)
        return Error{Errc::Internal, "OpenSSL has no digest"};
    digest.resize(size);
    return digest;
}

/// ECDSA-Sig-Value of the r and s that a token gives; empty where they are none.
Bytes derOfNumbers(const Bytes& numbers)
{
    const auto half = static_cast<int>(numbers.size() / 2);
    const std::unique_ptr<ECDSA_SIG, decltype(&ECDSA_SIG_free)> value(ECDSA_SIG_new(), ECDSA_SIG_free);
    BIGNUM* r = BN_bin2bn(numbers.data(), half, nullptr);
    BIGNUM* s = BN_bin2bn(numbers.data() + half, half, nullptr);
    if (!value || !r || !s || numbers.size() % 2 != 0 || ECDSA_SIG_set0(value.get(), r, s) != 1) {
        BN_free(r);
        BN_free(s);
        return {};
    }
    unsigned char* text = nullptr;
    const int size = i2d_ECDSA_SIG(value.get(), &text);
    if (size < 0)
        return {};
    Bytes der(text, text + size);
    OPENSSL_free(text);
    return der;
}

Result<Bytes> signOnToken(
    const DeviceToken& token, const Pkcs11Uri& uri, CertificateScheme& scheme, const Bytes& message)
{
    auto digest = digestOf(scheme, message);
    if (!digest)
        return digest.error();
    auto signature = token.sign(uri, scheme, *digest);
    if (!signature && scheme == CertificateScheme::RsaPss && signature.error().code == Errc::TokenFailure) {
        // Many tokens know nothing but PKCS #1 v1.5.
        scheme = CertificateScheme::RsaPkcs1;
        Bytes info(Sha256Info.begin(), Sha256Info.end());
        info.insert(info.end(), digest->begin(), digest->end());
        signature = token.sign(uri, scheme, std::move(info));
    }
    if (!signature || isRsa(scheme))
        return signature;
    return derOfNumbers(*signature);
}

}

bool CertificateSettings::isOnToken() const
{
    return isPkcs11Uri(certificate) || isPkcs11Uri(key);
}

Result<CertificateSignature> CertificateKey::sign(const MessageFor& message)
{
    const ErrorsGone errors;
    std::unique_ptr<auth::Pkcs11Module> module;
    std::optional<base::SecretBytes> pin;
    if (m_settings.isOnToken()) {
        if (m_wasPinWrong)
            return Error{Errc::PinWrong,
                "the PIN in device.pin_file was wrong; it is not tried again until this program is started anew"};
        if (!m_settings.pinFile.empty()) {
            auto read = readPinFile(m_settings.pinFile);
            if (!read)
                return read.error();
            pin = *std::move(read);
        }
        auto loaded = auth::Pkcs11Module::load(m_settings.module, {m_settings.module});
        if (!loaded)
            return loaded.error();
        module = *std::move(loaded);
    }
    const auto open = [&](const std::string& text, Pkcs11Uri& uri) -> Result<DeviceToken> {
        auto parsed = parsePkcs11Uri(text);
        if (!parsed)
            return parsed.error();
        uri = *std::move(parsed);
        auto token = DeviceToken::open(*module, uri, pin ? &*pin : nullptr);
        m_wasPinWrong = !token && token.error().code == Errc::PinWrong;
        return token;
    };

    CertificateSignature made;
    if (isPkcs11Uri(m_settings.certificate)) {
        Pkcs11Uri uri;
        const auto token = open(m_settings.certificate, uri);
        if (!token)
            return token.error();
        auto der = token->certificate(uri);
        if (!der)
            return der.error();
        made.leaf = *std::move(der);
    } else {
        const auto file = tls::loadPemCertificates(m_settings.certificate);
        if (!file)
            return file.error();
        made.leaf = derOf(*file->front());
        for (std::size_t at = 1; at < file->size(); ++at)
            made.issuers.push_back(derOf(*(*file)[at]));
    }
    const auto* bytes = made.leaf.data();
    const tls::CertificatePtr leaf(d2i_X509(nullptr, &bytes, static_cast<long>(made.leaf.size())));
    if (!leaf)
        return Error{Errc::KeyNotFound, "the device's token has something else than a certificate there"};
    const auto scheme = schemeOf(*leaf);
    if (!scheme)
        return scheme.error();
    made.scheme = *scheme;
    made.place = isPkcs11Uri(m_settings.key) ? KeyPlace::Token : KeyPlace::File;

    const Bytes words = message(made.leaf, made.place);
    auto signature = [&]() -> Result<Bytes> {
        if (made.place == KeyPlace::File)
            return signWithFile(m_settings.key, made.scheme, words);
        Pkcs11Uri uri;
        const auto token = open(m_settings.key, uri);
        if (!token)
            return token.error();
        return signOnToken(*token, uri, made.scheme, words);
    }();
    if (!signature)
        return signature.error();
    if (!verifies(*leaf, made.scheme, words, *signature))
        return Error{Errc::KeyNotFound, "the key of the device is not that of its certificate"};
    made.signature = *std::move(signature);
    return made;
}

}
