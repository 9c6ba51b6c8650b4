#pragma once

#include "core/audit/chain.h"
#include "core/audit/finding.h"
#include "core/audit/head.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace audit {

/// A row of the trail as it stands in the file, not judged yet.
struct StoredRecord {
    std::uint64_t number = 0;
    std::string text;
    std::string hash;
};
struct StoredHead {
    std::uint64_t number = 0;
    SignedHead head;
};

/// A trail is longer than memory: it is read in pieces of so many.
inline constexpr std::size_t RecordsAtOnce = 500;

/// Goes along the chain, record after record.
class ChainWalk {
public:
    /// From the very beginning.
    ChainWalk() = default;
    /// From the record after this one.
    ChainWalk(std::uint64_t number, const Hash& hash)
        : m_number(number)
        , m_hash(hash)
    {
    }
    /// The next row of the file, in the order of the numbers. What is wrong with it; the walk ends there.
    [[nodiscard]] std::optional<Finding> step(const StoredRecord& stored);
    /// Is this head the one of the record where the walk stands?
    [[nodiscard]] std::optional<Finding> judge(const Head& head) const;

    [[nodiscard]] std::uint64_t number() const { return m_number; }
    [[nodiscard]] const Hash& hash() const { return m_hash; }

private:
    std::uint64_t m_number = 0;
    Hash m_hash = Genesis;
};

}
