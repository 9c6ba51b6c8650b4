#pragma once

#include <filesystem>

namespace bench {

/// From the append of a click to its being durable, beside a bare write and fdatasync of as many bytes.
void measureCommits(const std::filesystem::path& directory, int rounds);
/// How long a start waits for a journal of 100,000 acceptances.
void measureLoads(const std::filesystem::path& directory, int rounds);

}
