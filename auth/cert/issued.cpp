#include "auth/cert/issued.h"

#include "auth/token_slots.h"
#include "core/tls/openssl_handles.h"
#include "core/tls/verify.h"

#include <openssl/pem.h>
#include <openssl/pkcs7.h>

#include <algorithm>
#include <fstream>
#include <memory>
#include <utility>

namespace cert {

namespace {

using base::Errc;
using base::Error;

constexpr std::size_t LargestFile = 1'048'576;

base::Result<std::string> readFile(const std::string& file)
{
    std::ifstream input(file, std::ios::binary);
    std::string content(LargestFile + 1, '\0');
    input.read(content.data(), static_cast<std::streamsize>(content.size()));
    if (!input && !input.eof())
        return Error{Errc::Io, file + " cannot be read"};
    content.resize(static_cast<std::size_t>(input.gcount()));
    if (content.size() > LargestFile)
        return Error{Errc::InvalidInput, file + " is too large for a certificate"};
    return content;
}

std::vector<tls::CertificatePtr> parsePems(const std::string& content)
{
    std::vector<tls::CertificatePtr> found;
    const tls::BioPtr input(BIO_new_mem_buf(content.data(), static_cast<int>(content.size())));
    while (tls::CertificatePtr one{input ? PEM_read_bio_X509(input.get(), nullptr, nullptr, nullptr) : nullptr})
        found.push_back(std::move(one));
    ERR_clear_error();
    return found;
}

struct BagDeleter {
    void operator()(PKCS7* bag) const { PKCS7_free(bag); }
};

/// A bag of certificates (PKCS #7 without a signature: .p7b, .p7c), as authorities hand out one with its chain.
std::vector<tls::CertificatePtr> parseBag(const std::string& content)
{
    const tls::BioPtr input(BIO_new_mem_buf(content.data(), static_cast<int>(content.size())));
    std::unique_ptr<PKCS7, BagDeleter> bag(
        input ? PEM_read_bio_PKCS7(input.get(), nullptr, nullptr, nullptr) : nullptr);
    if (!bag) {
        const auto* at = reinterpret_cast<const unsigned char*>(content.data());
        bag.reset(d2i_PKCS7(nullptr, &at, static_cast<long>(content.size())));
    }
    std::vector<tls::CertificatePtr> found;
    const STACK_OF(X509)* held = bag && PKCS7_type_is_signed(bag.get()) && bag->d.sign ? bag->d.sign->cert : nullptr;
    for (int i = 0; i < sk_X509_num(held); ++i) {
        X509_up_ref(sk_X509_value(held, i));
        found.emplace_back(sk_X509_value(held, i));
    }
    ERR_clear_error();
    return found;
}

tls::CertificatePtr parseDer(const std::string& content)
{
    const auto* begin = reinterpret_cast<const unsigned char*>(content.data());
    const auto* at = begin;
    tls::CertificatePtr certificate(d2i_X509(nullptr, &at, static_cast<long>(content.size())));
    ERR_clear_error();
    return at == begin + content.size() ? std::move(certificate) : nullptr;
}

}

base::Result<std::vector<tls::CertificatePtr>> readCertificates(const std::string& file)
{
    const auto content = readFile(file);
    if (!content)
        return content.error();
    auto found = parsePems(*content);
    if (auto single = found.empty() ? parseDer(*content) : nullptr)
        found.push_back(std::move(single));
    if (found.empty())
        found = parseBag(*content);
    if (found.empty())
        return Error{
            Errc::InvalidInput, file + " holds no certificate: neither in PEM nor in DER form, nor as PKCS #7"};
    return found;
}

base::Result<tls::KeyPtr> readPublicKey(const std::string& file)
{
    const auto content = readFile(file);
    if (!content)
        return content.error();
    const tls::BioPtr input(BIO_new_mem_buf(content->data(), static_cast<int>(content->size())));
    tls::KeyPtr key(input ? PEM_read_bio_PUBKEY(input.get(), nullptr, nullptr, nullptr) : nullptr);
    ERR_clear_error();
    if (!key)
        return Error{Errc::InvalidInput, file + " holds no public key in PEM form (BEGIN PUBLIC KEY)"};
    return key;
}

base::Result<tls::CertificatePtr> certificateFor(
    const EVP_PKEY& publicKey, const std::vector<tls::CertificatePtr>& certificates)
{
    std::string others;
    for (const tls::CertificatePtr& one : certificates) {
        const EVP_PKEY* key = X509_get0_pubkey(one.get());
        if (key && EVP_PKEY_eq(key, &publicKey) == 1) {
            X509_up_ref(one.get());
            return tls::CertificatePtr(one.get());
        }
        others += (others.empty() ? "" : "; ") + tls::subjectOf(*one);
    }
    ERR_clear_error();
    return Error{Errc::KeyNotFound, "the certificate is for another key than the one on the token: " + others};
}

bool isAuthority(X509& certificate)
{
    const bool issues = X509_check_ca(&certificate) != 0;
    ERR_clear_error();
    return issues;
}

base::Status checkIssued(
    X509& certificate, const std::string& caFile, base::UtcTime now, const std::vector<tls::CertificatePtr>& presented)
{
    const std::string subject = tls::subjectOf(certificate);
    if (isAuthority(certificate))
        return Error{Errc::CertificateWrongUsage, "the certificate of " + subject + " is an authority's"};
    if (!auth::isUsableKey(certificate))
        return Error{Errc::Unsupported,
            "the key of " + subject + " is " + auth::keyAlgorithmOf(certificate)
                + "; expected EC P-256, EC P-384 or RSA of at least 2048 bits"};
    if (now > tls::notAfterOf(certificate))
        return Error{Errc::CertificateExpired, "the certificate of " + subject + " has expired"};
    if (now + ClockTolerance < tls::notBeforeOf(certificate))
        return Error{Errc::CertificateExpired,
            "the certificate of " + subject + " is not valid yet; is the clock of this machine right?"};
    if (caFile.empty())
        return base::Ok{};
    return tls::verifyClientCertificate(certificate, {.caFile = caFile, .crlFile = {}, .pins = {}, .serverName = {}},
        std::max(now, tls::notBeforeOf(certificate)), presented);
}

}
