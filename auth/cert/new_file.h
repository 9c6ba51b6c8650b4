#pragma once

#include "core/base/result.h"

#include <string>

namespace cert {

/// That nothing would be overwritten. Errors: Duplicate.
[[nodiscard]] base::Status checkNew(const std::string& file);

}
