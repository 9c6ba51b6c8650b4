#include "app/venue/random.h"

namespace venue {

namespace {

// FNV-1a, because std::hash differs between libraries.
std::uint64_t hashed(std::string_view name)
{
    std::uint64_t hash = 14695981039346656037U;
    for (const char c : name) {
        hash ^= static_cast<unsigned char>(c);
        hash *= 1099511628211U;
    }
    return hash;
}

}

Random::Random(std::uint64_t seed, std::string_view name)
    : m_engine(seed ^ hashed(name))
{
}

std::int64_t Random::between(std::int64_t low, std::int64_t high)
{
    if (high <= low)
        return low;
    const auto width = static_cast<std::uint64_t>(high - low) + 1;
    return low + static_cast<std::int64_t>(m_engine() % width);
}

bool Random::happens(int percent)
{
    return between(0, 99) < percent;
}

}
