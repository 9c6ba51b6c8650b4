#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/fix/wire_message.h"
#include "core/rfq/counterparty.h"
#include "core/rfq/messages.h"

#include <optional>
#include <string>
#include <string_view>

/// The desk's side of the dialect: commands to messages, messages to events. Pure; no session, no clock, no I/O.
/// FIX 4.4 common denominator; Profile tells each counterparty's deviations.
namespace fix::taker {

/// QuoteRequest(R).
[[nodiscard]] WireMessage encode(const rfq::SendRequest& command, const rfq::Profile& profile, rfq::UtcTime now);
/// NewOrderSingle(D) or QuoteResponse(AJ), after the profile. The price is echoed byte for byte.
[[nodiscard]] WireMessage encode(const rfq::Acceptance& acceptance, const rfq::Profile& profile);
/// QuoteCancel(Z).
[[nodiscard]] WireMessage encode(const rfq::EndRequest& command, const rfq::Profile& profile, rfq::UtcTime now);

/// A question about an acceptance: OrderStatusRequest(H), OrderMassStatusRequest(AF), TradeCaptureReportRequest(AD) or
/// QuoteStatusRequest(a). Absent for Inquiry::Replay, which is the session's to ask. It has an id of its own: the
/// ClOrdID with the kind of question and the time.
[[nodiscard]] std::optional<WireMessage> encode(
    const rfq::AskOutcome& command, const rfq::Profile& profile, rfq::UtcTime now);
/// The id that a question of this kind has, in the question and in its answers: OrdStatusReqID(790),
/// MassStatusReqID(584), TradeRequestID(568) or QuoteStatusReqID(649). Empty where there is none.
[[nodiscard]] std::string inquiryId(const WireMessage& message, rfq::Inquiry inquiry);
/// DontKnowTrade(Q), with what the report said.
[[nodiscard]] WireMessage encode(const rfq::SendDontKnow& command, const rfq::Profile& profile);

/// Whether a taker reads messages of this type; some of them are no event, such as the steps of a negotiation.
[[nodiscard]] bool reads(std::string_view type);
/// Reads S, Z, AG, AI, b, AJ, 8, AQ, AE, j and the session's Reject(3), whose refId stays empty: only the session knows
/// which message had that number. Absent for what means nothing to a taker. An error names the field that makes the
/// message unusable (e.g. a fill without CumQty). `sole` is the one dealer of a direct session.
[[nodiscard]] base::Result<std::optional<rfq::VenueEvent>> decode(const WireMessage& message,
    const rfq::SessionId& session, const rfq::Profile& profile, const std::optional<rfq::DealerId>& sole,
    rfq::SteadyTime received);

}
