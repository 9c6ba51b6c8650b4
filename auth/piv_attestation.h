#pragma once

#include "auth/pcsc.h"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace auth {

/// A card's word about a key in one of its slots, as a YubiKey gives it: two certificates in DER. Nothing is judged
/// here.
struct PivAttestation {
    std::vector<std::uint8_t> statement; ///< for the slot's key, made by the card just now
    std::vector<std::uint8_t> device; ///< of the card's own key F9, which has signed it; from the card's maker
};

/// The PIV slot that PKCS#11 modules show under this CKA_ID (lower-case hex): "01" is 9A, "02" 9C, "03" 9D, "04" 9E.
/// Absent for others.
[[nodiscard]] std::optional<std::uint8_t> pivSlotOf(std::string_view keyId);

/// What the cards in all readers say of this slot, those that say anything: a card that is no YubiKey says nothing, and
/// neither does one about a key that was put into it. Selects the PIV application of every card: not while somebody is
/// signed in with one. Blocks; any thread.
[[nodiscard]] std::vector<PivAttestation> readAttestations(Pcsc& pcsc, std::uint8_t slot);

}
