#pragma once

#include "core/rfq/recovery.h"
#include "core/rfq/reject_category.h"
#include "core/rfq/states.h"
#include "core/rfq/values.h"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace rfq {

/// A request left the desk.
struct RequestOpened {
    Request request;
    UtcTime time{};
};

/// A request came to an end.
struct RequestClosed {
    RfqId rfq;
    RfqState state = RfqState::Ended;
    UtcTime time{};
};

/// The trader clicked: the exact terms and the quote as it was displayed. Durable before anything is sent.
struct AcceptanceIntended {
    Acceptance acceptance;
    Quote displayed;
    UtcTime time{};
    SteadyTime steady{}; ///< of the click
    std::string message{}; ///< the application message, byte for byte as it will be written (VenueLink::compose)
    Person trader{}; ///< who was signed in
};

/// The acceptance was written to the connection.
struct AcceptanceWritten {
    ClOrdId clOrdId;
    std::uint64_t seqNum = 0; ///< MsgSeqNum(34); 0: no longer proves anything
    std::uint64_t theirNext = 0; ///< the MsgSeqNum(34) expected of them then
    UtcTime time{};
};

/// The acceptance moved on. `code` and `text` are the counterparty's own, or ours where nothing was sent.
struct AcceptanceMoved {
    ClOrdId clOrdId;
    AcceptanceState state = AcceptanceState::Sent;
    std::string code;
    std::string text;
    UtcTime time{};
    RejectCategory category = RejectCategory::None;
};

struct TradeBooked {
    Trade trade;
};
/// A trade that is on record was corrected or busted: its new values. The newest of this ClOrdID and ExecID is meant.
struct TradeAmended {
    Trade trade;
};

struct EvidenceFound {
    ClOrdId clOrdId;
    Evidence evidence;
};
/// Two persons closed an unknown outcome. Stands beside the AcceptanceMoved that follows.
struct OutcomeClosed {
    Closing closing;
};
struct TwinAllowed {
    TwinConsent consent;
};
struct IncidentRaised {
    Incident incident;
};
/// Acknowledged or disputed: the incident's new values.
struct IncidentChanged {
    Incident incident;
};
/// An event that the state of its subject does not allow: refused and harmless, kept for whoever asks later.
struct EventRefused {
    std::string subject; ///< "acceptance C-1", "request Q-1", "quote QA-1 of DLR-A"
    std::string state;
    std::string event;
    std::string text;
    UtcTime time{};
};

using JournalRecord =
    std::variant<RequestOpened, RequestClosed, AcceptanceIntended, AcceptanceWritten, AcceptanceMoved, TradeBooked,
        TradeAmended, EvidenceFound, OutcomeClosed, TwinAllowed, IncidentRaised, IncidentChanged, EventRefused>;

/// What the journal knew when the desk started, oldest first.
struct History {
    struct PastRequest {
        Request request;
        RfqState state = RfqState::Ended;
        UtcTime opened{};
    };
    struct PastAcceptance {
        Acceptance acceptance; ///< its deadline has no meaning in this process
        AcceptanceState state = AcceptanceState::Unknown;
        std::string code;
        std::string text;
        UtcTime time{};
        RejectCategory category = RejectCategory::None;
        std::string message{}; ///< as it was made durable; empty where an older version wrote the journal
        std::optional<std::uint64_t> seqNum{}; ///< absent: not known to have been written
        std::uint64_t theirNext = 0;
        std::optional<UtcTime> written{};
        std::vector<Evidence> evidence{}; ///< oldest first
        std::optional<Closing> closing{};
    };
    std::vector<PastRequest> requests;
    std::vector<PastAcceptance> acceptances;
    std::vector<Trade> trades;
    std::vector<Incident> incidents; ///< every one that is not acknowledged, and the newest of the others
};

}
