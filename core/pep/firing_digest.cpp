#include "core/pep/firing_digest.h"

#include <iterator>

namespace pep {

void FiringDigest::note(const Firing& firing, const std::string& target, const ConnectionFacts& facts)
{
    std::pair key(firing.rule, target);
    const bool isElsewhere = m_tallies.size() >= Most && !m_tallies.contains(key);
    if (isElsewhere)
        key.second = "elsewhere";
    const auto [entry, isNew] = m_tallies.try_emplace(key);
    Tally& tally = entry->second;
    if (isNew)
        tally = {.counted = {.rule = firing.rule,
                     .target = key.second,
                     .facts = isElsewhere ? ConnectionFacts{} : facts,
                     .attempts = 0},
            .until = firing.windowEnds};
    tally.counted.attempts += firing.count;
}

std::vector<FiringDigest::Counted> FiringDigest::takeOver(base::SteadyTime now)
{
    std::vector<Counted> over;
    for (auto entry = m_tallies.begin(); entry != m_tallies.end();) {
        const auto next = std::next(entry);
        if (now >= entry->second.until) {
            over.push_back(std::move(entry->second.counted));
            m_tallies.erase(entry);
        }
        entry = next;
    }
    return over;
}

std::vector<FiringDigest::Counted> FiringDigest::takeAll()
{
    return takeOver(base::SteadyTime::max());
}

}
