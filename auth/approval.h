#pragma once

#include "core/base/result.h"
#include "core/rfq/approval.h"

#include <set>
#include <string>

namespace auth {

/// Who may be the second person.
struct ApproverSettings {
    /// PEM: the authority that issued their certificates, itself: nothing is presented that could lead up to one
    /// above it. Empty: nobody may approve.
    std::string caFile;
    std::string crlFile; ///< PEM, or DER; empty: no revocation list is configured
    /// SHA-256 of certificates, lower-case hex; when not empty only these may approve.
    std::set<std::string> fingerprints;

    friend bool operator==(const ApproverSettings&, const ApproverSettings&) = default;
};

/// Checks the record of an approval, without any token, years later if need be: the certificate is the named person's,
/// the authority in `caFile` issued it for the use by a person, it was valid then, and its key signed these words.
/// Revocation is not looked at: today's list says nothing of that day. Errors: InvalidInput and Refused (record and
/// signature, see tls::verifySignature), CertificateExpired, CertificateUntrusted, CertificateWrongUsage, Unsupported,
/// Configuration.
[[nodiscard]] base::Status verifyApproval(const rfq::Approval& approval, const std::string& caFile);

}
