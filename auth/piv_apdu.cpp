#include "auth/piv_apdu.h"

#include <array>
#include <cstdio>

namespace auth::piv {

using base::Errc;
using base::Error;

namespace {

constexpr std::size_t LargestObject = 16'384;
constexpr std::array<std::uint8_t, 10> SelectPiv{0x00, 0xa4, 0x04, 0x00, 0x05, 0xa0, 0x00, 0x00, 0x03, 0x08};

}

std::optional<int> Response::tries() const
{
    if ((status & 0xfff0U) == 0x63c0U)
        return static_cast<int>(status & 0xfU);
    return status == Blocked ? std::optional(0) : std::nullopt;
}

base::Result<Response> converse(CardChannel& card, View command)
{
    Response whole;
    Bytes more{0x00, 0xc0, 0x00, 0x00, 0x00};
    auto part = card.transmit(command);
    for (;;) {
        if (!part)
            return part.error();
        if (part->size() < 2 || whole.data.size() > LargestObject)
            return Error{Errc::TokenFailure, "talking to the card: its answer is none"};
        const std::size_t size = part->size() - 2;
        whole.status = (*part)[size] * 256U + (*part)[size + 1];
        whole.data.insert(whole.data.end(), part->begin(), part->begin() + static_cast<std::ptrdiff_t>(size));
        if ((whole.status & 0xff00U) != 0x6100U)
            return whole;
        more.back() = static_cast<std::uint8_t>(whole.status & 0xffU);
        part = card.transmit(more);
    }
}

Error statusError(unsigned status, const std::string& doing)
{
    char text[8] = {};
    std::snprintf(text, sizeof text, "%04x", status);
    return {Errc::TokenFailure, doing + ": the card answers " + text};
}

base::Status select(CardChannel& card)
{
    const auto selected = converse(card, SelectPiv);
    if (!selected)
        return selected.error();
    if (selected->status != Done)
        return Error{Errc::Unsupported, "the card has no PIV application"};
    return base::Ok{};
}

View valueOf(View data, std::uint8_t tag)
{
    while (data.size() >= 2) {
        const std::uint8_t found = data[0];
        std::size_t header = 2;
        std::size_t size = data[1];
        if (size > 0x80) {
            const std::size_t count = size - 0x80;
            if (count > 2 || data.size() < header + count)
                return {};
            size = 0;
            for (std::size_t i = 0; i < count; ++i)
                size = size * 256 + data[header + i];
            header += count;
        }
        if (data.size() < header + size)
            return {};
        if (found == tag)
            return data.subspan(header, size);
        data = data.subspan(header + size);
    }
    return {};
}

}
