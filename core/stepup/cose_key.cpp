#include "core/stepup/cose_key.h"

#include "core/stepup/cbor.h"
#include "core/stepup/ed25519_point.h"
#include "core/stepup/openssl_handles.h"

namespace stepup {

namespace {

using base::Errc;
using base::Error;
using KeyOwner = std::unique_ptr<EVP_PKEY, PublicKeyDeleter>;

// RFC 9052, 7.1; RFC 9053, 7.1.1, 7.2; RFC 8230, 4.
constexpr std::int64_t LabelType = 1;
constexpr std::int64_t LabelAlgorithm = 3;
constexpr std::int64_t TypeOctetPair = 1;
constexpr std::int64_t TypeEllipticPoint = 2;
constexpr std::int64_t TypeRsa = 3;
constexpr std::int64_t CurveP256 = 1;
constexpr std::int64_t CurveP384 = 2;
constexpr std::int64_t CurveEd25519 = 6;

constexpr int MinRsaBits = 2048;
constexpr int MaxRsaBits = 4096;

Error malformedKey(const char* why)
{
    return {Errc::InvalidInput, std::string("the public key ") + why};
}

bool readIs(CborReader& reader, std::int64_t label, std::int64_t value)
{
    return reader.integer() == label && reader.integer() == value;
}

std::optional<ByteView> readBytes(CborReader& reader, std::int64_t label)
{
    return reader.integer() == label ? reader.byteString() : std::nullopt;
}

KeyOwner keyFrom(const char* type, OSSL_PARAM_BLD& builder)
{
    const Handle<OSSL_PARAM> parameters(OSSL_PARAM_BLD_to_param(&builder));
    const Handle<EVP_PKEY_CTX> context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
    EVP_PKEY* key = nullptr;
    if (!parameters || !context || EVP_PKEY_fromdata_init(context.get()) != 1
        || EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters.get()) != 1)
        return {};
    return KeyOwner(key);
}

bool publicPartIsSound(EVP_PKEY& key)
{
    const Handle<EVP_PKEY_CTX> context(EVP_PKEY_CTX_new_from_pkey(nullptr, &key, nullptr));
    return context && EVP_PKEY_public_check(context.get()) == 1;
}

base::Result<KeyOwner> readEllipticPoint(CborReader& reader, std::int64_t curve, const char* group, std::size_t size)
{
    if (!readIs(reader, -1, curve))
        return malformedKey("is of another curve than its algorithm");
    const auto x = readBytes(reader, -2);
    const auto y = x ? readBytes(reader, -3) : std::nullopt;
    if (!y || x->size() != size || y->size() != size)
        return malformedKey("has no pair of coordinates of the size of its curve");
    Bytes point{0x04}; // uncompressed: SEC 1, 2.3.3
    append(point, *x);
    append(point, *y);
    const Handle<OSSL_PARAM_BLD> builder(OSSL_PARAM_BLD_new());
    if (!builder || OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, group, 0) != 1
        || OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()) != 1)
        return Error{Errc::Internal, "out of memory"};
    KeyOwner key = keyFrom("EC", *builder);
    if (!key || !publicPartIsSound(*key))
        return malformedKey("is not a point of its curve");
    return key;
}

base::Result<KeyOwner> readEd25519(CborReader& reader)
{
    if (!readIs(reader, -1, CurveEd25519))
        return malformedKey("is of another curve than its algorithm");
    const auto x = readBytes(reader, -2);
    if (!x || x->size() != 32)
        return malformedKey("has no coordinate of 32 bytes");
    if (!isSoundEd25519Point(*x))
        return malformedKey("is not a point of Ed25519, or one of small order");
    KeyOwner key(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, x->data(), x->size()));
    if (!key)
        return malformedKey("cannot be used");
    return key;
}

base::Result<KeyOwner> readRsa(CborReader& reader)
{
    const auto n = readBytes(reader, -1);
    const auto e = n ? readBytes(reader, -2) : std::nullopt;
    if (!e || n->empty() || e->empty() || n->front() == 0 || e->front() == 0)
        return malformedKey("has no modulus and exponent without leading zeros");
    const Handle<BIGNUM> modulus(BN_bin2bn(n->data(), static_cast<int>(n->size()), nullptr));
    const Handle<BIGNUM> exponent(BN_bin2bn(e->data(), static_cast<int>(e->size()), nullptr));
    const Handle<OSSL_PARAM_BLD> builder(OSSL_PARAM_BLD_new());
    if (!modulus || !exponent || !builder)
        return Error{Errc::Internal, "out of memory"};
    if (BN_num_bits(modulus.get()) < MinRsaBits || BN_num_bits(modulus.get()) > MaxRsaBits
        || BN_is_odd(modulus.get()) == 0)
        return malformedKey("has an RSA modulus that is even, or not of 2048 to 4096 bits");
    if (BN_is_odd(exponent.get()) == 0 || e->size() > 4 || BN_get_word(exponent.get()) < 0x10001)
        return malformedKey("has an RSA exponent that is even, below 65537 or above 32 bits");
    if (OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, modulus.get()) != 1
        || OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, exponent.get()) != 1)
        return Error{Errc::Internal, "out of memory"};
    KeyOwner key = keyFrom("RSA", *builder);
    if (!key)
        return malformedKey("cannot be used");
    return key;
}

struct Shape {
    std::int64_t type;
    std::size_t members;
};

Shape shapeOf(Algorithm algorithm)
{
    switch (algorithm) {
    case Algorithm::Es256:
    case Algorithm::Es384:
        return {TypeEllipticPoint, 5};
    case Algorithm::EdDsa:
        return {TypeOctetPair, 4};
    case Algorithm::Rs256:
        return {TypeRsa, 4};
    }
    return {};
}

base::Result<KeyOwner> readKey(CborReader& reader, Algorithm algorithm)
{
    switch (algorithm) {
    case Algorithm::Es256:
        return readEllipticPoint(reader, CurveP256, "P-256", 32);
    case Algorithm::Es384:
        return readEllipticPoint(reader, CurveP384, "P-384", 48);
    case Algorithm::EdDsa:
        return readEd25519(reader);
    case Algorithm::Rs256:
        return readRsa(reader);
    }
    return malformedKey("has an unknown algorithm");
}

const EVP_MD* digestOf(Algorithm algorithm)
{
    switch (algorithm) {
    case Algorithm::Es256:
    case Algorithm::Rs256:
        return EVP_sha256();
    case Algorithm::Es384:
        return EVP_sha384();
    case Algorithm::EdDsa:
        return nullptr; // Ed25519 hashes itself
    }
    return nullptr;
}

bool isOnCurve(const EVP_PKEY& key, const char* group)
{
    char name[64] = {};
    return EVP_PKEY_is_a(&key, "EC") == 1 && EVP_PKEY_get_group_name(&key, name, sizeof name, nullptr) == 1
        && std::string_view(name) == group;
}

}

std::optional<Algorithm> algorithmOf(std::int64_t number)
{
    for (const Algorithm algorithm : {Algorithm::Es256, Algorithm::EdDsa, Algorithm::Es384, Algorithm::Rs256})
        if (static_cast<std::int64_t>(algorithm) == number)
            return algorithm;
    return std::nullopt;
}

const char* algorithmName(Algorithm algorithm)
{
    switch (algorithm) {
    case Algorithm::Es256:
        return "ES256";
    case Algorithm::EdDsa:
        return "EdDSA";
    case Algorithm::Es384:
        return "ES384";
    case Algorithm::Rs256:
        return "RS256";
    }
    return "unknown";
}

base::Result<PublicKey> parseCoseKey(ByteView bytes)
{
    const ErrorQueueGuard errors;
    if (bytes.size() > MaxCoseKeySize)
        return malformedKey("is longer than any that is accepted");
    CborReader whole(bytes);
    if (!whole.item() || !whole.atEnd())
        return malformedKey("is not in CTAP2 canonical CBOR");
    CborReader reader(bytes);
    const auto members = reader.map();
    const auto type = members && reader.integer() == LabelType ? reader.integer() : std::nullopt;
    const auto number = type && reader.integer() == LabelAlgorithm ? reader.integer() : std::nullopt;
    const auto algorithm = number ? algorithmOf(*number) : std::nullopt;
    if (!algorithm)
        return malformedKey("is not of ES256, ES384, EdDSA or RS256");
    const Shape shape = shapeOf(*algorithm);
    if (*type != shape.type || *members != shape.members)
        return malformedKey("has other members than its algorithm needs");
    auto key = readKey(reader, *algorithm);
    if (!key)
        return key.error();
    return PublicKey{.algorithm = *algorithm, .key = *std::move(key)};
}

bool fits(const EVP_PKEY& key, Algorithm algorithm)
{
    const ErrorQueueGuard errors;
    switch (algorithm) {
    case Algorithm::Es256:
        return isOnCurve(key, SN_X9_62_prime256v1);
    case Algorithm::Es384:
        return isOnCurve(key, SN_secp384r1);
    case Algorithm::EdDsa:
        return EVP_PKEY_is_a(&key, "ED25519") == 1;
    case Algorithm::Rs256:
        return EVP_PKEY_is_a(&key, "RSA") == 1 && EVP_PKEY_get_bits(&key) >= MinRsaBits
            && EVP_PKEY_get_bits(&key) <= MaxRsaBits;
    }
    return false;
}

bool verifySignature(EVP_PKEY& key, Algorithm algorithm, ByteView message, ByteView signature)
{
    const ErrorQueueGuard errors;
    if (!fits(key, algorithm) || signature.empty() || signature.size() > MaxSignatureSize)
        return false;
    const Handle<EVP_MD_CTX> context(EVP_MD_CTX_new());
    // RSA's default padding is PKCS #1 v1.5.
    return context && EVP_DigestVerifyInit(context.get(), nullptr, digestOf(algorithm), nullptr, &key) == 1
        && EVP_DigestVerify(context.get(), signature.data(), signature.size(), message.data(), message.size()) == 1;
}

}
