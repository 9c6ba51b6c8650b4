#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/fix/wire_message.h"
#include "core/rfq/counterparty.h"
#include "core/rfq/messages.h"

#include <optional>

/// The desk's side of the dialect: commands to messages, messages to events. Pure; no session, no clock, no I/O.
/// FIX 4.4 common denominator; Profile tells each counterparty's deviations.
namespace fix::taker {

/// QuoteRequest(R).
[[nodiscard]] WireMessage encode(const rfq::SendRequest& command, const rfq::Profile& profile, rfq::UtcTime now);
/// NewOrderSingle(D) or QuoteResponse(AJ), after the profile. The price is echoed byte for byte.
[[nodiscard]] WireMessage encode(const rfq::Acceptance& acceptance, const rfq::Profile& profile);
/// QuoteCancel(Z).
[[nodiscard]] WireMessage encode(const rfq::EndRequest& command, const rfq::Profile& profile, rfq::UtcTime now);

/// Reads S, Z, AG, AI, b, AJ, 8, j and the session's Reject(3), whose refId stays empty: only the session knows which
/// message had that number. Absent for what means nothing to a taker. An error names the field that makes the message
/// unusable (e.g. a fill without CumQty). `sole` is the one dealer of a direct session.
[[nodiscard]] base::Result<std::optional<rfq::VenueEvent>> decode(const WireMessage& message,
    const rfq::SessionId& session, const rfq::Profile& profile, const std::optional<rfq::DealerId>& sole,
    rfq::SteadyTime received);

}
