#pragma once

#include "core/base/clock.h"

#include <cstdint>
#include <string>

namespace venue {

/// Ids that are not repeated, after a restart neither: each carries the second at which this venue started.
class Numbering {
public:
    explicit Numbering(base::UtcTime started);
    /// "PREFIX-TTTTTT-N".
    [[nodiscard]] std::string next(const std::string& prefix);

private:
    std::string m_stamp;
    std::uint64_t m_last = 0;
};

}
