#pragma once

#include "core/siem/entry.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace siem {

/// ArcSight Common Event Format, version 0, without a line feed.
[[nodiscard]] std::string cefEvent(const Entry& entry, const Origin& origin);

/// Row `number` of the trail holds no record of ours.
[[nodiscard]] std::string cefDamage(std::uint64_t number, base::UtcTime time, const Origin& origin);

/// A field of the header: backslash and pipe escaped.
[[nodiscard]] std::string cefHeaderValue(std::string_view value);
/// A value of the extension: backslash, equals sign and line ends escaped.
[[nodiscard]] std::string cefExtensionValue(std::string_view value);

}
