#include "tests/support/test_pki.h"

#include "tests/support/require.h"
#include "tests/support/test_crl.h"

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <unistd.h>

namespace support {

using namespace std::chrono_literals;

namespace {

using CrlPtr = std::unique_ptr<X509_CRL, decltype(&X509_CRL_free)>;
using BioPtr = std::unique_ptr<BIO, decltype(&BIO_free_all)>;

std::string contentOf(const BioPtr& bio)
{
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &data);
    return {data, static_cast<std::size_t>(size)};
}

BioPtr memory()
{
    return {BIO_new(BIO_s_mem()), BIO_free_all};
}

void setRandomSerial(X509& certificate)
{
    unsigned char bytes[8] = {};
    require(RAND_bytes(bytes, sizeof bytes) == 1, "RAND_bytes");
    bytes[0] &= 0x7fU;
    BIGNUM* number = BN_bin2bn(bytes, sizeof bytes, nullptr);
    require(BN_to_ASN1_INTEGER(number, X509_get_serialNumber(&certificate)) != nullptr, "serial number");
    BN_free(number);
}

void setSubject(X509& certificate, const std::string& commonName)
{
    if (commonName.empty())
        return;
    X509_NAME* name = X509_get_subject_name(&certificate);
    const auto* text = reinterpret_cast<const unsigned char*>(commonName.data());
    require(X509_NAME_add_entry_by_NID(
                name, NID_commonName, MBSTRING_UTF8, text, static_cast<int>(commonName.size()), -1, 0)
            == 1,
        "subject");
}

void addExtension(X509& certificate, X509& issuer, int nid, const std::string& value)
{
    X509V3_CTX context{};
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, &issuer, &certificate, nullptr, nullptr, 0);
    X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str());
    require(extension && X509_add_ext(&certificate, extension, -1) == 1, value.c_str());
    X509_EXTENSION_free(extension);
}

void addUsage(X509& certificate, X509& issuer, Purpose purpose)
{
    const auto add = [&](int nid, const char* value) { addExtension(certificate, issuer, nid, value); };
    switch (purpose) {
    case Purpose::Ca:
        add(NID_basic_constraints, "critical,CA:TRUE");
        add(NID_key_usage, "critical,keyCertSign,cRLSign");
        return;
    case Purpose::Server:
        add(NID_ext_key_usage, "serverAuth");
        break;
    case Purpose::Client:
        add(NID_ext_key_usage, "clientAuth");
        break;
    case Purpose::OcspSigning:
        add(NID_ext_key_usage, "OCSPSigning");
        break;
    case Purpose::CodeSigning:
        add(NID_ext_key_usage, "codeSigning");
        break;
    }
    add(NID_basic_constraints, "critical,CA:FALSE");
    add(NID_key_usage, "critical,digitalSignature");
}

std::string alternativeNames(const CertificateOptions& options)
{
    std::string text;
    const auto add = [&](const char* kind, const std::string& name) {
        text += text.empty() ? "" : ",";
        text += kind + name;
    };
    for (const auto& name : options.dnsNames)
        add("DNS:", name);
    for (const auto& address : options.ipAddresses)
        add("IP:", address);
    return text;
}

/// `issuer` null: signs itself with `signingKey`.
tls::CertificatePtr makeCertificate(
    EVP_PKEY& publicKey, const CertificateOptions& options, X509* issuer, EVP_PKEY& signingKey)
{
    tls::CertificatePtr certificate(X509_new());
    require(X509_set_version(certificate.get(), X509_VERSION_3) == 1, "version");
    setRandomSerial(*certificate);
    setSubject(*certificate, options.commonName);
    X509& signer = issuer ? *issuer : *certificate;
    require(X509_set_issuer_name(certificate.get(), X509_get_subject_name(&signer)) == 1, "issuer");
    require(X509_set_pubkey(certificate.get(), &publicKey) == 1, "public key");
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), options.notBefore.count());
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), options.notAfter.count());
    addExtension(*certificate, signer, NID_subject_key_identifier, "hash");
    if (issuer)
        addExtension(*certificate, signer, NID_authority_key_identifier, "keyid");
    addUsage(*certificate, signer, options.purpose);
    if (const auto names = alternativeNames(options); !names.empty())
        addExtension(*certificate, signer, NID_subject_alt_name, names);
    if (options.promisesStaple)
        addExtension(*certificate, signer, NID_tlsfeature, "status_request");
    require(X509_sign(certificate.get(), &signingKey, EVP_sha256()) > 0, "signing");
    return certificate;
}

}

TestCa::TestCa(const std::string& commonName)
{
    CertificateOptions options;
    options.commonName = commonName;
    options.purpose = Purpose::Ca;
    options.notAfter = std::chrono::hours(24 * 30);
    m_identity = selfSigned(options);
}

TestCa::~TestCa() = default;

tls::Identity TestCa::issue(const CertificateOptions& options) const
{
    tls::Identity identity;
    identity.key = generateKey(options.keyType);
    identity.certificate = issueFor(*identity.key, options);
    return identity;
}

tls::CertificatePtr TestCa::issueFor(EVP_PKEY& publicKey, const CertificateOptions& options) const
{
    return issueFrom(m_identity, publicKey, options);
}

std::string TestCa::pem() const
{
    return pemOf(*m_identity.certificate);
}

std::string TestCa::crl(const std::vector<X509*>& revoked, std::chrono::seconds until) const
{
    return crlOf(m_identity, revoked, until);
}

std::string crlOf(const tls::Identity& issuer, const std::vector<X509*>& revoked,
    std::optional<std::chrono::seconds> until, const std::function<void(X509_CRL&)>& change)
{
    const CrlPtr list(X509_CRL_new(), X509_CRL_free);
    require(X509_CRL_set_version(list.get(), X509_CRL_VERSION_2) == 1, "version");
    require(X509_CRL_set_issuer_name(list.get(), X509_get_subject_name(issuer.certificate.get())) == 1, "issuer");
    ASN1_TIME* time = ASN1_TIME_new();
    X509_gmtime_adj(time, std::min<std::chrono::seconds::rep>(until.value_or(0s).count(), 0) - 3600);
    require(X509_CRL_set1_lastUpdate(list.get(), time) == 1, "last update");
    for (X509* certificate : revoked) {
        X509_REVOKED* entry = X509_REVOKED_new();
        require(X509_REVOKED_set_serialNumber(entry, X509_get_serialNumber(certificate)) == 1, "serial number");
        require(X509_REVOKED_set_revocationDate(entry, time) == 1, "revocation date");
        require(X509_CRL_add0_revoked(list.get(), entry) == 1, "entry");
    }
    if (until) {
        X509_gmtime_adj(time, until->count());
        require(X509_CRL_set1_nextUpdate(list.get(), time) == 1, "next update");
    }
    ASN1_TIME_free(time);
    if (change)
        change(*list);
    require(X509_CRL_sort(list.get()) == 1, "sorting");
    require(X509_CRL_sign(list.get(), issuer.key.get(), EVP_sha256()) > 0, "signing");

    const auto output = memory();
    require(PEM_write_bio_X509_CRL(output.get(), list.get()) == 1, "writing");
    return contentOf(output);
}

tls::CertificatePtr issueFrom(const tls::Identity& issuer, EVP_PKEY& publicKey, const CertificateOptions& options)
{
    return makeCertificate(publicKey, options, issuer.certificate.get(), *issuer.key);
}

tls::Identity selfSigned(const CertificateOptions& options)
{
    tls::Identity identity;
    identity.key = generateKey(options.keyType);
    identity.certificate = makeCertificate(*identity.key, options, nullptr, *identity.key);
    return identity;
}

std::string pemOf(X509& certificate)
{
    const auto output = memory();
    require(PEM_write_bio_X509(output.get(), &certificate) == 1, "writing");
    return contentOf(output);
}

std::string pemOf(EVP_PKEY& key)
{
    const auto output = memory();
    require(PEM_write_bio_PrivateKey(output.get(), &key, nullptr, nullptr, 0, nullptr, nullptr) == 1, "writing");
    return contentOf(output);
}

tls::KeyPtr generateKey(KeyType type)
{
    tls::KeyPtr key;
    switch (type) {
    case KeyType::Ec256:
        key.reset(EVP_EC_gen("P-256"));
        break;
    case KeyType::Ec384:
        key.reset(EVP_EC_gen("P-384"));
        break;
    case KeyType::Rsa2048:
        key.reset(EVP_RSA_gen(2048));
        break;
    }
    require(key != nullptr, "key generation");
    return key;
}

TemporaryDirectory::TemporaryDirectory()
{
    auto pattern = (std::filesystem::temp_directory_path() / "countersign-test-XXXXXX").string();
    require(mkdtemp(pattern.data()) != nullptr, "mkdtemp");
    m_path = pattern;
}

TemporaryDirectory::~TemporaryDirectory()
{
    std::error_code ignored;
    std::filesystem::remove_all(m_path, ignored);
}

std::filesystem::path TemporaryDirectory::write(const std::string& name, const std::string& content) const
{
    auto file = m_path / name;
    std::ofstream output(file, std::ios::binary | std::ios::trunc);
    output << content;
    output.close();
    require(output.good(), file.c_str());
    return file;
}

}
