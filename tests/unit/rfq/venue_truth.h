#pragma once

#include "core/rfq/values.h"

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace support {

/// One execution, as the venue has it in its books.
struct Execution {
    rfq::ExecId id;
    rfq::Decimal quantity;
    bool busted = false; ///< and the desk was told, in this process or durably
};

/// What became of an acceptance, as the venue and the wire know it: the truth that the desk must find out.
struct Deal {
    enum class Fate {
        NotLeft, ///< the link refused it
        Lost, ///< written, and never arrived
        Stuck, ///< arrived, and nobody decides
        Rejects,
        NotDone,
        Fills, ///< all of it, in one or more executions
        PartFills, ///< some of it, and that is all
    };
    rfq::Acceptance acceptance;
    Fate fate = Fate::Lost;
    base::SteadyTime arrives{}; ///< it may lie in a queue inside the venue until then
    std::uint64_t seqNum = 0; ///< MsgSeqNum(34) of the write
    bool linkTold = false; ///< whether the link has said that it was, or was not, sent
    bool finished = false; ///< whether the venue's last word was spoken
    std::vector<Execution> executions;

    [[nodiscard]] rfq::Decimal filled() const
    {
        return sumOf([](const Execution&) { return true; });
    }
    [[nodiscard]] rfq::Decimal net() const
    {
        return sumOf([](const Execution& one) { return !one.busted; });
    }
    [[nodiscard]] bool hasArrived(base::SteadyTime now) const
    {
        return fate != Fate::NotLeft && fate != Fate::Lost && arrives <= now;
    }

private:
    template <typename Counts>
    [[nodiscard]] rfq::Decimal sumOf(Counts counts) const
    {
        rfq::Decimal sum;
        for (const Execution& execution : executions) {
            if (counts(execution))
                sum = rfq::Decimal::add(sum, execution.quantity).value();
        }
        return sum;
    }
};

/// Whether two acceptances deal the same pair in the same direction.
inline bool isTwin(const rfq::Acceptance& a, const rfq::Acceptance& b)
{
    const auto buysBase = [](const rfq::Acceptance& one) {
        return (one.side == rfq::Side::Buy) == (one.currency == one.instrument.base());
    };
    return a.instrument.symbol == b.instrument.symbol && buysBase(a) == buysBase(b);
}

}
