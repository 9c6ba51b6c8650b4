#pragma once

#include "core/siem/entry.h"

#include <string>

namespace siem {

/// Our own form: the record as it is, one JSON object, without a line feed. Plain ASCII.
[[nodiscard]] std::string jsonLine(const Entry& entry);

}
