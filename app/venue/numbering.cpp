#include "app/venue/numbering.h"

#include <chrono>

namespace venue {

namespace {

std::string inBase36(std::int64_t number)
{
    constexpr const char* Digits = "0123456789abcdefghijklmnopqrstuvwxyz";
    std::string text;
    for (; number > 0; number /= 36)
        text.insert(text.begin(), Digits[number % 36]);
    return text;
}

}

Numbering::Numbering(base::UtcTime started, std::int64_t run)
    : m_stamp(inBase36(std::chrono::duration_cast<std::chrono::seconds>(started.time_since_epoch()).count()) + "."
        + inBase36(run))
{
}

std::string Numbering::next(const std::string& prefix)
{
    return prefix + "-" + m_stamp + "-" + std::to_string(++m_last);
}

}
