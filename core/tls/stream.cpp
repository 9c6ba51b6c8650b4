#include "core/tls/stream.h"

#include "core/tls/certificate_policies.h"
#include "core/tls/socket.h"
#include "core/tls/stream_state.h"

#include <algorithm>
#include <climits>
#include <string_view>
#include <utility>

namespace tls {

namespace {

PeerFacts factsOf(SSL& ssl, const Verification& verification)
{
    PeerFacts facts;
    facts.protocol = SSL_get_version(&ssl);
    facts.cipherSuite = SSL_CIPHER_standard_name(SSL_get_current_cipher(&ssl));
    facts.pinned = verification.pinned;
    facts.pinnedAsNext = verification.pinnedAsNext;
    if (X509* certificate = SSL_get0_peer_certificate(&ssl)) {
        facts.subject = subjectOf(*certificate);
        facts.commonName = commonNameOf(*certificate);
        facts.fingerprint = fingerprint(*certificate);
        facts.notAfter = notAfterOf(*certificate);
        facts.policies = policiesOf(*certificate);
    }
    return facts;
}

}

/// Notes handshake messages that arrive after the handshake: a session ticket, a key update, a client's Finished. Only
/// their type is looked at.
void Stream::State::noteMessage(
    int isWritten, int, int contentType, const void* message, std::size_t size, SSL*, void* noting)
{
    if (isWritten != 0 || contentType != SSL3_RT_HANDSHAKE || size == 0)
        return;
    State& state = *static_cast<State*>(noting);
    state.hasPeerSpoken = true;
    state.hasFinished = state.isProofOpen && *static_cast<const unsigned char*>(message) == SSL3_MT_FINISHED;
}

base::Status Stream::State::prepare()
{
    if (!ssl || !socket.isOpen() || SSL_set_fd(ssl.get(), socket.handle()) != 1) {
        ERR_clear_error();
        return base::Error{base::Errc::Internal, "a TLS stream needs an open socket"};
    }
    recordVerification(*ssl, verification);
    if (context->isServer()) {
        SSL_set_accept_state(ssl.get());
        return base::Ok{};
    }
    SSL_set_connect_state(ssl.get());
    SSL_set_cert_cb(ssl.get(), offerCertificate, this);
    const std::string& name = context->trust().serverName;
    // RFC 6066 section 3: addresses are not permitted.
    if (!isIpAddress(name) && SSL_set_tlsext_host_name(ssl.get(), name.c_str()) != 1) {
        ERR_clear_error();
        return base::Error{base::Errc::Configuration, "the server name " + name + " is not valid"};
    }
    return base::Ok{};
}

/// What to wait for next; nothing when the handshake is done.
base::Result<Interest> Stream::State::handshakeStep()
{
    const Attempt step(ssl.get(), SSL_do_handshake);
    if (step.result == 1)
        return Interest{};
    if (isBusy(step.sslError))
        return Interest{.handle = socket.handle(),
            .read = step.sslError == SSL_ERROR_WANT_READ,
            .write = step.sslError == SSL_ERROR_WANT_WRITE};
    isBroken = true;
    const auto error = classifyFailure(Phase::Handshake, step.sslError, step.systemError);
    return verification.failure ? *verification.failure : error;
}

base::Status Stream::State::establish()
{
    // The callback has judged already; this holds even if OpenSSL should ever skip it.
    if (SSL_get_verify_result(ssl.get()) != X509_V_OK || !SSL_get0_peer_certificate(ssl.get())) {
        isBroken = true;
        return base::Error{base::Errc::CertificateUntrusted, "the counterparty presented no verified certificate"};
    }
    if (!context->isServer() && !verification.isStapleJudged) {
        isBroken = true;
        return base::Error{base::Errc::RevocationUnknown, "the counterparty's certificate was not checked for OCSP"};
    }
    facts = factsOf(*ssl, verification);
    isEstablished = true;
    // A TLS 1.3 client is done before the server has judged its certificate; every other end is done after the other.
    hasPeerSpoken = context->isServer() || SSL_version(ssl.get()) < TLS1_3_VERSION;
    SSL_set_msg_callback(ssl.get(), noteMessage);
    SSL_set_msg_callback_arg(ssl.get(), this);
    maySign = false;
    // Several records in one system call. Not earlier: the handshake would take in data that poll no longer announces.
    SSL_set_read_ahead(ssl.get(), 1);
    if (context->isServer() && SSL_version(ssl.get()) >= TLS1_3_VERSION)
        provePeerAccepted();
    return base::Ok{};
}

/// We send no session tickets, so a TLS 1.3 client would not learn that its certificate was taken until we have
/// something to say. A key update (RFC 8446 4.6.3) tells it at once and costs one record.
void Stream::State::provePeerAccepted()
{
    if (SSL_key_update(ssl.get(), SSL_KEY_UPDATE_NOT_REQUESTED) == 1)
        (void)SSL_do_handshake(ssl.get());
    // What did not fit into the socket goes out with the first write; what failed fails there.
    ERR_clear_error();
}

Stream::ReadOutcome Stream::State::endOfReading(int sslError, int systemError)
{
    ReadOutcome outcome;
    outcome.closed = true;
    if (sslError == SSL_ERROR_ZERO_RETURN)
        return outcome;
    isBroken = true;
    const auto error = classifyFailure(Phase::Established, sslError, systemError);
    outcome.error = isProofOpen && verification.failure ? *verification.failure : error;
    return outcome;
}

/// A peer that refuses us says why and closes; a write then fails on the closed connection while the reason still
/// waits to be read.
base::Error Stream::State::writeFailure(int sslError, int systemError)
{
    const auto error = classifyFailure(Phase::Established, sslError, systemError);
    char byte = 0;
    const Attempt look(ssl.get(), [&byte](SSL* s) { return SSL_peek(s, &byte, 1); });
    isBroken = true;
    if (look.result > 0 || isBusy(look.sslError)) {
        ERR_clear_error();
        return error;
    }
    const auto reason = classifyFailure(Phase::Established, look.sslError, look.systemError);
    return reason.code == base::Errc::CertificateRefused ? reason : error;
}

Stream::Stream(std::shared_ptr<Context> context, Socket socket)
    : m_state(std::make_unique<State>(std::move(context), std::move(socket)))
{
}

Stream::~Stream()
{
    if (m_state)
        close();
}

Stream::Stream(Stream&&) noexcept = default;

Stream& Stream::operator=(Stream&& other) noexcept
{
    if (this != &other) {
        if (m_state)
            close();
        m_state = std::move(other.m_state);
    }
    return *this;
}

base::Status Stream::handshake(std::chrono::milliseconds timeout, const Waker& cancelled)
{
    const auto deadline = steadyNow() + timeout;
    for (;;) {
        const auto next = advance();
        if (!next)
            return next.error();
        if (!*next)
            return base::Ok{};
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - steadyNow());
        std::vector<Interest> interests{**next, {.handle = cancelled.handle(), .read = true}};
        waitFor(interests, left);
        if (interests[1].readable)
            return base::Error{base::Errc::Cancelled, "the TLS handshake was called off"};
        // A peer that drips its bytes keeps the socket readable: the deadline is not moved by progress.
        if (steadyNow() >= deadline)
            return base::Error{base::Errc::Timeout,
                "the counterparty did not finish the TLS handshake within " + std::to_string(timeout.count()) + " ms"};
    }
}

base::Result<std::optional<Interest>> Stream::advance()
{
    State& state = *m_state;
    if (!std::exchange(state.isPrepared, true))
        if (const auto prepared = state.prepare(); !prepared)
            return prepared.error();
    const auto next = state.handshakeStep();
    if (!next)
        return next.error();
    if (next->read || next->write)
        return std::optional(*next);
    if (const auto established = state.establish(); !established)
        return established.error();
    return std::optional<Interest>();
}

const PeerFacts& Stream::peer() const
{
    return m_state->facts;
}

Stream::ReadOutcome Stream::read(std::span<char> buffer)
{
    State& state = *m_state;
    if (!state.isEstablished || state.isBroken)
        return {.closed = true, .error = base::Error{base::Errc::ConnectionLost, "the connection is closed"}};
    if (state.isAsked)
        return {};
    std::size_t bytes = 0;
    const Attempt attempt(
        state.ssl.get(), [&](SSL* ssl) { return SSL_read_ex(ssl, buffer.data(), buffer.size(), &bytes); });
    state.readWantsWrite = attempt.sslError == SSL_ERROR_WANT_WRITE;
    state.lastReadWouldBlock = isBusy(attempt.sslError);
    if (attempt.sslError == SSL_ERROR_WANT_X509_LOOKUP)
        return state.asked();
    if (const auto judged = state.judgeProof(); !judged)
        return {.closed = true, .error = judged.error()};
    if (attempt.result == 1) {
        state.hasPeerSpoken = true;
        return {.bytes = bytes, .closed = false, .error = std::nullopt};
    }
    if (state.lastReadWouldBlock)
        return {};
    return state.endOfReading(attempt.sslError, attempt.systemError);
}

base::Result<std::size_t> Stream::write(std::span<const char> bytes)
{
    State& state = *m_state;
    if (!state.isEstablished || state.isBroken)
        return base::Error{base::Errc::ConnectionLost, "the connection is closed"};
    if (bytes.empty() || state.isAsked)
        return std::size_t{0};
    std::size_t written = 0;
    const Attempt attempt(
        state.ssl.get(), [&](SSL* ssl) { return SSL_write_ex(ssl, bytes.data(), bytes.size(), &written); });
    state.writeWantsRead = attempt.sslError == SSL_ERROR_WANT_READ;
    state.isWriteHalfDone = attempt.sslError == SSL_ERROR_WANT_WRITE;
    if (const auto judged = state.judgeProof(); !judged)
        return judged.error();
    if (attempt.result == 1)
        return written;
    if (isBusy(attempt.sslError))
        return std::size_t{0};
    return state.writeFailure(attempt.sslError, attempt.systemError);
}

bool Stream::hasBuffered() const
{
    const State& state = *m_state;
    if (!state.isEstablished || state.isBroken)
        return false;
    if (state.isAsked)
        return false;
    // With read-ahead OpenSSL may hold part of a record, which only the socket can complete.
    return SSL_pending(state.ssl.get()) > 0 || (!state.lastReadWouldBlock && SSL_has_pending(state.ssl.get()) == 1);
}

bool Stream::peerHasSpoken() const
{
    return m_state->hasPeerSpoken;
}

Interest Stream::interest(bool wantsWrite) const
{
    const State& state = *m_state;
    // Waiting for what OpenSSL does not want would wake at once and for nothing.
    return {.handle = state.socket.handle(),
        .read = !state.readWantsWrite || state.writeWantsRead,
        .write = (wantsWrite && !state.writeWantsRead) || state.readWantsWrite};
}

void Stream::close()
{
    State& state = *m_state;
    // A close_notify in the middle of an answer would go on with it, on this thread.
    if (state.isEstablished && !state.isBroken && !state.isAsked && state.socket.isOpen()) {
        (void)SSL_shutdown(state.ssl.get());
        ERR_clear_error();
    }
    state.isBroken = true;
    state.socket.close();
}

void Stream::abandon()
{
    m_state->isBroken = true;
    m_state->socket.close();
}

std::optional<SentBytes> Stream::sent() const
{
    return sentBytes(m_state->socket);
}

std::string Stream::peerAddress() const
{
    return m_state->address;
}

base::Result<ChannelBinding> Stream::channelBinding() const
{
    // RFC 9266, section 2.
    static constexpr std::string_view Label = "EXPORTER-Channel-Binding";
    const State& state = *m_state;
    if (!state.isEstablished || state.isBroken)
        return base::Error{base::Errc::NotConnected, "the connection is closed"};
    // Before TLS 1.3 the exporter is unique only with the extended master secret, which nobody here asks for.
    if (SSL_version(state.ssl.get()) < TLS1_3_VERSION)
        return base::Error{base::Errc::TlsVersion,
            "the connection is " + state.facts.protocol + ": only TLS 1.3 has a channel binding to rely on"};
    ChannelBinding binding{};
    if (SSL_export_keying_material(
            state.ssl.get(), binding.data(), binding.size(), Label.data(), Label.size(), nullptr, 0, 0)
        != 1) {
        ERR_clear_error();
        return base::Error{base::Errc::TlsFailure, "OpenSSL did not export the channel binding"};
    }
    return binding;
}

}
