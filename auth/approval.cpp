#include "auth/approval.h"

#include "core/tls/statement.h"
#include "core/tls/verify.h"

namespace auth {

base::Status verifyApproval(const rfq::Approval& approval, const std::string& caFile)
{
    const auto certificate = tls::parsePem(approval.certificate);
    if (!certificate)
        return certificate.error();
    const rfq::Person person{tls::commonNameOf(**certificate), tls::fingerprint(**certificate)};
    if (person != approval.person)
        return base::Error{base::Errc::Refused,
            "the record names " + approval.person.name + " with certificate " + approval.person.fingerprint
                + ", but holds the certificate " + person.fingerprint + " of " + person.name};
    const tls::TrustPolicy trust{.caFile = caFile, .crlFile = {}, .pins = {}, .serverName = {}};
    if (auto judged = tls::verifyClientCertificate(**certificate, trust, approval.time); !judged)
        return judged;
    return tls::verifySignature(approval.certificate, approval.statement, approval.signature);
}

}
