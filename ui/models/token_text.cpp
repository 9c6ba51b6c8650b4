#include "ui/models/token_text.h"

#include "ui/models/format.h"

#include <QCoreApplication>

namespace ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ui::TokenText)
};

QString cardOf(const rfq::TokenIdentity& identity)
{
    return Words::tr("%1, %2, serial %3")
        .arg(text(identity.commonName), text(identity.tokenModel), text(identity.tokenSerial));
}

QString lostTitle(base::Errc reason)
{
    if (reason == base::Errc::TokenAbsent)
        return Words::tr("Your card was taken out or reset");
    if (reason == base::Errc::KeyNotFound)
        return Words::tr("The card was exchanged");
    return Words::tr("Your card no longer answers");
}

}

bool isSameToken(const rfq::TokenIdentity& opened, const rfq::TokenIdentity& seen)
{
    return opened.fingerprint == seen.fingerprint && opened.tokenSerial == seen.tokenSerial;
}

LostText lostTokenText(const std::optional<rfq::TokenIdentity>& opened, const std::optional<base::Error>& reason)
{
    const auto closed = Words::tr("Prices are hidden, dealing is off and the sessions are closed.");
    const auto resume = opened
        ? Words::tr("To go on, insert the same card (%1), look again and enter its PIN.").arg(cardOf(*opened))
        : Words::tr("To go on, insert the same card, look again and enter its PIN.");
    return {lostTitle(reason ? reason->code : base::Errc::TokenAbsent), closed + u' ' + resume};
}

ErrorText otherCardText(const rfq::TokenIdentity& opened, const std::optional<rfq::TokenIdentity>& seen)
{
    const auto what = seen ? Words::tr("This is another card: %1.").arg(cardOf(*seen))
                           : Words::tr("This is another card: it does not hold the certificate that opened the desk.");
    return {Words::tr("This is another card"),
        what + u' ' + Words::tr("The desk was opened with the card of %1.").arg(cardOf(opened)),
        Words::tr("Insert that one and look again, or sign out and begin anew.")};
}

}
