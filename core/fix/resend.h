#pragma once

#include "core/fix/raw_message.h"

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace fix {

/// One piece of the answer to a ResendRequest(2): a message that goes out again, or a stretch of numbers that is gap
/// filled.
struct ResendPiece {
    std::uint64_t first = 0;
    std::uint64_t last = 0;
    std::optional<RawMessage> message; ///< of number first = last; absent: a gap fill

    friend bool operator==(const ResendPiece& a, const ResendPiece& b)
    {
        return a.first == b.first && a.last == b.last && a.message.has_value() == b.message.has_value();
    }
};

/// The pieces that cover our numbers first to last, in order and without a hole. Of the kept messages only those of a
/// `resendable` MsgType go out again, whatever an older store has kept.
[[nodiscard]] std::vector<ResendPiece> resendPieces(std::uint64_t first, std::uint64_t last,
    const std::vector<std::string>& kept, const std::set<std::string>& resendable);

}
