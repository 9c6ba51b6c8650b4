#pragma once

#include "core/base/clock.h"
#include "core/base/inbox.h"
#include "core/fix/session.h"
#include "core/fix/wire_message.h"
#include "core/rfq/values.h"
#include "core/tls/stream.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

namespace fix {

/// What a client's ResendRequest(2) brings.
enum class Resend {
    Reports, ///< reports and refusals once more, a gap fill for all else
    GapFill, ///< a gap fill for everything
    Nothing, ///< no answer at all
};

/// One counterparty that may log on: its CompIDs, and the certificates that may speak for it (FIXS 1.1: the TLS
/// identity is bound to the CompID).
struct AcceptedSession {
    rfq::SessionId name;
    std::string senderCompId; ///< ours
    std::string targetCompId; ///< the client's
    std::string certificateName; ///< common name the client's certificate must carry
    std::set<std::string> certificatePins; ///< when not empty, the fingerprint must be one of these too
    Resend resend = Resend::Reports;
};

/// Who says that a client may log on, once its certificate is known to be bound to the CompID of its Logon.
enum class Admission {
    ByCertificate, ///< nobody else
    Asked, ///< whoever takes the events: LogonAsked
};

struct AcceptorSettings {
    std::string host = "127.0.0.1";
    std::uint16_t port = 0; ///< 0: any free port
    tls::TrustPolicy trust;
    std::string stapleFile; ///< OCSP answer about our certificate, DER; empty: none. See tls::Context::forServer()
    std::vector<AcceptedSession> sessions;
    Admission admission = Admission::ByCertificate;
    /// A client is not read while so many of its messages were posted since drained() was called; absent: always.
    std::optional<std::size_t> mostUndrained;
    std::chrono::milliseconds handshakeTimeout{10'000};
    std::chrono::milliseconds logonTimeout{10'000};
    /// Every client that is logged on has to prove this often that its token is still there, as askForCertificate()
    /// does; one that fails, cannot or is late is logged out. 0: only when asked.
    std::chrono::milliseconds proveEvery{0};
    std::chrono::milliseconds provePatience{30'000}; ///< long enough for a touch
    /// How often the revocation list is looked at for the sake of clients that are connected: whom a new one names is
    /// logged out, and told as a CertificateProof that failed with CertificateRevoked.
    std::chrono::milliseconds revocationInterval{10'000};
    std::filesystem::path storeDirectory;
    std::filesystem::path logDirectory; ///< empty: no message log
};

struct ClientLoggedOn {
    rfq::SessionId session;
    tls::PeerFacts peer;
    std::string address;
    std::optional<tls::ChannelBinding> channelBinding; ///< absent where the connection is not TLS 1.3
};
/// A client wants to be this session. Its Logon waits, and the session has not heard of it: what it says about numbers
/// counts for nothing, and the CompID is free for others. Answer with admit() or turnAway(); no answer within the time
/// for a Logon turns it away.
struct LogonAsked {
    std::uint64_t ticket = 0; ///< for the answer
    ClientLoggedOn client; ///< as it will be told when it is logged on
};
struct ClientLoggedOff {
    rfq::SessionId session;
    std::string reason;
};
/// A connection that never became a session: wrong certificate, wrong CompID, no Logon in time.
struct ClientRefused {
    std::string address;
    base::Error reason;
    std::optional<tls::PeerFacts> client{}; ///< whom the handshake has proven; absent where it did not succeed
};
struct ClientMessage {
    rfq::SessionId session;
    WireMessage message;
    std::uint64_t seqNum = 0; ///< MsgSeqNum(34)
};
/// A message that send() was given with this receipt has its number, is kept where it may be sent again, and was handed
/// to the connection. Without this event it was not sent, or nobody can say.
struct MessageSent {
    rfq::SessionId session;
    std::uint64_t receipt = 0;
};
/// What came of askForCertificate(): the client has signed again with the key of the certificate that it logged on
/// with, and that certificate was judged anew; or why not. Timeout: it has not answered, and the connection stands.
/// CertificateRevoked: nobody has asked; a revocation list has come that names the client's certificate, and it is
/// logged out. After other failures the connection is closed, but for Unsupported (the client cannot be asked),
/// Duplicate (an earlier request is still open) and NotConnected. A client whose token is gone ends in TlsFailure.
struct CertificateProof {
    rfq::SessionId session;
    base::Status result = base::Ok{};
};
/// There is another file of revocation lists, and it cannot be used. Those of before stay in force until their own
/// date; then nobody is let in.
struct RevocationListsUnreadable {
    base::Error reason;
};
using AcceptorEvent = std::variant<LogonAsked, ClientLoggedOn, ClientLoggedOff, ClientRefused, ClientMessage,
    MessageSent, CertificateProof, RevocationListsUnreadable>;

/// The counterparty's end: accepts FIXS connections. One thread owns everything, as in FixLink; methods never block but
/// for the destructor.
class FixAcceptor {
public:
    /// Listens at once; port() tells where. Errors: Io, Certificate*, Configuration.
    [[nodiscard]] static base::Result<std::unique_ptr<FixAcceptor>> open(AcceptorSettings settings,
        std::shared_ptr<const tls::Identity> identity, base::Inbox<AcceptorEvent>& events, const base::Clock& clock);
    ~FixAcceptor();
    FixAcceptor(const FixAcceptor&) = delete;
    FixAcceptor& operator=(const FixAcceptor&) = delete;

    [[nodiscard]] std::uint16_t port() const;
    /// Answers a LogonAsked: the session takes the Logon. ClientRefused follows where another connection has become the
    /// session meanwhile, or the time for a Logon is over.
    void admit(std::uint64_t ticket);
    /// Answers a LogonAsked: the client is told this in a Logout and nothing else. That Logout is number 1 and of no
    /// session: numbers and store stay as they were. Nothing follows.
    void turnAway(std::uint64_t ticket, std::string words);
    /// Whoever takes the events has taken all that were posted before: see AcceptorSettings::mostUndrained.
    void drained();
    /// Dropped with a log line where the session is not logged on. `receipt`, where it is not 0, comes back with
    /// MessageSent.
    void send(const rfq::SessionId& session, WireMessage message, std::uint64_t receipt = 0);
    /// Logs the client out.
    void logout(const rfq::SessionId& session, std::string reason);
    /// Asks the client to prove that its token is still there: TLS 1.3 post-handshake authentication, one signature on
    /// the token. Exactly one CertificateProof follows. An answer after `patience` counts for nothing, and until it has
    /// come the client cannot be asked again.
    void askForCertificate(const rfq::SessionId& session, std::chrono::milliseconds patience);
    /// Closes the connection without a word: what a crash looks like from outside.
    void drop(const rfq::SessionId& session);

    // ---- misbehaviour, for training and certification ----
    /// Refuses a message that the client sent: Reject(3).
    void sessionReject(const rfq::SessionId& session, SessionRejection rejection);
    /// Drops the connection, if there is one, and forgets both sequence numbers and every message kept for a resend.
    void forgetNumbers(const rfq::SessionId& session);
    /// Answers the client's next Logon with ResetSeqNumFlag(141)=Y.
    void resetAtNextLogon(const rfq::SessionId& session);
    /// Shows this identity to whoever connects from now on. Errors: Certificate*.
    [[nodiscard]] base::Status useIdentity(std::shared_ptr<const tls::Identity> identity);

private:
    class Thread;
    explicit FixAcceptor(std::unique_ptr<Thread> thread);
    std::unique_ptr<Thread> m_thread;
};

}
