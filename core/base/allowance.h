#pragma once

#include "core/base/clock.h"

#include <algorithm>
#include <chrono>

namespace base {

/// How often something may be done: so often at once, and once more for each `each` that passes.
struct Allowance {
    int most = 0;
    std::chrono::milliseconds each{0};
};

/// What somebody has taken of an allowance. Whole to begin with.
class Taken {
public:
    [[nodiscard]] bool isNothing(SteadyTime now) const { return m_wholeAt <= now; }
    /// How long until so much is there; 0: it is.
    [[nodiscard]] SteadyTime::duration wait(const Allowance& of, SteadyTime now, int cost = 1) const
    {
        return std::max(after(of, now, cost) - (now + of.most * of.each), SteadyTime::duration::zero());
    }
    /// False where it is not there; then nothing is taken.
    [[nodiscard]] bool take(const Allowance& of, SteadyTime now, int cost = 1)
    {
        if (wait(of, now, cost) > SteadyTime::duration::zero())
            return false;
        m_wholeAt = after(of, now, cost);
        return true;
    }

private:
    [[nodiscard]] SteadyTime after(const Allowance& of, SteadyTime now, int cost) const
    {
        return std::max(m_wholeAt, now) + cost * of.each;
    }
    SteadyTime m_wholeAt{}; ///< when it is whole again
};

}
