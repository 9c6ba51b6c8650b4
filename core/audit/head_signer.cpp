#include "core/audit/head_signer.h"

#include "core/audit/digest.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <map>
#include <utility>

namespace audit {

namespace {

using base::Errc;
using base::Error;
using std::filesystem::path;

struct Free {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
    void operator()(X509* certificate) const { X509_free(certificate); }
    void operator()(BIO* bio) const { BIO_free_all(bio); }
};
using KeyPtr = std::unique_ptr<EVP_PKEY, Free>;
using ContextPtr = std::unique_ptr<EVP_MD_CTX, Free>;
using BioPtr = std::unique_ptr<BIO, Free>;

constexpr int LeastRsaBits = 2048;

Error unusable(const path& file, const std::string& why)
{
    ERR_clear_error();
    return {Errc::Configuration, file.string() + ": " + why};
}

/// A key with a passphrase is refused instead of asked for.
int noPassphrase(char*, int, int, void*)
{
    return -1;
}

bool isSuitable(const EVP_PKEY& key)
{
    const int type = EVP_PKEY_get_base_id(&key);
    return type == EVP_PKEY_EC || (type == EVP_PKEY_RSA && EVP_PKEY_get_bits(&key) >= LeastRsaBits);
}

std::string keyIdOf(EVP_PKEY& key)
{
    unsigned char* der = nullptr;
    const int size = i2d_PUBKEY(&key, &der);
    if (size <= 0)
        return {};
    const Hash hash = sha256({std::string_view(reinterpret_cast<const char*>(der), static_cast<std::size_t>(size))});
    OPENSSL_free(der);
    return hexOf(hash);
}

class FileSigner final : public HeadSigner {
public:
    explicit FileSigner(KeyPtr key)
        : m_key(std::move(key))
        , m_id(keyIdOf(*m_key))
    {
    }
    [[nodiscard]] std::string keyId() const override { return m_id; }
    [[nodiscard]] base::Result<std::string> sign(std::string_view statement) override
    {
        const ContextPtr context(EVP_MD_CTX_new());
        const auto* bytes = reinterpret_cast<const unsigned char*>(statement.data());
        std::size_t size = 0;
        bool good = context && EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, m_key.get()) == 1
            && EVP_DigestSign(context.get(), nullptr, &size, bytes, statement.size()) == 1;
        std::string signature(size, '\0');
        good = good
            && EVP_DigestSign(
                   context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size, bytes, statement.size())
                == 1;
        if (!good) {
            ERR_clear_error();
            return Error{Errc::Internal, "OpenSSL cannot sign the head of the audit trail"};
        }
        signature.resize(size);
        return signature;
    }

private:
    KeyPtr m_key;
    std::string m_id;
};

BioPtr openFile(const path& file)
{
    return BioPtr(BIO_new_file(file.c_str(), "rb"));
}

KeyPtr readPublicKey(const path& file)
{
    if (const BioPtr bio = openFile(file)) {
        if (KeyPtr key{PEM_read_bio_PUBKEY(bio.get(), nullptr, noPassphrase, nullptr)})
            return key;
    }
    const BioPtr bio = openFile(file);
    const std::unique_ptr<X509, Free> certificate(
        bio ? PEM_read_bio_X509(bio.get(), nullptr, noPassphrase, nullptr) : nullptr);
    return KeyPtr(certificate ? X509_get_pubkey(certificate.get()) : nullptr);
}

bool isSignatureOf(EVP_PKEY& key, const SignedHead& signedHead)
{
    const ContextPtr context(EVP_MD_CTX_new());
    const bool good = context && EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, &key) == 1
        && EVP_DigestVerify(context.get(), reinterpret_cast<const unsigned char*>(signedHead.signature.data()),
               signedHead.signature.size(), reinterpret_cast<const unsigned char*>(signedHead.statement.data()),
               signedHead.statement.size())
            == 1;
    ERR_clear_error();
    return good;
}

}

struct HeadKeys::Keys {
    std::map<std::string, KeyPtr> byId;
};

HeadKeys::HeadKeys()
    : m_keys(std::make_unique<Keys>())
{
}
HeadKeys::~HeadKeys() = default;
HeadKeys::HeadKeys(HeadKeys&&) noexcept = default;
HeadKeys& HeadKeys::operator=(HeadKeys&&) noexcept = default;

base::Result<std::unique_ptr<HeadSigner>> openKeyFile(const path& file)
{
    const BioPtr bio = openFile(file);
    if (!bio)
        return unusable(file, "the key that signs the audit trail cannot be opened");
    KeyPtr key(PEM_read_bio_PrivateKey(bio.get(), nullptr, noPassphrase, nullptr));
    if (!key)
        return unusable(file, "expected a private key in PEM without a passphrase");
    if (!isSuitable(*key))
        return unusable(file, "the audit trail is signed with an EC key, or an RSA key of 2048 bits or more");
    return std::unique_ptr<HeadSigner>(std::make_unique<FileSigner>(std::move(key)));
}

base::Result<HeadKeys> HeadKeys::open(const std::vector<path>& files)
{
    HeadKeys keys;
    for (const path& file : files) {
        KeyPtr key = readPublicKey(file);
        if (!key)
            return unusable(file, "expected a public key or a certificate in PEM");
        if (!isSuitable(*key))
            return unusable(file, "the audit trail is signed with an EC key, or an RSA key of 2048 bits or more");
        std::string id = keyIdOf(*key);
        keys.m_keys->byId.emplace(std::move(id), std::move(key));
    }
    return keys;
}

bool HeadKeys::empty() const
{
    return m_keys->byId.empty();
}

std::optional<std::string> HeadKeys::doubt(const Head& head, const SignedHead& signedHead) const
{
    const auto key = m_keys->byId.find(head.key);
    if (key == m_keys->byId.end())
        return "it is signed with a key that was not given: " + head.key;
    if (!isSignatureOf(*key->second, signedHead))
        return "its signature is wrong";
    return std::nullopt;
}

}
