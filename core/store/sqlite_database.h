#pragma once

#include "core/base/result.h"

#include <sqlite3.h>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace store {

class SqliteStatement;

/// One connection to one SQLite file. Used by one thread at a time.
class SqliteDatabase {
public:
    enum class Mode {
        Create,
        Existing,
        Read, ///< changes nothing, and does not keep another program from writing
    };
    /// Errors: Io; Duplicate where another program has the file open.
    [[nodiscard]] static base::Result<std::unique_ptr<SqliteDatabase>> open(
        const std::filesystem::path& file, Mode mode);
    ~SqliteDatabase();
    SqliteDatabase(const SqliteDatabase&) = delete;
    SqliteDatabase& operator=(const SqliteDatabase&) = delete;

    [[nodiscard]] base::Status execute(const std::string& sql);
    /// The first column of the first row.
    [[nodiscard]] base::Result<std::string> ask(const std::string& sql);
    /// The statement with nothing bound; prepared at the first call and kept. One user at a time.
    [[nodiscard]] SqliteStatement& prepared(std::string_view sql);
    /// Copies everything, page by page, into an empty database. Errors: Io.
    [[nodiscard]] base::Status copyTo(SqliteDatabase& copy);
    /// Ends a transaction that failed, unless the failure has ended it.
    void rollBack();
    /// The write-ahead log is folded into the file at close only after this: a file that is not ours, or damaged, is
    /// left as it was found.
    void trust();
    [[nodiscard]] bool isTrusted() const { return m_trusted; }
    /// How long the write-ahead log was after the last commit. It is never folded into the file by a commit.
    [[nodiscard]] int logPages() const { return m_logPages; }
    [[nodiscard]] int changedRows() const { return sqlite3_changes(m_handle); }
    [[nodiscard]] base::Error failure(int code) const;
    [[nodiscard]] sqlite3* handle() const { return m_handle; }
    [[nodiscard]] const std::filesystem::path& file() const { return m_file; }

private:
    SqliteDatabase(sqlite3* handle, std::filesystem::path file);
    sqlite3* m_handle;
    std::filesystem::path m_file;
    bool m_trusted = false;
    int m_logPages = 0;
    std::map<std::string, std::unique_ptr<SqliteStatement>, std::less<>> m_prepared;
};

/// A prepared statement; values are bound in the order of the calls and read by column.
class SqliteStatement {
public:
    SqliteStatement(SqliteDatabase& database, std::string_view sql);
    ~SqliteStatement();
    SqliteStatement(const SqliteStatement&) = delete;
    SqliteStatement& operator=(const SqliteStatement&) = delete;

    SqliteStatement& bind(std::int64_t value);
    SqliteStatement& bind(std::string_view text);
    SqliteStatement& bindBytes(std::string_view bytes);
    SqliteStatement& bindOptional(const std::optional<std::string>& text);
    SqliteStatement& bindOptional(const std::optional<std::int64_t>& value);

    /// Ready to be bound and run again.
    void reset();
    /// For what returns no rows.
    [[nodiscard]] base::Status run();
    /// True while there is a row.
    [[nodiscard]] base::Result<bool> step();

    [[nodiscard]] bool isNull(int column) const;
    [[nodiscard]] std::int64_t integer(int column) const;
    [[nodiscard]] std::string text(int column) const;
    [[nodiscard]] std::string bytes(int column) const;

private:
    void keep(int code);

    SqliteDatabase& m_database;
    sqlite3_stmt* m_statement = nullptr;
    int m_bound = 0;
    int m_unprepared = SQLITE_OK; ///< why there is no statement
    int m_failure = SQLITE_OK; ///< the first one of preparing and binding; run() and step() tell it
};

}
