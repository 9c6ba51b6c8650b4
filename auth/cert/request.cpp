#include "auth/cert/request.h"

#include "auth/cert/attestation.h"
#include "auth/cert/openssl_owners.h"
#include "core/tls/openssl_handles.h"
#include "core/tls/signer_error.h"

#include <openssl/pem.h>

#include <memory>
#include <optional>

namespace cert {

namespace {

using base::Errc;
using base::Error;

constexpr int BitsForSha384 = 384;

bool addExtension(STACK_OF(X509_EXTENSION) & extensions, int which, const char* value)
{
    X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, nullptr, which, value);
    if (extension && sk_X509_EXTENSION_push(&extensions, extension) > 0)
        return true;
    X509_EXTENSION_free(extension);
    return false;
}

bool addExtensions(X509_REQ& request, const auth::PivAttestation* attestation)
{
    const ExtensionsPtr extensions(sk_X509_EXTENSION_new_null());
    return extensions && addExtension(*extensions, NID_key_usage, "critical,digitalSignature")
        && addExtension(*extensions, NID_ext_key_usage, "clientAuth")
        && (!attestation || addAttestation(*extensions, *attestation))
        && X509_REQ_add_extensions(&request, extensions.get()) == 1;
}

/// The token's own words where it has any.
Error signingError()
{
    const char* data = nullptr;
    int flags = 0;
    std::optional<Error> told;
    while (const auto code = ERR_get_error_all(nullptr, nullptr, nullptr, &data, &flags)) {
        if (!told)
            told = tls::signerErrorOf(code, data, flags);
    }
    return told.value_or(Error{Errc::Unsupported, "the request cannot be signed with this kind of key"});
}

}

const EVP_MD* digestFor(const EVP_PKEY& key)
{
    return EVP_PKEY_is_a(&key, "EC") && EVP_PKEY_get_bits(&key) >= BitsForSha384 ? EVP_sha384() : EVP_sha256();
}

base::Result<std::string> makeRequest(EVP_PKEY& key, const X509_NAME& subject, const auth::PivAttestation* attestation)
{
    ERR_clear_error();
    const RequestPtr request(X509_REQ_new(), X509_REQ_free);
    if (!request || X509_REQ_set_version(request.get(), X509_REQ_VERSION_1) != 1
        || X509_REQ_set_subject_name(request.get(), &subject) != 1 || X509_REQ_set_pubkey(request.get(), &key) != 1
        || !addExtensions(*request, attestation)) {
        ERR_clear_error();
        return Error{Errc::Internal, "the request cannot be put together"};
    }
    if (X509_REQ_sign(request.get(), &key, digestFor(key)) <= 0)
        return signingError();
    // With the public key as it stands in the request, not with the one that has signed.
    if (X509_REQ_verify(request.get(), X509_REQ_get0_pubkey(request.get())) != 1) {
        ERR_clear_error();
        return Error{Errc::KeyNotFound,
            "the token has signed with another key than the public key that was given; no request was written"};
    }
    const tls::BioPtr output(BIO_new(BIO_s_mem()));
    if (!output || PEM_write_bio_X509_REQ(output.get(), request.get()) != 1) {
        ERR_clear_error();
        return Error{Errc::Internal, "out of memory"};
    }
    char* data = nullptr;
    const long size = BIO_get_mem_data(output.get(), &data);
    return std::string(data, static_cast<std::size_t>(size));
}

}
