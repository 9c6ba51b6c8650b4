#include "core/audit/chain.h"

#include "core/audit/digest.h"

#include <algorithm>

namespace audit {

namespace {

constexpr std::string_view HexDigits = "0123456789abcdef";

}

Hash linkHash(const Hash& previous, std::string_view text)
{
    return sha256({bytesOf(previous), text});
}

std::string hexOf(std::string_view bytes)
{
    std::string hex;
    hex.reserve(bytes.size() * 2);
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        hex += HexDigits[byte >> 4U];
        hex += HexDigits[byte & 0xfU];
    }
    return hex;
}

std::string hexOf(const Hash& hash)
{
    return hexOf(bytesOf(hash));
}

std::optional<std::string> bytesOfHex(std::string_view hex)
{
    if (hex.size() % 2 != 0)
        return std::nullopt;
    std::string bytes;
    for (std::size_t i = 0; i < hex.size(); i += 2) {
        const auto high = HexDigits.find(hex[i]);
        const auto low = HexDigits.find(hex[i + 1]);
        if (high == std::string_view::npos || low == std::string_view::npos)
            return std::nullopt;
        bytes += static_cast<char>(high * 16 + low);
    }
    return bytes;
}

std::optional<Hash> hashOf(std::string_view bytes)
{
    Hash hash{};
    if (bytes.size() != hash.size())
        return std::nullopt;
    std::copy(bytes.begin(), bytes.end(), reinterpret_cast<char*>(hash.data()));
    return hash;
}

std::string_view bytesOf(const Hash& hash)
{
    return {reinterpret_cast<const char*>(hash.data()), hash.size()};
}

}
