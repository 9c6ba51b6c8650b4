#pragma once

#include "core/base/clock.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace venue {

/// Strangers cannot fill the trail: of the connections that are refused within a minute the first ones are records of
/// their own, the others are counted, in one record for each place they came from. One thread.
class RefusalDigest {
public:
    static constexpr std::uint64_t OwnOfAPlace = 240; ///< in a minute
    static constexpr std::uint64_t OwnOfAll = 480; ///< in a minute
    static constexpr std::size_t MostPlaces = 256; ///< beyond them the place is "elsewhere"

    /// What was counted of one place and has no record of its own.
    struct Counted {
        std::string place; ///< an address, or the network of one customer
        std::uint64_t attempts = 0;

        friend bool operator==(const Counted&, const Counted&) = default;
    };

    /// Whether this one has a record of its own; else it is counted.
    [[nodiscard]] bool isOwn(const std::string& host, base::SteadyTime now);
    /// What was counted in a minute that is over; nothing while it runs.
    [[nodiscard]] std::vector<Counted> takeOver(base::SteadyTime now);
    /// When a minute is over in which somebody was refused.
    [[nodiscard]] std::optional<base::SteadyTime> nextDue() const;
    /// What was counted until now, at the end of the program.
    [[nodiscard]] std::vector<Counted> takeAll();

private:
    struct Tally {
        std::uint64_t own = 0; ///< have records of their own
        std::uint64_t counted = 0;
    };
    std::optional<base::SteadyTime> m_since; ///< absent: nobody was refused since the last minute ended
    std::uint64_t m_own = 0;
    std::map<std::string, Tally> m_places;
};

}
