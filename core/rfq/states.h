#pragma once

namespace rfq {

/// The life of a request.
enum class RfqState {
    Sent, ///< on its way to the dealers
    Open, ///< at least one dealer has answered something, nothing firm is live
    Quoted, ///< at least one firm quote is live
    Accepting, ///< an acceptance is in flight
    Traded,
    PartlyTraded, ///< filled for less than was accepted
    Unknown, ///< an acceptance got no answer
    Declined, ///< every dealer passed or rejected
    Expired, ///< the request's life is over
    Suspended, ///< its sessions went down while it was live
    Ended, ///< by the trader
    NotSent, ///< nothing left this workstation
};
[[nodiscard]] constexpr bool isOver(RfqState state)
{
    return state == RfqState::Traded || state == RfqState::PartlyTraded || state == RfqState::Declined
        || state == RfqState::Expired || state == RfqState::Ended || state == RfqState::NotSent;
}

/// One dealer inside a request.
enum class DealerState {
    Asked,
    NoSession, ///< its session was not logged on when the request went out
    Indicative,
    Firm,
    Invalid, ///< quoted something that differs from the request
    Withdrawn,
    Expired,
    Stale,
    Passed,
    Rejected, ///< refused the request with a code, or its message was refused
    NoResponse, ///< the request ended without a word
    LostSession,
};

/// The life of an acceptance.
enum class AcceptanceState {
    Intended, ///< being made durable; nothing was sent
    Sent, ///< handed to the connection
    Held, ///< the dealer acknowledged it and takes its last look
    Filled,
    PartlyFilled,
    Rejected,
    NotDone, ///< cancelled or done for the day without a fill
    NotSent, ///< safe and final
    Unknown, ///< only evidence of the venue, or two persons, lead out of here (invariant 3)
    NotReceived, ///< proven never to have reached the venue's application
    Closed, ///< by two persons, after the counterparty was asked by telephone
    Busted, ///< filled, and the fill was taken back by the dealer (ExecType H)
};
[[nodiscard]] constexpr bool isOver(AcceptanceState state)
{
    return state == AcceptanceState::Filled || state == AcceptanceState::PartlyFilled
        || state == AcceptanceState::Rejected || state == AcceptanceState::NotDone || state == AcceptanceState::NotSent
        || state == AcceptanceState::NotReceived || state == AcceptanceState::Closed
        || state == AcceptanceState::Busted;
}

}
