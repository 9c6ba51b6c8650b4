#include "core/store/sqlite_database.h"

#include "core/store/sqlite_failure.h"

#include <utility>

namespace store {

namespace {

int accessFlags(SqliteDatabase::Mode mode)
{
    switch (mode) {
    case SqliteDatabase::Mode::Create:
        return SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    case SqliteDatabase::Mode::Existing:
        return SQLITE_OPEN_READWRITE;
    case SqliteDatabase::Mode::Read:
        return SQLITE_OPEN_READONLY;
    }
    return SQLITE_OPEN_READONLY;
}

}

base::Result<std::unique_ptr<SqliteDatabase>> SqliteDatabase::open(const std::filesystem::path& file, Mode mode)
{
    sqlite3* handle = nullptr;
    const int flags = accessFlags(mode) | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE;
    const int code = sqlite3_open_v2(file.c_str(), &handle, flags, nullptr);
    std::unique_ptr<SqliteDatabase> database(new SqliteDatabase(handle, file));
    if (code != SQLITE_OK)
        return database->failure(code);
    if (mode != Mode::Read
        && sqlite3_db_readonly(handle, "main") == 1) // SQLite is content to read what it may not write
        return database->failure(SQLITE_READONLY);
    sqlite3_extended_result_codes(handle, 1);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    const auto committed = [](void* pages, sqlite3*, const char*, int logPages) {
        *static_cast<int*>(pages) = logPages;
        return SQLITE_OK;
    };
    sqlite3_wal_hook(handle, committed, &database->m_logPages); // takes the place of the automatic checkpoint
    return database;
}

SqliteDatabase::SqliteDatabase(sqlite3* handle, std::filesystem::path file)
    : m_handle(handle)
    , m_file(std::move(file))
{
}

SqliteDatabase::~SqliteDatabase()
{
    m_prepared.clear(); // a connection with statements does not close
    sqlite3_close(m_handle);
}

base::Status SqliteDatabase::execute(const std::string& sql)
{
    const int code = sqlite3_exec(m_handle, sql.c_str(), nullptr, nullptr, nullptr);
    return code == SQLITE_OK ? base::Status(base::Ok{}) : failure(code);
}

base::Result<std::string> SqliteDatabase::ask(const std::string& sql)
{
    SqliteStatement statement(*this, sql);
    const base::Result<bool> row = statement.step();
    if (!row)
        return row.error();
    return *row ? statement.text(0) : std::string();
}

SqliteStatement& SqliteDatabase::prepared(std::string_view sql)
{
    auto found = m_prepared.find(sql);
    if (found == m_prepared.end())
        found = m_prepared.emplace(sql, std::make_unique<SqliteStatement>(*this, sql)).first;
    found->second->reset();
    return *found->second;
}

base::Status SqliteDatabase::copyTo(SqliteDatabase& copy)
{
    sqlite3_backup* backup = sqlite3_backup_init(copy.m_handle, "main", m_handle, "main");
    if (!backup)
        return copy.failure(sqlite3_errcode(copy.m_handle));
    sqlite3_backup_step(backup, -1);
    const int code = sqlite3_backup_finish(backup);
    return code == SQLITE_OK ? base::Status(base::Ok{}) : copy.failure(code);
}

void SqliteDatabase::rollBack()
{
    if (sqlite3_get_autocommit(m_handle) == 0)
        static_cast<void>(execute("ROLLBACK"));
}

void SqliteDatabase::trust()
{
    m_trusted = true;
    sqlite3_db_config(m_handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, nullptr);
}

base::Error SqliteDatabase::failure(int code) const
{
    return failureOf(m_file, m_handle, code);
}

SqliteStatement::SqliteStatement(SqliteDatabase& database, std::string_view sql)
    : m_database(database)
{
    m_unprepared = sqlite3_prepare_v3(
        database.handle(), sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT, &m_statement, nullptr);
    m_failure = m_unprepared;
}

SqliteStatement::~SqliteStatement()
{
    sqlite3_finalize(m_statement);
}

SqliteStatement& SqliteStatement::bind(std::int64_t value)
{
    keep(sqlite3_bind_int64(m_statement, ++m_bound, value));
    return *this;
}

SqliteStatement& SqliteStatement::bind(std::string_view text)
{
    keep(sqlite3_bind_text64(
        m_statement, ++m_bound, text.data() ? text.data() : "", text.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
    return *this;
}

SqliteStatement& SqliteStatement::bindBytes(std::string_view bytes)
{
    keep(sqlite3_bind_blob64(m_statement, ++m_bound, bytes.data() ? bytes.data() : "", bytes.size(), SQLITE_TRANSIENT));
    return *this;
}

SqliteStatement& SqliteStatement::bindOptional(const std::optional<std::string>& text)
{
    if (text)
        return bind(std::string_view(*text));
    keep(sqlite3_bind_null(m_statement, ++m_bound));
    return *this;
}

SqliteStatement& SqliteStatement::bindOptional(const std::optional<std::int64_t>& value)
{
    if (value)
        return bind(*value);
    keep(sqlite3_bind_null(m_statement, ++m_bound));
    return *this;
}

void SqliteStatement::reset()
{
    m_bound = 0;
    m_failure = m_unprepared;
    if (m_unprepared != SQLITE_OK)
        return;
    sqlite3_reset(m_statement);
    sqlite3_clear_bindings(m_statement);
}

base::Status SqliteStatement::run()
{
    const base::Result<bool> row = step();
    sqlite3_reset(m_statement); // a statement that stands in the middle would hold its transaction open
    return row ? base::Status(base::Ok{}) : row.error();
}

base::Result<bool> SqliteStatement::step()
{
    if (m_failure != SQLITE_OK)
        return m_database.failure(m_failure);
    const int code = sqlite3_step(m_statement);
    if (code == SQLITE_ROW)
        return true;
    if (code == SQLITE_DONE)
        return false;
    return m_database.failure(code);
}

bool SqliteStatement::isNull(int column) const
{
    return sqlite3_column_type(m_statement, column) == SQLITE_NULL;
}

std::int64_t SqliteStatement::integer(int column) const
{
    return sqlite3_column_int64(m_statement, column);
}

std::string SqliteStatement::text(int column) const
{
    const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(m_statement, column));
    return bytes ? std::string(bytes, static_cast<std::size_t>(sqlite3_column_bytes(m_statement, column)))
                 : std::string();
}

std::string SqliteStatement::bytes(int column) const
{
    const auto* bytes = static_cast<const char*>(sqlite3_column_blob(m_statement, column));
    return bytes ? std::string(bytes, static_cast<std::size_t>(sqlite3_column_bytes(m_statement, column)))
                 : std::string();
}

void SqliteStatement::keep(int code)
{
    if (m_failure == SQLITE_OK)
        m_failure = code;
}

}
