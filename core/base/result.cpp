#include "core/base/result.h"

namespace base {

const char* errcName(Errc code)
{
    switch (code) {
    case Errc::InvalidInput:
        return "invalid-input";
    case Errc::NotFound:
        return "not-found";
    case Errc::NotConnected:
        return "not-connected";
    case Errc::Expired:
        return "expired";
    case Errc::Stale:
        return "stale";
    case Errc::Refused:
        return "refused";
    case Errc::LimitExceeded:
        return "limit-exceeded";
    case Errc::Duplicate:
        return "duplicate";
    case Errc::Cancelled:
        return "cancelled";
    case Errc::Timeout:
        return "timeout";
    case Errc::TokenModule:
        return "token-module";
    case Errc::TokenAbsent:
        return "token-absent";
    case Errc::TokenFailure:
        return "token-failure";
    case Errc::KeyNotFound:
        return "key-not-found";
    case Errc::PinWrong:
        return "pin-wrong";
    case Errc::PinLastTry:
        return "pin-last-try";
    case Errc::PinBlocked:
        return "pin-blocked";
    case Errc::PukWrong:
        return "puk-wrong";
    case Errc::PukBlocked:
        return "puk-blocked";
    case Errc::CertificateExpired:
        return "certificate-expired";
    case Errc::CertificateUntrusted:
        return "certificate-untrusted";
    case Errc::CertificateWrongName:
        return "certificate-wrong-name";
    case Errc::CertificateWrongUsage:
        return "certificate-wrong-usage";
    case Errc::CertificateRevoked:
        return "certificate-revoked";
    case Errc::RevocationUnknown:
        return "revocation-unknown";
    case Errc::CertificateNotPinned:
        return "certificate-not-pinned";
    case Errc::CertificateRefused:
        return "certificate-refused";
    case Errc::TlsNotSpoken:
        return "tls-not-spoken";
    case Errc::TlsVersion:
        return "tls-version";
    case Errc::TlsFailure:
        return "tls-failure";
    case Errc::ConnectionLost:
        return "connection-lost";
    case Errc::ConnectionRefused:
        return "connection-refused";
    case Errc::LogonRefused:
        return "logon-refused";
    case Errc::SequenceError:
        return "sequence-error";
    case Errc::ProtocolViolation:
        return "protocol-violation";
    case Errc::Rejected:
        return "rejected";
    case Errc::Io:
        return "io";
    case Errc::Configuration:
        return "configuration";
    case Errc::Unsupported:
        return "unsupported";
    case Errc::Internal:
        return "internal";
    }
    return "internal";
}

}
