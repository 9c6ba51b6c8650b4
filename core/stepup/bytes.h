#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Bytes and what every part of the step-up does with them.
namespace stepup {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;
/// SHA-256, or 32 bytes of the same standing.
using Digest = std::array<std::uint8_t, 32>;

[[nodiscard]] Digest sha256(ByteView bytes);
[[nodiscard]] ByteView bytesOf(std::string_view text);
void append(Bytes& bytes, ByteView more);

/// Takes the same time wherever the difference is. Unequal lengths are unequal at once: lengths are no secret here.
[[nodiscard]] bool equalInConstantTime(ByteView a, ByteView b);

/// RFC 4648, 5, without padding.
[[nodiscard]] std::string base64Url(ByteView bytes);
/// Absent where `text` is not exactly what base64Url() writes: padding, blanks, stray bits at the end.
[[nodiscard]] std::optional<Bytes> bytesOfBase64Url(std::string_view text);

}
