#include "auth/unseen_certificate.h"

#include "auth/piv_certificate.h"
#include "auth/piv_commands.h"
#include "core/tls/statement.h"

#include <algorithm>
#include <optional>

namespace auth {

namespace {

std::optional<PivCertificate> certificateIn(const CardAccess& cards, const std::string& reader)
{
    const auto channel = cards.connect(reader);
    if (!channel || !selectPiv(**channel))
        return std::nullopt;
    auto read = readPivCertificate(**channel);
    return read ? std::optional(*std::move(read)) : std::nullopt;
}

bool isAmong(std::span<const rfq::TokenIdentity> shown, X509& certificate)
{
    return std::any_of(shown.begin(), shown.end(), [fingerprint = tls::fingerprint(certificate)](const auto& identity) {
        return identity.fingerprint == fingerprint;
    });
}

/// What helps a certificate that is there to be seen.
std::string adviceFor(const PivCertificate& there, const std::string& module)
{
    if (there.isCompressed)
        return "use OpenSC's module (opensc-pkcs11.so), or put the certificate on the card again, uncompressed";
    return module.find("OpenSC") == std::string::npos
        ? "use OpenSC's module (opensc-pkcs11.so), which knows cards of every maker"
        : "look again, for the card may have been put in just now, or take it out and put it in again";
}

}

std::string unseenCertificate(const CardAccess& cards, const std::string& reader,
    std::span<const rfq::TokenIdentity> shown, const std::string& module)
{
    const auto there = certificateIn(cards, reader);
    if (!there)
        return {};
    const std::string place = "slot 9a of the card in " + reader;
    if (!there->flaw.empty())
        return "the certificate in " + place + " is none: " + there->flaw
            + "; put it on the card again (in the window, or countersign-cli cert import --replace)";
    if (!there->certificate || isAmong(shown, *there->certificate))
        return {};
    return place + " holds the certificate of " + tls::subjectOf(*there->certificate)
        + (there->isCompressed ? ", compressed, which " : ", which ") + module
        + " does not show: " + adviceFor(*there, module);
}

std::string unseenCertificates(
    const CardAccess& cards, std::span<const rfq::TokenIdentity> shown, const std::string& module)
{
    std::string text;
    for (const SeatedCard& seat : cards.seated({})) {
        const auto one = seat.piv ? unseenCertificate(cards, seat.reader, shown, module) : std::string();
        if (!one.empty())
            text += "; " + one;
    }
    return text;
}

}
