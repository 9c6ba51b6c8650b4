#include "ui/models/token_text.h"

#include "ui/models/certificate_expiry.h"
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
    if (reason == base::Errc::Cancelled)
        return Words::tr("Sign in again");
    return Words::tr("Your card no longer answers");
}

}

bool isSameToken(const rfq::TokenIdentity& opened, const rfq::TokenIdentity& seen)
{
    return opened.card == seen.card && opened.fingerprint == seen.fingerprint && opened.tokenSerial == seen.tokenSerial;
}

LostText lostTokenText(const std::optional<rfq::TokenIdentity>& opened, const std::optional<base::Error>& reason,
    std::optional<std::chrono::nanoseconds> sessionsStay)
{
    const auto state = sessionsStay ? Words::tr("Prices are hidden and dealing is off. The sessions stay up for %1.")
                                          .arg(countdownText(*sessionsStay))
                                    : Words::tr("Prices are hidden, dealing is off and the sessions are closed.");
    const auto resume = opened
        ? Words::tr("To go on, insert the same card (%1) and enter its PIN.").arg(cardOf(*opened))
        : Words::tr("To go on, insert the same card and enter its PIN.");
    return {lostTitle(reason ? reason->code : base::Errc::TokenAbsent), state + u' ' + resume};
}

ErrorText otherCardText(const rfq::TokenIdentity& opened, const std::optional<rfq::TokenIdentity>& seen)
{
    const auto what = seen ? Words::tr("This is another card: %1.").arg(cardOf(*seen))
                           : Words::tr("This is another card: it does not hold the certificate that opened the desk.");
    return {Words::tr("This is another card"),
        what + u' ' + Words::tr("The desk was opened with the card of %1.").arg(cardOf(opened)),
        Words::tr("Insert that one, or sign out and begin anew.")};
}

QString chooseText(std::size_t candidates)
{
    return candidates > 1 ? Words::tr("Several fit. Which one is yours?") : Words::tr("This one fits. Is it yours?");
}

TonedText candidateText(const rfq::TokenCandidate& candidate, base::UtcTime now)
{
    const auto& identity = candidate.identity;
    QStringList lines{Words::tr("%1, serial %2").arg(text(identity.tokenModel), text(identity.tokenSerial))};
    if (!candidate.reader.empty())
        lines << Words::tr("in reader %1").arg(text(candidate.reader));
    lines << Words::tr("issued by %1").arg(text(candidate.issuer));
    const auto tone = expiryTone(expiryStage(identity.notAfter, now));
    const auto end = Words::tr("valid until %1 UTC").arg(stampText(identity.notAfter).left(10));
    lines << (tone.isEmpty() ? end : QString(u"▲ " + Words::tr("%1, %2").arg(end, expiryText(identity.notAfter, now))));
    return {lines.join(u'\n'), tone};
}

ErrorText missingTokenText(const rfq::TokenChoice& choice)
{
    return {Words::tr("The card that you chose is not plugged in"),
        Words::tr("It was that of %1, serial %2.").arg(text(choice.name), text(choice.tokenSerial)),
        Words::tr("Plug it in, or choose another one. Nothing was tried.")};
}

ErrorText noServiceText()
{
    return {Words::tr("The smartcard service does not answer"),
        Words::tr("Without it no card can be seen, whatever is plugged in."),
        Words::tr("Ask IT to start it (pcscd) and to let you use it, then look again.")};
}

ErrorText emptyCardText()
{
    return {Words::tr("This card is empty"), Words::tr("It holds no certificate yet, so nobody can sign in with it."),
        Words::tr(
            "A new card gets a PIN of its own first, then its key and certificate: both here. Where IT has issued "
            "a card to you already, plug in that one.")};
}

QString workText(rfq::CardWork work)
{
    switch (work) {
    case rfq::CardWork::Done:
        return {};
    case rfq::CardWork::Slow:
        return Words::tr("The card is working. Touch it if it blinks.");
    }
    return {};
}

}
