#include "tests/support/fake_pkcs11_token.h"

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <cstdlib>
#include <cstring>
#include <fstream>
#include <memory>

namespace fake {

namespace {

using KeyPtr = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using BioPtr = std::unique_ptr<BIO, decltype(&BIO_free_all)>;

constexpr std::size_t CoordinateSize = 32;

std::filesystem::path folderOf(CK_SLOT_ID slot)
{
    const char* root = std::getenv("COUNTERSIGN_FAKE_TOKENS");
    return std::filesystem::path(root ? root : "/nonexistent") / ("slot" + std::to_string(slot));
}

int readNumber(const std::filesystem::path& path)
{
    int number = 0;
    std::ifstream(path) >> number;
    return number;
}

Bytes fromHex(const std::string& text)
{
    Bytes bytes;
    for (std::size_t at = 0; at + 1 < text.size(); at += 2)
        bytes.push_back(static_cast<std::uint8_t>(std::stoul(text.substr(at, 2), nullptr, 16)));
    return bytes;
}

template <typename T>
Bytes bytesOf(T value)
{
    Bytes bytes(sizeof value);
    std::memcpy(bytes.data(), &value, sizeof value);
    return bytes;
}

Bytes bytesOf(const std::string& text)
{
    return {text.begin(), text.end()};
}

KeyPtr readKey(const std::filesystem::path& file)
{
    const BioPtr input(BIO_new_file(file.c_str(), "r"), BIO_free_all);
    return {input ? PEM_read_bio_PrivateKey(input.get(), nullptr, nullptr, nullptr) : nullptr, EVP_PKEY_free};
}

Bytes readCertificate(const std::filesystem::path& file)
{
    const BioPtr input(BIO_new_file(file.c_str(), "r"), BIO_free_all);
    const std::unique_ptr<X509, decltype(&X509_free)> certificate(
        input ? PEM_read_bio_X509(input.get(), nullptr, nullptr, nullptr) : nullptr, X509_free);
    if (!certificate)
        return {};
    Bytes der(static_cast<std::size_t>(i2d_X509(certificate.get(), nullptr)));
    unsigned char* end = der.data();
    i2d_X509(certificate.get(), &end);
    return der;
}

/// The uncompressed point inside a DER OCTET STRING, as CKA_EC_POINT has it.
Bytes ecPoint(EVP_PKEY& key)
{
    Bytes point(1 + 2 * CoordinateSize);
    std::size_t size = 0;
    if (EVP_PKEY_get_octet_string_param(&key, "pub", point.data(), point.size(), &size) != 1)
        return {};
    Bytes der{0x04, static_cast<std::uint8_t>(size)};
    der.insert(der.end(), point.begin(), point.begin() + static_cast<std::ptrdiff_t>(size));
    return der;
}

/// The object identifier of P-256 in DER.
const Bytes Curve{0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07};

}

std::optional<Token> Token::read(CK_SLOT_ID slot)
{
    Token token;
    token.m_folder = folderOf(slot);
    std::ifstream file(token.m_folder / "token.txt");
    if (!file)
        return std::nullopt;
    for (std::string line; std::getline(file, line);) {
        if (const auto split = line.find('='); split != std::string::npos)
            token.m_settings[line.substr(0, split)] = line.substr(split + 1);
    }
    return token;
}

CK_ULONG Token::slotCount()
{
    CK_ULONG count = 0;
    while (std::filesystem::exists(folderOf(count) / "token.txt"))
        ++count;
    return count;
}

std::string Token::text(const std::string& name) const
{
    const auto found = m_settings.find(name);
    return found == m_settings.end() ? std::string() : found->second;
}

long Token::number(const std::string& name) const
{
    return std::strtol(text(name).c_str(), nullptr, 10);
}

int Token::triesLeft() const
{
    return readNumber(m_folder / "tries");
}

CK_FLAGS Token::pinFlags() const
{
    const int left = triesLeft();
    CK_FLAGS flags = 0;
    if (left == 0)
        flags |= CKF_USER_PIN_LOCKED;
    if (left == 1)
        flags |= CKF_USER_PIN_FINAL_TRY;
    if (left > 0 && left < number("maximal-tries"))
        flags |= CKF_USER_PIN_COUNT_LOW;
    return flags;
}

CK_RV Token::checkPin(const std::string& pin) const
{
    std::ofstream(m_folder / "logins.new") << readNumber(m_folder / "logins") + 1;
    std::filesystem::rename(m_folder / "logins.new", m_folder / "logins");
    if (const auto error = number("login-error"); error != 0)
        return static_cast<CK_RV>(error);
    const int left = triesLeft();
    if (left == 0)
        return CKR_PIN_LOCKED;
    const bool right = pin == text("pin");
    std::ofstream(m_folder / "tries.new") << (right ? number("maximal-tries") : left - 1);
    std::filesystem::rename(m_folder / "tries.new", m_folder / "tries");
    if (right)
        return CKR_OK;
    return left == 1 ? CKR_PIN_LOCKED : CKR_PIN_INCORRECT;
}

std::map<CK_OBJECT_HANDLE, Attributes> Token::objects(bool loggedIn) const
{
    std::map<CK_OBJECT_HANDLE, Attributes> found;
    const Bytes id = fromHex(text("key-id"));
    const auto common = [&](CK_OBJECT_CLASS kind, CK_BBOOL isPrivate) {
        return Attributes{{CKA_CLASS, bytesOf(kind)}, {CKA_TOKEN, {CK_TRUE}}, {CKA_PRIVATE, {isPrivate}},
            {CKA_LABEL, bytesOf("key of " + text("label"))}, {CKA_ID, id}};
    };
    if (Bytes der = readCertificate(m_folder / "certificate.pem"); !der.empty()) {
        Attributes certificate = common(CKO_CERTIFICATE, CK_FALSE);
        certificate[CKA_CERTIFICATE_TYPE] = bytesOf<CK_CERTIFICATE_TYPE>(CKC_X_509);
        certificate[CKA_VALUE] = std::move(der);
        found[Certificate] = std::move(certificate);
    }
    const KeyPtr key = readKey(m_folder / "key.pem");
    if (!key || number("has-key") == 0)
        return found;
    Attributes publicKey = common(CKO_PUBLIC_KEY, CK_FALSE);
    publicKey[CKA_KEY_TYPE] = bytesOf<CK_KEY_TYPE>(CKK_EC);
    publicKey[CKA_EC_PARAMS] = Curve;
    publicKey[CKA_EC_POINT] = ecPoint(*key);
    found[PublicKey] = publicKey;
    if (!loggedIn)
        return found;
    Attributes privateKey = common(CKO_PRIVATE_KEY, CK_TRUE);
    privateKey[CKA_KEY_TYPE] = bytesOf<CK_KEY_TYPE>(number("says-rsa") != 0 ? CKK_RSA : CKK_EC);
    privateKey[CKA_EC_PARAMS] = Curve;
    privateKey[CKA_SIGN] = {number("may-sign") != 0 ? CK_BBOOL{CK_TRUE} : CK_BBOOL{CK_FALSE}};
    privateKey[CKA_SENSITIVE] = {CK_TRUE};
    privateKey[CKA_EXTRACTABLE] = {CK_FALSE};
    privateKey[CKA_ALWAYS_AUTHENTICATE] = {CK_FALSE};
    found[PrivateKey] = std::move(privateKey);
    return found;
}

Bytes Token::signature(const Bytes& digest) const
{
    const KeyPtr key = readKey(m_folder / "key.pem");
    const std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)> context(
        key ? EVP_PKEY_CTX_new(key.get(), nullptr) : nullptr, EVP_PKEY_CTX_free);
    Bytes der(key ? static_cast<std::size_t>(EVP_PKEY_get_size(key.get())) : 0);
    std::size_t size = der.size();
    if (!context || EVP_PKEY_sign_init(context.get()) != 1
        || EVP_PKEY_sign(context.get(), der.data(), &size, digest.data(), digest.size()) != 1)
        return {};
    const unsigned char* start = der.data();
    const std::unique_ptr<ECDSA_SIG, decltype(&ECDSA_SIG_free)> parsed(
        d2i_ECDSA_SIG(nullptr, &start, static_cast<long>(size)), ECDSA_SIG_free);
    Bytes raw(2 * CoordinateSize);
    BN_bn2binpad(ECDSA_SIG_get0_r(parsed.get()), raw.data(), CoordinateSize);
    BN_bn2binpad(ECDSA_SIG_get0_s(parsed.get()), raw.data() + CoordinateSize, CoordinateSize);
    return raw;
}

}
