#include "core/rfq/ids.h"

#include <cstddef>
#include <random>
#include <string_view>

namespace rfq {

namespace {

constexpr std::string_view Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t TimeDigits = 9; // milliseconds: lasts until the year 3084
constexpr std::size_t RandomDigits = 6;
constexpr std::size_t CounterDigits = 4;
constexpr std::uint32_t CounterLimit = 1U << (5 * CounterDigits);

std::string base32(std::uint64_t value, std::size_t digits)
{
    std::string text(digits, '0');
    for (std::size_t i = digits; i-- > 0; value >>= 5)
        text[i] = Alphabet[value & 31];
    return text;
}

}

TimeSeededIds::TimeSeededIds(const base::Clock& clock)
    : m_clock(clock)
{
    reseed();
}

RfqId TimeSeededIds::nextRfq()
{
    return RfqId(next('Q'));
}

ClOrdId TimeSeededIds::nextClOrd()
{
    return ClOrdId(next('C'));
}

IncidentId TimeSeededIds::nextIncident()
{
    return IncidentId(next('I'));
}

std::string TimeSeededIds::next(char kind)
{
    if (m_counter == CounterLimit)
        reseed();
    return kind + m_seed + base32(m_counter++, CounterDigits);
}

void TimeSeededIds::reseed()
{
    const auto since = std::chrono::floor<std::chrono::milliseconds>(m_clock.utc().time_since_epoch());
    std::random_device random;
    m_seed = base32(static_cast<std::uint64_t>(since.count()), TimeDigits) + base32(random(), RandomDigits);
    m_counter = 0;
}

}
