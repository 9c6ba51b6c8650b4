#include "tests/support/attested_request.h"

#include "auth/cert/request.h"

#include <gtest/gtest.h>
#include <openssl/x509v3.h>

#include <memory>

namespace support {

namespace {

using Bytes = std::vector<std::uint8_t>;

Bytes derOf(X509& certificate)
{
    unsigned char* der = nullptr;
    const int size = i2d_X509(&certificate, &der);
    Bytes bytes(der, der + size);
    OPENSSL_free(der);
    return bytes;
}

void addExtension(X509& certificate, const char* number, const Bytes& value)
{
    ASN1_OBJECT* kind = OBJ_txt2obj(number, 1);
    ASN1_OCTET_STRING* octets = ASN1_OCTET_STRING_new();
    ASN1_OCTET_STRING_set(octets, value.data(), static_cast<int>(value.size()));
    X509_EXTENSION* extension = X509_EXTENSION_create_by_OBJ(nullptr, kind, 0, octets);
    EXPECT_EQ(X509_add_ext(&certificate, extension, -1), 1);
    X509_EXTENSION_free(extension);
    ASN1_OCTET_STRING_free(octets);
    ASN1_OBJECT_free(kind);
}

}

tls::Identity attestingCard(const TestCa& maker)
{
    CertificateOptions options;
    options.commonName = "Card 5163";
    options.purpose = Purpose::Ca;
    return maker.issue(options);
}

std::string attestedRequest(
    EVP_PKEY& key, const std::string& name, const tls::Identity& card, const std::vector<std::uint8_t>& policies)
{
    CertificateOptions options;
    options.commonName = "YubiKey PIV Attestation 9a";
    options.purpose = Purpose::Client;
    const auto said = issueFrom(card, key, options);
    addExtension(*said, "1.3.6.1.4.1.41482.3.3", {5, 4, 3});
    addExtension(*said, "1.3.6.1.4.1.41482.3.7", {0x02, 0x04, 0x00, 0xbc, 0x61, 0x4e});
    addExtension(*said, "1.3.6.1.4.1.41482.3.8", policies);
    EXPECT_GT(X509_sign(said.get(), card.key.get(), EVP_sha256()), 0);
    const auth::PivAttestation attestation{derOf(*said), derOf(*card.certificate)};
    const std::unique_ptr<X509_NAME, decltype(&X509_NAME_free)> subject(X509_NAME_new(), X509_NAME_free);
    X509_NAME_add_entry_by_txt(
        subject.get(), "CN", MBSTRING_UTF8, reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0);
    auto made = cert::makeRequest(key, *subject, &attestation);
    EXPECT_TRUE(made) << made.error().detail;
    return made ? *std::move(made) : std::string();
}

}
