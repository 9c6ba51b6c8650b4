#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <utility>

namespace fix {

/// Which of our ids went out with which MsgSeqNum(34), of the latest messages: a Reject(3) names only the number.
class SentIds {
public:
    void note(std::uint64_t seqNum, std::string id);
    /// Empty when unknown.
    [[nodiscard]] std::string find(std::uint64_t seqNum) const;

private:
    std::deque<std::pair<std::uint64_t, std::string>> m_ids;
};

}
