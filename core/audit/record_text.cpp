#include "core/audit/record_text.h"

#include "core/audit/time_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <vector>

namespace audit {

namespace {

using base::Errc;
using base::Error;

constexpr std::string_view EscapeDigits = "0123456789abcdef";
constexpr std::string_view CutMark = "...";

unsigned char byteAt(std::string_view text, std::size_t at)
{
    return static_cast<unsigned char>(text[at]);
}

void appendEscaped(std::string& text, unsigned char byte)
{
    text += "\\x";
    text += EscapeDigits[byte >> 4U];
    text += EscapeDigits[byte & 0xfU];
}

bool isPlainAscii(char c)
{
    return c >= 0x20 && c < 0x7f && c != '\\';
}

/// U+0080 to U+009F: like the controls of ASCII they could command the terminal that shows a record.
bool isC1(std::string_view character)
{
    return byteAt(character, 0) == 0xc2 && byteAt(character, 1) < 0xa0;
}

/// At most MaxValueSize bytes, cut between characters.
std::string cutValue(std::string_view value)
{
    if (value.size() <= MaxValueSize)
        return std::string(value);
    std::size_t size = MaxValueSize - CutMark.size();
    const auto isContinuation = [&](std::size_t at) { return (byteAt(value, at) & 0xc0U) == 0x80; };
    for (int steps = 0; steps < 3 && isContinuation(size); ++steps)
        --size;
    return std::string(value.substr(0, size)) + std::string(CutMark);
}

void appendLine(std::string& text, std::string_view name, std::string_view value)
{
    text += name;
    text += '=';
    text += escapedValue(cutValue(value));
    text += '\n';
}

int hexValue(char digit)
{
    const auto at = EscapeDigits.find(digit);
    return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

std::optional<std::string> unescaped(std::string_view text)
{
    std::string value;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const std::size_t escape = std::min(text.find('\\', i), text.size());
        value += text.substr(i, escape - i);
        i = escape;
        if (i == text.size())
            break;
        if (i + 3 >= text.size() || text[i + 1] != 'x' || hexValue(text[i + 2]) < 0 || hexValue(text[i + 3]) < 0)
            return std::nullopt;
        value += static_cast<char>(hexValue(text[i + 2]) * 16 + hexValue(text[i + 3]));
        i += 3;
    }
    return value;
}

Error malformedRecord(const std::string& what)
{
    return {Errc::InvalidInput, "not a record of the audit trail: " + what};
}

struct Line {
    std::string_view name;
    std::string value;
};

base::Result<std::vector<Line>> linesOf(std::string_view text)
{
    std::vector<Line> lines;
    while (!text.empty()) {
        const auto end = text.find('\n');
        const auto equals = text.find('=');
        if (end == std::string_view::npos || equals == std::string_view::npos || equals > end)
            return malformedRecord("line " + std::to_string(lines.size() + 2) + " is not name=value");
        const auto value = unescaped(text.substr(equals + 1, end - equals - 1));
        if (!value)
            return malformedRecord("line " + std::to_string(lines.size() + 2) + " has a wrong escape");
        lines.push_back({text.substr(0, equals), *value});
        text.remove_prefix(end + 1);
    }
    return lines;
}

constexpr std::array<std::string_view, 7> HeadNames{
    "number", "time", "kind", "severity", "user", "session", "reference"};

base::Result<NumberedRecord> headOf(const std::vector<Line>& lines)
{
    for (std::size_t i = 0; i < HeadNames.size(); ++i) {
        if (i >= lines.size() || lines[i].name != HeadNames[i])
            return malformedRecord("line " + std::to_string(i + 2) + " is not " + std::string(HeadNames[i]));
    }
    NumberedRecord read;
    read.number = parseNumber(lines[0].value);
    const auto time = parseTime(lines[1].value);
    const auto kind = kindFrom(lines[2].value);
    const auto severity = severityFrom(lines[3].value);
    if (read.number == 0 || !time || !kind || !severity)
        return malformedRecord("number, time, kind or severity");
    read.record.time = *time;
    read.record.kind = *kind;
    read.record.severity = *severity;
    read.record.user = lines[4].value;
    read.record.session = lines[5].value;
    read.record.reference = lines[6].value;
    return read;
}

}

std::size_t utf8Size(std::string_view text)
{
    if (text.empty())
        return 0;
    const unsigned char first = byteAt(text, 0);
    if (first < 0x80)
        return 1;
    const std::size_t size = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    if (first < 0xc2 || first > 0xf4 || text.size() < size)
        return 0;
    for (std::size_t i = 1; i < size; ++i) {
        if ((byteAt(text, i) & 0xc0U) != 0x80)
            return 0;
    }
    const unsigned char second = byteAt(text, 1);
    const bool isOverlong = (first == 0xe0 && second < 0xa0) || (first == 0xf0 && second < 0x90);
    const bool isSurrogate = first == 0xed && second > 0x9f;
    const bool isTooLarge = first == 0xf4 && second > 0x8f;
    return isOverlong || isSurrogate || isTooLarge ? 0 : size;
}

std::string escapedValue(std::string_view value)
{
    std::string text;
    while (!value.empty()) {
        const auto special = std::find_if_not(value.begin(), value.end(), isPlainAscii);
        const auto plain = static_cast<std::size_t>(special - value.begin());
        text += value.substr(0, plain);
        value.remove_prefix(plain);
        if (value.empty())
            break;
        const std::size_t character = utf8Size(value);
        if (character > 1 && !isC1(value)) {
            text += value.substr(0, character);
            value.remove_prefix(character);
            continue;
        }
        const std::size_t size = std::max<std::size_t>(character, 1);
        for (std::size_t i = 0; i < size; ++i)
            appendEscaped(text, byteAt(value, i));
        value.remove_prefix(size);
    }
    return text;
}

std::uint64_t parseNumber(std::string_view text)
{
    std::uint64_t number = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool whole = failure == std::errc() && end == text.data() + text.size();
    return whole && text.front() != '0' ? number : 0;
}

base::Result<std::string> recordText(const NumberedRecord& numbered)
{
    const AuditRecord& record = numbered.record;
    std::string text(RecordHeading);
    text += '\n';
    appendLine(text, "number", std::to_string(numbered.number));
    appendLine(text, "time", timeText(record.time));
    appendLine(text, "kind", nameOf(record.kind));
    appendLine(text, "severity", nameOf(record.severity));
    appendLine(text, "user", record.user);
    appendLine(text, "session", record.session);
    appendLine(text, "reference", record.reference);
    const auto allowed = allowedFields(record.kind);
    for (const auto& [field, value] : record.fields) {
        if (std::find(allowed.begin(), allowed.end(), field) == allowed.end())
            return Error{Errc::Internal,
                "a record of kind " + std::string(nameOf(record.kind)) + " has no field " + std::string(nameOf(field))};
        if (!value.empty())
            appendLine(text, nameOf(field), value);
    }
    return text;
}

base::Result<NumberedRecord> parseRecord(std::string_view text)
{
    const std::string_view whole = text;
    if (text.size() > MaxRecordSize)
        return malformedRecord("too long");
    if (text.substr(0, RecordHeading.size()) != RecordHeading || text.substr(RecordHeading.size(), 1) != "\n")
        return malformedRecord("the first line is not " + std::string(RecordHeading));
    text.remove_prefix(RecordHeading.size() + 1);
    const auto lines = linesOf(text);
    if (!lines)
        return lines.error();
    auto read = headOf(*lines);
    if (!read)
        return read;
    for (std::size_t i = HeadNames.size(); i < lines->size(); ++i) {
        const auto field = fieldFrom((*lines)[i].name);
        if (!field)
            return malformedRecord("line " + std::to_string(i + 2) + " names no field");
        read->record.fields[*field] = (*lines)[i].value;
    }
    // One spelling: order, escapes, sizes and the fields of the kind are all judged by writing it again.
    const auto written = recordText(*read);
    if (!written || *written != whole)
        return malformedRecord("it is not spelled as records are");
    return read;
}

}
