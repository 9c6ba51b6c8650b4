#include "core/tls/identity.h"

#include "core/tls/asn1_time.h"
#include "core/tls/hex.h"
#include "core/tls/name_text.h"
#include "core/tls/openssl_handles.h"
#include "core/tls/pem_files.h"

#include <array>

namespace tls {

std::string nameText(const X509_NAME& name)
{
    const BioPtr output(BIO_new(BIO_s_mem()));
    // Readable UTF-8 rather than escaped bytes: RFC 2253 allows both. Control characters stay escaped.
    const auto flags = XN_FLAG_RFC2253 & ~static_cast<unsigned long>(ASN1_STRFLGS_ESC_MSB);
    if (!output || X509_NAME_print_ex(output.get(), &name, 0, flags) < 0)
        return {};
    char* data = nullptr;
    const long size = BIO_get_mem_data(output.get(), &data);
    return {data, static_cast<std::size_t>(size)};
}

base::Result<Identity> loadPemIdentity(const std::string& certificateFile, const std::string& keyFile)
{
    auto certificates = loadPemCertificates(certificateFile);
    if (!certificates)
        return certificates.error();
    auto key = readPrivateKey(keyFile);
    if (!key)
        return key.error();

    Identity identity;
    identity.certificate = std::move(certificates->front());
    certificates->erase(certificates->begin());
    identity.chain = *std::move(certificates);
    identity.key = *std::move(key);
    if (X509_check_private_key(identity.certificate.get(), identity.key.get()) != 1) {
        ERR_clear_error();
        return fileError(keyFile, "is not the key of the first certificate in " + certificateFile);
    }
    return identity;
}

std::string fingerprint(X509& certificate)
{
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int size = 0;
    if (X509_digest(&certificate, EVP_sha256(), digest.data(), &size) != 1)
        return {};
    return hexOf(std::span(digest).first(size));
}

std::string subjectOf(X509& certificate)
{
    return nameText(*X509_get_subject_name(&certificate));
}

std::string serialOf(const X509& certificate)
{
    const ASN1_INTEGER* serial = X509_get0_serialNumber(&certificate);
    return hexOf({ASN1_STRING_get0_data(serial), static_cast<std::size_t>(ASN1_STRING_length(serial))});
}

std::string issuerOf(X509& certificate)
{
    return nameText(*X509_get_issuer_name(&certificate));
}

std::string commonNameOf(X509& certificate)
{
    const X509_NAME* subject = X509_get_subject_name(&certificate);
    int last = -1;
    for (int at = X509_NAME_get_index_by_NID(subject, NID_commonName, -1); at >= 0;
         at = X509_NAME_get_index_by_NID(subject, NID_commonName, at))
        last = at;
    if (last < 0)
        return {};
    unsigned char* utf8 = nullptr;
    const int size = ASN1_STRING_to_UTF8(&utf8, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, last)));
    if (size < 0) {
        ERR_clear_error();
        return {};
    }
    std::string text(reinterpret_cast<const char*>(utf8), static_cast<std::size_t>(size));
    OPENSSL_free(utf8);
    return text;
}

base::UtcTime notBeforeOf(X509& certificate)
{
    return utcOf(X509_get0_notBefore(&certificate));
}

base::UtcTime notAfterOf(X509& certificate)
{
    return utcOf(X509_get0_notAfter(&certificate));
}

}
