#pragma once

#include "core/fix/taker_codec.h"
#include "tests/unit/fix/codec_fixtures.h"

namespace fix::test {

using Event = std::optional<rfq::VenueEvent>;

inline base::Result<Event> decode(const WireMessage& message, const rfq::Profile& profile = {},
    const std::optional<rfq::DealerId>& sole = std::nullopt)
{
    return taker::decode(message, Session, profile, sole, Received);
}

/// The event of that kind; a failed test and a default where there is none.
template <typename T>
T decodedAs(const WireMessage& message, const rfq::Profile& profile = {},
    const std::optional<rfq::DealerId>& sole = std::nullopt)
{
    const auto event = decode(message, profile, sole);
    if (!event) {
        ADD_FAILURE() << event.error().detail;
        return {};
    }
    if (!*event || !std::holds_alternative<T>(**event)) {
        ADD_FAILURE() << "not the expected event: " << readable(message);
        return {};
    }
    return std::get<T>(**event);
}

inline std::string errorOf(const WireMessage& message, const rfq::Profile& profile = {})
{
    const auto event = decode(message, profile);
    return event ? "no error" : event.error().detail;
}

}
