#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

/// Short commands to cards (ISO 7816-3, ISO 7816-4), as they go over the wire.
namespace fido {

using ShortCommand = std::span<const unsigned char>;

/// Does it say how much it expects back? It has no data but that byte, or that byte behind the data.
[[nodiscard]] inline bool expectsAnswer(ShortCommand command)
{
    constexpr std::size_t header = 5;
    return command.size() == header || (command.size() > header && command.size() == header + 1U + command[4]);
}

/// As the protocol T=0 carries it (ISO 7816-3, 12.2): data and an expected length do not go together, the card then
/// says by "61xx" that there is an answer; and there is always a fifth byte. `room` is written to where one is missing.
[[nodiscard]] inline ShortCommand forT0(ShortCommand command, std::array<unsigned char, 5>& room)
{
    if (command.size() == room.size() - 1) {
        room.back() = 0;
        std::copy(command.begin(), command.end(), room.begin());
        return room;
    }
    return expectsAnswer(command) && command.size() > room.size() ? command.first(command.size() - 1) : command;
}

/// The same once more, where the card has said by "6Cxx" how much it has to tell.
[[nodiscard]] inline std::optional<std::vector<unsigned char>> withLengthTold(
    ShortCommand command, std::span<const unsigned char> response)
{
    constexpr unsigned char wrongLength = 0x6c;
    if (response.size() != 2 || response[0] != wrongLength || !expectsAnswer(command))
        return std::nullopt;
    std::vector<unsigned char> again(command.begin(), command.end());
    again.back() = response[1];
    return again;
}

}
