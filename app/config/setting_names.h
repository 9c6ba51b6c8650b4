#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>

namespace app {

/// The words of a setting that has a few values.
template <typename E, std::size_t N>
using Names = std::array<std::pair<std::string_view, E>, N>;

/// What the file says; the usual value where it says nothing.
template <typename T, typename U>
void take(T& setting, const std::optional<U>& read)
{
    if (read)
        setting = *read;
}

}
