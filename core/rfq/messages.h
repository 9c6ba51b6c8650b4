#pragma once

#include "core/base/result.h"
#include "core/rfq/recovery.h"
#include "core/rfq/values.h"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

/// What crosses between the desk and the FIX thread: plain values in both directions.
namespace rfq {

// ---- desk to venue ----

/// Ask these dealers over this session. A request to dealers on several sessions is several of these.
struct SendRequest {
    SessionId session;
    Request request;
    std::vector<DealerId> dealers;
    UtcTime expires{}; ///< ExpireTime(126)
};

/// Accept a quote. Sent at most once; refused by the FIX thread past its deadline or once the quote is gone.
struct SendAcceptance {
    Acceptance acceptance;
    std::string message; ///< the application message as VenueLink::compose() made it and the journal holds it
};

/// The trader no longer wants quotes on this request.
struct EndRequest {
    SessionId session;
    RfqId rfq;
    std::string symbol;
};

/// Ask the counterparty what became of an acceptance. The answer is any event about it, or InquiryAnswered.
struct AskOutcome {
    Acceptance acceptance;
    Inquiry inquiry = Inquiry::OrderStatus;
    std::uint64_t replayFrom = 0; ///< for Inquiry::Replay: their MsgSeqNum(34) expected when the acceptance was sent
};

/// DontKnowTrade(Q): we do not recognise this execution.
struct SendDontKnow {
    ExecutionReport report;
    char reason = 'Z'; ///< DKReason(127)
    std::string text;
};

using VenueCommand = std::variant<SendRequest, SendAcceptance, EndRequest, AskOutcome, SendDontKnow>;

// ---- venue to desk ----

/// Where a FIX session stands.
enum class SessionPhase {
    Stopped, ///< not started, or logged out on purpose
    Connecting, ///< resolving and connecting
    Securing, ///< TLS handshake
    LoggingOn, ///< Logon sent, or waiting for the first record of the peer
    Authorising, ///< the FIX session stands; the counterparty's access policy has not said yes (yet, or any more)
    LoggedOn, ///< application messages pass
    Waiting, ///< will try again at `retryAt`
    Refused, ///< will not try again by itself: somebody has to act
};

/// Facts about the TLS connection, for people and for the record.
struct ConnectionFacts {
    std::string tlsVersion; ///< "TLSv1.3"
    std::string cipherSuite; ///< "TLS_AES_256_GCM_SHA384"
    std::string peerAddress; ///< "127.0.0.1:7801"
    std::string peerSubject; ///< RFC 2253
    std::string peerFingerprint; ///< SHA-256 of the certificate, lower-case hex
    UtcTime peerNotAfter{};
    bool pinned = false; ///< the certificate is in the session's pinset
    bool pinnedAsNext = false; ///< it is the one that was to come next: the pinset should move on

    friend bool operator==(const ConnectionFacts&, const ConnectionFacts&) = default;
};

/// What an enforcement point answered to a Logon that it refused.
struct AdmissionRefusal {
    std::string reference; ///< for the help desk
    bool isForAWhile = false; ///< the person need do nothing but wait; else somebody has to act

    friend bool operator==(const AdmissionRefusal&, const AdmissionRefusal&) = default;
};

struct SessionChanged {
    SessionId session;
    SessionPhase phase = SessionPhase::Stopped;
    std::optional<base::Error> reason; ///< why it is Waiting or Refused
    std::optional<SteadyTime> retryAt; ///< for Waiting
    std::optional<ConnectionFacts> connection; ///< from Securing done until the connection ends
    std::optional<AdmissionRefusal> refusal; ///< where that is the reason
};

/// Quote(S), translated but not yet judged: RfqService checks it against the request.
struct QuoteReceived {
    Quote quote; ///< state and deadline are not set yet; rfq is empty where QuoteReqID(131) is absent
    std::string symbol;
    std::string currency; ///< Currency(15); empty when absent
    std::optional<Side> side; ///< Side(54), where the dealer repeats it
    std::optional<Decimal> quantity; ///< OrderQty(38), where the dealer repeats it
    bool possDup = false;
    /// How much later than this session's messages usually do it came, by both clocks' usual difference: time in a
    /// socket buffer or in a stopped process.
    std::chrono::microseconds lateness{0};
};

/// QuoteCancel(Z), or QuoteResponse(AJ)/QuoteStatusReport(AI) that ends a quote. Without `quote`: all of that dealer's.
struct QuoteWithdrawn {
    SessionId session;
    RfqId rfq; ///< empty where the dealer does not say
    DealerId dealer; ///< empty where the dealer does not say
    std::optional<QuoteId> quote;
    std::string text;
    ClOrdId answers{}; ///< QuoteRespID(693) of a QuoteResponse: where it is an acceptance of ours, that one is refused
    std::string code{}; ///< QuoteRespType(694) or QuoteCancelType(298), raw
};

/// QuoteRequestReject(AG): this dealer does not quote.
struct RequestDeclined {
    SessionId session;
    RfqId rfq;
    DealerId dealer; ///< empty: everyone asked over this session
    std::string code; ///< QuoteRequestRejectReason(658), raw
    std::string text; ///< Text(58)
};

/// QuoteStatusReport(AI) on a request or an acceptance: QuoteStatus(297) raw.
struct QuoteStatusReceived {
    SessionId session;
    RfqId rfq;
    DealerId dealer;
    std::optional<QuoteId> quote;
    std::string status;
    std::string rejectCode; ///< QuoteRejectReason(300), raw
    std::string text;
};

struct ExecutionReported {
    ExecutionReport report;
};

/// The bytes of a request or an acceptance were handed to the connection with this MsgSeqNum(34).
struct RequestSent {
    SessionId session;
    RfqId rfq;
};
struct AcceptanceSent {
    SessionId session;
    ClOrdId clOrdId;
    std::uint64_t seqNum = 0;
    std::uint64_t theirNext = 0; ///< the MsgSeqNum(34) we expected of them then: a replay begins here
    UtcTime time{}; ///< of the write
};

/// Nothing left this workstation and nothing will: safe and final.
struct RequestNotSent {
    SessionId session;
    RfqId rfq;
    base::Error reason;
};
struct AcceptanceNotSent {
    SessionId session;
    ClOrdId clOrdId;
    base::Error reason;
};

/// BusinessMessageReject(j) or Reject(3): the counterparty's application or engine refused a message of ours.
struct MessageRejected {
    SessionId session;
    std::string refMsgType; ///< RefMsgType(372)
    std::string refId; ///< BusinessRejectRefID(379) or our id found by RefSeqNum(45); empty when unknown
    std::string code; ///< BusinessRejectReason(380) or SessionRejectReason(373), raw
    std::string text;
    bool sessionLevel = false; ///< a Reject(3): their engine, not their application, refused it
};

/// Our own engine refused an application message of theirs: possibly a lost fill. An alarm, never silent.
struct InboundRejected {
    SessionId session;
    std::string msgType;
    std::string text; ///< why our engine refused it
    std::string raw; ///< the message with '|' for SOH; secrets redacted
};

/// TradeCaptureReport(AE) in the terms of a report: one execution, cumQty is its amount. Without a ClOrdID it is only a
/// candidate.
struct TradeCaptured {
    ExecutionReport report;
};

/// The counterparty answered a question of ours with "nothing".
struct InquiryAnswered {
    SessionId session;
    Inquiry inquiry = Inquiry::OrderStatus;
    ClOrdId clOrdId; ///< the acceptance that was asked about; empty where the answer does not tell
    EvidenceKind meaning = EvidenceKind::NoTrade; ///< UnknownOrder, NoTrade, QuoteStatus, Unsupported
    std::string text; ///< raw codes and words
};

/// Their Logon says which of our messages their engine expects next: NextExpectedMsgSeqNum(789).
struct PeerExpects {
    SessionId session;
    std::uint64_t number = 0;
};
/// They asked for our messages of these numbers again and got a gap fill: their engine never had them.
struct GapFilled {
    SessionId session;
    std::uint64_t first = 0;
    std::uint64_t last = 0;
};
/// Sequence numbers of the session begin at 1 again: what was sent before can no longer be proven by number.
struct NumbersReset {
    SessionId session;
};

/// How far the counterparty's clock is ahead of this workstation's, as messages usually come.
struct ClockMeasured {
    SessionId session;
    std::chrono::microseconds offset{0};
};

using VenueEvent = std::variant<SessionChanged, QuoteReceived, QuoteWithdrawn, RequestDeclined, QuoteStatusReceived,
    ExecutionReported, RequestSent, AcceptanceSent, RequestNotSent, AcceptanceNotSent, MessageRejected, InboundRejected,
    TradeCaptured, InquiryAnswered, PeerExpects, GapFilled, NumbersReset, ClockMeasured>;

}
