#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Bytes as text: pairs of lower-case hexadecimal digits, and only these, so that equal bytes are equal texts.
namespace tls {

[[nodiscard]] std::string hexOf(std::span<const std::uint8_t> bytes);
/// Absent where `hex` is not what hexOf() writes.
[[nodiscard]] std::optional<std::vector<std::uint8_t>> bytesOfHex(std::string_view hex);

}
