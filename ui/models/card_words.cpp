#include "ui/models/card_words.h"

#include "ui/models/certificate_expiry.h"
#include "ui/models/format.h"
#include "ui/models/key_problem_words.h"

#include <QCoreApplication>

#include <algorithm>

namespace ui {
using namespace Qt::StringLiterals;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ui::CardWords)
};

QString nameOf(const rfq::PluggedCard& card)
{
    for (const std::string* name : {&card.model, &card.label, &card.reader}) {
        if (!name->empty())
            return text(*name);
    }
    return Words::tr("Card");
}

QString unseenText(rfq::UnseenCertificate why)
{
    switch (why) {
    case rfq::UnseenCertificate::Damaged:
        return Words::tr("▲ What stands there as its certificate is damaged. Put the certificate on the card again.");
    case rfq::UnseenCertificate::Compressed:
        return Words::tr("▲ Its certificate is compressed, and the configured driver does not read that. Ask IT for "
                         "OpenSC's driver, or put the certificate on the card again.");
    case rfq::UnseenCertificate::OtherMaker:
        return Words::tr("▲ There is a certificate on it, but the configured driver knows cards of one maker only. Ask "
                         "IT for OpenSC's driver.");
    case rfq::UnseenCertificate::NotYet:
        return Words::tr("▲ There is a certificate on it, which the driver does not show yet. Look again, or take the "
                         "card out and put it in again.");
    }
    return {};
}

}

QString cardTitle(const rfq::PluggedCard& card)
{
    return card.serial.empty() ? nameOf(card) : Words::tr("%1, serial %2").arg(nameOf(card), text(card.serial));
}

TonedText triesText(const rfq::PinState& pin)
{
    if (pin.blocked)
        return {Words::tr("✕ The PIN is blocked"), u"alarm"_s};
    if (pin.isLastTry())
        return {Words::tr("▲ One try is left: a wrong PIN blocks it"), u"warning"_s};
    if (pin.triesLeft)
        return {Words::tr("%n tries left", nullptr, *pin.triesLeft), {}};
    return {};
}

TonedText cardPinText(const rfq::PluggedCard& card)
{
    if (card.signedIn)
        return {Words::tr("PIN: verified"), {}};
    const auto tries = card.pin ? triesText(*card.pin) : TonedText();
    if (card.factoryPin == true && tries.tone.isEmpty())
        return {Words::tr("▲ PIN: still the factory's, which everybody knows. Change it."), u"warning"_s};
    if (tries.text.isEmpty())
        return {Words::tr("PIN: the card does not tell how many tries are left"), {}};
    return {tries.tone.isEmpty() ? Words::tr("PIN: %1").arg(tries.text) : tries.text, tries.tone};
}

TonedText cardStateText(const rfq::PluggedCard& card, base::UtcTime now)
{
    if (card.signedIn)
        return {Words::tr("✓ You are signed in with this card"), u"good"_s};
    if (card.pin && card.pin->blocked)
        return {Words::tr("Unblock the PIN first. You need the card's PUK, which IT keeps."), u"alarm"_s};
    if (!card.isPiv && card.certificates.empty())
        return {Words::tr("No certificate, and not a PIV card as far as can be seen. Another program may be using it."),
            u"warning"_s};
    if (card.certificates.empty() && card.unseenWhy)
        return {unseenText(*card.unseenWhy), u"warning"_s};
    if (card.certificates.empty())
        return {
            Words::tr("No certificate yet. Change the PIN that the factory or IT has set, then make a certificate."),
            u"warning"_s};
    const auto ours = std::find_if(
        card.certificates.begin(), card.certificates.end(), [](const auto& one) { return one.configured; });
    if (ours == card.certificates.end())
        return {Words::tr("None of its certificates is the one that this desk is configured for."), u"warning"_s};
    if (ours->identity.notAfter < now)
        return {Words::tr("Its certificate has ended. Make a new one."), u"alarm"_s};
    return {Words::tr("✓ Ready to sign in as %1").arg(text(ours->identity.commonName)), u"good"_s};
}

TonedText certificateText(const rfq::CardCertificate& certificate, base::UtcTime now)
{
    const auto& identity = certificate.identity;
    const auto tone = expiryTone(expiryStage(identity.notAfter, now));
    const auto end = Words::tr("valid until %1 UTC").arg(stampText(identity.notAfter).left(10));
    const auto how = tone.isEmpty() ? end : Words::tr("%1, %2").arg(end, expiryText(identity.notAfter, now));
    return {Words::tr("%1\nissued by %2\n%3")
                .arg(text(identity.subject), text(certificate.issuer), tone.isEmpty() ? how : QString(u"▲ " + how)),
        tone};
}

QString keyTitle(const rfq::PluggedKey& key)
{
    const auto name = key.name.empty() ? Words::tr("Security key") : text(key.name);
    return key.firmware.empty() ? name : Words::tr("%1, firmware %2").arg(name, text(key.firmware));
}

TonedText keyPinText(const rfq::PluggedKey& key)
{
    if (!key.problem.empty())
        return {Words::tr("It does not say what it is. Pull it out and plug it in again."), u"warning"_s};
    switch (key.pin) {
    case rfq::PluggedKey::Pin::Unsupported:
        return {Words::tr("It knows no PIN and cannot be used here. Ask IT for another key."), u"alarm"_s};
    case rfq::PluggedKey::Pin::NotSet:
        return {Words::tr("▲ No PIN yet: set one first"), u"warning"_s};
    case rfq::PluggedKey::Pin::Set:
        break;
    }
    if (key.triesLeft == 0)
        return {Words::tr("✕ The PIN is blocked. Only a reset helps, which erases the key: tell IT."), u"alarm"_s};
    rfq::PinState pin;
    pin.triesLeft = key.triesLeft;
    const auto tries = triesText(pin);
    if (tries.text.isEmpty())
        return {Words::tr("✓ PIN set"), u"good"_s};
    return tries.tone.isEmpty() ? TonedText{Words::tr("✓ PIN set, %1").arg(tries.text), u"good"_s} : tries;
}

ErrorText cardErrorText(base::Errc code)
{
    using base::Errc;
    switch (code) {
    case Errc::InvalidInput:
        return {Words::tr("That cannot be used"), Words::tr("Nothing was tried."),
            Words::tr("Read the technical detail, correct it and try again.")};
    case Errc::Refused:
        return {Words::tr("The management key is not this card's"),
            Words::tr("The card lets nobody make keys or write "
                      "certificates without it."),
            Words::tr("Ask IT for the management key, and enter it here.")};
    case Errc::KeyNotFound:
        return {Words::tr("The card, its key and the certificate do not belong together"),
            Words::tr("Another card is in the reader, the certificate is for another key, or the card shows no private "
                      "key. Nothing was changed."),
            Words::tr("Look at the technical detail, and choose the right card and file.")};
    case Errc::Duplicate:
        return {Words::tr("Something is there already"), Words::tr("It was left as it is."),
            Words::tr("Read the technical detail.")};
    case Errc::CertificateExpired:
        return {Words::tr("The certificate is not valid today"), Words::tr("It has ended or has not begun yet."),
            Words::tr("Check this computer's date, or ask IT for a new certificate.")};
    case Errc::CertificateUntrusted:
        return {Words::tr("This is not of the firm's authority"),
            Words::tr(
                "The certificate or the answer was not issued by the configured authority, or the secret is wrong. "
                "The card was not changed."),
            Words::tr("Compare reference, secret and file with what IT gave you. Do not work around this.")};
    case Errc::CertificateWrongUsage:
        return {Words::tr("This certificate is not for signing in"),
            Words::tr("It is an authority's or a server's. The card was not changed."),
            Words::tr("Ask IT for one for client authentication.")};
    case Errc::Rejected:
        return {Words::tr("The authority said no"), Words::tr("No certificate was issued."),
            Words::tr("Read its words in the technical detail, and ask IT.")};
    case Errc::Timeout:
    case Errc::ConnectionLost:
    case Errc::ConnectionRefused:
        return {Words::tr("The authority was not reached"), Words::tr("The key on the card is kept."),
            Words::tr("Check the network and try again.")};
    case Errc::Unsupported:
        return {Words::tr("This card cannot do that here"), Words::tr("Its maker's tool, or IT, has to do it."),
            Words::tr("Read the technical detail.")};
    case Errc::Io:
        return {Words::tr("The file cannot be used"), Words::tr("It cannot be read or written."),
            Words::tr("Choose another file or folder.")};
    case Errc::NotFound:
    case Errc::NotConnected:
    case Errc::Expired:
    case Errc::Stale:
    case Errc::LimitExceeded:
    case Errc::Cancelled:
    case Errc::TokenModule:
    case Errc::TokenAbsent:
    case Errc::TokenFailure:
    case Errc::PinWrong:
    case Errc::PinLastTry:
    case Errc::PinBlocked:
    case Errc::PukWrong:
    case Errc::PukBlocked:
    case Errc::CertificateWrongName:
    case Errc::CertificateRevoked:
    case Errc::RevocationUnknown:
    case Errc::CertificateNotPinned:
    case Errc::CertificateRefused:
    case Errc::TlsNotSpoken:
    case Errc::TlsVersion:
    case Errc::TlsFailure:
    case Errc::LogonRefused:
    case Errc::SequenceError:
    case Errc::ProtocolViolation:
    case Errc::Configuration:
    case Errc::Internal:
        return errorText(code);
    }
    return errorText(code);
}

ErrorText keyFailureText(const rfq::KeyFailure& failure)
{
    return {keyProblemSentence(failure.meaning), {}, keyProblemSentence(failure.advice)};
}

}
