#pragma once

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/ocsp.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <memory>

/// Owners of the OpenSSL objects that this module keeps to itself.
namespace tls {

struct HandleDeleter {
    void operator()(BIO* bio) const { BIO_free_all(bio); }
    void operator()(SSL* ssl) const { SSL_free(ssl); }
    void operator()(X509_CRL* crl) const { X509_CRL_free(crl); }
    void operator()(X509_STORE* store) const { X509_STORE_free(store); }
    void operator()(X509_STORE_CTX* verification) const { X509_STORE_CTX_free(verification); }
    void operator()(EVP_MD_CTX* digest) const { EVP_MD_CTX_free(digest); }
    void operator()(OCSP_RESPONSE* answer) const { OCSP_RESPONSE_free(answer); }
    void operator()(OCSP_BASICRESP* answer) const { OCSP_BASICRESP_free(answer); }
    void operator()(OCSP_CERTID* id) const { OCSP_CERTID_free(id); }
};
using BioPtr = std::unique_ptr<BIO, HandleDeleter>;
using SslPtr = std::unique_ptr<SSL, HandleDeleter>;
using CrlPtr = std::unique_ptr<X509_CRL, HandleDeleter>;
using StorePtr = std::unique_ptr<X509_STORE, HandleDeleter>;
using VerificationPtr = std::unique_ptr<X509_STORE_CTX, HandleDeleter>;
using OcspAnswerPtr = std::unique_ptr<OCSP_RESPONSE, HandleDeleter>;
using OcspBasicPtr = std::unique_ptr<OCSP_BASICRESP, HandleDeleter>;
using OcspIdPtr = std::unique_ptr<OCSP_CERTID, HandleDeleter>;
using DigestPtr = std::unique_ptr<EVP_MD_CTX, HandleDeleter>;

}
