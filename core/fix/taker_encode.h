#pragma once

#include "core/fix/wire_message.h"
#include "core/rfq/counterparty.h"
#include "core/rfq/values.h"

#include <string>
#include <string_view>

/// What the taker's encoders share.
namespace fix::taker {

[[nodiscard]] WireMessage messageOf(std::string_view type);
/// The side of `currency` as the counterparty writes it.
[[nodiscard]] rfq::Side wireSide(
    rfq::Side side, const rfq::Profile& profile, const std::string& symbol, const std::string& currency);
void addAccount(WireMessage& message, const rfq::Profile& profile);
/// Nothing on a direct session.
void addDealer(WireMessage& message, const rfq::DealerId& dealer, const rfq::Profile& profile);

}
