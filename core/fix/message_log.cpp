#include "core/fix/message_log.h"

#include "core/fix/raw_message.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace fix {

namespace {

std::string stamp(base::UtcTime now)
{
    using namespace std::chrono;
    const auto day = floor<days>(now);
    const year_month_day date(day);
    const hh_mm_ss time(now - day);
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%06dZ", static_cast<int>(date.year()),
        static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), static_cast<int>(time.hours().count()),
        static_cast<int>(time.minutes().count()), static_cast<int>(time.seconds().count()),
        static_cast<int>(time.subseconds().count()));
    return text.data();
}

}

base::Result<MessageLog> MessageLog::open(
    const std::filesystem::path& directory, const std::string& name, const base::Clock& clock)
{
    MessageLog log(clock);
    if (directory.empty())
        return log;
    auto file = PrivateFile::open(directory / (name + ".log"));
    if (!file)
        return file.error();
    log.m_file = *std::move(file);
    return log;
}

void MessageLog::incoming(std::string_view message)
{
    if (m_file.isOpen())
        line(" < ", redacted(message));
}

void MessageLog::outgoing(std::string_view message)
{
    if (m_file.isOpen())
        line(" > ", redacted(message));
}

void MessageLog::event(std::string_view text)
{
    if (m_file.isOpen())
        line(" - ", text);
}

void MessageLog::line(std::string_view mark, std::string_view text)
{
    std::string whole = stamp(m_clock.utc());
    whole += mark;
    whole += text;
    // One line each, whatever the peer wrote.
    std::replace_if(
        whole.begin(), whole.end(), [](char c) { return c >= '\0' && c < ' '; }, '?');
    whole += '\n';
    // A full disk must not cost the session; what matters is in the journal, which fails closed.
    static_cast<void>(m_file.append(whole));
}

}
