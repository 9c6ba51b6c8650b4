#pragma once

#include "core/audit/chain.h"
#include "core/audit/chain_walk.h"
#include "core/audit/record_text.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

/// Records of the audit trail in the forms that a SIEM reads.
namespace siem {

/// Who reports.
struct Origin {
    std::string host; ///< name of this machine
    std::string program = "countersign-venue";
    std::string processId; ///< empty: not said
    std::string version;
    unsigned enterprise = 32473; ///< IANA private enterprise number in the SD-ID; RFC 5612's for documentation
};

/// What an event is called that tells of a row which holds no record: no kind of a record.
inline constexpr std::string_view DamageName = "trail-damaged";

/// What is sent.
enum class Format {
    Structured, ///< RFC 5424 with every field as structured data
    Ocsf, ///< RFC 5424 with an OCSF event in JSON as its message
    Cef, ///< RFC 5424 with CEF as its message
};
[[nodiscard]] std::string_view nameOf(Format format);

/// A record and its place in the chain.
struct Entry {
    audit::NumberedRecord numbered;
    audit::Hash hash{};
};
/// Absent where the row holds no record: the trail was tampered with.
[[nodiscard]] std::optional<Entry> entryOf(const audit::StoredRecord& stored);

/// With every value cut to so many bytes, between characters.
[[nodiscard]] Entry shortened(const Entry& entry, std::size_t most);

}
