#pragma once

#include "core/pep/rule_book.h"

#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace pep {

/// Whoever makes a rule fire again and again does not write as many records: within a window the first firing is told
/// at once, and all that follow are counted and told once, when the window is over. One thread.
class FiringDigest {
public:
    static constexpr std::size_t Most = 1'024; ///< subjects; beyond them the subject is "elsewhere"

    struct Counted {
        const Rule* rule = nullptr;
        std::string target;
        ConnectionFacts facts; ///< of the first that was counted; empty of "elsewhere"
        std::size_t attempts = 0; ///< occurrences that made it fire again

        friend bool operator==(const Counted& a, const Counted& b)
        {
            return a.rule == b.rule && a.target == b.target && a.attempts == b.attempts;
        }
    };

    void note(const Firing& firing, const std::string& target, const ConnectionFacts& facts);
    /// What was counted in windows that are over.
    [[nodiscard]] std::vector<Counted> takeOver(base::SteadyTime now);
    /// What was counted until now, at the end of the program.
    [[nodiscard]] std::vector<Counted> takeAll();

private:
    struct Tally {
        Counted counted;
        base::SteadyTime until{};
    };
    std::map<std::pair<const Rule*, std::string>, Tally> m_tallies;
};

}
