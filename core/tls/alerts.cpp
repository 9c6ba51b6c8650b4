#include "core/tls/alerts.h"

#include "core/tls/openssl_handles.h"
#include "core/tls/signer_error.h"

#include <array>
#include <cerrno>
#include <optional>
#include <string>
#include <system_error>

namespace tls {

namespace {

using base::Errc;
using base::Error;

/// Alerts of RFC 8446 6.2 and RFC 5246 7.2.2 by which a peer turns our certificate down.
bool refusesCertificate(int alert)
{
    switch (alert) {
    case SSL3_AD_NO_CERTIFICATE:
    case SSL3_AD_BAD_CERTIFICATE:
    case SSL3_AD_UNSUPPORTED_CERTIFICATE:
    case SSL3_AD_CERTIFICATE_REVOKED:
    case SSL3_AD_CERTIFICATE_EXPIRED:
    case SSL3_AD_CERTIFICATE_UNKNOWN:
    case TLS1_AD_UNKNOWN_CA:
    case TLS1_AD_ACCESS_DENIED:
    case TLS13_AD_CERTIFICATE_REQUIRED:
        return true;
    default:
        return false;
    }
}

Error fromAlert(int alert)
{
    const std::string text = SSL_alert_desc_string_long(alert);
    if (refusesCertificate(alert))
        return {Errc::CertificateRefused, "the counterparty refused our certificate: " + text};
    if (alert == TLS1_AD_PROTOCOL_VERSION || alert == TLS1_AD_INAPPROPRIATE_FALLBACK)
        return {Errc::TlsVersion, "the counterparty does not speak TLS 1.2 or 1.3: " + text};
    if (alert == SSL3_AD_HANDSHAKE_FAILURE || alert == TLS1_AD_INSUFFICIENT_SECURITY)
        return {Errc::TlsFailure, "the counterparty found no cipher suite or signature in common: " + text};
    return {Errc::TlsFailure, "the counterparty reported: " + text};
}

Error lostConnection(Phase phase)
{
    if (phase == Phase::Handshake)
        return {Errc::ConnectionLost, "the counterparty closed the connection during the TLS handshake"};
    return {Errc::ConnectionLost, "the counterparty closed the connection without ending the TLS session"};
}

/// What the peer's first bytes look like when they are something else than TLS.
bool isOtherProtocol(int reason)
{
    switch (reason) {
    case SSL_R_WRONG_VERSION_NUMBER:
    case SSL_R_HTTP_REQUEST:
    case SSL_R_HTTPS_PROXY_REQUEST:
    case SSL_R_UNKNOWN_PROTOCOL:
    case SSL_R_PACKET_LENGTH_TOO_LONG:
    case SSL_R_RECORD_LENGTH_MISMATCH:
    case SSL_R_BAD_RECORD_TYPE:
        return true;
    default:
        return false;
    }
}

std::optional<Error> fromHandshakeReason(int reason)
{
    if (isOtherProtocol(reason))
        return Error{Errc::TlsNotSpoken, "the counterparty answers in something that is not TLS"};
    switch (reason) {
    case SSL_R_UNSUPPORTED_PROTOCOL:
    case SSL_R_WRONG_SSL_VERSION:
    case SSL_R_UNSUPPORTED_SSL_VERSION:
    case SSL_R_VERSION_TOO_LOW:
    case SSL_R_VERSION_TOO_HIGH:
        return Error{Errc::TlsVersion, "the counterparty does not speak TLS 1.2 or 1.3"};
    case SSL_R_NO_SHARED_CIPHER:
    case SSL_R_NO_SHARED_GROUPS:
        return Error{Errc::TlsFailure, "no cipher suite or group in common with the counterparty"};
    case SSL_R_PEER_DID_NOT_RETURN_A_CERTIFICATE:
        return Error{Errc::CertificateUntrusted, "the counterparty presented no certificate"};
    default:
        return std::nullopt;
    }
}

std::optional<Error> fromReason(Phase phase, unsigned long code)
{
    if (ERR_GET_LIB(code) != ERR_LIB_SSL)
        return std::nullopt;
    const int reason = ERR_GET_REASON(code);
    if (reason >= SSL_AD_REASON_OFFSET)
        return fromAlert(reason - SSL_AD_REASON_OFFSET);
    if (reason == SSL_R_UNEXPECTED_EOF_WHILE_READING)
        return lostConnection(phase);
    if (phase == Phase::Handshake)
        return fromHandshakeReason(reason);
    return std::nullopt;
}

/// The meaning of the queue: the signer's own word first, then the first entry we know; later ones follow from it.
std::optional<Error> fromQueue(Phase phase)
{
    std::optional<Error> signer;
    std::optional<Error> known;
    std::optional<Error> other;
    const char* data = nullptr;
    int flags = 0;
    while (const auto code = ERR_get_error_all(nullptr, nullptr, nullptr, &data, &flags)) {
        if (!signer)
            signer = signerErrorOf(code, data, flags);
        if (!known)
            known = fromReason(phase, code);
        if (!other) {
            std::array<char, 256> text{};
            ERR_error_string_n(code, text.data(), text.size());
            other = Error{Errc::TlsFailure, text.data()};
        }
    }
    if (signer)
        return signer;
    return known ? known : other;
}

}

Error classifyFailure(Phase phase, int sslError, int systemError)
{
    if (auto error = fromQueue(phase))
        return *error;
    if (sslError == SSL_ERROR_ZERO_RETURN || sslError != SSL_ERROR_SYSCALL || systemError == 0)
        return lostConnection(phase);
    return {Errc::ConnectionLost, "the connection failed: " + std::generic_category().message(systemError)};
}

}
