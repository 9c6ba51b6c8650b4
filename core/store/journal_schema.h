#pragma once

#include <cstdint>
#include <string>

/// The tables of the journal.
namespace store {

/// PRAGMA application_id: says that a SQLite file is a journal of ours ("CSJL").
inline constexpr std::int64_t JournalApplicationId = 0x43534a4c;
/// PRAGMA user_version: rises with every change of the tables.
inline constexpr std::int64_t JournalSchemaVersion = 3;

/// The statements that make the newest tables out of those of `version`; 0 is an empty file. A new file takes the same
/// steps as an old one, so that both end up alike.
[[nodiscard]] std::string schemaStepsFrom(std::int64_t version);

}
