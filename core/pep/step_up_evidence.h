#pragma once

#include "core/pep/events.h"
#include "core/stepup/assertion_verifier.h"

#include <vector>

/// What is recorded of a touch, so that it can be proven later with nothing but the record and the public key.
namespace pep {

/// Of a challenge that was sent.
[[nodiscard]] std::vector<EventField> challengeFields(const stepup::Challenge& challenge);
/// Of an answer that holds. It was used up by being verified, and is no secret any more.
[[nodiscard]] std::vector<EventField> evidenceOf(
    const stepup::Approval& approval, const stepup::Credential& credential);
/// Of a ticket that was armed by it.
[[nodiscard]] std::vector<EventField> ticketFields(const stepup::Approval& approval);

}
