#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace auth {

/// The text in a field of PKCS#11, which pads it with blanks and does not end it.
template <std::size_t N>
[[nodiscard]] std::string paddedText(const unsigned char (&field)[N])
{
    const std::string_view text(reinterpret_cast<const char*>(field), N);
    const auto end = text.find_last_not_of(std::string_view(" \0", 2));
    return std::string(text.substr(0, end == std::string_view::npos ? 0 : end + 1));
}

}
