#include "core/fix/message_store.h"

#include <algorithm>
#include <charconv>
#include <initializer_list>
#include <utility>

namespace fix {

namespace {

// "sender target since\n", ten digits each; `since` in seconds of UTC, 0 where nobody said. Older files end after
// target.
constexpr std::size_t NumbersLength = 33;
constexpr std::size_t OldNumbersLength = 22;
// "seqnum length\n" before each kept message, "\n" behind it.
constexpr std::size_t EntryHeadLength = 22;
constexpr std::size_t Digits = 10;

std::string rowOf(std::initializer_list<std::uint64_t> numbers)
{
    std::string text;
    for (const std::uint64_t number : numbers) {
        std::string digits = std::to_string(number);
        digits.insert(0, Digits - std::min(Digits, digits.size()), '0');
        text += text.empty() ? digits : ' ' + digits;
    }
    return text + '\n';
}

/// Whether the text is, or could become, a row of numbers of ten digits each.
bool beginsLikeARow(std::string_view text)
{
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool digit = text[i] >= '0' && text[i] <= '9';
        const bool between = i % (Digits + 1) == Digits;
        if (between ? text[i] != ' ' && text[i] != '\n' : !digit)
            return false;
    }
    return true;
}

/// The numbers of a whole row; empty where it is none.
std::vector<std::uint64_t> numbersIn(std::string_view row)
{
    std::vector<std::uint64_t> numbers;
    if (row.empty() || row.size() % (Digits + 1) != 0 || !beginsLikeARow(row) || row.find('\n') != row.size() - 1)
        return numbers;
    for (std::size_t at = 0; at < row.size(); at += Digits + 1) {
        std::uint64_t number = 0;
        std::from_chars(row.data() + at, row.data() + at + Digits, number);
        numbers.push_back(number);
    }
    return numbers;
}

base::Error foreign(const std::string& what)
{
    return {base::Errc::Io,
        what
            + ". Move the file away, and agree with the counterparty on starting both sequence numbers again at 1"
              " before the next logon"};
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
    if (const base::Status dropped = store.dropFrom(store.m_nextSender); !dropped)
        return dropped.error();
    return store;
}

base::Status MessageStore::setNextSender(int number)
{
    const int before = std::exchange(m_nextSender, number);
    const base::Status written = writeNumbers();
    if (!written)
        m_nextSender = before;
    else if (number < before)
        return dropFrom(number);
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
    std::string entry = rowOf({static_cast<std::uint64_t>(seqNum), message.size()});
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

base::Status MessageStore::resetAt(base::UtcTime time)
{
    m_created = std::chrono::floor<std::chrono::seconds>(time);
    return reset();
}

base::Status MessageStore::dropFrom(int seqNum)
{
    const auto first = m_places.lower_bound(seqNum);
    if (first == m_places.end())
        return base::Ok{};
    // Entries lie in the order of their numbers: nothing that stays is behind.
    const std::uint64_t end = first->second.offset - EntryHeadLength;
    m_places.erase(first, m_places.end());
    return m_messages.truncate(end);
}

base::Status MessageStore::readNumbers()
{
    if (m_numbers.size() == 0)
        return writeNumbers();
    const auto text = m_numbers.readAt(0, NumbersLength + 1);
    if (!text)
        return text.error();
    const auto numbers = numbersIn(*text);
    const bool ours = (text->size() == NumbersLength && numbers.size() == 3)
        || (text->size() == OldNumbersLength && numbers.size() == 2);
    if (!ours || numbers[0] == 0 || numbers[1] == 0 || numbers[0] > INT32_MAX || numbers[1] > INT32_MAX)
        return foreign("it holds something else than the session's sequence numbers");
    m_nextSender = static_cast<int>(numbers[0]);
    m_nextTarget = static_cast<int>(numbers[1]);
    if (numbers.size() == 3 && numbers[2] != 0)
        m_created = base::UtcTime(std::chrono::seconds(numbers[2]));
    return base::Ok{};
}

base::Status MessageStore::readIndex()
{
    std::uint64_t offset = 0;
    int newest = 0;
    while (offset < m_messages.size()) {
        const auto head = m_messages.readAt(offset, EntryHeadLength);
        if (!head)
            return head.error();
        const auto numbers = numbersIn(*head);
        const bool whole = head->size() == EntryHeadLength && numbers.size() == 2;
        if (!whole && (head->size() == EntryHeadLength || !beginsLikeARow(*head)))
            return foreign("it holds something else than the session's messages at byte " + std::to_string(offset));
        const std::uint64_t end = whole ? offset + EntryHeadLength + numbers[1] + 1 : 0;
        if (!whole || end > m_messages.size())
            return m_messages.truncate(offset); // the entry that was being written when the process died
        const auto delimiter = m_messages.readAt(end - 1, 1);
        if (!delimiter)
            return delimiter.error();
        if (*delimiter != "\n" || numbers[0] > INT32_MAX || static_cast<int>(numbers[0]) <= newest)
            return foreign("the message at byte " + std::to_string(offset) + " is damaged");
        newest = static_cast<int>(numbers[0]);
        m_places[newest] = Place{offset + EntryHeadLength, static_cast<std::size_t>(numbers[1])};
        offset = end;
    }
    return base::Ok{};
}

base::Status MessageStore::writeNumbers()
{
    const std::chrono::seconds since =
        m_created ? std::chrono::floor<std::chrono::seconds>(m_created->time_since_epoch()) : std::chrono::seconds(0);
    return m_numbers.writeAt(0,
        rowOf({static_cast<std::uint64_t>(m_nextSender), static_cast<std::uint64_t>(m_nextTarget),
            static_cast<std::uint64_t>(since.count())}));
}

}
