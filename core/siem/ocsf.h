#pragma once

#include "core/siem/entry.h"

#include <cstdint>
#include <string>

namespace siem {

inline constexpr const char* OcsfVersion = "1.3.0";

/// An event of OCSF, one JSON object, without a line feed. Plain ASCII. What has no place in the class is in
/// "unmapped", so that nothing is lost.
[[nodiscard]] std::string ocsfEvent(const Entry& entry, const Origin& origin);
/// Row `number` of the trail holds no record of ours: a finding.
[[nodiscard]] std::string ocsfDamage(std::uint64_t number, base::UtcTime time, const Origin& origin);

}
