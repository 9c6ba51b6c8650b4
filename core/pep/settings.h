#pragma once

#include "core/pep/rules.h"

#include <chrono>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace pep {

/// What an acceptance needs besides entitlements and a score that allows it.
enum class Dealing {
    ScoreDecides, ///< a grant only where the score of the acceptance asks for a step-up
    ArmedTicketRequired, ///< always a grant
};

/// What follows when a person comes from another address than the last time.
enum class AddressChange {
    ScoreDecides, ///< the policy may name the attribute "address-changed"
    StepUp, ///< a touch, whatever the score
};

/// What it takes that a certificate's key counts as a hardware token.
enum class HardwareProof {
    Attested, ///< the card's maker vouches for it
    Registered, ///< the firm's word will do: cards that attest nothing
};

struct EnforcementSettings {
    std::string segment = "default"; ///< whose entitlements count: those of one segment are nothing in another
    std::string rpId; ///< RP id of the security keys: a domain of the firm that serves no web content
    Dealing dealing = Dealing::ScoreDecides;
    AddressChange addressChange = AddressChange::ScoreDecides;
    HardwareProof hardwareKey = HardwareProof::Attested;
    /// OIDs of certificate policies by which the authority says that a person is privileged. It can make them score
    /// more, never less, and gives no power: that is the registration's.
    std::set<std::string> privilegedPolicies{};
    std::chrono::seconds reverifyAfter{12 * 3600}; ///< since PIN and touch, or card and PIN
    std::chrono::seconds decideEvery{60}; ///< a session is judged anew
    std::chrono::seconds contextPatience{30}; ///< from Logon to the desk's statement
    std::chrono::seconds stepUpPatience{180}; ///< then a new session is closed, an open one may only look
    std::chrono::seconds identityRefresh{2}; ///< how often changes of users and keys are looked for
    std::vector<Rule> rules = defaultRules(); ///< automatic responses
    /// Ahead of UTC, for time of day and week in the policy; absent: as this machine has it, summer time and all.
    std::optional<std::chrono::minutes> zone;
};

}
