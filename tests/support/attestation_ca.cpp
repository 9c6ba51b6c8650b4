#include "tests/support/attestation_ca.h"

#include "tests/support/require.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

#include <cstdio>
#include <cstdlib>

namespace support {

using stepup::Algorithm;
using stepup::Bytes;
using stepup::CertificateOwner;

namespace {

const EVP_MD* digestOf(Algorithm algorithm)
{
    switch (algorithm) {
    case Algorithm::Es256:
    case Algorithm::Rs256:
        return EVP_sha256();
    case Algorithm::Es384:
        return EVP_sha384();
    case Algorithm::EdDsa:
        return nullptr;
    }
    return nullptr;
}

void addName(X509_NAME* name, const char* attribute, const std::string& value)
{
    if (!value.empty())
        require(X509_NAME_add_entry_by_txt(name, attribute, MBSTRING_UTF8,
                    reinterpret_cast<const unsigned char*>(value.data()), static_cast<int>(value.size()), -1, 0)
                == 1,
            attribute);
}

void addExtension(X509& certificate, int nid, const std::string& value)
{
    X509V3_CTX context{};
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, &certificate, &certificate, nullptr, nullptr, 0);
    X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str());
    require(extension && X509_add_ext(&certificate, extension, -1) == 1, value.c_str());
    X509_EXTENSION_free(extension);
}

void addModel(X509& certificate, const AttestationOptions& options)
{
    Bytes value = options.modelValue;
    if (value.empty()) {
        value = {0x04, 16};
        stepup::append(value, options.model);
    }
    ASN1_OBJECT* type = OBJ_txt2obj("1.3.6.1.4.1.45724.1.1.4", 1);
    ASN1_OCTET_STRING* data = ASN1_OCTET_STRING_new();
    require(ASN1_OCTET_STRING_set(data, value.data(), static_cast<int>(value.size())) == 1, "extension");
    X509_EXTENSION* extension = X509_EXTENSION_create_by_OBJ(nullptr, type, options.modelIsCritical ? 1 : 0, data);
    require(X509_add_ext(&certificate, extension, -1) == 1, "extension");
    X509_EXTENSION_free(extension);
    ASN1_OCTET_STRING_free(data);
    ASN1_OBJECT_free(type);
}

void setTime(ASN1_TIME* to, base::UtcTime time)
{
    require(ASN1_TIME_set(to, std::chrono::system_clock::to_time_t(time)) != nullptr, "time");
}

CertificateOwner blank(EVP_PKEY& key, base::UtcTime from, base::UtcTime to)
{
    CertificateOwner certificate(X509_new());
    require(X509_set_version(certificate.get(), X509_VERSION_3) == 1, "version");
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 17);
    setTime(X509_getm_notBefore(certificate.get()), from);
    setTime(X509_getm_notAfter(certificate.get()), to);
    require(X509_set_pubkey(certificate.get(), &key) == 1, "public key");
    return certificate;
}

Bytes derOf(X509& certificate)
{
    unsigned char* der = nullptr;
    const int size = i2d_X509(&certificate, &der);
    require(size > 0, "DER");
    Bytes bytes(der, der + size);
    OPENSSL_free(der);
    return bytes;
}

std::string pemOf(X509& certificate)
{
    BIO* bio = BIO_new(BIO_s_mem());
    require(PEM_write_bio_X509(bio, &certificate) == 1, "PEM");
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    std::string pem(data, static_cast<std::size_t>(size));
    BIO_free_all(bio);
    return pem;
}

CertificateOwner authority(EVP_PKEY& key, const char* name, X509* issuer, EVP_PKEY& signingKey, base::UtcTime at)
{
    auto certificate = blank(key, at - std::chrono::hours(24 * 365), at + std::chrono::hours(24 * 3650));
    addName(X509_get_subject_name(certificate.get()), "CN", name);
    X509& signer = issuer ? *issuer : *certificate;
    require(X509_set_issuer_name(certificate.get(), X509_get_subject_name(&signer)) == 1, "issuer");
    addExtension(*certificate, NID_basic_constraints, "critical,CA:TRUE");
    addExtension(*certificate, NID_key_usage, "critical,keyCertSign,cRLSign");
    require(X509_sign(certificate.get(), &signingKey, EVP_sha256()) > 0, "signing");
    return certificate;
}

}

KeyOwner generateKey(Algorithm algorithm, unsigned rsaBits)
{
    KeyOwner key;
    switch (algorithm) {
    case Algorithm::Es256:
        key.reset(EVP_EC_gen("P-256"));
        break;
    case Algorithm::Es384:
        key.reset(EVP_EC_gen("P-384"));
        break;
    case Algorithm::EdDsa:
        key.reset(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
        break;
    case Algorithm::Rs256:
        key.reset(EVP_RSA_gen(rsaBits));
        break;
    }
    require(key != nullptr, "key generation");
    return key;
}

Bytes sign(EVP_PKEY& key, Algorithm algorithm, stepup::ByteView message)
{
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    require(EVP_DigestSignInit(context.get(), nullptr, digestOf(algorithm), nullptr, &key) == 1, "signing");
    std::size_t size = 0;
    require(EVP_DigestSign(context.get(), nullptr, &size, message.data(), message.size()) == 1, "signing");
    Bytes signature(size);
    require(EVP_DigestSign(context.get(), signature.data(), &size, message.data(), message.size()) == 1, "signing");
    signature.resize(size);
    return signature;
}

AttestationCa::AttestationCa(base::UtcTime at)
    : m_at(at)
{
    m_root.key = generateKey(Algorithm::Es256);
    m_root.certificate = authority(*m_root.key, "Test Keys Root", nullptr, *m_root.key, at);
    m_intermediate.key = generateKey(Algorithm::Es256);
    m_intermediate.certificate =
        authority(*m_intermediate.key, "Test Keys Batch 7", m_root.certificate.get(), *m_root.key, at);
}

Attester AttestationCa::issue(const AttestationOptions& options) const
{
    Attester attester{.key = generateKey(options.algorithm), .algorithm = options.algorithm, .chain = {}};
    auto leaf = blank(*attester.key, m_at + options.notBefore, m_at + options.notAfter);
    X509_NAME* name = X509_get_subject_name(leaf.get());
    addName(name, "C", options.country);
    addName(name, "O", options.organisation);
    addName(name, "OU", options.unit);
    addName(name, "CN", options.commonName);
    X509& issuer = *m_intermediate.certificate;
    require(X509_set_issuer_name(leaf.get(), X509_get_subject_name(&issuer)) == 1, "issuer");
    if (options.version == 3) {
        if (!options.constraints.empty())
            addExtension(*leaf, NID_basic_constraints, options.constraints);
        if (options.hasModel)
            addModel(*leaf, options);
    }
    require(X509_set_version(leaf.get(), options.version - 1) == 1, "version");
    require(X509_sign(leaf.get(), m_intermediate.key.get(), EVP_sha256()) > 0, "signing");
    attester.chain = {derOf(*leaf), derOf(issuer)};
    return attester;
}

std::string AttestationCa::rootPem() const
{
    return pemOf(*m_root.certificate);
}

Bytes AttestationCa::rootDer() const
{
    return derOf(*m_root.certificate);
}

std::string AttestationCa::intermediatePem() const
{
    return pemOf(*m_intermediate.certificate);
}

}
