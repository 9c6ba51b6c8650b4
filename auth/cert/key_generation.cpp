#include "auth/cert/key_generation.h"

#include "auth/token_errors.h"
#include "core/tls/hex.h"

#include <array>
#include <optional>

namespace cert {

namespace {

/// Object identifiers of the curves, in DER: RFC 5480, 2.1.1.1.
constexpr std::array<std::uint8_t, 10> P256{0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07};
constexpr std::array<std::uint8_t, 7> P384{0x06, 0x05, 0x2b, 0x81, 0x04, 0x00, 0x22};
constexpr std::array<std::uint8_t, 3> PublicExponent{0x01, 0x00, 0x01};

/// How a kind of key is asked for.
struct Recipe {
    CK_MECHANISM_TYPE mechanism = CKM_EC_KEY_PAIR_GEN;
    Bytes curve;
    CK_ULONG bits = 0;
};

Recipe recipeFor(KeyKind kind)
{
    switch (kind) {
    case KeyKind::EcP256:
        return {CKM_EC_KEY_PAIR_GEN, Bytes(P256.begin(), P256.end()), 0};
    case KeyKind::EcP384:
        return {CKM_EC_KEY_PAIR_GEN, Bytes(P384.begin(), P384.end()), 0};
    case KeyKind::Rsa2048:
        return {CKM_RSA_PKCS_KEY_PAIR_GEN, {}, 2048};
    case KeyKind::Rsa3072:
        return {CKM_RSA_PKCS_KEY_PAIR_GEN, {}, 3072};
    }
    return {};
}

base::Status checkFree(const TokenObjects& objects, const Bytes& id)
{
    for (const CK_OBJECT_CLASS kind : {CKO_PRIVATE_KEY, CKO_PUBLIC_KEY, CKO_CERTIFICATE}) {
        const auto found = objects.find(kind, id);
        if (!found)
            return found.error();
        if (!found->empty())
            return base::Error{base::Errc::Duplicate,
                "the token already holds a key or certificate with key id " + tls::hexOf(id)
                    + "; give the new key another --key-id, nothing was overwritten"};
    }
    return base::Ok{};
}

}

base::Status generateKey(const TokenObjects& objects, KeyKind kind, const Bytes& id)
{
    if (id.empty())
        return base::Error{base::Errc::InvalidInput, "a new key needs a key id: --key-id, or key_id in [token]"};
    if (auto free = checkFree(objects, id); !free)
        return free;
    Recipe recipe = recipeFor(kind);
    // The interface predates const.
    Bytes keyId = id;
    Bytes exponent(PublicExponent.begin(), PublicExponent.end());
    CK_BBOOL yes = CK_TRUE;
    CK_BBOOL no = CK_FALSE;
    std::vector<CK_ATTRIBUTE> publicHalf{
        {CKA_TOKEN, &yes, sizeof yes}, {CKA_VERIFY, &yes, sizeof yes}, {CKA_ID, keyId.data(), keyId.size()}};
    if (recipe.bits > 0) {
        publicHalf.push_back({CKA_MODULUS_BITS, &recipe.bits, sizeof recipe.bits});
        publicHalf.push_back({CKA_PUBLIC_EXPONENT, exponent.data(), exponent.size()});
    } else {
        publicHalf.push_back({CKA_EC_PARAMS, recipe.curve.data(), recipe.curve.size()});
    }
    std::array<CK_ATTRIBUTE, 6> privateHalf{
        {{CKA_TOKEN, &yes, sizeof yes}, {CKA_PRIVATE, &yes, sizeof yes}, {CKA_SENSITIVE, &yes, sizeof yes},
            {CKA_EXTRACTABLE, &no, sizeof no}, {CKA_SIGN, &yes, sizeof yes}, {CKA_ID, keyId.data(), keyId.size()}}};
    CK_MECHANISM mechanism{recipe.mechanism, nullptr, 0};
    CK_OBJECT_HANDLE publicKey = CK_INVALID_HANDLE;
    CK_OBJECT_HANDLE privateKey = CK_INVALID_HANDLE;
    const CK_RV code = objects.functions().C_GenerateKeyPair(objects.session(), &mechanism, publicHalf.data(),
        publicHalf.size(), privateHalf.data(), privateHalf.size(), &publicKey, &privateKey);
    if (code == CKR_OK)
        return base::Ok{};
    const std::string doing = "making a key on the token";
    return writeRefused(code, doing).value_or(auth::tokenError(code, doing));
}

}
