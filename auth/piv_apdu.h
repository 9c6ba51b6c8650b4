#pragma once

#include "auth/pcsc.h"
#include "core/base/result.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

/// How one talks to a PIV card (ISO 7816-4, NIST SP 800-73-4): commands, answers, objects in them.
namespace auth::piv {

using Bytes = std::vector<std::uint8_t>;
using View = std::span<const std::uint8_t>;

inline constexpr unsigned Done = 0x9000;
inline constexpr unsigned Blocked = 0x6983;
inline constexpr unsigned NotFound = 0x6a82;

struct Response {
    Bytes data;
    unsigned status = 0;

    /// "63Cx": the tries left; and a card that is blocked has none.
    [[nodiscard]] std::optional<int> tries() const;
};

/// One command and its whole answer. Errors: those of CardChannel::transmit(); TokenFailure: no answer, or one without
/// end.
[[nodiscard]] base::Result<Response> converse(CardChannel& card, View command);
/// "doing: the card answers 6a82".
[[nodiscard]] base::Error statusError(unsigned status, const std::string& doing);
/// Selects the PIV application, which ends whatever PIN was given before. Errors: Unsupported, those of converse().
[[nodiscard]] base::Status select(CardChannel& card);
/// The value of the first object with this one-byte tag; empty where there is none. BER lengths of up to three bytes,
/// as PIV objects have.
[[nodiscard]] View valueOf(View data, std::uint8_t tag);

}
