#include "core/fix/sent_ids.h"

#include <algorithm>

namespace fix {

namespace {

constexpr std::size_t Most = 4096;

}

void SentIds::note(std::uint64_t seqNum, std::string id)
{
    m_ids.emplace_front(seqNum, std::move(id));
    if (m_ids.size() > Most)
        m_ids.pop_back();
}

std::string SentIds::find(std::uint64_t seqNum) const
{
    // The latest first: after a sequence reset a number may be there twice.
    const auto found =
        std::find_if(m_ids.begin(), m_ids.end(), [seqNum](const auto& sent) { return sent.first == seqNum; });
    return found == m_ids.end() ? std::string() : found->second;
}

}
