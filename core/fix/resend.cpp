#include "core/fix/resend.h"

namespace fix {

std::vector<ResendPiece> resendPieces(std::uint64_t first, std::uint64_t last, const std::vector<std::string>& kept,
    const std::set<std::string>& resendable)
{
    std::vector<ResendPiece> pieces;
    std::uint64_t next = first;
    for (const std::string& text : kept) {
        auto message = takeApart(text);
        const std::uint64_t number = message ? message->seqNum() : 0;
        if (number < next || number > last || !resendable.contains(message->body.type))
            continue;
        if (number > next)
            pieces.push_back({next, number - 1, std::nullopt});
        pieces.push_back({number, number, std::move(message)});
        next = number + 1;
    }
    if (next <= last)
        pieces.push_back({next, last, std::nullopt});
    return pieces;
}

}
