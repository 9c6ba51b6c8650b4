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

/// With nobody else pinned, every signature in it is this one's.
base::Status signedBy(X509& certificate, std::string_view statement, std::string_view signature)
{
    X509_up_ref(&certificate);
    std::vector<tls::CertificatePtr> signer;
    signer.emplace_back(&certificate);
    const auto verified = tls::PinnedSigners(std::move(signer)).verify(statement, signature);
    if (verified)
        return base::Ok{};
    if (verified.error().code == Errc::Refused) // what is wrong is what was signed, for the certificate is inside
        return Error{Errc::Refused,
            "this is no signature under what `change show` prints for this step: print it anew, since it changes when "
            "somebody has proposed the change, and sign these bytes with -binary"};
    return verified.error();
}

}

base::Result<pep::Signatory> signatoryOf(std::string_view statement, std::string_view signature,
    const pep::Identities& identities, const tls::TrustPolicy& people, base::UtcTime now)
{
    const auto inside = tls::certificatesInside(signature);
    if (!inside)
        return inside.error();
    std::optional<Error> refused;
    for (const auto& certificate : *inside) {
        auto owner = ownerOf(*certificate, identities);
        if (!owner)
            continue;
        base::Status good = tls::verifyClientCertificate(*certificate, people, now, *inside);
        if (good)
            good = signedBy(*certificate, statement, signature);
        if (good)
            return *std::move(owner);
        refused = good.error();
    }
    return refused.value_or(Error{Errc::NotFound,
        "the signature carries no certificate that is registered here: sign with the person's own card, and leave the "
        "certificate in"});
}

}
