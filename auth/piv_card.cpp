#include "auth/piv_card.h"

#include "core/tls/hex.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <span>
#include <vector>

namespace auth {

namespace {

using base::Errc;
using base::Error;
using Bytes = std::vector<std::uint8_t>;
using View = std::span<const std::uint8_t>;

constexpr std::size_t ShortestSecret = 6;
constexpr std::size_t LongestSecret = 8;
constexpr std::size_t GuidSize = 16;
constexpr std::size_t LargestObject = 16'384;

constexpr std::array<std::uint8_t, 10> SelectPiv{0x00, 0xa4, 0x04, 0x00, 0x05, 0xa0, 0x00, 0x00, 0x03, 0x08};
constexpr std::array<std::uint8_t, 11> GetChuid{0x00, 0xcb, 0x3f, 0xff, 0x05, 0x5c, 0x03, 0x5f, 0xc1, 0x02, 0x00};
constexpr std::array<std::uint8_t, 4> AskPinTries{0x00, 0x20, 0x00, 0x80};
constexpr std::array<std::uint8_t, 5> GetYubicoSerial{0x00, 0xf8, 0x00, 0x00, 0x00};

constexpr unsigned Done = 0x9000;
constexpr unsigned Blocked = 0x6983;
constexpr unsigned NotFound = 0x6a82;

struct Response {
    Bytes data;
    unsigned status = 0;

    /// "63Cx": the tries left; and a card that is blocked has none.
    [[nodiscard]] std::optional<int> tries() const
    {
        if ((status & 0xfff0U) == 0x63c0U)
            return static_cast<int>(status & 0xfU);
        return status == Blocked ? std::optional(0) : std::nullopt;
    }
};

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

/// The value of the first object with this one-byte tag. BER lengths of up to three bytes, as PIV objects have.
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

std::string guidOf(View object)
{
    constexpr std::uint8_t objectTag = 0x53;
    constexpr std::uint8_t guidTag = 0x34;
    const View guid = valueOf(valueOf(object, objectTag), guidTag);
    // Some cards are issued with a CHUID in which nobody has filled in the GUID.
    const bool filled = std::any_of(guid.begin(), guid.end(), [](std::uint8_t byte) { return byte != 0; });
    return guid.size() == GuidSize && filled ? tls::hexOf(guid) : std::string();
}

std::string serialOf(View bytes)
{
    if (bytes.size() != 4)
        return {};
    std::uint32_t serial = 0;
    for (const std::uint8_t byte : bytes)
        serial = serial * 256 + byte;
    return std::to_string(serial);
}

bool appendPadded(base::SecretBytes& command, const base::SecretBytes& secret)
{
    static constexpr std::array<char, LongestSecret> filler{
        '\xff', '\xff', '\xff', '\xff', '\xff', '\xff', '\xff', '\xff'};
    return command.append(secret.reveal()) && command.append(std::span(filler).first(LongestSecret - secret.size()));
}

/// One command with two secrets, with the card to ourselves.
base::Result<Response> giveSecrets(
    CardChannel& card, char instruction, const base::SecretBytes& first, const base::SecretBytes& second)
{
    base::SecretBytes command;
    const std::array<char, 5> header{'\x00', instruction, '\x00', '\x80', 2 * LongestSecret};
    if (!command.append(header) || !appendPadded(command, first) || !appendPadded(command, second))
        return Error{Errc::Internal, "a card command that does not fit"};
    if (auto claimed = card.claim(); !claimed)
        return claimed.error();
    if (auto selected = select(card); !selected)
        return selected.error();
    const std::string_view bytes = command.reveal();
    return converse(card, {reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
}

/// What the person gives and how it may be refused.
struct Given {
    const char* name;
    Errc wrong;
    Errc blocked;
};

PinSetting setPin(CardChannel& card, char instruction, const Given& given, const base::SecretBytes& secret,
    const base::SecretBytes& next)
{
    if (auto fits = checkPivSecret(secret, given.name); !fits)
        return {fits, {}};
    if (auto fits = checkPivSecret(next, "new PIN"); !fits)
        return {fits, {}};
    const auto response = giveSecrets(card, instruction, secret, next);
    if (!response)
        return {response.error(), {}};
    const auto tries = response->tries();
    if (response->status == Done)
        return {base::Ok{}, {}};
    if (!tries)
        return {statusError(response->status, "setting the PIN"), {}};
    const std::string name = given.name;
    if (*tries == 0)
        return {Error{given.blocked, "the card has blocked its " + name}, 0};
    return {Error{given.wrong, "the card refuses the " + name + "; tries left: " + std::to_string(*tries)}, tries};
}

}

base::Status checkPivSecret(const base::SecretBytes& secret, const std::string& what)
{
    const std::string_view text = secret.reveal();
    const bool printable = std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7f'; });
    if (text.size() >= ShortestSecret && text.size() <= LongestSecret && printable)
        return base::Ok{};
    return Error{Errc::InvalidInput,
        "the " + what + " of a PIV card has 6 to 8 digits or ASCII characters without blanks; nothing was tried"};
}

base::Result<PivFacts> readPivFacts(CardChannel& card)
{
    if (auto selected = select(card); !selected)
        return selected.error();
    PivFacts facts;
    const auto chuid = converse(card, GetChuid);
    if (!chuid)
        return chuid.error();
    if (chuid->status == Done)
        facts.guid = guidOf(chuid->data);
    else if (chuid->status != NotFound)
        return statusError(chuid->status, "reading the card's CHUID");
    const auto serial = converse(card, GetYubicoSerial);
    if (!serial)
        return serial.error();
    if (serial->status == Done)
        facts.serial = serialOf(serial->data);
    const auto tries = converse(card, AskPinTries);
    if (!tries)
        return tries.error();
    facts.pinTries = tries->tries();
    return facts;
}

PinSetting changePivPin(CardChannel& card, const base::SecretBytes& old, const base::SecretBytes& next)
{
    if (old.reveal() == next.reveal())
        return {Error{Errc::InvalidInput, "the new PIN is the old one; nothing was tried"}, {}};
    return setPin(card, '\x24', {"PIN", Errc::PinWrong, Errc::PinBlocked}, old, next);
}

PinSetting unblockPivPin(CardChannel& card, const base::SecretBytes& puk, const base::SecretBytes& next)
{
    return setPin(card, '\x2c', {"PUK", Errc::PukWrong, Errc::PukBlocked}, puk, next);
}

}
