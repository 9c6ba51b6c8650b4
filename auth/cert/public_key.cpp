#include "auth/cert/public_key.h"

#include "auth/cert/openssl_owners.h"
#include "core/tls/hex.h"

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/param_build.h>

#include <memory>

namespace cert {

namespace {

using BuilderPtr = std::unique_ptr<OSSL_PARAM_BLD, decltype(&OSSL_PARAM_BLD_free)>;
using ParamsPtr = std::unique_ptr<OSSL_PARAM, decltype(&OSSL_PARAM_free)>;
using KeyContextPtr = std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)>;
using NumberPtr = std::unique_ptr<BIGNUM, decltype(&BN_free)>;
using OctetsPtr = std::unique_ptr<ASN1_OCTET_STRING, decltype(&ASN1_OCTET_STRING_free)>;

constexpr std::uint8_t UncompressedPoint = 0x04;

tls::KeyPtr build(const char* type, OSSL_PARAM_BLD& builder)
{
    const ParamsPtr params(OSSL_PARAM_BLD_to_param(&builder), OSSL_PARAM_free);
    const KeyContextPtr context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr), EVP_PKEY_CTX_free);
    EVP_PKEY* key = nullptr;
    if (params && context && EVP_PKEY_fromdata_init(context.get()) == 1)
        EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, params.get());
    return tls::KeyPtr(key);
}

/// PKCS#11 wants the point in an OCTET STRING; some modules leave that out. Both begin with the same byte.
Bytes pointOf(const Bytes& attribute)
{
    const unsigned char* at = attribute.data();
    const OctetsPtr octets(
        d2i_ASN1_OCTET_STRING(nullptr, &at, static_cast<long>(attribute.size())), ASN1_OCTET_STRING_free);
    if (!octets || at != attribute.data() + attribute.size())
        return attribute;
    const unsigned char* bytes = ASN1_STRING_get0_data(octets.get());
    return {bytes, bytes + ASN1_STRING_length(octets.get())};
}

tls::KeyPtr ecKey(const Bytes& parameters, const Bytes& attribute)
{
    const unsigned char* at = parameters.data();
    const ObjectPtr curve(d2i_ASN1_OBJECT(nullptr, &at, static_cast<long>(parameters.size())), ASN1_OBJECT_free);
    const Bytes point = pointOf(attribute);
    const BuilderPtr builder(OSSL_PARAM_BLD_new(), OSSL_PARAM_BLD_free);
    if (!curve || !builder || point.empty() || point.front() != UncompressedPoint)
        return nullptr;
    OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, OBJ_nid2sn(OBJ_obj2nid(curve.get())), 0);
    OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size());
    return build("EC", *builder);
}

tls::KeyPtr rsaKey(const Bytes& modulus, const Bytes& exponent)
{
    const NumberPtr n(BN_bin2bn(modulus.data(), static_cast<int>(modulus.size()), nullptr), BN_free);
    const NumberPtr e(BN_bin2bn(exponent.data(), static_cast<int>(exponent.size()), nullptr), BN_free);
    const BuilderPtr builder(OSSL_PARAM_BLD_new(), OSSL_PARAM_BLD_free);
    if (!n || !e || !builder)
        return nullptr;
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get());
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get());
    return build("RSA", *builder);
}

/// What a key object, public or private, tells of the public half.
tls::KeyPtr keyIn(const TokenObjects& objects, CK_OBJECT_HANDLE object)
{
    const Bytes modulus = objects.attribute(object, CKA_MODULUS);
    const Bytes exponent = objects.attribute(object, CKA_PUBLIC_EXPONENT);
    if (!modulus.empty() && !exponent.empty())
        return rsaKey(modulus, exponent);
    const Bytes parameters = objects.attribute(object, CKA_EC_PARAMS);
    const Bytes point = objects.attribute(object, CKA_EC_POINT);
    return parameters.empty() || point.empty() ? nullptr : ecKey(parameters, point);
}

tls::KeyPtr keyOfCertificate(const TokenObjects& objects, CK_OBJECT_HANDLE object)
{
    const auto certificate = objects.certificate(object);
    return tls::KeyPtr(certificate ? X509_get_pubkey(certificate.get()) : nullptr);
}

}

base::Result<tls::KeyPtr> publicKeyOf(const TokenObjects& objects, const Bytes& id)
{
    for (const CK_OBJECT_CLASS kind : {CKO_PUBLIC_KEY, CKO_PRIVATE_KEY, CKO_CERTIFICATE}) {
        const auto found = objects.find(kind, id);
        if (!found)
            return found.error();
        for (const CK_OBJECT_HANDLE object : *found) {
            auto key = kind == CKO_CERTIFICATE ? keyOfCertificate(objects, object) : keyIn(objects, object);
            ERR_clear_error();
            if (key)
                return key;
        }
    }
    return base::Error{base::Errc::KeyNotFound,
        "the token does not show the public half of the key with key id " + tls::hexOf(id)
            + "; give it with --public-key FILE (PEM), as the tool that made the key has written it"};
}

tls::CertificatePtr shellFor(EVP_PKEY& publicKey)
{
    tls::CertificatePtr shell(X509_new());
    if (shell && X509_set_pubkey(shell.get(), &publicKey) == 1)
        return shell;
    ERR_clear_error();
    return nullptr;
}

}
