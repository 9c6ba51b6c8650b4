#pragma once

#include <cstdint>
#include <random>
#include <string_view>

namespace venue {

/// A reproducible stream of chance: the same seed and name give the same numbers on every platform, and streams of
/// different names do not disturb each other. Not for anything that must be unpredictable.
class Random {
public:
    Random(std::uint64_t seed, std::string_view name);

    /// Uniform in [low, high]; low where the range is empty.
    [[nodiscard]] std::int64_t between(std::int64_t low, std::int64_t high);
    /// True in `percent` of 100 cases.
    [[nodiscard]] bool happens(int percent);

private:
    std::mt19937_64 m_engine;
};

}
