#pragma once

#include "core/rfq/approval.h"
#include "core/rfq/values.h"

#include <optional>
#include <string>
#include <vector>

/// How the outcome of an acceptance is found out when its answer stays out. Values only; docs/recovery.md tells people.
namespace rfq {

/// One way to ask a counterparty, in the order of the ladder. Which of them a counterparty can answer is configuration.
enum class Inquiry {
    OrderStatus, ///< OrderStatusRequest(H) for the ClOrdID
    MassStatus, ///< OrderMassStatusRequest(AF) for all orders
    TradeCapture, ///< TradeCaptureReportRequest(AD) for today's trades
    QuoteStatus, ///< QuoteStatusRequest(a) for the quote that was accepted
    Replay, ///< ResendRequest(2) for everything they sent since the acceptance
};
/// The inquiry that is made with application messages of this MsgType(35); absent: none is.
[[nodiscard]] std::optional<Inquiry> inquiryOf(const std::string& msgType);

/// What was learnt about an acceptance without an answer. Each is kept: who decides later sees how it was decided.
enum class EvidenceKind {
    Asked, ///< we asked; the text says how
    Received, ///< their engine has the message: NextExpectedMsgSeqNum(789) of their Logon is above its number
    Missed, ///< their engine never had it: their 789 or their ResendRequest(2) asks for it; it was not sent again
    NumbersReset, ///< one side restarted its sequence numbers: they prove nothing any more
    Pending, ///< they have it and have not decided
    UnknownOrder, ///< their application knows no such order
    NoTrade, ///< they list their orders or trades, and it is not among them
    Candidate, ///< a trade of the same terms that names no order of ours: for a person to judge, never matched by
               ///< itself
    QuoteStatus, ///< what became of the quote
    Unsupported, ///< they cannot answer such a question
    Silence, ///< no answer to a question
    PartFill, ///< some of it was filled; the rest is open
    Decided, ///< the venue's report that ended the doubt
    Closed, ///< two persons decided
};

struct Evidence {
    UtcTime time{};
    EvidenceKind kind = EvidenceKind::Asked;
    std::string text; ///< English, with the raw values

    friend bool operator==(const Evidence&, const Evidence&) = default;
};

/// What two persons found out by telephone.
enum class Verdict { Traded, NotTraded };

/// An outcome decided by two persons: the trader, and a second one who signed.
struct Closing {
    ClOrdId clOrdId;
    Verdict verdict = Verdict::NotTraded;
    std::string reason;
    std::string reference; ///< of the counterparty's confirmation: who said it, their ticket or trade id
    Person trader;
    Approval approval;
    UtcTime time{};

    friend bool operator==(const Closing&, const Closing&) = default;
};

/// Two persons allow one more deal of the same instrument and direction although an outcome is unknown.
struct TwinConsent {
    ClOrdId unknown; ///< the acceptance without an outcome that blocks
    std::string reason;
    Person trader;
    Approval approval;
    UtcTime time{};

    friend bool operator==(const TwinConsent&, const TwinConsent&) = default;
};

/// What the second person signs: the deal, the verdict and the reason in words. Changing any of it changes the text.
[[nodiscard]] std::string closingStatement(const Acceptance& acceptance, Verdict verdict, const std::string& reason,
    const std::string& reference, const Person& trader);
[[nodiscard]] std::string twinStatement(const Acceptance& acceptance, const std::string& reason, const Person& trader);

using IncidentId = base::Id<struct IncidentTag>;

/// Something that must not have happened and that a person must acknowledge.
enum class IncidentKind {
    LateFill, ///< a fill after two persons closed it, or after it was not sent, not received or rejected
    FillDiffers, ///< a fill that is not what was accepted
    StrayFill, ///< a fill for an order this desk does not know
    FillCorrected, ///< ExecType G: the dealer changed a fill
    FillBusted, ///< ExecType H: the dealer took a fill back
    Contradiction, ///< a reject, or a smaller amount, after a fill
};

struct Incident {
    IncidentId id;
    IncidentKind kind = IncidentKind::Contradiction;
    UtcTime time{};
    RfqId rfq; ///< empty for a stray
    ClOrdId clOrdId;
    DealerId dealer;
    SessionId session;
    std::string text; ///< English: what differs, then the report in one line
    /// What DontKnowTrade(Q) would refer to; after a restart no more of it than that message says and is judged by,
    /// and ExecRefID(19).
    std::optional<ExecutionReport> report;
    bool disputed = false; ///< DontKnowTrade(Q) was sent
    struct Acknowledgement {
        Person who;
        std::string note;
        UtcTime time{};

        friend bool operator==(const Acknowledgement&, const Acknowledgement&) = default;
    };
    std::optional<Acknowledgement> acknowledged;

    friend bool operator==(const Incident&, const Incident&) = default;
};

/// The net position of the trade date in one pair, in base currency: between these two, as long as outcomes are
/// unknown.
struct PositionRange {
    std::string symbol;
    Decimal least; ///< long is positive
    Decimal most;
    std::vector<ClOrdId> unknown; ///< the acceptances that make the difference

    friend bool operator==(const PositionRange&, const PositionRange&) = default;
};

}
