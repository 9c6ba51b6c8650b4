#pragma once

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/x509v3.h>

#include <memory>

/// Owners of the OpenSSL objects that this module keeps to itself.
namespace stepup {

struct HandleDeleter {
    void operator()(BIGNUM* number) const { BN_free(number); }
    void operator()(BN_CTX* scratch) const { BN_CTX_free(scratch); }
    void operator()(EVP_MD_CTX* digest) const { EVP_MD_CTX_free(digest); }
    void operator()(EVP_PKEY_CTX* context) const { EVP_PKEY_CTX_free(context); }
    void operator()(OSSL_PARAM* parameters) const { OSSL_PARAM_free(parameters); }
    void operator()(OSSL_PARAM_BLD* builder) const { OSSL_PARAM_BLD_free(builder); }
    void operator()(ASN1_OCTET_STRING* octets) const { ASN1_OCTET_STRING_free(octets); }
    void operator()(BASIC_CONSTRAINTS* constraints) const { BASIC_CONSTRAINTS_free(constraints); }
    void operator()(X509_STORE* store) const { X509_STORE_free(store); }
    void operator()(X509_STORE_CTX* verification) const { X509_STORE_CTX_free(verification); }
};
template <typename T>
using Handle = std::unique_ptr<T, HandleDeleter>;

/// Of the chains that are verified, as OpenSSL counts it: 112 bits.
inline constexpr int SecurityLevel = 2;

/// What OpenSSL noted on this thread is not the next caller's.
struct ErrorQueueGuard {
    ErrorQueueGuard() = default;
    ErrorQueueGuard(const ErrorQueueGuard&) = delete;
    ErrorQueueGuard& operator=(const ErrorQueueGuard&) = delete;
    ~ErrorQueueGuard() { ERR_clear_error(); }
};

}
