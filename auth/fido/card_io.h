#pragma once

#include "auth/fido/problem.h"
#include "auth/fido/values.h"

#include <memory>
#include <span>
#include <string>
#include <vector>

namespace fido {

/// Command and response APDUs to and from one card: a PC/SC reader, or a test's script.
class CardIo {
public:
    virtual ~CardIo() = default;
    /// The whole response with its status word. Failures: Removed, Busy, BadAnswer.
    [[nodiscard]] virtual Outcome<Bytes> transmit(std::span<const unsigned char> command) = 0;
};

/// Readers in which a card lies now. None where PC/SC does not run.
[[nodiscard]] std::vector<std::string> readersWithCard();
/// Connects, and keeps other programs from the card while the object lives; waits for one that does the same.
/// Failures: Removed, Busy, NotPermitted.
[[nodiscard]] Outcome<std::unique_ptr<CardIo>> openCard(const std::string& reader);

}
