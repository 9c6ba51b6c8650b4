#include "core/fix/header_rules.h"

#include "core/fix/fix_time.h"
#include "core/fix/tags.h"

#include <algorithm>
#include <cctype>
#include <charconv>

namespace fix {

namespace {

bool isUpper(char c)
{
    return c >= 'A' && c <= 'Z';
}

bool isLetterOrDigit(char c)
{
    return isUpper(c) || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

std::optional<std::uint64_t> numberIn(std::string_view text)
{
    std::uint64_t number = 0;
    const auto [stop, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failure != std::errc() || stop != text.data() + text.size())
        return std::nullopt;
    return number;
}

std::optional<Refusal> numberProblem(const RawMessage& message, int tag)
{
    if (!message.body.find(tag))
        return Refusal{RejectReason::RequiredTagMissing, tag, "Required tag missing"};
    if (!numberOf(message, tag))
        return Refusal{RejectReason::IncorrectDataFormat, tag, "Incorrect data format for value"};
    return std::nullopt;
}

}

bool startsAsItMust(std::string_view message)
{
    const std::size_t version = message.find(Soh);
    const std::size_t length = version == std::string_view::npos ? version : message.find(Soh, version + 1);
    if (length == std::string_view::npos)
        return false;
    return message.substr(0, 2) == "8=" && message.substr(version + 1, 2) == "9="
        && message.substr(length + 1, 3) == "35=";
}

std::optional<Refusal> compIdProblem(const RawMessage& message, const Route& ours)
{
    if (message.find(tag::SenderCompId) != ours.targetCompId)
        return Refusal{RejectReason::CompIdProblem, tag::SenderCompId, "CompID problem: unexpected SenderCompID"};
    if (message.find(tag::TargetCompId) != ours.senderCompId)
        return Refusal{RejectReason::CompIdProblem, tag::TargetCompId, "CompID problem: unexpected TargetCompID"};
    return std::nullopt;
}

std::optional<Refusal> possDupProblem(const RawMessage& message)
{
    if (!message.body.possDup || message.body.type == "4")
        return std::nullopt;
    const std::string_view text = message.find(tag::OrigSendingTime);
    if (text.empty())
        return Refusal{
            RejectReason::RequiredTagMissing, tag::OrigSendingTime, "Required tag missing: a possible duplicate"};
    const auto original = parseUtcTimestamp(text);
    const auto sending = parseUtcTimestamp(message.body.sendingTime);
    if (original && sending && *original > *sending)
        return Refusal{RejectReason::SendingTimeAccuracy, tag::OrigSendingTime,
            "SendingTime accuracy problem: OrigSendingTime is later than SendingTime"};
    return std::nullopt;
}

std::optional<Refusal> typeProblem(std::string_view type)
{
    const bool standard = type.size() == 1 && isLetterOrDigit(type[0]) && type != "U";
    const bool later = type.size() == 2 && std::all_of(type.begin(), type.end(), isUpper);
    const bool userDefined = type.size() > 1 && type[0] == 'U';
    if (standard || later || userDefined)
        return std::nullopt;
    return Refusal{RejectReason::InvalidMsgType, tag::MsgType, "Invalid MsgType"};
}

bool isGapFill(const RawMessage& message)
{
    return message.body.type == "4" && message.body.find(tag::GapFillFlag) == "Y";
}

bool isSequenceReset(const RawMessage& message)
{
    return message.body.type == "4" && !isGapFill(message);
}

std::optional<Refusal> gapFillProblem(const RawMessage& message)
{
    if (!isGapFill(message))
        return std::nullopt;
    if (auto problem = numberProblem(message, tag::NewSeqNo))
        return problem;
    const auto next = numberOf(message, tag::NewSeqNo);
    if (*next > message.seqNum())
        return std::nullopt;
    return Refusal{RejectReason::ValueIncorrect, tag::NewSeqNo,
        "attempt to lower sequence number, invalid value NewSeqNo=" + std::to_string(*next)};
}

std::optional<Refusal> resendRangeProblem(const RawMessage& request, std::uint64_t lastSent)
{
    for (const int tag : {tag::BeginSeqNo, tag::EndSeqNo}) {
        if (auto problem = numberProblem(request, tag))
            return problem;
    }
    const ResendRange range = resendRangeOf(request);
    if (range.first == 0 || range.first > lastSent)
        return Refusal{RejectReason::ValueIncorrect, tag::BeginSeqNo,
            "Value is incorrect: our messages are 1 to " + std::to_string(lastSent)};
    if (range.last != 0 && range.last < range.first)
        return Refusal{RejectReason::ValueIncorrect, tag::EndSeqNo, "Value is incorrect: below BeginSeqNo"};
    return std::nullopt;
}

ResendRange resendRangeOf(const RawMessage& request)
{
    return {numberOf(request, tag::BeginSeqNo).value_or(0), numberOf(request, tag::EndSeqNo).value_or(0)};
}

bool complainsOfNumbers(std::string_view text)
{
    const auto contains = [text](std::string_view words) {
        const auto same = [](char a, char b) { return std::tolower(static_cast<unsigned char>(a)) == b; };
        return std::search(text.begin(), text.end(), words.begin(), words.end(), same) != text.end();
    };
    return contains("too low") || contains("seqnum too high");
}

std::optional<std::uint64_t> numberOf(const RawMessage& message, int tag)
{
    const auto text = message.body.find(tag);
    return text ? numberIn(*text) : std::nullopt;
}

}
