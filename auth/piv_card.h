#pragma once

#include "auth/pcsc.h"
#include "core/base/result.h"
#include "core/base/secret_bytes.h"
#include "core/rfq/sign_in.h"

#include <cstdint>
#include <optional>
#include <string>

namespace auth {

/// What a PIV card (NIST SP 800-73-4) tells without a PIN.
struct PivFacts {
    std::string guid; ///< of the CHUID, 16 bytes in lower-case hex; empty where the card has none
    std::string serial; ///< of a YubiKey, decimal; empty for other cards
    std::string fascN; ///< of the CHUID, lower-case hex; empty where no agency of the US government has given it
    std::uint8_t pin = 0x80; ///< which PIN is the person's: PivApplicationPin, or PivGlobalPin where the card says so
    std::optional<int> pinTries; ///< absent where the card does not tell, as while somebody has given the PIN
    /// Whether the PIN is still the one that everybody knows. Only YubiKeys from firmware 5.3 on tell.
    std::optional<bool> factoryPin;

    /// One card among all: the GUID, else the serial, else the FASC-N. Empty: the card cannot be told from others of
    /// its kind.
    [[nodiscard]] std::string id() const { return !guid.empty() ? guid : !serial.empty() ? serial : fascN; }
};

/// What setting a PIN came to, with the tries left as the card told them.
struct PinSetting {
    base::Status result;
    std::optional<int> tries; ///< of the secret that was given: the PIN, or the PUK
};

/// Is this a PIN or PUK that PIV takes: 6 to 8 printable ASCII characters? `what` is "PIN" or "PUK". Errors:
/// InvalidInput; nothing was tried.
[[nodiscard]] base::Status checkPivSecret(const base::SecretBytes& secret, const std::string& what);

/// Reads without a claim, so that it never waits for another program. Selects the PIV application: not for a card that
/// somebody is signed in with. Errors: Unsupported (no PIV card), TokenAbsent, TokenFailure (also: another program is
/// using the card).
[[nodiscard]] base::Result<PivFacts> readPivFacts(CardChannel& card);

/// "; tries left: 2"; empty where the card does not tell.
[[nodiscard]] std::string triesText(std::optional<int> tries);

/// CHANGE REFERENCE DATA. Claims the card. Errors: InvalidInput, Unsupported and PinLastTry (nothing was tried),
/// PinWrong, PinBlocked, TokenAbsent, TokenFailure.
[[nodiscard]] PinSetting changePivPin(
    CardChannel& card, const base::SecretBytes& old, const base::SecretBytes& next, rfq::LastTry lastTry);
/// RESET RETRY COUNTER. Claims the card. Errors: as before, with PukWrong and PukBlocked. PinLastTry only from a card
/// that tells the tries of its PUK: a YubiKey from firmware 5.3 on. Unsupported also where the person's PIN is the
/// whole card's: the PUK is the PIV application's, and unblocks another one.
[[nodiscard]] PinSetting unblockPivPin(
    CardChannel& card, const base::SecretBytes& puk, const base::SecretBytes& next, rfq::LastTry lastTry);

}
