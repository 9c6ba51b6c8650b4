#include "auth/token_key.h"

#include "auth/private_key.h"
#include "auth/token_errors.h"
#include "core/tls/hex.h"

#include <openssl/rand.h>
#include <openssl/rsa.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <utility>

// libp11 hangs its keys into the method tables of OpenSSL 1, which OpenSSL 3 calls deprecated.
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"

namespace auth {

namespace {

using Bytes = std::vector<std::uint8_t>;
using Scheme = tls::Signer::Scheme;
using RsaPtr = std::unique_ptr<RSA, decltype(&RSA_free)>;
using ContextPtr = std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)>;

constexpr std::size_t TestDigestSize = 32;

base::Error signError(const std::string& otherwise)
{
    const auto code = takeModuleError();
    return code ? tokenError(*code, "signing") : base::Error{base::Errc::TokenFailure, "signing: " + otherwise};
}

base::Result<Bytes> signEcdsa(EVP_PKEY& key, std::span<const std::uint8_t> digest)
{
    const ContextPtr context(EVP_PKEY_CTX_new(&key, nullptr), EVP_PKEY_CTX_free);
    Bytes signature(static_cast<std::size_t>(EVP_PKEY_get_size(&key)));
    std::size_t size = signature.size();
    if (!context || EVP_PKEY_sign_init(context.get()) != 1
        || EVP_PKEY_sign(context.get(), signature.data(), &size, digest.data(), digest.size()) != 1)
        return signError("the key refuses ECDSA");
    signature.resize(size);
    return signature;
}

base::Result<Bytes> signRsa(EVP_PKEY& key, std::span<const std::uint8_t> input, int padding)
{
    const RsaPtr rsa(EVP_PKEY_get1_RSA(&key), RSA_free);
    if (!rsa)
        return signError("the key is not an RSA key");
    Bytes signature(static_cast<std::size_t>(RSA_size(rsa.get())));
    const int size =
        RSA_private_encrypt(static_cast<int>(input.size()), input.data(), signature.data(), rsa.get(), padding);
    if (size <= 0)
        return signError("the key refuses RSA");
    signature.resize(static_cast<std::size_t>(size));
    return signature;
}

base::Error proofError()
{
    ERR_clear_error();
    return {base::Errc::KeyNotFound, "the token's private key does not belong to its certificate"};
}

bool verifies(EVP_PKEY& publicKey, const Bytes& signature, std::span<const std::uint8_t> digest)
{
    const ContextPtr context(EVP_PKEY_CTX_new(&publicKey, nullptr), EVP_PKEY_CTX_free);
    if (!context || EVP_PKEY_verify_init(context.get()) != 1)
        return false;
    if (EVP_PKEY_is_a(&publicKey, "RSA")
        && (EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PSS_PADDING) != 1
            || EVP_PKEY_CTX_set_signature_md(context.get(), EVP_sha256()) != 1))
        return false;
    return EVP_PKEY_verify(context.get(), signature.data(), signature.size(), digest.data(), digest.size()) == 1;
}

/// RSA-PSS as TLS 1.3 uses it, padded here because tokens offer the bare operation.
Bytes padded(EVP_PKEY& publicKey, std::span<const std::uint8_t> digest)
{
    const RsaPtr rsa(EVP_PKEY_get1_RSA(&publicKey), RSA_free);
    if (!rsa)
        return {};
    Bytes block(static_cast<std::size_t>(RSA_size(rsa.get())));
    if (RSA_padding_add_PKCS1_PSS(rsa.get(), block.data(), digest.data(), EVP_sha256(), RSA_PSS_SALTLEN_DIGEST) != 1)
        return {};
    return block;
}

}

base::Result<TokenKey> TokenKey::find(const Pkcs11Module& module, const TokenLogin& login, const Candidate& candidate)
{
    ERR_clear_error();
    PKCS11_KEY* keys = nullptr;
    unsigned int count = 0;
    if (PKCS11_enumerate_keys(candidate.slot->token, &keys, &count) != 0)
        return signError("the private keys cannot be listed");
    const auto all = std::span(keys, count);
    const auto found = std::find_if(all.begin(), all.end(), [&](const PKCS11_KEY& key) {
        return key.isPrivate && tls::hexOf({key.id, key.id_len}) == candidate.identity.keyId;
    });
    if (found == all.end())
        return base::Error{base::Errc::KeyNotFound,
            "the token holds the certificate with key id " + candidate.identity.keyId + " but not its private key"};
    const auto handle = findSigningKey(module, login, {found->id, found->id_len});
    if (!handle)
        return handle.error();
    if (wantsPinEachTime(module.functions(), login.session(), *handle))
        return base::Error{base::Errc::KeyNotFound,
            "the private key with key id " + candidate.identity.keyId
                + " asks for the PIN at each signature, so no session can reconnect with it (on PIV cards this is slot"
                  " 9c; use slot 9a, key id 01)"};
    if (auto signs = checkMechanism(module.functions(), login, *handle); !signs)
        return signs.error();
    tls::KeyPtr key(PKCS11_get_private_key(&*found));
    if (!key)
        return signError("the private key cannot be used");
    return TokenKey(std::move(key));
}

base::Result<Bytes> TokenKey::sign(Scheme scheme, std::span<const std::uint8_t> input) const
{
    ERR_clear_error();
    switch (scheme) {
    case Scheme::Ecdsa:
        return signEcdsa(*m_key, input);
    case Scheme::RsaPkcs1:
        return signRsa(*m_key, input, RSA_PKCS1_PADDING);
    case Scheme::RsaRaw:
        return signRsa(*m_key, input, RSA_NO_PADDING);
    }
    return base::Error{base::Errc::Internal, "a signature scheme that does not exist"};
}

base::Status TokenKey::prove(X509& certificate) const
{
    EVP_PKEY* publicKey = X509_get0_pubkey(&certificate);
    std::array<std::uint8_t, TestDigestSize> digest{};
    if (!publicKey || RAND_bytes(digest.data(), static_cast<int>(digest.size())) != 1)
        return proofError();
    const bool rsa = EVP_PKEY_is_a(publicKey, "RSA") == 1;
    if (EVP_PKEY_get_base_id(m_key.get()) != EVP_PKEY_get_base_id(publicKey))
        return proofError();
    const auto signature = rsa ? sign(Scheme::RsaRaw, padded(*publicKey, digest)) : sign(Scheme::Ecdsa, digest);
    if (!signature)
        return signature.error();
    if (!verifies(*publicKey, *signature, digest))
        return proofError();
    return base::Ok{};
}

}
