#include "tests/support/device_ca.h"

#include "tests/support/require.h"

#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

#include <cstdio>
#include <cstdlib>

namespace support {

namespace {

using KeyOwner = std::unique_ptr<EVP_PKEY, stepup::PublicKeyDeleter>;

template <typename Write>
std::string pemBy(Write write)
{
    const std::unique_ptr<BIO, decltype(&BIO_free_all)> bio(BIO_new(BIO_s_mem()), BIO_free_all);
    require(write(bio.get()) == 1, "PEM");
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &data);
    return {data, static_cast<std::size_t>(size)};
}

KeyOwner keyOf(const std::string& type)
{
    constexpr std::size_t RsaBits = 2048;
    KeyOwner key(type == "RSA" ? EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", RsaBits)
                               : EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", type.c_str()));
    require(key != nullptr, "key");
    return key;
}

void addName(X509& certificate, int nid, const std::string& value)
{
    if (value.empty())
        return;
    require(X509_NAME_add_entry_by_NID(X509_get_subject_name(&certificate), nid, MBSTRING_UTF8,
                reinterpret_cast<const unsigned char*>(value.data()), static_cast<int>(value.size()), -1, 0)
            == 1,
        "subject");
}

void addExtension(X509& certificate, X509& issuer, int nid, const std::string& value)
{
    if (value.empty())
        return;
    X509V3_CTX context{};
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, &issuer, &certificate, nullptr, nullptr, 0);
    X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str());
    require(extension && X509_add_ext(&certificate, extension, -1) == 1, value.c_str());
    X509_EXTENSION_free(extension);
}

/// Without a configuration file OpenSSL has no words for them.
void addPolicy(X509& certificate, const std::string& oid)
{
    if (oid.empty())
        return;
    const std::unique_ptr<CERTIFICATEPOLICIES, decltype(&CERTIFICATEPOLICIES_free)> policies(
        CERTIFICATEPOLICIES_new(), CERTIFICATEPOLICIES_free);
    POLICYINFO* policy = POLICYINFO_new();
    ASN1_OBJECT_free(policy->policyid);
    policy->policyid = OBJ_txt2obj(oid.c_str(), 1);
    require(policy->policyid && sk_POLICYINFO_push(policies.get(), policy) > 0
            && X509_add1_ext_i2d(&certificate, NID_certificate_policies, policies.get(), 0, 0) == 1,
        "policy");
}

TestDevice make(const DeviceOptions& options, const TestDevice* issuer)
{
    TestDevice made{stepup::CertificateOwner(X509_new()), keyOf(options.keyType)};
    X509& certificate = *made.certificate;
    X509& above = issuer ? *issuer->certificate : certificate;
    unsigned int serial = 0;
    require(RAND_bytes(reinterpret_cast<unsigned char*>(&serial), sizeof serial) == 1, "random");
    X509_set_version(&certificate, X509_VERSION_3);
    ASN1_INTEGER_set_uint64(X509_get_serialNumber(&certificate), serial);
    addName(certificate, NID_commonName, options.commonName);
    addName(certificate, NID_serialNumber, options.subjectSerial);
    X509_set_issuer_name(&certificate, X509_get_subject_name(&above));
    X509_set_pubkey(&certificate, made.key.get());
    ASN1_TIME_set(X509_getm_notBefore(&certificate), std::chrono::system_clock::to_time_t(options.notBefore));
    ASN1_TIME_set(X509_getm_notAfter(&certificate), std::chrono::system_clock::to_time_t(options.notAfter));
    addExtension(certificate, above, NID_subject_key_identifier, "hash");
    addExtension(certificate, above, NID_basic_constraints, options.constraints);
    addExtension(certificate, above, NID_key_usage, options.keyUsage);
    addExtension(certificate, above, NID_ext_key_usage, options.extendedUsage);
    addExtension(certificate, above, NID_subject_alt_name, options.alternativeNames);
    addPolicy(certificate, options.policy);
    require(X509_sign(&certificate, issuer ? issuer->key.get() : made.key.get(), EVP_sha256()) > 0, "signing");
    return made;
}

DeviceOptions authority(const std::string& name)
{
    return {.commonName = name,
        .alternativeNames = {},
        .extendedUsage = {},
        .keyUsage = "critical,keyCertSign,cRLSign",
        .constraints = "critical,CA:TRUE"};
}

stepup::DeviceSignature schemeOf(EVP_PKEY& key)
{
    if (EVP_PKEY_is_a(&key, "RSA") == 1)
        return stepup::DeviceSignature::RsaPss;
    constexpr int Large = 384;
    return EVP_PKEY_get_bits(&key) == Large ? stepup::DeviceSignature::EcdsaP384 : stepup::DeviceSignature::EcdsaP256;
}

}

stepup::Bytes TestDevice::der() const
{
    unsigned char* text = nullptr;
    const int size = i2d_X509(certificate.get(), &text);
    require(size > 0, "DER");
    stepup::Bytes bytes(text, text + size);
    OPENSSL_free(text);
    return bytes;
}

std::string TestDevice::pem() const
{
    return pemBy([this](BIO* bio) { return PEM_write_bio_X509(bio, certificate.get()); });
}

std::string TestDevice::keyPem() const
{
    return pemBy(
        [this](BIO* bio) { return PEM_write_bio_PrivateKey(bio, key.get(), nullptr, nullptr, 0, nullptr, nullptr); });
}

void TestDevice::sign(stepup::DeviceCertificate& proof) const
{
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> digest(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    EVP_PKEY_CTX* context = nullptr;
    const bool isP384 = proof.scheme == stepup::DeviceSignature::EcdsaP384;
    require(EVP_DigestSignInit(digest.get(), &context, isP384 ? EVP_sha384() : EVP_sha256(), nullptr, key.get()) == 1,
        "signature");
    if (proof.scheme == stepup::DeviceSignature::RsaPss)
        require(EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PSS_PADDING) == 1
                && EVP_PKEY_CTX_set_rsa_pss_saltlen(context, RSA_PSS_SALTLEN_DIGEST) == 1,
            "padding");
    const stepup::Bytes message = stepup::signedBytes(proof);
    std::size_t size = stepup::MaxSignatureSize;
    proof.signature.resize(size);
    require(EVP_DigestSign(digest.get(), proof.signature.data(), &size, message.data(), message.size()) == 1, "sign");
    proof.signature.resize(size);
}

stepup::DeviceCertificate TestDevice::prove(
    const stepup::Digest& nonce, std::uint64_t sequence, std::optional<stepup::DeviceSignature> scheme) const
{
    stepup::DeviceCertificate proof;
    proof.leaf = der();
    proof.nonce = nonce;
    proof.sequence = sequence;
    proof.place = stepup::DeviceKeyPlace::Token;
    proof.scheme = scheme.value_or(schemeOf(*key));
    sign(proof);
    return proof;
}

DeviceCa::DeviceCa(const std::string& name)
    : m_self(make(authority(name), nullptr))
{
}

DeviceCa::DeviceCa(const std::string& name, const DeviceCa& above)
    : m_self(make(authority(name), &above.m_self))
{
}

TestDevice DeviceCa::issue(const DeviceOptions& options) const
{
    return make(options, &m_self);
}

std::string DeviceCa::crl(const std::vector<const TestDevice*>& revoked, std::optional<base::UtcTime> until,
    const std::function<void(X509_CRL&)>& change) const
{
    using TimePtr = std::unique_ptr<ASN1_TIME, decltype(&ASN1_TIME_free)>;
    const auto timeOf = [](base::UtcTime time) {
        return TimePtr(ASN1_TIME_set(nullptr, std::chrono::system_clock::to_time_t(time)), ASN1_TIME_free);
    };
    const stepup::RevocationListOwner list(X509_CRL_new());
    const TimePtr from = timeOf(until.value_or(usualEnd()) - std::chrono::days(800));
    X509_CRL_set_version(list.get(), X509_CRL_VERSION_2);
    X509_CRL_set_issuer_name(list.get(), X509_get_subject_name(m_self.certificate.get()));
    X509_CRL_set1_lastUpdate(list.get(), from.get());
    if (until)
        X509_CRL_set1_nextUpdate(list.get(), timeOf(*until).get());
    for (const TestDevice* device : revoked) {
        X509_REVOKED* entry = X509_REVOKED_new();
        X509_REVOKED_set_serialNumber(entry, X509_get_serialNumber(device->certificate.get()));
        X509_REVOKED_set_revocationDate(entry, from.get());
        require(X509_CRL_add0_revoked(list.get(), entry) == 1, "entry");
    }
    if (change)
        change(*list);
    require(X509_CRL_sign(list.get(), m_self.key.get(), EVP_sha256()) > 0, "list");
    return pemBy([&](BIO* bio) { return PEM_write_bio_X509_CRL(bio, list.get()); });
}

stepup::DeviceTrust DeviceCa::trust() const
{
    stepup::DeviceTrust trust;
    auto roots = stepup::AttestationRoots::fromPem(pem());
    require(static_cast<bool>(roots), "roots");
    trust.roots = *std::move(roots);
    return trust;
}

}
