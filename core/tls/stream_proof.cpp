#include "core/tls/socket.h"
#include "core/tls/stream_state.h"

#include <algorithm>
#include <vector>

/// Post-handshake authentication (RFC 8446, 4.6.2): the client shows once more that it holds the key.
namespace tls {

namespace {

using base::Errc;
using base::Error;

Error cannotAsk()
{
    const int reason = ERR_GET_REASON(ERR_peek_last_error());
    ERR_clear_error();
    switch (reason) {
    case SSL_R_REQUEST_SENT:
    case SSL_R_REQUEST_PENDING:
        return {Errc::Duplicate, "the client has not answered the last request for its certificate"};
    case SSL_R_WRONG_SSL_VERSION:
        return {Errc::Unsupported, "a client can be asked for its certificate again only in TLS 1.3"};
    case SSL_R_EXTENSION_NOT_RECEIVED:
        return {Errc::Unsupported,
            "the client did not say in the handshake that it can be asked for its certificate again "
            "(extension post_handshake_auth)"};
    default:
        return {Errc::TlsFailure, "the client cannot be asked for its certificate again"};
    }
}

}

int Stream::State::offerCertificate(SSL*, void* state)
{
    return static_cast<const State*>(state)->maySign ? 1 : -1;
}

Stream::ReadOutcome Stream::State::asked()
{
    isAsked = true;
    // The answer cannot overtake the rest of a record of ours, and the server does not take that.
    if (!isWriteHalfDone)
        return {};
    isBroken = true;
    return {.closed = true,
        .error = Error{
            Errc::ConnectionLost, "the counterparty asked for our certificate again and does not read what we write"}};
}

base::Status Stream::State::judgeProof()
{
    if (!isProofOpen || !hasFinished || SSL_in_init(ssl.get()) == 1)
        return base::Ok{};
    isProofOpen = false;
    hasFinished = false;
    X509* certificate = SSL_get0_peer_certificate(ssl.get());
    if (!certificate || SSL_get_verify_result(ssl.get()) != X509_V_OK
        || fingerprint(*certificate) != facts.fingerprint) {
        isBroken = true;
        return Error{Errc::CertificateUntrusted,
            "asked again for the certificate of " + facts.subject + ", the client showed another one: "
                + (certificate ? fingerprint(*certificate) : std::string("none"))};
    }
    ++timesProven;
    return base::Ok{};
}

base::Status Stream::judgeClientAgain() const
{
    if (!m_state->isEstablished || m_state->isBroken)
        return Error{Errc::NotConnected, "the connection is closed"};
    return tls::judgeClientAgain(*m_state->ssl);
}

bool Stream::isAsked() const
{
    return m_state->isAsked;
}

base::Status Stream::answerRequest(std::chrono::milliseconds timeout, const Waker& cancelled)
{
    State& state = *m_state;
    if (!state.isAsked || state.isBroken)
        return Error{Errc::ConnectionLost, "the connection is closed, or nobody asked for our certificate"};
    const auto deadline = steadyNow() + timeout;
    state.maySign = true;
    for (;;) {
        const Attempt step(state.ssl.get(), SSL_do_handshake);
        if (step.result == 1) {
            state.maySign = false;
            state.isAsked = false;
            // What came behind the request is read already; poll does not announce it.
            state.lastReadWouldBlock = false;
            return base::Ok{};
        }
        if (!isBusy(step.sslError)) {
            state.isBroken = true;
            return classifyFailure(Phase::Established, step.sslError, step.systemError);
        }
        std::vector<Interest> interests{{.handle = state.socket.handle(),
                                            .read = step.sslError == SSL_ERROR_WANT_READ,
                                            .write = step.sslError == SSL_ERROR_WANT_WRITE},
            {.handle = cancelled.handle(), .read = true}};
        waitFor(interests, std::chrono::ceil<std::chrono::milliseconds>(deadline - steadyNow()));
        // Half an answer cannot be taken back.
        if (interests[1].readable || steadyNow() >= deadline) {
            state.isBroken = true;
            if (interests[1].readable)
                return Error{Errc::Cancelled, "the answer to the request for our certificate was called off"};
            return Error{Errc::Timeout, "the counterparty does not read our answer to its request for our certificate"};
        }
    }
}

base::Status Stream::askForCertificate()
{
    State& state = *m_state;
    if (!state.isEstablished || state.isBroken)
        return Error{Errc::ConnectionLost, "the connection is closed"};
    if (state.isWriteHalfDone)
        return Error{Errc::TlsFailure, "the client does not read what was written before"};
    ERR_clear_error();
    if (SSL_verify_client_post_handshake(state.ssl.get()) != 1)
        return cannotAsk();
    state.isProofOpen = true;
    state.hasFinished = false;
    state.verification = {};
    // What does not fit into the socket goes out with the next write; what fails, fails there.
    const Attempt sent(state.ssl.get(), SSL_do_handshake);
    ERR_clear_error();
    return base::Ok{};
}

std::size_t Stream::timesProven() const
{
    return m_state->timesProven;
}

}
