#pragma once

#include <string>

namespace app {

/// As this machine calls itself; empty where it has no name.
[[nodiscard]] std::string hostName();
[[nodiscard]] std::string processId();

}
