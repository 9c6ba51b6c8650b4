#pragma once

#include "core/base/result.h"
#include "core/fix/field_reader.h"
#include "core/fix/wire_message.h"
#include "core/rfq/counterparty.h"
#include "core/rfq/messages.h"

#include <optional>

/// What the taker's decoders share. One file for quotes and refusals, one for what became of orders.
namespace fix::taker {

using Decoded = base::Result<std::optional<rfq::VenueEvent>>;

/// What every decoder needs to know about the session it reads for.
struct Context {
    const WireMessage& message;
    const rfq::SessionId& session;
    const rfq::Profile& profile;
    const std::optional<rfq::DealerId>& sole;
    rfq::SteadyTime received;
};

/// The event, or the first field that makes the message unusable.
[[nodiscard]] Decoded decoded(const FieldReader& reader, rfq::VenueEvent event);
/// The trader's side of the dealt currency. Absent where it is neither buy nor sell, or cannot be translated.
[[nodiscard]] std::optional<rfq::Side> dealtSide(const Context& context, const FieldReader& reader);

[[nodiscard]] Decoded decodeExecutionReport(const Context& context);
[[nodiscard]] Decoded decodeTradeRequestAck(const Context& context);
[[nodiscard]] Decoded decodeTradeCaptureReport(const Context& context);

}
