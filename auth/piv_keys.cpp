#include "auth/piv_keys.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/param_build.h>

#include <algorithm>
#include <memory>

namespace auth {

namespace {

constexpr std::size_t Rsa2048Size = 256;

tls::KeyPtr keyFrom(const char* kind, OSSL_PARAM_BLD& parameters)
{
    const std::unique_ptr<OSSL_PARAM, decltype(&OSSL_PARAM_free)> built(
        OSSL_PARAM_BLD_to_param(&parameters), OSSL_PARAM_free);
    const std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)> context(
        EVP_PKEY_CTX_new_from_name(nullptr, kind, nullptr), EVP_PKEY_CTX_free);
    EVP_PKEY* key = nullptr;
    if (built && context && EVP_PKEY_fromdata_init(context.get()) == 1)
        EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, built.get());
    ERR_clear_error();
    return tls::KeyPtr(key);
}

}

std::uint8_t pivNumberOf(PivKeyKind kind)
{
    switch (kind) {
    case PivKeyKind::EcP256:
        return 0x11;
    case PivKeyKind::EcP384:
        return 0x14;
    case PivKeyKind::Rsa2048:
        return 0x07;
    }
    return 0;
}

std::optional<PivKeyKind> pivKindOf(std::uint8_t number)
{
    for (const PivKeyKind kind : {PivKeyKind::EcP256, PivKeyKind::EcP384, PivKeyKind::Rsa2048})
        if (pivNumberOf(kind) == number)
            return kind;
    return std::nullopt;
}

std::optional<PivKeyKind> pivKindOf(const EVP_PKEY& key)
{
    const int bits = EVP_PKEY_get_bits(&key);
    if (EVP_PKEY_is_a(&key, "EC") && bits == 256)
        return PivKeyKind::EcP256;
    if (EVP_PKEY_is_a(&key, "EC") && bits == 384)
        return PivKeyKind::EcP384;
    return EVP_PKEY_is_a(&key, "RSA") && bits == 2048 ? std::optional(PivKeyKind::Rsa2048) : std::nullopt;
}

std::size_t pivBlockSize(PivKeyKind kind)
{
    switch (kind) {
    case PivKeyKind::EcP256:
        return 32;
    case PivKeyKind::EcP384:
        return 48;
    case PivKeyKind::Rsa2048:
        return Rsa2048Size;
    }
    return 0;
}

tls::KeyPtr pivPublicKey(PivKeyKind kind, PivView parts)
{
    const std::unique_ptr<OSSL_PARAM_BLD, decltype(&OSSL_PARAM_BLD_free)> made(
        OSSL_PARAM_BLD_new(), OSSL_PARAM_BLD_free);
    if (kind == PivKeyKind::Rsa2048) {
        const PivView modulus = pivValue(parts, 0x81);
        const PivView exponent = pivValue(parts, 0x82);
        using Number = std::unique_ptr<BIGNUM, decltype(&BN_free)>;
        const Number n(BN_bin2bn(modulus.data(), static_cast<int>(modulus.size()), nullptr), BN_free);
        const Number e(BN_bin2bn(exponent.data(), static_cast<int>(exponent.size()), nullptr), BN_free);
        if (modulus.empty() || exponent.empty()
            || OSSL_PARAM_BLD_push_BN(made.get(), OSSL_PKEY_PARAM_RSA_N, n.get()) != 1
            || OSSL_PARAM_BLD_push_BN(made.get(), OSSL_PKEY_PARAM_RSA_E, e.get()) != 1)
            return nullptr;
        return keyFrom("RSA", *made);
    }
    const PivView point = pivValue(parts, 0x86);
    const char* group = kind == PivKeyKind::EcP256 ? "P-256" : "P-384";
    if (point.empty() || OSSL_PARAM_BLD_push_utf8_string(made.get(), OSSL_PKEY_PARAM_GROUP_NAME, group, 0) != 1
        || OSSL_PARAM_BLD_push_octet_string(made.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()) != 1)
        return nullptr;
    return keyFrom("EC", *made);
}

PivBytes pivDigestBlock(PivKeyKind kind, PivView digest)
{
    const std::size_t size = pivBlockSize(kind);
    const PivView used = digest.first(std::min(size, digest.size()));
    PivBytes block(size - used.size(), 0);
    block.insert(block.end(), used.begin(), used.end());
    return block;
}

std::optional<PivBytes> pivPkcs1Block(PivView input)
{
    constexpr std::size_t leastPadding = 11;
    if (input.size() + leastPadding > Rsa2048Size)
        return std::nullopt;
    PivBytes block(Rsa2048Size - input.size(), 0xff);
    block[0] = 0;
    block[1] = 1;
    block.back() = 0;
    block.insert(block.end(), input.begin(), input.end());
    return block;
}

}
