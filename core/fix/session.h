#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/fix/settings.h"
#include "core/fix/wire_message.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace fix {

enum class SessionRole { Initiator, Acceptor };

/// What happens to the peer's ResendRequest(2). Some venues never answer one.
enum class ResendRequests { Answered, Ignored };

/// Why a message is refused at session level: Reject(3).
struct SessionRejection {
    std::uint64_t refSeqNum = 0; ///< MsgSeqNum(34) of the refused message
    std::string refMsgType;
    std::string reason; ///< SessionRejectReason(373), raw
    std::string text;
};

struct SessionConfig {
    SessionRole role = SessionRole::Initiator;
    std::string name; ///< of the files in the directories below
    std::string senderCompId;
    std::string targetCompId;
    std::chrono::seconds heartBtInt{30}; ///< of an initiator, at least 1; an acceptor follows the Logon
    SequenceReset reset = SequenceReset::Never;
    /// The MsgTypes that may go out a second time when the peer asks for a resend. All others become a gap fill: what
    /// commits anybody to trade must never be sent twice.
    std::set<std::string> resendable;
    std::filesystem::path storeDirectory;
    std::filesystem::path logDirectory; ///< empty: no message log
    ResendRequests resendRequests = ResendRequests::Answered;
};

/// What a session tells its owner, on the thread of the call that caused it.
class SessionListener {
public:
    virtual ~SessionListener() = default;
    /// Bytes for the peer. False where there is no room for them: the session then ends.
    [[nodiscard]] virtual bool onBytes(std::string_view bytes) = 0;
    virtual void onLoggedOn() = 0;
    /// Only after onLoggedOn().
    virtual void onLoggedOff() = 0;
    /// An application message, in sequence.
    virtual void onMessage(const WireMessage& message) = 0;
    /// Reject(3): the peer's engine refused a message of ours, named by RefSeqNum(45).
    virtual void onReject(const WireMessage& reject) = 0;
    /// Our engine refused an application message of theirs. `raw` is redacted.
    virtual void onInboundRejected(const std::string& type, const std::string& why, const std::string& raw) = 0;
    /// The peer asked for a message again that is not sent twice.
    virtual void onResendSuppressed(const std::string& type, std::uint64_t seqNum) = 0;
};

/// A FIX 4.4 session without socket, thread or sleep: bytes in, bytes out, and a tick at least once a second. QuickFIX
/// keeps the sequence numbers, answers session messages and judges headers; the body of an application message is not
/// its business, so no unknown tag, value or group can cost a fill. One thread. QuickFIX reads the system's clock for
/// heartbeats; `clock` is for the log and for words.
class FixSession {
public:
    /// Errors: Io (store or log), Configuration.
    [[nodiscard]] static base::Result<std::unique_ptr<FixSession>> open(
        SessionConfig config, SessionListener& listener, const base::Clock& clock);
    ~FixSession();
    FixSession(const FixSession&) = delete;
    FixSession& operator=(const FixSession&) = delete;

    /// A new connection stands. An initiator sends its Logon at the next tick().
    void connected();
    void receive(std::string_view bytes);
    void tick();
    /// The connection is gone.
    void disconnected();

    /// The MsgSeqNum(34) it went out with. Errors: NotConnected (no number is used), InvalidInput, Io, ConnectionLost.
    [[nodiscard]] base::Result<std::uint64_t> send(const WireMessage& message);
    /// Begins the logout; closing() follows with the peer's answer, or after two seconds.
    void logout(const std::string& reason);
    /// A Heartbeat(0) now, for when the system's clock cannot be relied on.
    void sendHeartbeat();
    /// Refuses a message of the peer that our engine would let pass. Dropped while not logged on.
    void reject(const SessionRejection& rejection);
    /// Of an acceptor: the next Logon, whatever its number, is answered with ResetSeqNumFlag(141)=Y, and both numbers
    /// start again at 1.
    void resetAtNextLogon();
    /// Both numbers to 1 and every kept message forgotten, as if the files had been lost. Only while disconnected.
    [[nodiscard]] base::Status forgetNumbers();
    /// A line in the message log.
    void note(const std::string& text);

    [[nodiscard]] bool loggedOn() const;
    /// Why the connection must be closed now; absent while it may stay. Cancelled after a logout of ours.
    [[nodiscard]] const std::optional<base::Error>& closing() const;
    [[nodiscard]] std::chrono::seconds heartBtInt() const;
    [[nodiscard]] int nextSender() const;
    [[nodiscard]] int nextTarget() const;
    /// Puts our number back, where a Logon is known not to have reached the peer's FIX engine.
    [[nodiscard]] base::Status setNextSender(int number);

private:
    class Engine;
    explicit FixSession(std::unique_ptr<Engine> engine);
    std::unique_ptr<Engine> m_engine;
};

/// The standard header's identity of a framed message, for choosing the session of a new connection.
struct LogonIdentity {
    std::string type;
    std::string senderCompId;
    std::string targetCompId;
};
[[nodiscard]] std::optional<LogonIdentity> identityOf(std::string_view message);

/// A Logout(5) of ours with MsgSeqNum 1, for a peer that has no session here.
[[nodiscard]] std::string parting(const LogonIdentity& peer, const std::string& text, base::UtcTime now);

}
