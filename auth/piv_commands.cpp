#include "auth/piv_commands.h"

#include <openssl/crypto.h>

#include <algorithm>
#include <array>
#include <cstdio>

namespace auth {

namespace {

using base::Errc;
using base::Error;

constexpr std::size_t LargestObject = 16'384;
constexpr std::size_t LargestPiece = 255;
constexpr int MostPieces = 1'024; // of one answer: more than the largest object has, also from a card with small ones
constexpr std::uint8_t MoreFollows = 0x10;
/// The identifier without its version (SP 800-73-4, part 1, 2.2): cards with several applications of NIST's answer to
/// the first five bytes with another one.
constexpr std::array<std::uint8_t, 15> SelectPiv{
    0x00, 0xa4, 0x04, 0x00, 0x09, 0xa0, 0x00, 0x00, 0x03, 0x08, 0x00, 0x00, 0x10, 0x00, 0x00};

/// One answer of a card, which on T=0 may want to be asked with the exact size of it (ISO 7816-4: 6cxx).
base::Result<PivBytes> transmitSized(CardChannel& card, PivView command)
{
    constexpr std::size_t withSize = 5;
    constexpr std::uint8_t wrongSize = 0x6c;
    auto answer = card.transmit(command);
    if (!answer || command.size() < withSize || answer->size() != 2 || answer->front() != wrongSize)
        return answer;
    // A command with data has them already, and no size behind them where the card speaks T=0.
    if (command.size() > withSize && command.size() == withSize + command[withSize - 1])
        return answer;
    PivBytes again(command.begin(), command.end());
    again.back() = answer->back();
    return card.transmit(again);
}

}

std::optional<int> PivResponse::tries() const
{
    if ((status & 0xfff0U) == 0x63c0U)
        return static_cast<int>(status & 0xfU);
    if ((status & 0xff00U) == 0x6300U && status != 0x6300U)
        return static_cast<int>(status & 0xffU);
    return status == PivBlocked ? std::optional(0) : std::nullopt;
}

base::Result<PivResponse> askPiv(CardChannel& card, PivView command)
{
    PivResponse whole;
    PivBytes more{0x00, 0xc0, 0x00, 0x00, 0x00};
    auto part = transmitSized(card, command);
    for (int pieces = 1;; ++pieces) {
        if (!part)
            return part.error();
        if (part->size() < 2 || whole.data.size() > LargestObject || pieces > MostPieces)
            return Error{Errc::TokenFailure, "talking to the card: its answer is none"};
        const std::size_t size = part->size() - 2;
        whole.status = (*part)[size] * 256U + (*part)[size + 1];
        whole.data.insert(whole.data.end(), part->begin(), part->begin() + static_cast<std::ptrdiff_t>(size));
        OPENSSL_cleanse(part->data(), part->size()); // it may be a secret
        if ((whole.status & 0xff00U) != 0x6100U)
            return whole;
        more.back() = static_cast<std::uint8_t>(whole.status & 0xffU);
        part = transmitSized(card, more);
    }
}

base::Result<PivResponse> askPiv(CardChannel& card, const PivCommand& command)
{
    PivView left = command.data;
    for (;;) {
        const PivView piece = left.first(std::min(left.size(), LargestPiece));
        left = left.subspan(piece.size());
        const bool last = left.empty();
        PivBytes message{last ? std::uint8_t{0} : MoreFollows, command.instruction, command.first, command.second};
        if (!piece.empty()) {
            message.push_back(static_cast<std::uint8_t>(piece.size()));
            message.insert(message.end(), piece.begin(), piece.end());
        }
        if (last)
            message.push_back(0);
        auto answer = askPiv(card, PivView(message));
        if (last || !answer || answer->status != PivDone)
            return answer;
    }
}

base::Status selectPiv(CardChannel& card)
{
    const auto selected = askPiv(card, PivView(SelectPiv));
    if (!selected)
        return selected.error();
    if (selected->status != PivDone)
        return Error{Errc::Unsupported, "the card has no PIV application"};
    return base::Ok{};
}

namespace {

/// ISO 7816-4, 5.1.3, as PIV uses it; empty where the number says nothing to anybody.
const char* meaningOf(unsigned status)
{
    switch (status) {
    case 0x6581:
        return "its memory has failed";
    case 0x6700:
        return "it does not take so much data";
    case PivNotAllowed:
        return "it does not allow that: it wants the PIN or the management key before, or does not do it in a "
               "contactless "
               "reader";
    case PivBlocked:
        return "the secret for that is blocked";
    case PivConditions:
        return "it does not allow that as things are";
    case PivWrongData:
        return "it does not take these data";
    case 0x6a81:
        return "it does not do that, or not in a contactless reader; try one with contacts";
    case PivNotFound:
        return "it has no such object";
    case 0x6a84:
        return "it has no room left for that";
    case PivWrongParameters:
    case 0x6b00:
        return "it does not do that with these parameters";
    case PivNoSuchKey:
        return "it has no such key or secret";
    case 0x6d00:
    case 0x6e00:
        return "it does not know that command, or not in a contactless reader";
    default:
        return "";
    }
}

}

Error pivStatusError(unsigned status, const std::string& doing)
{
    char text[8] = {};
    std::snprintf(text, sizeof text, "%04x", status);
    const std::string meaning = meaningOf(status);
    return {Errc::TokenFailure, doing + ": the card answers " + text + (meaning.empty() ? "" : ": " + meaning)};
}

namespace {

struct Object {
    std::uint8_t tag = 0;
    PivView value;
    PivView rest;
};

/// The first object. BER lengths of up to three bytes, as PIV objects have.
std::optional<Object> firstObject(PivView data)
{
    if (data.size() < 2)
        return std::nullopt;
    std::size_t header = 2;
    std::size_t size = data[1];
    if (size > 0x80) {
        const std::size_t count = size - 0x80;
        if (count > 2 || data.size() < header + count)
            return std::nullopt;
        size = 0;
        for (std::size_t i = 0; i < count; ++i)
            size = size * 256 + data[header + i];
        header += count;
    }
    if (data.size() < header + size)
        return std::nullopt;
    return Object{data[0], data.subspan(header, size), data.subspan(header + size)};
}

}

PivView pivValue(PivView data, std::uint8_t tag)
{
    while (const auto object = firstObject(data)) {
        if (object->tag == tag)
            return object->value;
        data = object->rest;
    }
    return {};
}

bool isPivData(PivView data)
{
    while (!data.empty()) {
        const auto object = firstObject(data);
        if (!object)
            return false;
        data = object->rest;
    }
    return true;
}

void appendPivValue(PivBytes& out, std::uint8_t tag, PivView value)
{
    const std::size_t size = value.size();
    out.push_back(tag);
    if (size >= 0x100) {
        out.push_back(0x82);
        out.push_back(static_cast<std::uint8_t>(size >> 8U));
    } else if (size >= 0x80) {
        out.push_back(0x81);
    }
    out.push_back(static_cast<std::uint8_t>(size & 0xffU));
    out.insert(out.end(), value.begin(), value.end());
}

bool appendPivSecret(base::SecretBytes& command, const base::SecretBytes& secret)
{
    static constexpr std::array<char, PivSecretSize> filler{
        '\xff', '\xff', '\xff', '\xff', '\xff', '\xff', '\xff', '\xff'};
    return secret.size() <= PivSecretSize && command.append(secret.reveal())
        && command.append(std::span(filler).first(PivSecretSize - secret.size()));
}

PivBytes pivObjectName(std::uint32_t tag)
{
    const std::array<std::uint8_t, 3> name{
        static_cast<std::uint8_t>(tag >> 16U), static_cast<std::uint8_t>(tag >> 8U), static_cast<std::uint8_t>(tag)};
    PivBytes data;
    appendPivValue(data, 0x5c, name);
    return data;
}

base::Result<PivBytes> readPivObject(CardChannel& card, std::uint32_t tag)
{
    auto response = askPiv(card, PivCommand{0xcb, 0x3f, 0xff, pivObjectName(tag)});
    if (!response)
        return response.error();
    if (response->status == PivNotFound)
        return PivBytes{};
    if (response->status != PivDone)
        return pivStatusError(response->status, "reading from the card");
    if (!isPivData(response->data))
        return Error{Errc::TokenFailure, "reading from the card: its answer is cut off"};
    const PivView value = pivValue(response->data, 0x53);
    return PivBytes(value.begin(), value.end());
}

}
