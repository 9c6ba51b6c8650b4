#pragma once

#include "core/siem/entry.h"

#include <string>

namespace siem {

inline constexpr const char* OcsfVersion = "1.3.0";

/// An event of OCSF, one JSON object, without a line feed. Plain ASCII. What has no place in the class is in
/// "unmapped", so that nothing is lost.
[[nodiscard]] std::string ocsfEvent(const Entry& entry, const Origin& origin);

}
