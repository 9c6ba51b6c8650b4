#include "core/stepup/admission_words.h"

#include <algorithm>
#include <charconv>

namespace stepup {

namespace {

constexpr std::string_view RefusedWords = "Access refused";
constexpr std::string_view BeforeWait = ": wait ";
constexpr std::string_view AfterWait = " s";
constexpr std::string_view BeforeReference = ". Reference ";
constexpr std::chrono::seconds LongestWait{3'600}; ///< longer than any delay there is

bool mayStandInReference(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

std::optional<std::chrono::seconds> waitIn(std::string_view words)
{
    if (!words.starts_with(BeforeWait) || !words.ends_with(AfterWait))
        return std::nullopt;
    const auto* const begin = words.data() + BeforeWait.size();
    const auto* const behind = words.data() + words.size() - AfterWait.size();
    std::chrono::seconds::rep number = 0;
    const auto [end, failure] = std::from_chars(begin, behind, number);
    const bool isWait = failure == std::errc() && end == behind && number >= 1 && number <= LongestWait.count();
    return isWait ? std::optional(std::chrono::seconds(number)) : std::nullopt;
}

}

std::string admissionRefusal(const std::string& reference, std::optional<std::chrono::seconds> wait)
{
    std::string words(RefusedWords);
    if (wait)
        words.append(BeforeWait).append(std::to_string(wait->count())).append(AfterWait);
    return words.append(BeforeReference).append(reference).append(".");
}

std::optional<AdmissionRefusal> admissionRefusalIn(std::string_view words)
{
    const auto begin = words.find(RefusedWords);
    if (begin == std::string_view::npos)
        return std::nullopt;
    const std::string_view said = words.substr(begin + RefusedWords.size());
    const auto at = said.find(BeforeReference);
    if (at == std::string_view::npos)
        return std::nullopt;
    const std::string_view rest = said.substr(at + BeforeReference.size());
    const auto* const end = std::find_if_not(rest.begin(), rest.end(), mayStandInReference);
    return AdmissionRefusal{std::string(rest.begin(), end), waitIn(said.substr(0, at))};
}

}
