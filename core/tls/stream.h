#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/tls/context.h"
#include "core/tls/socket.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>

namespace tls {

/// What the handshake established.
struct PeerFacts {
    std::string protocol; ///< "TLSv1.3"
    std::string cipherSuite;
    std::string subject; ///< RFC 2253
    std::string commonName;
    std::string fingerprint; ///< SHA-256, lower-case hex
    base::UtcTime notAfter{};
    bool pinned = false;
    bool pinnedAsNext = false; ///< by one of TrustPolicy::nextPins only
    std::set<std::string> policies{}; ///< OIDs of its certificate policies, dotted
};

/// What only the two ends of one TLS connection can compute: 32 bytes of "EXPORTER-Channel-Binding", no context
/// (RFC 9266).
using ChannelBinding = std::array<std::uint8_t, 32>;

/// A TLS connection over a non-blocking socket. One thread at a time: the handshake runs on a worker, after which the
/// stream moves to the thread that reads and writes.
class Stream {
public:
    Stream(std::shared_ptr<Context> context, Socket socket);
    ~Stream();
    Stream(Stream&&) noexcept;
    Stream& operator=(Stream&&) noexcept;

    /// Blocks until done, `timeout` or `cancelled`. The token signs in here. Verifies chain, dates, purpose, name,
    /// pins. Errors: Certificate*, Tls*, Timeout, ConnectionLost, Cancelled, TokenFailure.
    [[nodiscard]] base::Status handshake(std::chrono::milliseconds timeout, const Waker& cancelled);
    /// As handshake(), step by step and without waiting for the network: goes as far as it can, and says what to wait
    /// for before the next step; nothing once it is done. Blocks only while our own key signs. Errors: those of
    /// handshake() but for Timeout and Cancelled; after one the stream is of no use.
    [[nodiscard]] base::Result<std::optional<Interest>> advance();
    [[nodiscard]] const PeerFacts& peer() const;
    /// After the handshake. Errors: TlsVersion where the connection is not TLS 1.3, NotConnected, TlsFailure.
    [[nodiscard]] base::Result<ChannelBinding> channelBinding() const;

    /// What one read brought. With `closed` the peer has ended the connection: cleanly (close_notify) when `error` is
    /// absent. A certificate alert of the peer is CertificateRefused: in TLS 1.3 it arrives here, after the handshake.
    struct ReadOutcome {
        std::size_t bytes = 0;
        bool closed = false;
        std::optional<base::Error> error;
    };
    /// Never blocks.
    [[nodiscard]] ReadOutcome read(std::span<char> buffer);
    /// Never blocks. How many bytes were taken, which may be less than given; 0 when the connection is busy. Errors:
    /// ConnectionLost, CertificateRefused, TlsFailure.
    [[nodiscard]] base::Result<std::size_t> write(std::span<const char> bytes);
    /// There may be bytes that can be read without waiting for the socket, which then need not become readable again.
    /// Ask before waiting, unless the last read() brought nothing.
    [[nodiscard]] bool hasBuffered() const;
    /// True once it is known that the peer took our certificate. In TLS 1.3 a server judges it after our handshake is
    /// done: the proof is the first record it sends then. A refusal is an error of read() or write(). A server that
    /// sends no session tickets may stay silent until we speak; ours never does.
    [[nodiscard]] bool peerHasSpoken() const;

    // ---- post-handshake authentication, TLS 1.3: is the token still there? ----
    /// Server. Asks the client to sign once more with the key of its certificate. Never blocks; read() takes the
    /// answer. Everything before it must have been written. A client that fails, or shows another certificate, ends the
    /// connection: an error of read() or write(). Errors: Unsupported (TLS 1.2, or the client did not offer it);
    /// Duplicate, while it has not answered an earlier request; TlsFailure, ConnectionLost.
    [[nodiscard]] base::Status askForCertificate();
    /// Server. How often the client has answered: with the certificate of the handshake, verified and judged anew.
    [[nodiscard]] std::size_t timesProven() const;
    /// Server. Judges the client's certificate once more, by the revocation lists of now; asks the client nothing. Does
    /// not block but for reading a list that has changed. Errors: Certificate*, RevocationUnknown, NotConnected.
    [[nodiscard]] base::Status judgeClientAgain() const;
    /// Client. The server has asked. Until answerRequest() nothing more can be read or written.
    [[nodiscard]] bool isAsked() const;
    /// Client. Lets the token sign and sends the answer. Blocks, as long as the token takes, then up to `timeout` or
    /// until `cancelled` for the network: on a worker, never on the FIX thread. After an error the connection is over.
    /// Errors: the signer's; Timeout, Cancelled, ConnectionLost, TlsFailure.
    [[nodiscard]] base::Status answerRequest(std::chrono::milliseconds timeout, const Waker& cancelled);

    /// See tls::sentBytes().
    [[nodiscard]] std::optional<SentBytes> sent() const;
    /// What to wait for.
    [[nodiscard]] Interest interest(bool wantsWrite) const;
    /// Sends close_notify as far as that goes without blocking, then closes.
    void close();
    /// Closes without a word: to the peer it looks like a crash or a cut cable.
    void abandon();
    [[nodiscard]] std::string peerAddress() const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

}
