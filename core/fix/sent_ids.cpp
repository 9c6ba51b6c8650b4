#include "core/fix/sent_ids.h"

#include <algorithm>
#include <utility>

namespace fix {

namespace {

constexpr std::size_t Most = 4096;

}

void SentIds::note(SentMessage message)
{
    m_messages.push_front(std::move(message));
    if (m_messages.size() > Most)
        m_messages.pop_back();
}

const SentMessage* SentIds::find(std::uint64_t seqNum) const
{
    // The latest first: after a sequence reset a number may be there twice.
    const auto found = std::find_if(
        m_messages.begin(), m_messages.end(), [seqNum](const SentMessage& sent) { return sent.seqNum == seqNum; });
    return found == m_messages.end() ? nullptr : &*found;
}

}
