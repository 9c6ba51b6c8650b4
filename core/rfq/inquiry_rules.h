#pragma once

#include "core/rfq/desk_state.h"

#include <optional>
#include <set>

/// Which question comes next about an unknown outcome, and what its answers prove. Pure.
namespace rfq {

[[nodiscard]] const char* nameOf(Inquiry inquiry);
[[nodiscard]] const char* nameOf(EvidenceKind kind);

/// Whether evidence of this kind answers a question.
[[nodiscard]] bool isAnswer(EvidenceKind kind);

[[nodiscard]] bool canAnswer(const Profile& profile, Inquiry inquiry);

/// The first question of the ladder after `last` (or of all, without it) that the counterparty can answer. A replay
/// needs to know where it begins.
[[nodiscard]] std::optional<Inquiry> nextInquiry(const Profile& profile, const std::set<Inquiry>& unsupported,
    std::optional<Inquiry> last, const AcceptanceLine& line);

/// Whether the evidence proves that the acceptance never reached the counterparty's application: their engine never
/// had the message and their application, where it can be asked, knows no such order; or their application said so when
/// no message could be on its way inside any more (`deniedAfterGrace`).
[[nodiscard]] bool provesNotReceived(
    const AcceptanceLine& line, const Profile& profile, const std::set<Inquiry>& unsupported, bool deniedAfterGrace);

}
