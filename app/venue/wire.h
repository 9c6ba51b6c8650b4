#pragma once

#include "app/venue/clients.h"
#include "core/fix/wire_message.h"

namespace venue {

/// Any answer as the message that carries it.
[[nodiscard]] fix::WireMessage encode(const Answer& answer, rfq::UtcTime now);

/// What to say about a message that the codec could not read.
[[nodiscard]] MessageRefusal refusalOf(const fix::WireMessage& message, const base::Error& why);

}
