#pragma once

#include "core/base/clock.h"
#include "core/pep/rules.h"
#include "core/pep/session.h"

#include <array>
#include <deque>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace pep {

/// Something that happened, and to whom it belongs. What is empty in `facts` is not known, and not counted by.
struct Occurrence {
    RuleTrigger trigger = RuleTrigger::FailedSignIn;
    const ConnectionFacts& facts;
    bool isTheirs = false; ///< the certificate is one of this person's, neither revoked nor locked
    std::string_view instrument{}; ///< of a QuoteRequest
};

struct Firing {
    const Rule* rule = nullptr;
    std::size_t count = 0; ///< of occurrences within the window
    bool again = false; ///< it has fired for the same within its window before
    base::SteadyTime windowEnds{}; ///< of the firing that began it
};

/// Counts what happens, rule by rule, within sliding windows, and says which rules fire. Remembers boundedly much,
/// whoever comes. A firing begins its count anew. One thread.
class RuleBook {
public:
    RuleBook(const base::Clock& clock, std::vector<Rule> rules);

    [[nodiscard]] const std::vector<Rule>& rules() const { return m_rules; }
    [[nodiscard]] std::vector<Firing> note(const Occurrence& occurrence);
    /// A deal of this person was done.
    void dealt(const stepup::UserId& user);
    void forget(const rfq::SessionId& session);

    /// Subjects that are remembered, for the test of the bound.
    [[nodiscard]] std::size_t size() const;

private:
    using Instruments = std::map<std::string, std::size_t>;
    struct Seen {
        base::SteadyTime at{};
        Instruments::iterator instrument{}; ///< where the rule counts them
    };
    struct Track {
        std::deque<Seen> seen;
        Instruments instruments;
        std::deque<base::SteadyTime> deals;
        base::SteadyTime last{};
        std::optional<base::SteadyTime> firedAt; ///< the first time within the window that runs
    };
    using Tracks = std::map<std::string, Track, std::less<>>;

    static void prune(const Rule& rule, Track& track, base::SteadyTime now);
    void makeRoom(const Rule& rule, Tracks& tracks) const;

    const base::Clock& m_clock;
    const std::vector<Rule> m_rules;
    std::vector<Tracks> m_tracks; ///< of each rule
    static constexpr std::size_t Triggers = static_cast<std::size_t>(RuleTrigger::Logon) + 1;
    std::array<std::vector<std::size_t>, Triggers> m_counting; ///< the rules that are counted here, by their trigger
};

}
