#pragma once

#include "core/pep/change_book.h"
#include "core/store/sqlite_database.h"

#include <cstdint>
#include <string>
#include <vector>

/// How changes and what is told about them stand in their rows.
namespace pep {

enum class ChangeState {
    Drafted, ///< nobody has signed it
    Proposed, ///< one person has
    Done,
    Rejected,
};

struct ChangeRow {
    std::int64_t number = 0;
    std::string head; ///< of each statement about it
    std::string body; ///< changeText()
    base::UtcTime until{}; ///< exclusive
    ChangeState state = ChangeState::Drafted;
    std::string first; ///< who proposed it
    std::string firstCertificate; ///< fingerprint
    std::string draftedBy{}; ///< as it was told; not of one that is inserted
};

// Errors: Io; NotFound; InvalidInput where a row does not hold what it should.
[[nodiscard]] base::Result<ChangeRow> readChange(store::SqliteDatabase& database, std::int64_t number);
/// Drafted or proposed, and not past their time.
[[nodiscard]] base::Result<std::vector<ChangeRow>> readOpenChanges(store::SqliteDatabase& database, base::UtcTime now);
[[nodiscard]] base::Status insertChange(store::SqliteDatabase& database, const ChangeRow& row);
/// Which state it is in now, and whose signature under which words brought it there. It stays for as long as the file.
[[nodiscard]] base::Status updateChange(
    store::SqliteDatabase& database, std::int64_t number, ChangeState state, const SignedStep& step);

[[nodiscard]] base::Result<std::vector<ChangeEvent>> readUntold(store::SqliteDatabase& database);
[[nodiscard]] base::Status insertEvent(store::SqliteDatabase& database, const ChangeEvent& event);

}
