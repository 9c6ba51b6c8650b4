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

/// How a replay came to its end.
enum class ReplayEnd {
    Complete, ///< everything up to the request has come once more, or was said not to come
    GivenUp, ///< the peer does not send it
};

/// What happens to the peer's ResendRequest(2), and to a NextExpectedMsgSeqNum(789) that says it lacks something. Some
/// venues never send anything again.
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
    std::chrono::milliseconds logonTimeout{10'000}; ///< from our Logon, or for an acceptor from the connection
    NextExpected nextExpected = NextExpected::Omitted; ///< an acceptor answers one whatever this says
    SessionSchedule schedule; ///< the session is logged out at the end of a period
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
    /// An application message, in sequence; or one of the past, if requestReplay() asked for it.
    virtual void onMessage(const WireMessage& message) = 0;
    /// Reject(3): the peer's engine refused a message of ours, named by RefSeqNum(45).
    virtual void onReject(const WireMessage& reject) = 0;
    /// Our engine refused an application message of theirs. `raw` is redacted.
    virtual void onInboundRejected(const std::string& type, const std::string& why, const std::string& raw) = 0;
    /// Our messages of these numbers went out as a gap fill instead of once more: the peer asked for them, or its
    /// NextExpectedMsgSeqNum(789) told that it lacks them. It will not get them; that it never had them is likely, not
    /// certain, since a peer may ask for what it has lost.
    virtual void onGapFilled(std::uint64_t first, std::uint64_t last) = 0;
    /// NextExpectedMsgSeqNum(789) of the peer's Logon: it has processed all of ours below this number.
    virtual void onPeerExpects(std::uint64_t number) = 0;
    /// Both sequence numbers start again at 1: what was concluded from numbers does not hold any more. Comes before
    /// onLoggedOn() and onPeerExpects() of the same Logon.
    virtual void onNumbersReset() = 0;
    /// The end of what requestReplay() asked for, after its last message; not where the connection ended first. For
    /// those who ask.
    virtual void onReplayOver(ReplayEnd /*how*/) { }
};

/// A FIX 4.4 session without socket, thread or sleep: bytes in, bytes out, and a tick when nextTime() says so. The body
/// of an application message is not its business, so no unknown tag, value or group can cost a fill. All its timers run
/// on `clock`. One thread. How it stands to the session test cases of the FIX Trading Community: docs/fix-session.md.
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
    /// When tick() is due, if nothing is received or sent before.
    [[nodiscard]] base::SteadyTime nextTime() const;
    /// The connection is gone.
    void disconnected();

    /// The MsgSeqNum(34) it went out with. Errors: NotConnected (no number is used), InvalidInput, Io, ConnectionLost.
    [[nodiscard]] base::Result<std::uint64_t> send(const WireMessage& message);
    /// Begins the logout; closing() follows with the peer's answer, or after two seconds.
    void logout(const std::string& reason);
    /// Asks the peer for its messages from this number on, which were received before. The application messages among
    /// them reach onMessage() once more, with possDup; at most those up to now, for half a minute at most. Errors:
    /// NotConnected, InvalidInput (none of that number was received).
    [[nodiscard]] base::Status requestReplay(std::uint64_t from);
    /// Refuses a message of the peer that our engine would let pass. Dropped while not logged on.
    void reject(const SessionRejection& rejection);
    /// Both numbers start again at 1 with the next Logon, once: an initiator's says ResetSeqNumFlag(141)=Y, an acceptor
    /// answers any Logon, whatever its number, with it. Nothing happens to a session that is logged on.
    void resetAtNextLogon();
    /// Both numbers to 1 and every kept message forgotten, as if the files had been lost. Errors: Refused (while
    /// connected), Io.
    [[nodiscard]] base::Status forgetNumbers();
    /// A line in the message log.
    void note(const std::string& text);

    [[nodiscard]] bool loggedOn() const;
    /// Why the connection must be closed now; absent while it may stay. Cancelled after a logout of ours.
    [[nodiscard]] const std::optional<base::Error>& closing() const;
    /// The peer logged out, with this reason, has our answer and is to hang up; closing() follows if it does not.
    [[nodiscard]] const std::optional<base::Error>& leaving() const;
    /// The peer's clock minus ours, from the last session messages of this connection; absent before the first.
    [[nodiscard]] std::optional<std::chrono::microseconds> clockOffset() const;
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
