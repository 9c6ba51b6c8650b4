#include "app/cli/cert_events.h"

#include "app/cli/event_parts.h"
#include "auth/cert/expiry.h"
#include "auth/cert/issued.h"
#include "core/tls/identity.h"
#include "core/tls/pins.h"

#include <utility>

namespace cli {

using nlohmann::ordered_json;

namespace {

void addPlace(ordered_json& fields, const cert::KeyPlace& place)
{
    fields["token"] = place.tokenLabel;
    fields["tokenSerial"] = place.tokenSerial;
    fields["keyId"] = place.keyId;
    fields["keyAlgorithm"] = place.keyAlgorithm;
}

void addCertificate(ordered_json& fields, X509& certificate)
{
    fields["subject"] = tls::subjectOf(certificate);
    fields["issuer"] = tls::issuerOf(certificate);
    fields["serial"] = tls::serialOf(certificate);
    fields["fingerprint"] = tls::fingerprint(certificate);
    fields["notAfter"] = stamp(tls::notAfterOf(certificate));
}

std::string keyInWords(const cert::KeyPlace& place)
{
    return "the " + place.keyAlgorithm + " key with key id " + place.keyId + " on token \"" + place.tokenLabel + "\"";
}

/// " In its place ... stood ...", or nothing.
std::string goneInWords(const cert::Gone& gone)
{
    std::string what;
    for (const tls::CertificatePtr& one : gone.certificates)
        what += (what.empty() ? "" : " and ") + std::string("the certificate of ") + tls::subjectOf(*one) + ", serial "
            + tls::serialOf(*one) + ", fingerprint " + tls::fingerprint(*one) + ", valid until "
            + dateOf(tls::notAfterOf(*one));
    if (gone.unreadable)
        what = "something that could not be read as a certificate";
    if (what.empty())
        return gone.key ? ". The key that was there before is gone for good" : "";
    return ". In its place stood " + what + ": gone for good" + (gone.key ? ", and so is the key it was for" : "");
}

void addGone(ordered_json& fields, const cert::Gone& gone)
{
    auto replaced = ordered_json::array();
    for (const tls::CertificatePtr& one : gone.certificates) {
        auto certificate = ordered_json::object();
        addCertificate(certificate, *one);
        replaced.push_back(std::move(certificate));
    }
    fields["replaced"] = std::move(replaced);
    if (gone.unreadable)
        fields["replacedUnreadable"] = true;
    fields["keyReplaced"] = gone.key;
}

Event aboutCertificate(const char* name, const cert::Placed& placed, std::string text)
{
    Event event{named(name), std::move(text)};
    addPlace(event.fields, placed.place);
    addCertificate(event.fields, *placed.certificate);
    return event;
}

}

Event certificateEvent(const rfq::TokenIdentity& identity, base::UtcTime now)
{
    Event event = identityEvent(identity);
    event.fields["event"] = "certificate";
    event.fields["notBefore"] = stamp(identity.notBefore);
    const cert::Expiry expiry = cert::expiryOf(identity.notAfter, now);
    event.fields["expiry"] = cert::expiryName(expiry);
    event.fields["daysLeft"] = std::chrono::floor<std::chrono::days>(identity.notAfter - now).count();
    if (expiry != cert::Expiry::Fine)
        event.text = "WARNING: " + cert::expiryInWords(identity.notAfter, now) + ": " + event.text;
    return event;
}

std::optional<Event> expiryWarning(const rfq::TokenIdentity& identity, base::UtcTime now)
{
    if (cert::expiryOf(identity.notAfter, now) == cert::Expiry::Fine)
        return std::nullopt;
    return warningEvent({base::Errc::CertificateExpired,
        "the certificate of " + identity.subject + ' ' + cert::expiryInWords(identity.notAfter, now)
            + "; renew it with `countersign-cli cert renew`, or ask the authority for a new one"});
}

Event certificateRequestEvent(const cert::Requested& requested, const std::string& file)
{
    Event event{named("certificate-request"),
        "The request for " + keyInWords(requested.place) + " is in " + file
            + (requested.isAttested ? ", with the card's word that the key was made in it"
                                    : "; nothing in it says where the key was made")
            + goneInWords(requested.gone)};
    addPlace(event.fields, requested.place);
    event.fields["file"] = file;
    event.fields["attested"] = requested.isAttested;
    addGone(event.fields, requested.gone);
    return event;
}

Event certificatePlacedEvent(const char* what, const cert::Placed& placed)
{
    Event event = aboutCertificate("certificate-placed", placed,
        "The certificate of " + tls::subjectOf(*placed.certificate) + " stands beside " + keyInWords(placed.place)
            + ", valid until " + dateOf(tls::notAfterOf(*placed.certificate)) + "; its fingerprint is "
            + tls::fingerprint(*placed.certificate) + goneInWords(placed.gone));
    event.fields["what"] = what;
    addGone(event.fields, placed.gone);
    return event;
}

Event certificateRevokedEvent(const cert::Placed& revoked)
{
    return aboutCertificate("certificate-revoked", revoked,
        "The authority has revoked the certificate of " + tls::subjectOf(*revoked.certificate) + ", fingerprint "
            + tls::fingerprint(*revoked.certificate) + "; it is still on the token and good for nothing");
}

Event certificateShownEvent(X509& certificate)
{
    const bool isAuthority = cert::isAuthority(certificate);
    const std::string from = dateOf(tls::notBeforeOf(certificate));
    Event event{named("certificate-shown"),
        std::string(isAuthority ? "Authority " : "Certificate of ") + tls::subjectOf(certificate) + ", issued by "
            + tls::issuerOf(certificate) + ", valid from " + from + " until " + dateOf(tls::notAfterOf(certificate))
            + "; SHA-256 fingerprint " + tls::fingerprint(certificate) + ", of its key " + tls::keyPin(certificate)};
    addCertificate(event.fields, certificate);
    event.fields["notBefore"] = stamp(tls::notBeforeOf(certificate));
    event.fields["keyPin"] = tls::keyPin(certificate);
    event.fields["authority"] = isAuthority;
    return event;
}

Event certificateTrustedEvent(X509& certificate, const std::string& file)
{
    Event event{named("certificate-trusted"),
        "The certificate of " + tls::subjectOf(certificate) + ", whose fingerprint you gave, is in " + file};
    addCertificate(event.fields, certificate);
    event.fields["file"] = file;
    return event;
}

Event attestationEvent(const cert::AttestedKey& key)
{
    Event event{named("attestation"),
        "The key of the request of " + key.subject + " was made in slot " + key.slot + " of card "
            + (key.serial.empty() ? std::string("(serial number not told)") : key.serial) + ", firmware " + key.firmware
            + ", PIN: " + std::string(cert::pinPolicyName(key.pin))
            + ", touch: " + std::string(cert::touchPolicyName(key.touch)) + (key.isFips ? ", FIPS" : "")};
    event.fields["subject"] = key.subject;
    event.fields["slot"] = key.slot;
    event.fields["serial"] = key.serial;
    event.fields["firmware"] = key.firmware;
    event.fields["pinPolicy"] = cert::pinPolicyName(key.pin);
    event.fields["touchPolicy"] = cert::touchPolicyName(key.touch);
    event.fields["fips"] = key.isFips;
    return event;
}

Event certificateRefusedEvent(const base::Error& error)
{
    Event event{named("certificate-refused"), "Refused: " + error.detail};
    addError(event.fields, error);
    return event;
}

ExitCode refuseCertificate(Reporter& reporter, const base::Error& error, const std::string& reason)
{
    using base::Errc;
    const bool isUsage = error.code == Errc::InvalidInput || error.code == Errc::Duplicate || error.code == Errc::Io
        || error.code == Errc::Configuration;
    const ExitCode code = isUsage ? ExitCode::Usage : ExitCode::NotConnected;
    reporter.report(certificateRefusedEvent(error));
    reporter.report(endEvent(code, reason));
    return code;
}

}
