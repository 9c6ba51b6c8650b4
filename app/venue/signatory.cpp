#include "app/venue/signatory.h"

#include "core/pep/fingerprint_text.h"
#include "core/tls/detached_signature.h"
#include "core/tls/verify.h"

#include <optional>
#include <utility>

namespace venue {

using base::Errc;
using base::Error;

namespace {

std::optional<pep::Signatory> ownerOf(X509& certificate, const pep::Identities& identities)
{
    const auto fingerprint = pep::fingerprintOf(tls::fingerprint(certificate));
    if (!fingerprint)
        return std::nullopt;
    for (const auto& user : identities.users)
        for (const auto& registered : user.certificates)
            if (registered.fingerprint == *fingerprint)
                return pep::Signatory{.user = user.user, .certificate = *fingerprint};
    return std::nullopt;
}

}

base::Result<pep::Signatory> signatoryOf(std::string_view statement, std::string_view signature,
    const pep::Identities& identities, const tls::TrustPolicy& people, base::UtcTime now)
{
    auto inside = tls::certificatesInside(signature);
    if (!inside)
        return inside.error();
    for (auto& certificate : *inside) {
        auto owner = ownerOf(*certificate, identities);
        if (!owner)
            continue;
        if (const auto judged = tls::verifyClientCertificate(*certificate, people, now, *inside); !judged)
            return judged.error();
        std::vector<tls::CertificatePtr> signer;
        signer.push_back(std::move(certificate));
        // With nobody else pinned, every signature in it is this person's.
        if (const auto verified = tls::PinnedSigners(std::move(signer)).verify(statement, signature); !verified)
            return verified.error();
        return *std::move(owner);
    }
    return Error{Errc::NotFound,
        "the signature carries no certificate that is registered here: sign with the person's own card, and leave the "
        "certificate in"};
}

}
