#pragma once

#include "core/access/lockout.h"
#include "core/base/result.h"

#include <chrono>
#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace pep {

/// What happens, as far as automatic responses are concerned.
enum class RuleTrigger {
    FailedSignIn, ///< a connection that was refused, or a wrong answer to a challenge
    UnexpectedCountry, ///< a session whose country is known and scores; once for each session
    CounterRollback, ///< the counter of a security key did not rise
    ReplayedAssertion, ///< an answer to a challenge that was answered before, or was another connection's
    RevokedCertificate, ///< a connection with a certificate, or of a person, that is revoked
    RefusedMessage, ///< a message of a session that did not pass
    QuoteRequest, ///< a request for quotes that passed
    Logon, ///< one that was let in; the last of them
};

/// Whose occurrences are counted together.
enum class RuleScope {
    Session,
    User, ///< only what came with a certificate of theirs: nobody counts against somebody else
    Certificate, ///< whose key was proven in the handshake
    Address, ///< of IPv6 its /64
};

/// What follows, in the order in which it is done.
enum class RuleAction {
    Alert, ///< the event is one for the security officer; without it, it is a warning
    Delay, ///< the next attempts wait, each time twice as long
    Prove, ///< the token of the open sessions is asked to sign, over the same TLS connection
    StepUp, ///< a touch is owed, also by the person's next session
    Restrict, ///< for as long as the window: looking only, no request for quotes, whatever is touched
    Close, ///< Logout
    Lock, ///< until a privileged person unlocks: the certificate where it is counted by that, else the person
};

struct Rule {
    std::string name; ///< a-z, 0-9 and '-'; stands in the audit trail
    RuleTrigger trigger = RuleTrigger::FailedSignIn;
    RuleScope by = RuleScope::User;
    std::size_t threshold = 1; ///< it fires at so many occurrences within the window, and begins anew
    std::chrono::seconds window{60};
    std::set<RuleAction> actions{};
    // Of QuoteRequest only:
    std::size_t instruments = 0; ///< ... of at least so many different instruments
    std::size_t requestsPerDeal = 0; ///< ... and so many requests for each deal done meanwhile; 0: deals do not matter

    friend bool operator==(const Rule&, const Rule&) = default;
};

/// What an enforcement point does where nothing else is configured; docs/venue-access.md says why these numbers.
[[nodiscard]] std::vector<Rule> defaultRules();
/// `own`, and the default rules of each trigger that has none in it.
[[nodiscard]] std::vector<Rule> withDefaults(std::vector<Rule> own);

/// Whether rules make sense together, and whether they could be turned against somebody, or weaken what always holds: a
/// certificate that fails waits from the fourth failure on and is locked at the tenth at the latest; a cloned key locks
/// its person at once. Errors: InvalidInput, with the name of the rule.
[[nodiscard]] base::Status checkRules(const std::vector<Rule>& rules);

/// Whether the lockout counts for it, and not the rule book: failures of a certificate are counted in a row.
[[nodiscard]] bool isLockoutRule(const Rule& rule);
[[nodiscard]] zerotrust::LockoutRules lockoutRules(const std::vector<Rule>& rules);

// Stable names, for the configuration and the audit trail: "failed-sign-in", "user", "step-up".
[[nodiscard]] const char* triggerName(RuleTrigger trigger);
[[nodiscard]] const char* scopeName(RuleScope scope);
[[nodiscard]] const char* actionName(RuleAction action);
[[nodiscard]] std::optional<RuleAction> ruleActionOf(std::string_view name);
/// "alert,step-up".
[[nodiscard]] std::string actionsText(const std::set<RuleAction>& actions);

}
