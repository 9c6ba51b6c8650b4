#pragma once

#include "core/audit/chain.h"
#include "core/base/result.h"

#include <cstdint>
#include <filesystem>

namespace audit {

/// How far someone who passes records on has come: in a small file of their own.
struct Position {
    std::uint64_t number = 0; ///< 0: nothing yet
    Hash hash{}; ///< of that record: in another trail it is another one

    friend bool operator==(const Position&, const Position&) = default;
};

/// Number 0 where there is no such file. Errors: Io; InvalidInput, where it is not a position.
[[nodiscard]] base::Result<Position> readPosition(const std::filesystem::path& file);
/// On the disk when this returns, whole or not at all. Errors: Io.
[[nodiscard]] base::Status writePosition(const std::filesystem::path& file, const Position& position);

}
