#include "core/stepup/bytes.h"

#include <openssl/crypto.h>
#include <openssl/sha.h>

namespace stepup {

namespace {

constexpr std::string_view Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

}

Digest sha256(ByteView bytes)
{
    Digest digest{};
    SHA256(bytes.data(), bytes.size(), digest.data());
    return digest;
}

ByteView bytesOf(std::string_view text)
{
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

void append(Bytes& bytes, ByteView more)
{
    bytes.insert(bytes.end(), more.begin(), more.end());
}

bool equalInConstantTime(ByteView a, ByteView b)
{
    return a.size() == b.size() && (a.empty() || CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0);
}

std::string base64Url(ByteView bytes)
{
    std::string text;
    text.reserve((bytes.size() * 4 + 2) / 3);
    std::uint32_t pending = 0;
    int bits = 0;
    for (const std::uint8_t byte : bytes) {
        pending = (pending << 8) | byte;
        for (bits += 8; bits >= 6; bits -= 6)
            text += Alphabet[(pending >> (bits - 6)) & 0x3fU];
    }
    if (bits > 0)
        text += Alphabet[(pending << (6 - bits)) & 0x3fU];
    return text;
}

std::optional<Bytes> bytesOfBase64Url(std::string_view text)
{
    Bytes bytes;
    bytes.reserve(text.size() * 3 / 4);
    std::uint32_t pending = 0;
    int bits = 0;
    for (const char c : text) {
        const auto value = Alphabet.find(c);
        if (value == std::string_view::npos)
            return std::nullopt;
        pending = (pending << 6) | static_cast<std::uint32_t>(value);
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            bytes.push_back(static_cast<std::uint8_t>(pending >> bits));
        }
    }
    // Two texts for the same bytes would be two values for one thing.
    if (base64Url(bytes) != text)
        return std::nullopt;
    return bytes;
}

}
