#include "core/tls/detached_signature.h"

#include "core/tls/openssl_handles.h"

#include <openssl/cms.h>

#include <memory>
#include <utility>

namespace tls {

namespace {

using base::Errc;
using base::Error;

constexpr std::size_t MaxSignatureSize = 1U << 16U;
constexpr int MaxSignatures = 8;
constexpr int LeastStrength = 112; ///< bits: RSA of 2048, every curve from P-224

struct CmsDeleter {
    void operator()(CMS_ContentInfo* cms) const { CMS_ContentInfo_free(cms); }
    // Both hold certificates that belong to somebody else.
    void operator()(STACK_OF(X509) * certificates) const { sk_X509_free(certificates); }
};
using CmsPtr = std::unique_ptr<CMS_ContentInfo, CmsDeleter>;
using CertificatesPtr = std::unique_ptr<STACK_OF(X509), CmsDeleter>;

/// OpenSSL's queue of errors is empty before and after.
struct CleanErrors {
    CleanErrors() { ERR_clear_error(); }
    ~CleanErrors() { ERR_clear_error(); }
    CleanErrors(const CleanErrors&) = delete;
    CleanErrors& operator=(const CleanErrors&) = delete;
};

CmsPtr parse(std::string_view signature)
{
    if (signature.empty() || signature.size() > MaxSignatureSize)
        return nullptr;
    const auto* at = reinterpret_cast<const unsigned char*>(signature.data());
    const auto* end = at + signature.size();
    CmsPtr cms(d2i_CMS_ContentInfo(nullptr, &at, static_cast<long>(signature.size())));
    return at == end ? std::move(cms) : nullptr;
}

bool isDetachedSignature(CMS_ContentInfo& cms)
{
    if (OBJ_obj2nid(CMS_get0_type(&cms)) != NID_pkcs7_signed)
        return false;
    const ASN1_OBJECT* content = CMS_get0_eContentType(&cms);
    const int signatures = sk_CMS_SignerInfo_num(CMS_get0_SignerInfos(&cms));
    return content && OBJ_obj2nid(content) == NID_pkcs7_data && CMS_is_detached(&cms) == 1 && signatures > 0
        && signatures <= MaxSignatures;
}

bool isStrongDigest(CMS_SignerInfo& signer)
{
    X509_ALGOR* digest = nullptr;
    CMS_SignerInfo_get0_algs(&signer, nullptr, nullptr, &digest, nullptr);
    const ASN1_OBJECT* name = nullptr;
    if (digest)
        X509_ALGOR_get0(&name, nullptr, nullptr, digest);
    const int nid = name ? OBJ_obj2nid(name) : NID_undef;
    return nid == NID_sha256 || nid == NID_sha384 || nid == NID_sha512;
}

bool areStrongDigests(CMS_ContentInfo& cms)
{
    STACK_OF(CMS_SignerInfo)* signers = CMS_get0_SignerInfos(&cms);
    for (int i = 0; i < sk_CMS_SignerInfo_num(signers); ++i)
        if (!isStrongDigest(*sk_CMS_SignerInfo_value(signers, i)))
            return false;
    return true;
}

Error notDetached()
{
    return {Errc::InvalidInput,
        "this is no detached signature in DER form, as \"openssl cms -sign -binary -outform DER\" writes it"};
}

/// Behind a filter that does nothing: CMS_verify() copies a plain memory BIO, and loses the copy where the digests of
/// the signature make no sense (seen with OpenSSL 3.0).
BioPtr reading(std::string_view content)
{
    BioPtr memory(BIO_new_mem_buf(content.data(), static_cast<int>(content.size())));
    BioPtr filter(BIO_new(BIO_f_null()));
    if (memory && filter)
        BIO_push(filter.get(), memory.release());
    return filter;
}

std::string nameOf(X509& certificate)
{
    return subjectOf(certificate) + " (" + fingerprint(certificate) + ")";
}

}

base::Result<std::vector<CertificatePtr>> certificatesInside(std::string_view signature)
{
    const CleanErrors clean;
    const CmsPtr cms = parse(signature);
    if (!cms || !isDetachedSignature(*cms))
        return notDetached();
    std::vector<CertificatePtr> certificates;
    STACK_OF(X509)* inside = CMS_get1_certs(cms.get());
    for (int i = 0; i < sk_X509_num(inside); ++i)
        certificates.emplace_back(sk_X509_value(inside, i));
    sk_X509_free(inside); // they are the vector's
    return certificates;
}

PinnedSigners::PinnedSigners(std::vector<CertificatePtr> signers)
    : m_signers(std::move(signers))
{
}

base::Result<PinnedSigners> PinnedSigners::load(const std::string& file)
{
    auto certificates = loadPemCertificates(file);
    if (!certificates)
        return certificates.error();
    return PinnedSigners(*std::move(certificates));
}

base::Result<std::string> PinnedSigners::verify(std::string_view content, std::string_view signature) const
{
    const CleanErrors clean;
    const CmsPtr cms = parse(signature);
    if (!cms || !isDetachedSignature(*cms))
        return notDetached();
    if (!areStrongDigests(*cms))
        return Error{Errc::Unsupported, "the signature does not use SHA-256, SHA-384 or SHA-512: sign with -md sha256"};
    const CertificatesPtr pinned(sk_X509_new_null());
    const BioPtr bytes = reading(content);
    for (const CertificatePtr& signer : m_signers)
        if (!pinned || sk_X509_push(pinned.get(), signer.get()) <= 0)
            return Error{Errc::Internal, "out of memory"};
    constexpr unsigned Flags = CMS_BINARY | CMS_NOINTERN | CMS_NO_SIGNER_CERT_VERIFY;
    if (!bytes || CMS_verify(cms.get(), pinned.get(), nullptr, bytes.get(), nullptr, Flags) != 1)
        return Error{Errc::Refused,
            "the signature is not one of a pinned signer under this file: the file was changed after it was signed, or "
            "somebody else signed it"};
    const CertificatesPtr found(CMS_get0_signers(cms.get()));
    std::string names;
    for (int i = 0; found && i < sk_X509_num(found.get()); ++i) {
        X509& signer = *sk_X509_value(found.get(), i);
        if (EVP_PKEY_get_security_bits(X509_get0_pubkey(&signer)) < LeastStrength)
            return Error{Errc::Unsupported, "the key of " + subjectOf(signer) + " is too weak to sign with"};
        names += (names.empty() ? "" : ", ") + nameOf(signer);
    }
    if (names.empty())
        return Error{Errc::Refused, "nobody signed this file"};
    return names;
}

}
