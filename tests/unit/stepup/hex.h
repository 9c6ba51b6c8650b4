#pragma once

#include "core/stepup/bytes.h"

namespace stepup_test {

inline std::string hexOf(stepup::ByteView bytes)
{
    static constexpr std::string_view Digits = "0123456789abcdef";
    std::string text;
    for (const std::uint8_t byte : bytes) {
        text += Digits[byte >> 4];
        text += Digits[byte & 0xfU];
    }
    return text;
}

inline stepup::Bytes bytesOfHex(std::string_view hex)
{
    static constexpr std::string_view Digits = "0123456789abcdef";
    stepup::Bytes bytes;
    for (std::size_t at = 0; at + 1 < hex.size(); at += 2)
        bytes.push_back(static_cast<std::uint8_t>(Digits.find(hex[at]) * 16 + Digits.find(hex[at + 1])));
    return bytes;
}

}
