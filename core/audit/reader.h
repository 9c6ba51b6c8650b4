#pragma once

#include "core/audit/chain_walk.h"
#include "core/base/result.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

namespace store {
class SqliteDatabase;
}

namespace audit {

struct SchemaChange;

/// Reads a trail that may grow meanwhile, and changes nothing. One thread.
class TrailReader {
public:
    /// Errors: Io, Duplicate (locked), InvalidInput (no trail), Unsupported (of a newer version), Refused (damaged).
    [[nodiscard]] static base::Result<std::unique_ptr<TrailReader>> open(const std::filesystem::path& file);
    ~TrailReader();
    TrailReader(const TrailReader&) = delete;
    TrailReader& operator=(const TrailReader&) = delete;

    /// From now on, until this object is gone, the trail is read as it is now. Looks at every page of the file first.
    /// Errors: Refused, where the file is damaged; Io, Duplicate.
    [[nodiscard]] base::Status freeze();
    /// How the file's tables, triggers and indexes differ from a trail's; absent: they do not. Errors: Io.
    [[nodiscard]] base::Result<std::optional<SchemaChange>> schemaChange();
    /// In the order of their numbers, at most `most`, behind `after`. Errors: Io, Refused (damaged).
    [[nodiscard]] base::Result<std::vector<StoredRecord>> records(std::uint64_t after, std::size_t most);
    /// Absent in a trail that has none. Errors: Io.
    [[nodiscard]] base::Result<std::optional<StoredRecord>> last();
    [[nodiscard]] base::Result<std::vector<StoredHead>> heads(std::uint64_t after, std::size_t most);

private:
    explicit TrailReader(std::unique_ptr<store::SqliteDatabase> database);
    std::unique_ptr<store::SqliteDatabase> m_database;
};

}
