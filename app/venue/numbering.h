#pragma once

#include "core/base/clock.h"

#include <cstdint>
#include <string>

namespace venue {

/// Ids that are not repeated, after a restart neither: each carries the second at which this venue started, and which
/// run of its order book it is, because a venue can be killed and started again within a second.
class Numbering {
public:
    Numbering(base::UtcTime started, std::int64_t run);
    /// "PREFIX-TTTTTT.R-N".
    [[nodiscard]] std::string next(const std::string& prefix);

private:
    std::string m_stamp;
    std::uint64_t m_last = 0;
};

}
