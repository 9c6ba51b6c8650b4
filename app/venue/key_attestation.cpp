#include "app/venue/key_attestation.h"

#include "auth/cert/attestation.h"
#include "core/store/text_file.h"
#include "core/tls/identity.h"

namespace venue {

namespace {

using base::Errc;
using base::Error;

constexpr std::size_t LargestRequest = 1U << 16U;

bool asksForPin(cert::PinPolicy policy)
{
    switch (policy) {
    case cert::PinPolicy::NotTold:
    case cert::PinPolicy::Never:
        return false;
    case cert::PinPolicy::Once:
    case cert::PinPolicy::Always:
    case cert::PinPolicy::MatchOnce:
    case cert::PinPolicy::MatchAlways:
        return true;
    }
    return false;
}

}

base::Result<std::string> attestedBy(const std::filesystem::path& request, const std::filesystem::path& certificate,
    const PepSettings& settings, base::UtcTime now)
{
    if (!settings.pivRoots)
        return Error{
            Errc::Configuration, "--attestation: pep.piv_roots names no makers of cards whose word would be taken"};
    const auto pem = store::readTextFile(request, LargestRequest);
    if (!pem)
        return pem.error();
    const auto key = cert::checkAttestation(*pem, settings.pivRoots->string(), now);
    if (!key)
        return Error{key.error().code, request.string() + ": " + key.error().detail};
    const auto certificates = tls::loadPemCertificates(certificate.string());
    if (!certificates)
        return certificates.error();
    if (!cert::isRequestFor(*pem, *certificates->front()))
        return Error{Errc::KeyNotFound, request.string() + ": it is about another key than " + certificate.string()};
    if (!asksForPin(key->pin))
        return Error{Errc::Refused,
            request.string() + ": the card does not ask for its PIN before it signs with this key (PIN policy "
                + std::string(cert::pinPolicyName(key->pin)) + "), so it proves no person"};
    return "slot=" + key->slot + " serial=" + (key->serial.empty() ? "not-told" : key->serial)
        + " firmware=" + key->firmware + " pin=" + std::string(cert::pinPolicyName(key->pin))
        + " touch=" + std::string(cert::touchPolicyName(key->touch));
}

}
