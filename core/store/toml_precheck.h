#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace store {

/// Why a text cannot be TOML, where the library that reads it would not refuse it but misbehave: toml++ 3.3 runs into
/// undefined behaviour on characters beyond ASCII outside of strings and comments, and into an assertion on a table
/// header that does not begin with a key.
struct TomlBlunder {
    int line = 0;
    std::string what;
};
[[nodiscard]] std::optional<TomlBlunder> findBlunder(std::string_view text);

}
