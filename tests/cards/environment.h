#pragma once

#include <cstdlib>
#include <string>

namespace cards_test {

/// Empty where it is not set.
inline std::string environment(const char* name)
{
    const char* const value = std::getenv(name);
    return value ? value : "";
}

}
