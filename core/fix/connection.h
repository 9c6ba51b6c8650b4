#pragma once

#include "core/base/clock.h"
#include "core/fix/session.h"
#include "core/tls/stream.h"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace fix {

/// A TLS stream that pumps one FixSession: bytes in, bytes out, a tick when the session wants one. An initiator's Logon
/// waits for the server's verdict on our certificate, which TLS 1.3 brings only after the handshake. Never blocks. One
/// thread.
class Connection {
public:
    /// The most that waits for a peer that does not read.
    static constexpr std::size_t OutputLimit = 4U << 20U;
    /// A server that says nothing in this time is taken to accept our certificate.
    static constexpr std::chrono::milliseconds VerdictPatience{150};

    /// The session must outlive the connection and have no other.
    Connection(tls::Stream stream, FixSession& session, SessionRole role, const base::Clock& clock);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    /// Bytes of the session for the peer; false past the limit. They go out with the next flush().
    [[nodiscard]] bool enqueue(std::string_view bytes);
    void flush();
    /// Bytes that were read from this stream before the session was known.
    void deliver(std::string_view bytes);

    /// While it is held nothing is read: the peer's messages wait in its own buffers, and in the end it cannot write.
    void hold(bool held) { m_isHeld = held; }
    [[nodiscard]] tls::Interest interest() const;
    void onReady(const tls::Interest& ready);
    void onTime();
    /// When onTime() is due, if nothing else happens.
    [[nodiscard]] base::SteadyTime nextTime() const;

    // ---- is the peer's token still there? (tls::Stream) ----
    /// An acceptor asks, as soon as what was written before is out.
    void askForCertificate();
    /// Why the last askForCertificate() came to nothing, as tls::Stream::askForCertificate() says it.
    [[nodiscard]] const std::optional<base::Error>& askFailure() const { return m_askFailure; }
    [[nodiscard]] std::size_t timesProven() const { return m_stream.timesProven(); }
    /// See tls::Stream.
    [[nodiscard]] base::Status judgeClientAgain() const { return m_stream.judgeClientAgain(); }
    /// The peer asks us: lend() the stream to a worker that answers.
    [[nodiscard]] bool isAsked() const { return !m_isLent && !m_over && m_stream.isAsked(); }
    [[nodiscard]] bool isLent() const { return m_isLent; }
    /// Until takeBack() the connection neither reads nor writes nor judges the peer's silence, and what the session
    /// says waits. Neither peer() nor peerAddress() may be called.
    [[nodiscard]] tls::Stream lend();
    void takeBack(tls::Stream stream);
    /// Ends the connection from outside.
    void end(base::Error reason);

    /// Why the connection is over and must be destroyed; absent while it lives.
    [[nodiscard]] const std::optional<base::Error>& over() const { return m_over; }
    /// Whether the peer's FIX engine has said anything.
    [[nodiscard]] bool heard() const { return m_heard; }
    [[nodiscard]] const tls::PeerFacts& peer() const { return m_stream.peer(); }
    [[nodiscard]] base::Result<tls::ChannelBinding> channelBinding() const { return m_stream.channelBinding(); }
    [[nodiscard]] std::string peerAddress() const { return m_stream.peerAddress(); }
    /// Closes without Logout and close_notify when destroyed.
    void abandon() { m_stream.abandon(); }

private:
    void read();
    void checkSession();
    [[nodiscard]] bool mayLogOn(base::SteadyTime now) const;

    tls::Stream m_stream;
    FixSession& m_session;
    const base::Clock& m_clock;
    base::SteadyTime m_speakAt;
    std::string m_out;
    std::size_t m_sent = 0; ///< of m_out
    std::optional<base::Error> m_over;
    bool m_heard = false;
    bool m_isLent = false;
    bool m_isHeld = false;
    bool m_wantsToAsk = false;
    std::optional<base::Error> m_askFailure;
};

}
