#pragma once

#include "core/base/clock.h"

#include <chrono>
#include <cstdint>

namespace fix {

/// A hole in the peer's sequence numbers and what was done about it. One ResendRequest(2) asks for all of it and for
/// what follows; another goes out only when the peer has stopped sending and the hole is still there, and the third
/// that helps nothing is the last.
class SequenceGap {
public:
    enum class Due { Nothing, AskAgain, GiveUp };

    /// How long the next of the missing messages is waited for.
    static constexpr std::chrono::seconds Patience{10};
    static constexpr int MostRequests = 3;

    void clear() { m_open = false; }
    [[nodiscard]] bool isOpen() const { return m_open; }

    /// `expected` is missing, `received` is there. Opens the gap; the caller asks for it now, or knows that the peer
    /// fills it unasked (NextExpectedMsgSeqNum(789)). Nothing where the gap is open already.
    void open(std::uint64_t expected, std::uint64_t received, base::SteadyTime now);
    /// The next number that is expected moved up to this.
    void reached(std::uint64_t expected, base::SteadyTime now);
    void askedAgain(base::SteadyTime now);

    [[nodiscard]] Due due(base::SteadyTime now) const;
    [[nodiscard]] base::SteadyTime next() const;

private:
    bool m_open = false;
    std::uint64_t m_expected = 0;
    std::uint64_t m_last = 0; ///< the highest number that is known to be missing
    int m_requests = 0;
    base::SteadyTime m_since;
};

}
