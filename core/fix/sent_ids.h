#pragma once

#include <cstdint>
#include <deque>
#include <string>

namespace fix {

/// A message of ours, as a refusal of it should name it.
struct SentMessage {
    std::uint64_t seqNum = 0; ///< MsgSeqNum(34)
    std::string type; ///< MsgType(35)
    std::string id; ///< ours: of the request, the acceptance, the question
};

/// The latest messages that carry an id of ours, by MsgSeqNum(34): a Reject(3) may name nothing but the number.
class SentIds {
public:
    void note(SentMessage message);
    /// Null when unknown. Valid until the next note().
    [[nodiscard]] const SentMessage* find(std::uint64_t seqNum) const;

private:
    std::deque<SentMessage> m_messages;
};

}
