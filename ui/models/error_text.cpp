#include "ui/models/error_text.h"

#include <QCoreApplication>

namespace ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ui::ErrorText)
};

}

QString ErrorText::whole() const
{
    return title + u". " + meaning + u' ' + action;
}

ErrorText errorText(base::Errc code)
{
    using base::Errc;
    switch (code) {
    case Errc::InvalidInput:
        return {Words::tr("That input cannot be used"), Words::tr("A value is missing or malformed."),
            Words::tr("Correct the marked field.")};
    case Errc::NotFound:
        return {Words::tr("Not found"), Words::tr("The instrument, dealer or quote is not known here."),
            Words::tr("Choose one from the list.")};
    case Errc::NotConnected:
        return {Words::tr("No connection"), Words::tr("The session to this dealer is not logged on."),
            Words::tr("Choose another dealer or wait until the session is back.")};
    case Errc::Expired:
        return {Words::tr("Too late"), Words::tr("The quote has reached its deadline. Nothing was sent."),
            Words::tr("Deal on another quote or ask again.")};
    case Errc::Stale:
        return {Words::tr("The price has just changed"),
            Words::tr("What was shown is no longer what the dealer offers. Nothing was sent."),
            Words::tr("Look at the new price, then deal.")};
    case Errc::Refused:
        return {Words::tr("Not possible"), Words::tr("A rule of the desk does not allow this. Nothing was sent."),
            Words::tr("Read the reason below.")};
    case Errc::LimitExceeded:
        return {Words::tr("Over the limit"), Words::tr("A pre-trade limit forbids this. Nothing was sent."),
            Words::tr("Reduce the amount or ask for a higher limit.")};
    case Errc::Duplicate:
        return {Words::tr("Already under way"),
            Words::tr("An acceptance on this request is in flight or has an unknown outcome."),
            Words::tr("Wait for its outcome before dealing again.")};
    case Errc::Cancelled:
        return {Words::tr("Cancelled"), Words::tr("It was called off before it was done."),
            Words::tr("Start again when you are ready.")};
    case Errc::Timeout:
        return {Words::tr("No answer in time"), Words::tr("The other side did not answer."),
            Words::tr("Check the connection, then try again.")};
    case Errc::TokenModule:
        return {Words::tr("The token driver cannot be used"),
            Words::tr("The PKCS#11 module is missing or not on the list of allowed modules."),
            Words::tr("Ask IT to check the token section of the configuration.")};
    case Errc::TokenAbsent:
        return {Words::tr("No token"), Words::tr("Your security token is not plugged in."),
            Words::tr("Plug it in, then look again.")};
    case Errc::TokenFailure:
        return {Words::tr("The token answered with an error"), Words::tr("The key could not be used."),
            Words::tr("Unplug the token, plug it in again, then look again.")};
    case Errc::KeyNotFound:
        return {Words::tr("This is not the expected token"),
            Words::tr("It holds no key and certificate of the configured identity."),
            Words::tr("Plug in the token that was issued to you. A new card gets its PIN and its certificate with "
                      "\"New card, "
                      "PIN or certificate…\".")};
    case Errc::PinWrong:
        return {Words::tr("Wrong PIN"), Words::tr("The token did not accept it."), Words::tr("Type it again, slowly.")};
    case Errc::PinLastTry:
        return {Words::tr("One try is left"), Words::tr("A wrong PIN now blocks the token. Nothing was tried."),
            Words::tr("Confirm the last try, or ask IT to reset the PIN.")};
    case Errc::PinBlocked:
        return {Words::tr("The PIN is blocked"), Words::tr("Too many wrong PINs. The token refuses to work."),
            Words::tr("Ask IT to unblock it with the PUK or to issue a new token.")};
    case Errc::PukWrong:
        return {Words::tr("Wrong PUK"), Words::tr("The token did not accept it. The PIN is as it was."),
            Words::tr("Type it again, slowly: when the PUK is blocked too, nothing unblocks the token.")};
    case Errc::PukBlocked:
        return {Words::tr("The PUK is blocked"),
            Words::tr("Too many wrong PUKs. Nothing unblocks this token any more."),
            Words::tr("Ask IT for a new token.")};
    case Errc::CertificateExpired:
        return {Words::tr("The certificate is not valid today"), Words::tr("It has expired or is not valid yet."),
            Words::tr("Ask IT for a renewed certificate and check this computer's date.")};
    case Errc::CertificateUntrusted:
        return {Words::tr("The counterparty cannot be trusted"),
            Words::tr("Its certificate was not issued by the configured authority. No connection was made."),
            Words::tr("Do not work around this. Ask IT to check with the counterparty.")};
    case Errc::CertificateWrongName:
        return {Words::tr("This is not the expected counterparty"),
            Words::tr("Its certificate carries another name. No connection was made."),
            Words::tr("Ask IT to check the address of this session.")};
    case Errc::CertificateWrongUsage:
        return {Words::tr("The counterparty's certificate is not made for this"),
            Words::tr("Its key usage does not allow it to be a server. No connection was made."),
            Words::tr("Ask IT to check with the counterparty.")};
    case Errc::CertificateRevoked:
        return {Words::tr("The certificate was revoked"), Words::tr("Its issuer has withdrawn it."),
            Words::tr("Ask IT to check with the counterparty.")};
    case Errc::RevocationUnknown:
        return {Words::tr("Nobody can say whether the certificate still holds"),
            Words::tr(
                "Its issuer's list of revoked certificates, or the counterparty's proof, is missing or out of date. "
                "No connection was made."),
            Words::tr("It is tried again by itself. If it stays, ask IT to renew the list.")};
    case Errc::CertificateNotPinned:
        return {Words::tr("The counterparty's certificate has changed"),
            Words::tr("It is not one of those pinned for this session. No connection was made."),
            Words::tr("Ask IT to confirm the new certificate with the counterparty.")};
    case Errc::CertificateRefused:
        return {Words::tr("The counterparty refused your certificate"),
            Words::tr("It does not accept the identity on your token."),
            Words::tr("Ask IT whether your certificate is registered there.")};
    case Errc::TlsNotSpoken:
        return {Words::tr("The other side does not speak TLS"), Words::tr("Nothing was sent over an open line."),
            Words::tr("Ask IT to check the address and port of this session.")};
    case Errc::TlsVersion:
        return {Words::tr("No common TLS version"), Words::tr("The other side only offers versions that are not safe."),
            Words::tr("Ask IT to check with the counterparty.")};
    case Errc::TlsFailure:
        return {Words::tr("The secure connection failed"), Words::tr("The TLS handshake or the line broke off."),
            Words::tr("It is tried again by itself. If it stays, ask IT.")};
    case Errc::ConnectionLost:
        return {Words::tr("Connection lost"), Words::tr("The line broke off. Quotes over it are stale."),
            Words::tr("It is tried again by itself.")};
    case Errc::ConnectionRefused:
        return {Words::tr("Nobody answers"), Words::tr("The counterparty cannot be reached at its address."),
            Words::tr("It is tried again by itself. If it stays, check the network.")};
    case Errc::LogonRefused:
        return {Words::tr("Logon refused"), Words::tr("The counterparty does not let this session in."),
            Words::tr("Give IT what the counterparty said: its reference, or which name is wrong.")};
    case Errc::SequenceError:
        return {Words::tr("Message numbers do not match"),
            Words::tr("The counterparty and this desk disagree on what was sent."),
            Words::tr("Agree on a reset with the counterparty before you go on.")};
    case Errc::ProtocolViolation:
        return {Words::tr("Garbled data from the counterparty"), Words::tr("The connection was closed to be safe."),
            Words::tr("It is tried again by itself. If it stays, ask IT.")};
    case Errc::Rejected:
        return {Words::tr("Rejected by the counterparty"), Words::tr("It did not accept a message of this desk."),
            Words::tr("Read its reason below.")};
    case Errc::Io:
        return {Words::tr("The disk failed"), Words::tr("A record could not be written, so dealing is off."),
            Words::tr("Check free space, then ask IT.")};
    case Errc::Configuration:
        return {Words::tr("The configuration has an error"), Words::tr("The desk cannot use it as it is."),
            Words::tr("Correct the line named below.")};
    case Errc::Unsupported:
        return {Words::tr("Not supported"), Words::tr("This token or counterparty cannot do that."),
            Words::tr("Ask IT for an alternative.")};
    case Errc::Internal:
        return {Words::tr("An internal error"), Words::tr("This is a defect of the desk. Nothing was sent."),
            Words::tr("Report it with the text below.")};
    }
    return {};
}

}
