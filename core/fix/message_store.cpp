#include "core/fix/message_store.h"

#include <array>
#include <charconv>
#include <cstdio>

namespace fix {

namespace {

// "sender target\n", ten digits each.
constexpr std::size_t NumbersLength = 22;
// "seqnum length\n" before each kept message, "\n" behind it.
constexpr std::size_t EntryHeadLength = 22;

std::string pairOf(std::uint64_t first, std::uint64_t second)
{
    std::array<char, NumbersLength + 24> text{};
    std::snprintf(text.data(), text.size(), "%010llu %010llu\n", static_cast<unsigned long long>(first),
        static_cast<unsigned long long>(second));
    return text.data();
}

bool readPair(std::string_view text, std::uint64_t& first, std::uint64_t& second)
{
    if (text.size() != NumbersLength || text[10] != ' ' || text[21] != '\n')
        return false;
    const auto whole = [](std::string_view digits, std::uint64_t& number) {
        const auto [stop, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
        return failure == std::errc() && stop == digits.data() + digits.size();
    };
    return whole(text.substr(0, 10), first) && whole(text.substr(11, 10), second);
}

}

base::Result<MessageStore> MessageStore::open(const std::filesystem::path& directory, const std::string& name)
{
    auto numbers = PrivateFile::open(directory / (name + ".seqnums"));
    if (!numbers)
        return numbers.error();
    auto messages = PrivateFile::open(directory / (name + ".messages"));
    if (!messages)
        return messages.error();
    MessageStore store;
    store.m_numbers = *std::move(numbers);
    store.m_messages = *std::move(messages);
    if (const base::Status read = store.readNumbers(); !read)
        return base::Error{base::Errc::Io, (directory / (name + ".seqnums")).string() + ": " + read.error().detail};
    if (const base::Status read = store.readIndex(); !read)
        return base::Error{base::Errc::Io, (directory / (name + ".messages")).string() + ": " + read.error().detail};
    return store;
}

base::Status MessageStore::setNextSender(int number)
{
    const int before = std::exchange(m_nextSender, number);
    const base::Status written = writeNumbers();
    if (!written)
        m_nextSender = before;
    return written;
}

base::Status MessageStore::setNextTarget(int number)
{
    const int before = std::exchange(m_nextTarget, number);
    const base::Status written = writeNumbers();
    if (!written)
        m_nextTarget = before;
    return written;
}

base::Status MessageStore::keep(int seqNum, std::string_view message)
{
    std::string entry = pairOf(static_cast<std::uint64_t>(seqNum), message.size());
    entry += message;
    entry += '\n';
    const Place place{m_messages.size() + EntryHeadLength, message.size()};
    if (const base::Status written = m_messages.append(entry); !written)
        return written;
    m_places[seqNum] = place;
    return base::Ok{};
}

base::Result<std::vector<std::string>> MessageStore::kept(int first, int last) const
{
    std::vector<std::string> messages;
    for (auto at = m_places.lower_bound(first); at != m_places.end() && at->first <= last; ++at) {
        auto message = m_messages.readAt(at->second.offset, at->second.length);
        if (!message)
            return message.error();
        messages.push_back(*std::move(message));
    }
    return messages;
}

base::Status MessageStore::reset()
{
    m_places.clear();
    if (const base::Status emptied = m_messages.truncate(0); !emptied)
        return emptied;
    m_nextSender = 1;
    m_nextTarget = 1;
    return writeNumbers();
}

base::Status MessageStore::readNumbers()
{
    if (m_numbers.size() == 0)
        return writeNumbers();
    const auto text = m_numbers.readAt(0, NumbersLength + 1);
    if (!text)
        return text.error();
    std::uint64_t sender = 0;
    std::uint64_t target = 0;
    if (!readPair(*text, sender, target) || sender == 0 || target == 0 || sender > INT32_MAX || target > INT32_MAX)
        return base::Error{base::Errc::Io, "this is no pair of sequence numbers"};
    m_nextSender = static_cast<int>(sender);
    m_nextTarget = static_cast<int>(target);
    return base::Ok{};
}

base::Status MessageStore::readIndex()
{
    std::uint64_t offset = 0;
    while (offset < m_messages.size()) {
        const auto head = m_messages.readAt(offset, EntryHeadLength);
        if (!head)
            return head.error();
        std::uint64_t seqNum = 0;
        std::uint64_t length = 0;
        const bool whole = readPair(*head, seqNum, length) && offset + EntryHeadLength + length + 1 <= m_messages.size()
            && seqNum <= INT32_MAX;
        if (!whole)
            return m_messages.truncate(offset); // the entry that was being written when the process died
        m_places[static_cast<int>(seqNum)] = Place{offset + EntryHeadLength, static_cast<std::size_t>(length)};
        offset += EntryHeadLength + length + 1;
    }
    return base::Ok{};
}

base::Status MessageStore::writeNumbers()
{
    return m_numbers.writeAt(
        0, pairOf(static_cast<std::uint64_t>(m_nextSender), static_cast<std::uint64_t>(m_nextTarget)));
}

}
