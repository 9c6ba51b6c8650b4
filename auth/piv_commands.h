#pragma once

#include "auth/pcsc.h"
#include "core/base/result.h"
#include "core/base/secret_bytes.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

/// How one talks to the PIV application of a card (NIST SP 800-73-4, part 2; ISO 7816-4).
namespace auth {

using PivBytes = std::vector<std::uint8_t>;
using PivView = std::span<const std::uint8_t>;

inline constexpr unsigned PivDone = 0x9000;
inline constexpr unsigned PivNotAllowed = 0x6982;
inline constexpr unsigned PivBlocked = 0x6983;
inline constexpr unsigned PivWrongData = 0x6a80;
inline constexpr unsigned PivNotFound = 0x6a82;
inline constexpr unsigned PivWrongParameters = 0x6a86;
inline constexpr unsigned PivNoSuchKey = 0x6a88;
inline constexpr unsigned PivConditions = 0x6985; ///< "conditions of use not satisfied"
inline constexpr std::size_t PivSecretSize = 8; ///< of a PIN or PUK, padded
inline constexpr std::uint8_t PivApplicationPin = 0x80; ///< what VERIFY calls it: the PIN of the PIV application alone
inline constexpr std::uint8_t PivGlobalPin = 0x00; ///< of the whole card

struct PivResponse {
    PivBytes data;
    unsigned status = 0;

    /// The tries left: "63Cx", and "63xx" as old cards have it (YubiKey NEO before 1.0.4). A card that is blocked has
    /// none; "6300" tells no number.
    [[nodiscard]] std::optional<int> tries() const;
    /// What was given to be compared was wrong, or is not compared any more.
    [[nodiscard]] bool isRefused() const { return (status & 0xff00U) == 0x6300U || status == PivBlocked; }
};

/// A command whose data may be longer than the 255 bytes of one message.
struct PivCommand {
    std::uint8_t instruction = 0;
    std::uint8_t first = 0;
    std::uint8_t second = 0;
    PivBytes data;
};

/// The whole answer, however many pieces it comes in. Errors: TokenAbsent, TokenFailure.
[[nodiscard]] base::Result<PivResponse> askPiv(CardChannel& card, PivView command);
[[nodiscard]] base::Result<PivResponse> askPiv(CardChannel& card, const PivCommand& command);
/// What GET DATA and PUT DATA call an object (SP 800-73-4, part 1, table 3): `tag` is 5fc105 for 9a's certificate.
[[nodiscard]] PivBytes pivObjectName(std::uint32_t tag);
/// The object's value; empty where the card has none. Errors: TokenAbsent, TokenFailure.
[[nodiscard]] base::Result<PivBytes> readPivObject(CardChannel& card, std::uint32_t tag);
/// Errors: Unsupported, when the card has no PIV application.
[[nodiscard]] base::Status selectPiv(CardChannel& card);
/// The status word, and what it means, for a person.
[[nodiscard]] base::Error pivStatusError(unsigned status, const std::string& doing);

/// The value of the first object with this one-byte tag; empty where there is none.
[[nodiscard]] PivView pivValue(PivView data, std::uint8_t tag);
/// Is it whole: one object after the other up to the end? Nothing is, too.
[[nodiscard]] bool isPivData(PivView data);
/// Tag, length and value (BER), behind what `out` holds already.
void appendPivValue(PivBytes& out, std::uint8_t tag, PivView value);
/// Fills up with 0xff. False where it does not fit.
[[nodiscard]] bool appendPivSecret(base::SecretBytes& command, const base::SecretBytes& secret);

}
