#include "tests/unit/auth/token_fixture.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include <array>

bool signsAndVerifies(const tls::Identity& identity)
{
    using ContextPtr = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;
    const std::array<unsigned char, 5> text{'h', 'e', 'l', 'l', 'o'};
    const bool rsa = EVP_PKEY_get_base_id(identity.key.get()) == EVP_PKEY_RSA;
    const auto usePss = [&](EVP_PKEY_CTX* context) {
        return !rsa
            || (EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PSS_PADDING) == 1
                && EVP_PKEY_CTX_set_rsa_pss_saltlen(context, RSA_PSS_SALTLEN_DIGEST) == 1);
    };

    const ContextPtr signing(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    EVP_PKEY_CTX* options = nullptr;
    std::vector<unsigned char> signature(1024);
    std::size_t size = signature.size();
    const bool isSigned = EVP_DigestSignInit(signing.get(), &options, EVP_sha256(), nullptr, identity.key.get()) == 1
        && usePss(options) && EVP_DigestSign(signing.get(), signature.data(), &size, text.data(), text.size()) == 1;
    ERR_clear_error();
    if (!isSigned)
        return false;

    const ContextPtr verifying(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    EVP_PKEY* publicKey = X509_get0_pubkey(identity.certificate.get());
    return EVP_DigestVerifyInit(verifying.get(), &options, EVP_sha256(), nullptr, publicKey) == 1 && usePss(options)
        && EVP_DigestVerify(verifying.get(), signature.data(), size, text.data(), text.size()) == 1;
}
