#include "ui/models/approval_text.h"

#include <QCoreApplication>

namespace ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ui::ApprovalText)
};

}

ErrorText approvalErrorText(base::Errc code)
{
    using base::Errc;
    switch (code) {
    case Errc::Refused:
        return {Words::tr("This person may not be the second one"),
            Words::tr("It must be somebody else than you who is allowed to approve. Nothing was signed."),
            Words::tr("Choose somebody else; the technical detail says why.")};
    case Errc::TokenAbsent:
        return {Words::tr("No second token"), Words::tr("No certificate of another person is plugged in."),
            Words::tr("Ask the second person to plug in their token, then look again.")};
    case Errc::KeyNotFound:
        return {Words::tr("The second person's token is gone"),
            Words::tr("Their certificate or its private key is no longer plugged in. Nothing was signed."),
            Words::tr("Plug it in again, then look again.")};
    case Errc::TokenFailure:
        return {Words::tr("The second person's token answered with an error"), Words::tr("Nothing was signed."),
            Words::tr("Unplug it, plug it in again, then look again.")};
    case Errc::PinWrong:
        return {Words::tr("Wrong PIN"), Words::tr("The second person's token did not accept it. Nothing was signed."),
            Words::tr("Type it again, slowly.")};
    case Errc::PinLastTry:
        return {Words::tr("One try is left"),
            Words::tr("A wrong PIN now blocks the second person's token. Nothing was tried."),
            Words::tr("Confirm the last try, or choose another person.")};
    case Errc::PinBlocked:
        return {Words::tr("The PIN is blocked"), Words::tr("The second person's token refuses to work."),
            Words::tr("Ask IT to unblock it, or choose another person.")};
    case Errc::InvalidInput:
        return {Words::tr("That cannot be the PIN"),
            Words::tr("The token takes no PIN of this length. Nothing was tried."),
            Words::tr("Type it again, slowly.")};
    case Errc::CertificateExpired:
        return {Words::tr("The second person's certificate is not valid today"),
            Words::tr("It has expired or is not valid yet. Nothing was signed."),
            Words::tr("Choose another person, or ask IT for a renewed certificate.")};
    case Errc::CertificateUntrusted:
        return {Words::tr("The second person's certificate is not trusted"),
            Words::tr("The authority for approvers did not issue it. Nothing was signed."),
            Words::tr("Choose another person, or ask IT.")};
    case Errc::CertificateWrongUsage:
        return {Words::tr("The second person's certificate is not made for this"),
            Words::tr("Its key usage does not allow a person to sign with it. Nothing was signed."),
            Words::tr("Choose another person, or ask IT.")};
    case Errc::CertificateRevoked:
        return {Words::tr("The second person's certificate was revoked"),
            Words::tr("Its issuer has withdrawn it. Nothing was signed."), Words::tr("Choose another person.")};
    case Errc::RevocationUnknown:
        return {Words::tr("Nobody can say whether the second person's certificate still holds"),
            Words::tr("The list of revoked certificates is missing or out of date. Nothing was signed."),
            Words::tr("Ask IT to renew the list.")};
    case Errc::Configuration:
        return {Words::tr("Nobody can approve as the desk is configured"),
            Words::tr("The configuration of who may approve has an error."),
            Words::tr("Ask IT; the technical detail names the place.")};
    case Errc::NotFound:
    case Errc::NotConnected:
    case Errc::Expired:
    case Errc::Stale:
    case Errc::LimitExceeded:
    case Errc::Duplicate:
    case Errc::Cancelled:
    case Errc::Timeout:
    case Errc::TokenModule:
    case Errc::PukWrong:
    case Errc::PukBlocked:
    case Errc::CertificateWrongName:
    case Errc::CertificateNotPinned:
    case Errc::CertificateRefused:
    case Errc::TlsNotSpoken:
    case Errc::TlsVersion:
    case Errc::TlsFailure:
    case Errc::ConnectionLost:
    case Errc::ConnectionRefused:
    case Errc::LogonRefused:
    case Errc::SequenceError:
    case Errc::ProtocolViolation:
    case Errc::Rejected:
    case Errc::Io:
    case Errc::Unsupported:
    case Errc::Internal:
        return errorText(code);
    }
    return {};
}

ErrorText decisionErrorText(base::Errc code)
{
    const auto words = errorText(code);
    return {Words::tr("Signed, but not put into effect"),
        Words::tr("The second person signed, and the desk could not act on it (%1).").arg(words.title),
        Words::tr("Look at the deal again; the technical detail says why.")};
}

}
