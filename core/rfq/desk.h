#pragma once

#include "core/rfq/journal.h"
#include "core/rfq/messages.h"
#include "core/rfq/settings.h"
#include "core/rfq/states.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

/// The desk's state as others read it: values only, owned and changed by RfqService.
namespace rfq {

/// What the trader fills in before a request is sent.
struct RequestDraft {
    std::string symbol;
    RequestSide side = RequestSide::TwoWay;
    Decimal quantity;
    std::string currency;
    Settlement settlement; ///< a default date with a tenor other than Broken: computed from the calendar
    std::optional<Decimal> limit;
    std::vector<DealerId> dealers;
    std::optional<std::chrono::milliseconds> life; ///< the configured life where absent
};

/// What was on the button when the mouse went up or the chord was pressed.
struct Click {
    RfqId rfq;
    DealerId dealer;
    QuoteId quote;
    Side side = Side::Buy;
    Price price;
    SteadyTime shownSince{}; ///< since when exactly this quote has been on the screen
};

struct DealerLine {
    DealerId dealer;
    DealerState state = DealerState::Asked;
    std::string code; ///< the dealer's raw reject code
    std::string text; ///< the dealer's own words
    std::optional<Quote> quote; ///< the newest one, in whatever state
    RejectCategory category = RejectCategory::None; ///< of `code`

    friend bool operator==(const DealerLine&, const DealerLine&) = default;
};

struct AcceptanceLine {
    Acceptance acceptance;
    AcceptanceState state = AcceptanceState::Intended;
    std::optional<SteadyTime> sent; ///< absent until the bytes were handed over, and after a restart
    std::string code; ///< raw reject code
    std::string text; ///< the counterparty's words, or why nothing was sent
    UtcTime time{}; ///< of the click
    RejectCategory category = RejectCategory::None; ///< of `code`
    std::string message; ///< the application message as it was made durable, SOH behind each field
    std::optional<std::uint64_t> seqNum; ///< MsgSeqNum(34) it went out with; absent where that proves nothing
    std::uint64_t theirNext = 0; ///< the MsgSeqNum(34) expected of them then
    std::vector<Evidence> evidence; ///< oldest first
    std::optional<Inquiry> asking; ///< the question that waits for its answer
    bool exhausted = false; ///< every question was asked and none decided: a person must call
    std::optional<Closing> closing; ///< of a Closed one

    friend bool operator==(const AcceptanceLine&, const AcceptanceLine&) = default;
};

/// One request with everything that happened to it.
struct Rfq {
    Request request;
    RfqState state = RfqState::Sent;
    UtcTime opened{};
    SteadyTime expires{};
    std::vector<DealerLine> dealers; ///< in the order they were asked
    std::vector<AcceptanceLine> acceptances; ///< oldest first; at most one is in flight or unknown (invariant 2)
    std::optional<Trade> trade;

    friend bool operator==(const Rfq&, const Rfq&) = default;
};

/// Something a person should know. The user interface has the words; `raw` is the untranslated evidence.
enum class NoticeCode {
    SessionUp,
    SessionDown,
    SessionRefused,
    RequestNotSent,
    QuoteUnknownRequest, ///< a quote for a request this desk does not know
    QuoteInvalid,
    Traded,
    PartlyTraded,
    AcceptanceRejected,
    AcceptanceNotDone,
    AcceptanceNotSent,
    OutcomeUnknown,
    OutcomeResolved, ///< evidence arrived for an acceptance that was unknown
    FillDiffers, ///< an alarm: the fill is not what was accepted
    FillUnknownOrder, ///< an alarm: a fill for an order this desk does not know
    FillCorrected, ///< an alarm: the dealer corrected or cancelled a fill (ExecType G/H)
    MessageRejected,
    InboundRejected, ///< an alarm: our engine refused a message of theirs
    JournalFailed, ///< an alarm: dealing is off
    DealingSuspended,
    DealingResumed,
    OutcomeAsked, ///< the counterparty is being asked about an unknown outcome
    OutcomeClosed, ///< by two persons
    TwinAllowed, ///< two persons let one more deal through
    IncidentRaised, ///< an alarm that must be acknowledged
    IncidentAcknowledged,
    DontKnowSent, ///< DontKnowTrade(Q)
    ClockDiffers, ///< this workstation's clock and the counterparty's are more than a second apart
    WorkstationNotWatched, ///< the desk cannot see that the workstation is locked or sleeps
    CertificateMonth, ///< the trader's certificate ends within 30 days
    CertificateWeek, ///< within 7 days
    CertificateDay, ///< an alarm: within a day
    CertificateEnded, ///< an alarm: while signed in with it
};
enum class Severity { Info, Warning, Alarm };

struct Notice {
    UtcTime time{};
    NoticeCode code = NoticeCode::SessionUp;
    Severity severity = Severity::Info;
    SessionId session;
    RfqId rfq;
    DealerId dealer;
    ClOrdId clOrdId;
    std::optional<base::Error> error;
    std::string raw;
};

/// What changed since the last look, so that a model emits one change per batch.
struct Changes {
    std::set<RfqId> rfqs;
    std::set<SessionId> sessions;
    std::vector<Notice> notices;
    std::size_t newTrades = 0; ///< appended to RfqService::trades()
    bool dealing = false; ///< whether dealing is possible has changed
    bool tradesAmended = false; ///< a trade that was there was corrected or taken back
    bool incidents = false; ///< an incident was raised, disputed or acknowledged
};

}
