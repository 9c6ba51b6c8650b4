#pragma once

#include "core/audit/record.h"

#include <cstdint>
#include <string>
#include <string_view>

/// The one spelling of a record: what the chain hashes and what the file keeps. docs/audit.md has the format.
namespace audit {

inline constexpr std::string_view RecordHeading = "countersign.audit.v1";
inline constexpr std::size_t MaxRecordSize = 256 * 1024;

struct NumberedRecord {
    std::uint64_t number = 0;
    AuditRecord record;

    friend bool operator==(const NumberedRecord&, const NumberedRecord&) = default;
};

/// Errors: Internal, where a field is not one that the kind allows.
[[nodiscard]] base::Result<std::string> recordText(const NumberedRecord& numbered);
/// Reads what recordText() writes, byte for byte. Errors: InvalidInput, naming the line.
[[nodiscard]] base::Result<NumberedRecord> parseRecord(std::string_view text);

/// How many bytes at the start of `text` are one character in UTF-8; 0 where none is.
[[nodiscard]] std::size_t utf8Size(std::string_view text);
/// As records spell a value: valid UTF-8 on one line, everything else as \xNN.
[[nodiscard]] std::string escapedValue(std::string_view value);
/// A decimal number above zero without leading zeros; 0 where it is not.
[[nodiscard]] std::uint64_t parseNumber(std::string_view text);

}
