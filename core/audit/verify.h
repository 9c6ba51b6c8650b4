#pragma once

#include "core/audit/finding.h"
#include "core/audit/head_signer.h"
#include "core/base/result.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

namespace audit {

/// Records from the first one to the last one.
struct Stretch {
    std::uint64_t first = 0;
    std::uint64_t last = 0;

    friend bool operator==(const Stretch&, const Stretch&) = default;
};

/// What reading a whole trail came to.
struct Verdict {
    std::uint64_t records = 0; ///< that hold, from the first one on
    std::uint64_t heads = 0; ///< whose signature holds; with no keys, whose hash is the record's
    std::uint64_t coveredTo = 0; ///< the last record that a head covers
    /// For which the signer was away: no head covered them when they were written, and a later one did.
    std::vector<Stretch> signedLate{};
    std::uint64_t anchors = 0; ///< that agree with the trail
    std::optional<Finding> finding; ///< the first thing that is wrong; absent: the trail is whole
};

/// Reads every record, head and anchor. Without keys signatures are not checked, and a chain that was computed anew
/// together with its heads is not found. Errors: Io, InvalidInput (not a trail, or not an anchoring file), Unsupported
/// (of a newer version).
[[nodiscard]] base::Result<Verdict> verifyTrail(
    const std::filesystem::path& file, const HeadKeys& keys, const std::optional<std::filesystem::path>& anchorFile);

}
