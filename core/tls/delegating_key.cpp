#include "core/tls/identity.h"
#include "core/tls/openssl_handles.h"
#include "core/tls/signer_error.h"

#include <openssl/ec.h>
#include <openssl/rsa.h>

#include <algorithm>
#include <mutex>
#include <utility>

// The method tables of OpenSSL 1 are deprecated; a provider, which replaces them, is a whole plug-in for what are two
// functions here.
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"

namespace tls {

namespace {

/// What a delegating key carries.
struct Delegate {
    std::shared_ptr<Signer> signer;
    std::mutex oneAtATime;

    base::Result<std::vector<std::uint8_t>> sign(Signer::Scheme scheme, std::span<const std::uint8_t> input)
    {
        const std::lock_guard lock(oneAtATime);
        return signer->sign(scheme, input);
    }
};
using DelegatePtr = std::shared_ptr<Delegate>;

void freeDelegate(void*, void* delegate, CRYPTO_EX_DATA*, int, long, void*)
{
    delete static_cast<DelegatePtr*>(delegate);
}

int copyDelegate(CRYPTO_EX_DATA*, const CRYPTO_EX_DATA*, void** delegate, int, long, void*)
{
    if (*delegate)
        *delegate = new DelegatePtr(*static_cast<DelegatePtr*>(*delegate));
    return 1;
}

int ecIndex()
{
    static const int Index = EC_KEY_get_ex_new_index(0, nullptr, nullptr, copyDelegate, freeDelegate);
    return Index;
}

int rsaIndex()
{
    static const int Index = RSA_get_ex_new_index(0, nullptr, nullptr, copyDelegate, freeDelegate);
    return Index;
}

ECDSA_SIG* signEc(const unsigned char* digest, int size, const BIGNUM*, const BIGNUM*, EC_KEY* key)
{
    const auto* delegate = static_cast<DelegatePtr*>(EC_KEY_get_ex_data(key, ecIndex()));
    if (!delegate || size < 0)
        return nullptr;
    const auto signature = (*delegate)->sign(Signer::Scheme::Ecdsa, std::span(digest, static_cast<std::size_t>(size)));
    if (!signature) {
        raiseSignerError(signature.error());
        return nullptr;
    }
    const unsigned char* der = signature->data();
    ECDSA_SIG* parsed = d2i_ECDSA_SIG(nullptr, &der, static_cast<long>(signature->size()));
    if (!parsed || der != signature->data() + signature->size()) {
        ECDSA_SIG_free(parsed);
        raiseSignerError({base::Errc::TokenFailure, "the token's answer is not an ECDSA signature"});
        return nullptr;
    }
    return parsed;
}

int signRsa(int size, const unsigned char* input, unsigned char* output, RSA* key, int padding)
{
    const auto* delegate = static_cast<DelegatePtr*>(RSA_get_ex_data(key, rsaIndex()));
    if (!delegate || size < 0)
        return -1;
    if (padding != RSA_PKCS1_PADDING && padding != RSA_NO_PADDING) {
        raiseSignerError({base::Errc::Unsupported, "RSA padding that no TLS signature uses"});
        return -1;
    }
    const auto scheme = padding == RSA_PKCS1_PADDING ? Signer::Scheme::RsaPkcs1 : Signer::Scheme::RsaRaw;
    const auto signature = (*delegate)->sign(scheme, std::span(input, static_cast<std::size_t>(size)));
    if (!signature) {
        raiseSignerError(signature.error());
        return -1;
    }
    if (signature->size() != static_cast<std::size_t>(RSA_size(key))) {
        raiseSignerError({base::Errc::TokenFailure, "the token's answer has not the length of an RSA signature"});
        return -1;
    }
    std::copy(signature->begin(), signature->end(), output);
    return static_cast<int>(signature->size());
}

/// Lives as long as the process: keys that use it may be freed by static destructors.
const EC_KEY_METHOD* ecMethod()
{
    static const EC_KEY_METHOD* const Method = [] {
        EC_KEY_METHOD* method = EC_KEY_METHOD_new(EC_KEY_OpenSSL());
        int (*sign)(int, const unsigned char*, int, unsigned char*, unsigned int*, const BIGNUM*, const BIGNUM*,
            EC_KEY*) = nullptr;
        EC_KEY_METHOD_get_sign(method, &sign, nullptr, nullptr);
        EC_KEY_METHOD_set_sign(method, sign, nullptr, signEc);
        return method;
    }();
    return Method;
}

const RSA_METHOD* rsaMethod()
{
    static const RSA_METHOD* const Method = [] {
        RSA_METHOD* method = RSA_meth_dup(RSA_PKCS1_OpenSSL());
        RSA_meth_set1_name(method, "delegating");
        RSA_meth_set_priv_enc(method, signRsa);
        return method;
    }();
    return Method;
}

base::Error keyError(const std::string& reason)
{
    ERR_clear_error();
    return {base::Errc::Unsupported, "the certificate's key cannot be used for TLS: " + reason};
}

base::Result<KeyPtr> delegatingEcKey(EVP_PKEY& publicKey, DelegatePtr delegate)
{
    const std::unique_ptr<EC_KEY, decltype(&EC_KEY_free)> key(EVP_PKEY_get1_EC_KEY(&publicKey), EC_KEY_free);
    if (!key)
        return keyError("its curve is unknown");
    const std::unique_ptr<EC_KEY, decltype(&EC_KEY_free)> own(EC_KEY_dup(key.get()), EC_KEY_free);
    auto holder = std::make_unique<DelegatePtr>(std::move(delegate));
    if (!own || EC_KEY_set_method(own.get(), ecMethod()) != 1
        || EC_KEY_set_ex_data(own.get(), ecIndex(), holder.get()) != 1)
        return keyError("out of memory");
    (void)holder.release();
    KeyPtr result(EVP_PKEY_new());
    if (!result || EVP_PKEY_set1_EC_KEY(result.get(), own.get()) != 1)
        return keyError("out of memory");
    return result;
}

base::Result<KeyPtr> delegatingRsaKey(EVP_PKEY& publicKey, DelegatePtr delegate)
{
    const std::unique_ptr<RSA, decltype(&RSA_free)> key(EVP_PKEY_get1_RSA(&publicKey), RSA_free);
    if (!key)
        return keyError("it is not readable");
    const std::unique_ptr<RSA, decltype(&RSA_free)> own(RSAPublicKey_dup(key.get()), RSA_free);
    auto holder = std::make_unique<DelegatePtr>(std::move(delegate));
    if (!own || RSA_set_method(own.get(), rsaMethod()) != 1
        || RSA_set_ex_data(own.get(), rsaIndex(), holder.get()) != 1)
        return keyError("out of memory");
    (void)holder.release();
    KeyPtr result(EVP_PKEY_new());
    if (!result || EVP_PKEY_set1_RSA(result.get(), own.get()) != 1)
        return keyError("out of memory");
    return result;
}

}

base::Result<KeyPtr> delegatingKey(X509& certificate, std::shared_ptr<Signer> signer)
{
    EVP_PKEY* publicKey = X509_get0_pubkey(&certificate);
    if (!publicKey)
        return keyError("it is not readable");
    auto delegate = std::make_shared<Delegate>();
    delegate->signer = std::move(signer);
    switch (EVP_PKEY_get_base_id(publicKey)) {
    case EVP_PKEY_EC:
        return delegatingEcKey(*publicKey, std::move(delegate));
    case EVP_PKEY_RSA:
        return delegatingRsaKey(*publicKey, std::move(delegate));
    default:
        return keyError("expected EC or RSA, found " + std::string(OBJ_nid2sn(EVP_PKEY_get_base_id(publicKey))));
    }
}

}
