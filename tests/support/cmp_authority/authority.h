#pragma once

#include "core/base/result.h"
#include "core/tls/identity.h"

#include <openssl/cmp.h>

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace cmp_authority {

/// Who may enrol: given to the person by another way, and good for one certificate.
struct Invitation {
    std::string secret;
    std::string commonName; ///< of the certificate
};

/// An authority for demos and tests that answers CMP (RFC 4210, in the shape of RFC 9483): a first certificate against
/// a reference and its secret, the next one for the same key against the present one. It revokes nothing. One thread.
class Authority {
public:
    /// `certificate` and `key`: PEM files of the authority. What is issued is written to `directory` under its serial
    /// number. Errors: Io, Configuration.
    [[nodiscard]] static base::Result<std::unique_ptr<Authority>> open(
        const std::string& certificate, const std::string& key, std::string directory);

    /// Replaces what was known, but what was used stays used.
    void invite(std::map<std::string, Invitation> invitations) { m_invitations = std::move(invitations); }
    /// A PKIMessage in DER, and the answer to it. Errors: InvalidInput, where nothing can be answered.
    [[nodiscard]] base::Result<std::vector<std::uint8_t>> answer(const std::vector<std::uint8_t>& request);

private:
    struct ContextDeleter {
        void operator()(OSSL_CMP_SRV_CTX* context) const { OSSL_CMP_SRV_CTX_free(context); }
    };

    Authority(tls::CertificatePtr certificate, tls::KeyPtr key, std::string directory);
    [[nodiscard]] base::Status begin();
    void takeSecret(const std::vector<std::uint8_t>& request);
    [[nodiscard]] base::Result<tls::CertificatePtr> certify(const OSSL_CMP_MSG& request, const OSSL_CRMF_MSG& wanted);
    [[nodiscard]] base::Result<tls::CertificatePtr> issue(const X509_NAME& subject, EVP_PKEY& key);
    /// What the card has said of its key (DER), beside the certificate; nothing where nothing came.
    [[nodiscard]] base::Status keepStatement(const OSSL_CRMF_MSG& wanted, const X509& issued) const;

    static OSSL_CMP_PKISI* onRequest(OSSL_CMP_SRV_CTX* context, const OSSL_CMP_MSG* request, int certReqId,
        const OSSL_CRMF_MSG* wanted, const X509_REQ* pkcs10, X509** issued, STACK_OF(X509) * *chain,
        STACK_OF(X509) * *authorities);

    tls::CertificatePtr m_certificate;
    tls::KeyPtr m_key;
    const std::string m_directory;
    std::unique_ptr<OSSL_CMP_SRV_CTX, ContextDeleter> m_context;
    std::map<std::string, Invitation> m_invitations; ///< by reference
    std::set<std::string> m_used; ///< references
    std::string m_reference; ///< of the message at hand; empty: it is signed
};

}
