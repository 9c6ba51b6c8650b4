#include "core/stepup/admission_words.h"

#include <charconv>

namespace stepup {

namespace {

constexpr std::string_view RefusedWords = "Access refused";
constexpr std::string_view BeforeWait = "Access refused: wait ";
constexpr std::string_view AfterWait = " s. Reference ";
constexpr std::chrono::seconds LongestWait{3'600}; ///< longer than any delay there is

}

std::string admissionRefusal(const std::string& reference, std::optional<std::chrono::seconds> wait)
{
    if (!wait)
        return std::string(RefusedWords) + ". Reference " + reference + '.';
    return std::string(BeforeWait) + std::to_string(wait->count()) + std::string(AfterWait) + reference + '.';
}

std::optional<std::chrono::seconds> waitIn(std::string_view words)
{
    const auto begin = words.find(BeforeWait);
    if (begin == std::string_view::npos)
        return std::nullopt;
    const std::string_view told = words.substr(begin + BeforeWait.size());
    std::chrono::seconds::rep number = 0;
    const auto [end, failure] = std::from_chars(told.data(), told.data() + told.size(), number);
    const auto digits = static_cast<std::size_t>(end - told.data());
    const bool isWhole = failure == std::errc() && told.substr(digits).starts_with(AfterWait);
    if (!isWhole || number < 1 || number > LongestWait.count())
        return std::nullopt;
    return std::chrono::seconds(number);
}

}
