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

rfq::UnseenCertificate whyUnseen(const PivCertificate& there, const std::string& module)
{
    if (!there.flaw.empty())
        return rfq::UnseenCertificate::Damaged;
    if (there.isCompressed)
        return rfq::UnseenCertificate::Compressed;
    return module.find("OpenSC") == std::string::npos ? rfq::UnseenCertificate::OtherMaker
                                                      : rfq::UnseenCertificate::NotYet;
}

/// What helps a certificate that is there to be seen.
const char* adviceFor(rfq::UnseenCertificate why)
{
    switch (why) {
    case rfq::UnseenCertificate::Damaged:
        return "put it on the card again (in the window, or countersign-cli cert import --replace)";
    case rfq::UnseenCertificate::Compressed:
        return "use OpenSC's module (opensc-pkcs11.so), or put the certificate on the card again, uncompressed";
    case rfq::UnseenCertificate::OtherMaker:
        return "use OpenSC's module (opensc-pkcs11.so), which knows cards of every maker";
    case rfq::UnseenCertificate::NotYet:
        return "look again, for the card may have been put in just now, or take it out and put it in again";
    }
    return "";
}

}

std::optional<Unseen> unseenCertificate(const CardAccess& cards, const std::string& reader,
    std::span<const rfq::TokenIdentity> shown, const std::string& module)
{
    const auto there = certificateIn(cards, reader);
    if (!there)
        return std::nullopt;
    const auto why = whyUnseen(*there, module);
    const std::string place = "slot 9a of the card in " + reader;
    if (why == rfq::UnseenCertificate::Damaged)
        return Unseen{why, "the certificate in " + place + " is none: " + there->flaw + "; " + adviceFor(why)};
    if (!there->certificate || isAmong(shown, *there->certificate))
        return std::nullopt;
    return Unseen{why,
        place + " holds the certificate of " + tls::subjectOf(*there->certificate)
            + (there->isCompressed ? ", compressed, which " : ", which ") + module
            + " does not show: " + adviceFor(why)};
}

std::string unseenCertificates(
    const CardAccess& cards, std::span<const rfq::TokenIdentity> shown, const std::string& module)
{
    std::string text;
    for (const SeatedCard& seat : cards.seated({})) {
        const auto one = seat.piv ? unseenCertificate(cards, seat.reader, shown, module) : std::nullopt;
        if (one)
            text += "; " + one->text;
    }
    return text;
}

}
