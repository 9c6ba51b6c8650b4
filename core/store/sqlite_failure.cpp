#include "core/store/sqlite_failure.h"

#include <system_error>

namespace store {

namespace {

using base::Errc;

/// What a person can do about it; empty where nobody can say.
const char* advice(int code)
{
    switch (code & 0xff) {
    case SQLITE_FULL:
        return "the disk is full: make room, then start again";
    case SQLITE_READONLY:
    case SQLITE_PERM:
        return "it cannot be written: let the user who runs this program write the file and its directory";
    case SQLITE_CANTOPEN:
        return "it cannot be opened: check that the directory exists and that the user who runs this program may read "
               "and write it";
    case SQLITE_IOERR:
        return "the disk failed to read or write: check its space, its quota and its health, then start again";
    default:
        return "";
    }
}

bool isDamage(int code)
{
    const int primary = code & 0xff;
    return primary == SQLITE_CORRUPT || primary == SQLITE_NOTADB;
}

/// A finding quotes the file, and whoever wrote it must not command the terminal that shows it.
std::string printable(std::string text)
{
    for (char& c : text)
        if (c < ' ' || c > '~')
            c = '?';
    return text;
}

}

base::Error failureOf(const std::filesystem::path& file, sqlite3* handle, int code)
{
    const int primary = code & 0xff;
    if (primary == SQLITE_BUSY || primary == SQLITE_LOCKED)
        return {Errc::Duplicate,
            file.string() + " is in use by another program: close the other one, or wait until it has ended"};
    const bool isNewest = handle && sqlite3_extended_errcode(handle) == code;
    const char* words = isNewest ? sqlite3_errmsg(handle) : sqlite3_errstr(code);
    if (isDamage(code))
        return damageOf(file, words);
    std::string detail = file.string() + ": ";
    if (const std::string todo = advice(code); !todo.empty())
        detail += todo + "; ";
    detail += printable(words);
    if (const int reason = handle ? sqlite3_system_errno(handle) : 0; reason != 0 && primary == SQLITE_CANTOPEN)
        detail += ", " + std::generic_category().message(reason);
    detail += " (SQLite " + std::to_string(code) + ")";
    return {primary == SQLITE_CONSTRAINT ? Errc::Internal : Errc::Io, std::move(detail)};
}

std::optional<std::string> damageFound(sqlite3* handle)
{
    return isDamage(sqlite3_errcode(handle)) ? std::optional(printable(sqlite3_errmsg(handle))) : std::nullopt;
}

base::Error damageOf(const std::filesystem::path& file, const std::string& finding)
{
    return {Errc::Io,
        file.string() + " is damaged (" + printable(finding)
            + "); it was left as it was found. Keep it, put a sound copy in its place or move it away, and ask the "
              "counterparties what was dealt since"};
}

}
