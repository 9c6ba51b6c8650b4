#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace audit {

/// SHA-256.
using Hash = std::array<std::uint8_t, 32>;

/// What record 1 follows: 32 zero bytes.
inline constexpr Hash Genesis{};

/// SHA-256 over the hash before and the record's text.
[[nodiscard]] Hash linkHash(const Hash& previous, std::string_view text);

/// Lower case.
[[nodiscard]] std::string hexOf(std::string_view bytes);
[[nodiscard]] std::string hexOf(const Hash& hash);
/// Absent where `hex` is not what hexOf() writes.
[[nodiscard]] std::optional<std::string> bytesOfHex(std::string_view hex);
/// Absent where there are not exactly 32 bytes.
[[nodiscard]] std::optional<Hash> hashOf(std::string_view bytes);
[[nodiscard]] std::string_view bytesOf(const Hash& hash);

}
