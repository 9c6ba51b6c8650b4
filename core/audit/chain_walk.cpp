#include "core/audit/chain_walk.h"

#include "core/audit/record_text.h"

namespace audit {

namespace {

constexpr std::uint64_t MostRecords = INT64_MAX; ///< what SQLite counts to; a number below 0 was cast to more

std::string numbered(std::uint64_t number)
{
    return "record " + std::to_string(number);
}

Finding removed(std::uint64_t first, std::uint64_t next)
{
    const bool isOne = next == first + 1;
    return {Fault::Removed, first,
        isOne ? numbered(first) + " is missing"
              : "records " + std::to_string(first) + " to " + std::to_string(next - 1) + " are missing"};
}

}

std::string_view nameOf(Fault fault)
{
    switch (fault) {
    case Fault::Damaged:
        return "damaged";
    case Fault::Remade:
        return "remade";
    case Fault::Removed:
        return "removed";
    case Fault::Reordered:
        return "reordered";
    case Fault::Edited:
        return "edited";
    case Fault::Malformed:
        return "malformed";
    case Fault::Truncated:
        return "truncated";
    case Fault::Rewritten:
        return "rewritten";
    case Fault::HeadUnsound:
        return "head-unsound";
    case Fault::HeadForged:
        return "head-forged";
    case Fault::Unsigned:
        return "unsigned";
    }
    return {};
}

std::optional<Finding> ChainWalk::step(const StoredRecord& stored)
{
    const std::uint64_t expected = m_number + 1;
    if (stored.number < expected || stored.number > MostRecords)
        return Finding{Fault::Reordered, expected, "a record stands before the first one"};
    if (stored.number != expected)
        return removed(expected, stored.number);
    const auto read = parseRecord(stored.text);
    if (read && read->number != expected)
        return Finding{Fault::Reordered, expected,
            numbered(expected) + " holds the text of " + numbered(read->number)
                + ": records were removed, inserted or moved"};
    const Hash hash = linkHash(m_hash, stored.text);
    if (stored.hash != bytesOf(hash))
        return Finding{Fault::Edited, expected,
            numbered(expected)
                + ": its hash does not follow from its text and the record before: it was edited or "
                  "put there by someone else"};
    if (!read)
        return Finding{Fault::Malformed, expected, numbered(expected) + ": " + read.error().detail};
    if ((read->record.kind == Kind::TrailStarted) != (expected == 1))
        return Finding{Fault::Malformed, expected,
            numbered(expected) + (expected == 1 ? " does not start a trail" : " starts a trail in the middle of one")};
    m_number = expected;
    m_hash = hash;
    return std::nullopt;
}

std::optional<Finding> ChainWalk::judge(const Head& head) const
{
    if (head.number == m_number && head.hash != m_hash)
        return Finding{Fault::Rewritten, m_number,
            numbered(m_number)
                + " is not the one of which the head was kept at that time: it, or one before it, was "
                  "written anew"};
    return std::nullopt;
}

}
