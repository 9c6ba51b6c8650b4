#include "tests/support/key_signer.h"

#include <openssl/evp.h>
#include <openssl/rsa.h>

#include <memory>
#include <utility>

namespace support {

namespace {

int paddingOf(tls::Signer::Scheme scheme)
{
    return scheme == tls::Signer::Scheme::RsaRaw ? RSA_NO_PADDING : RSA_PKCS1_PADDING;
}

}

KeySigner::KeySigner(tls::KeyPtr key)
    : m_key(std::move(key))
{
}

base::Result<std::vector<std::uint8_t>> KeySigner::sign(Scheme scheme, std::span<const std::uint8_t> input)
{
    ++m_signatures;
    if (m_error)
        return *m_error;
    const base::Error failure{base::Errc::TokenFailure, "OpenSSL does not sign"};
    const std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)> context(
        EVP_PKEY_CTX_new(m_key.get(), nullptr), EVP_PKEY_CTX_free);
    if (!context || EVP_PKEY_sign_init(context.get()) != 1)
        return failure;
    if (scheme != Scheme::Ecdsa && EVP_PKEY_CTX_set_rsa_padding(context.get(), paddingOf(scheme)) != 1)
        return failure;
    std::size_t size = 0;
    if (EVP_PKEY_sign(context.get(), nullptr, &size, input.data(), input.size()) != 1)
        return failure;
    std::vector<std::uint8_t> signature(size);
    if (EVP_PKEY_sign(context.get(), signature.data(), &size, input.data(), input.size()) != 1)
        return failure;
    signature.resize(size);
    return signature;
}

}
