#pragma once

#include "core/siem/entry.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

/// RFC 5424: one event as one syslog message. RFC 5425: its frame.
namespace siem {

/// What every receiver of RFC 5425 should take (4.3.1). Values are shortened until a message fits.
inline constexpr std::size_t MaxMessageSize = 8192;

[[nodiscard]] std::string syslogMessage(const Entry& entry, const Origin& origin, Format format);
/// Says that row `number` of the trail holds no record of ours, at `time`: severity Alert.
[[nodiscard]] std::string damageMessage(std::uint64_t number, base::UtcTime time, const Origin& origin, Format format);

/// "123 <message>".
[[nodiscard]] std::string framed(const std::string& message);
/// PARAM-VALUE: '"', '\' and ']' escaped (6.3.3).
[[nodiscard]] std::string paramValue(std::string_view value);

}
