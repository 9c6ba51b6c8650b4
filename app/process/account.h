#pragma once

#include <string>

namespace app {

/// Who runs this program, by the operating system: the name of the real user, or its number where it has no name.
[[nodiscard]] std::string accountName();

}
