#include "tests/support/soft_authenticator.h"

#include "tests/support/cbor_writer.h"
#include "tests/support/require.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>

#include <cstdio>
#include <cstdlib>

namespace support {

using stepup::Algorithm;
using stepup::Bytes;
using stepup::Digest;

namespace {

/// A number of the key, big-endian; `size` 0: without leading zeros.
Bytes numberOf(EVP_PKEY& key, const char* name, int size)
{
    BIGNUM* number = nullptr;
    require(EVP_PKEY_get_bn_param(&key, name, &number) == 1, name);
    const int width = size == 0 ? BN_num_bytes(number) : size;
    Bytes bytes(static_cast<std::size_t>(width));
    require(BN_bn2binpad(number, bytes.data(), width) == width, name);
    BN_free(number);
    return bytes;
}

Bytes ellipticKey(EVP_PKEY& key, std::int64_t algorithm, std::int64_t curve, int size)
{
    CborWriter cbor;
    cbor.map(5).integer(1).integer(2).integer(3).integer(algorithm).integer(-1).integer(curve);
    cbor.integer(-2).bytes(numberOf(key, OSSL_PKEY_PARAM_EC_PUB_X, size));
    cbor.integer(-3).bytes(numberOf(key, OSSL_PKEY_PARAM_EC_PUB_Y, size));
    return cbor.done();
}

Bytes ed25519Key(EVP_PKEY& key)
{
    Bytes point(32);
    std::size_t size = point.size();
    require(EVP_PKEY_get_raw_public_key(&key, point.data(), &size) == 1, "public key");
    CborWriter cbor;
    cbor.map(4).integer(1).integer(1).integer(3).integer(-8).integer(-1).integer(6).integer(-2).bytes(point);
    return cbor.done();
}

Bytes rsaKey(EVP_PKEY& key)
{
    CborWriter cbor;
    cbor.map(4).integer(1).integer(3).integer(3).integer(-257);
    cbor.integer(-1).bytes(numberOf(key, OSSL_PKEY_PARAM_RSA_N, 0));
    cbor.integer(-2).bytes(numberOf(key, OSSL_PKEY_PARAM_RSA_E, 0));
    return cbor.done();
}

Bytes dataHead(const std::string& rpId, std::uint8_t flags, std::uint32_t signCount)
{
    Bytes data;
    stepup::append(data, stepup::sha256(stepup::bytesOf(rpId)));
    data.push_back(flags);
    for (const int shift : {24, 16, 8, 0})
        data.push_back(static_cast<std::uint8_t>(signCount >> shift));
    return data;
}

Bytes signedBytes(stepup::ByteView authenticatorData, const Digest& clientDataHash)
{
    Bytes message(authenticatorData.begin(), authenticatorData.end());
    stepup::append(message, clientDataHash);
    return message;
}

}

SoftAuthenticator::SoftAuthenticator(Algorithm algorithm, stepup::CredentialId id)
    : m_algorithm(algorithm)
    , m_id(std::move(id))
    , m_key(generateKey(algorithm))
{
}

Bytes SoftAuthenticator::coseKey() const
{
    return coseKeyOf(*m_key, m_algorithm);
}

Bytes SoftAuthenticator::signatureOver(stepup::ByteView authenticatorData, const Digest& clientDataHash) const
{
    return sign(*m_key, m_algorithm, signedBytes(authenticatorData, clientDataHash));
}

stepup::Assertion SoftAuthenticator::assertion(const Digest& clientDataHash, const AssertionOptions& options) const
{
    stepup::Assertion assertion{.credentialId = m_id,
        .authenticatorData = dataHead(options.rpId, options.flags, options.signCount),
        .signature = {}};
    stepup::append(assertion.authenticatorData, options.tail);
    assertion.signature = signatureOver(assertion.authenticatorData, clientDataHash);
    return assertion;
}

Bytes SoftAuthenticator::attestedData(const RegistrationOptions& options) const
{
    Bytes data = dataHead(options.rpId, options.flags, options.signCount);
    if ((options.flags & AttestedData) != 0) {
        stepup::append(data, options.model);
        data.push_back(static_cast<std::uint8_t>(m_id.size() >> 8));
        data.push_back(static_cast<std::uint8_t>(m_id.size()));
        stepup::append(data, m_id);
        stepup::append(data, options.coseKey.value_or(coseKey()));
    }
    if ((options.flags & ExtensionData) != 0) {
        CborWriter cbor;
        if (options.credProtect)
            cbor.map(1).text("credProtect").integer(*options.credProtect);
        else
            cbor.map(1).text("minPinLength").integer(6);
        stepup::append(data, cbor.done());
    }
    return data;
}

stepup::Registration SoftAuthenticator::registration(
    const Digest& clientDataHash, const RegistrationOptions& options, const Attester& attester) const
{
    stepup::Registration registration{.authenticatorData = attestedData(options),
        .format = options.format,
        .statement = {},
        .clientDataHash = clientDataHash};
    const Algorithm algorithm = options.selfAttested ? m_algorithm : attester.algorithm;
    EVP_PKEY& key = options.selfAttested ? *m_key : *attester.key;
    const Bytes signature =
        sign(key, algorithm, signedBytes(registration.authenticatorData, registration.clientDataHash));
    registration.statement =
        packedStatement(options.attestationAlgorithm.value_or(static_cast<std::int64_t>(algorithm)), signature,
            options.selfAttested ? std::vector<Bytes>() : attester.chain);
    return registration;
}

Bytes packedStatement(std::int64_t algorithm, stepup::ByteView signature, const std::vector<Bytes>& chain)
{
    CborWriter cbor;
    cbor.map(chain.empty() ? 2 : 3).text("alg").integer(algorithm).text("sig").bytes(signature);
    if (!chain.empty()) {
        cbor.text("x5c").array(chain.size());
        for (const auto& certificate : chain)
            cbor.bytes(certificate);
    }
    return cbor.done();
}

Bytes coseKeyOf(EVP_PKEY& key, Algorithm algorithm)
{
    switch (algorithm) {
    case Algorithm::Es256:
        return ellipticKey(key, -7, 1, 32);
    case Algorithm::Es384:
        return ellipticKey(key, -35, 2, 48);
    case Algorithm::EdDsa:
        return ed25519Key(key);
    case Algorithm::Rs256:
        return rsaKey(key);
    }
    return {};
}

}
