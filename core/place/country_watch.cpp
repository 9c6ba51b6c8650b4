#include "core/place/country_watch.h"

#include <system_error>
#include <utility>

namespace place {

namespace {

constexpr std::chrono::seconds Interval{10};

std::string dayText(base::UtcTime at)
{
    const std::chrono::year_month_day day(std::chrono::floor<std::chrono::days>(at));
    const auto twoDigits = [](unsigned number) { return (number < 10 ? "0" : "") + std::to_string(number); };
    return std::to_string(static_cast<int>(day.year())) + '-' + twoDigits(static_cast<unsigned>(day.month())) + '-'
        + twoDigits(static_cast<unsigned>(day.day()));
}

}

CountryWatch::CountryWatch(
    std::filesystem::path file, const Stamp& stamp, CountryFile current, const base::Clock& clock)
    : m_file(std::move(file))
    , m_clock(&clock)
    , m_stamp(stamp)
    , m_current(std::make_unique<CountryFile>(std::move(current)))
    , m_due(clock.steady())
{
}

CountryWatch::Stamp CountryWatch::stampOf(const std::filesystem::path& file)
{
    std::error_code missing; // then the stamp is the same as long as it is
    const auto written = std::filesystem::last_write_time(file, missing);
    return {.written = written, .size = std::filesystem::file_size(file, missing)};
}

base::Result<CountryWatch> CountryWatch::open(const std::filesystem::path& file, const base::Clock& clock)
{
    const Stamp stamp = stampOf(file); // before: a file that is put in place meanwhile is found by the next look
    auto opened = CountryFile::open(file);
    if (!opened)
        return opened.error();
    return CountryWatch(file, stamp, *std::move(opened), clock);
}

std::optional<CountryWatch::Report> CountryWatch::look()
{
    if (m_clock->steady() < m_due)
        return std::nullopt;
    if (const Stamp now = stampOf(m_file); now != m_stamp) {
        m_stamp = now;
        auto opened = CountryFile::open(m_file);
        if (!opened)
            return Report{News::Refused,
                opened.error().detail + "; the file of countries of before stays in force (" + inWords() + ')'};
        m_current = std::make_unique<CountryFile>(*std::move(opened));
        m_oldTold = false;
        return Report{News::Adopted, m_file.string() + ": " + inWords()};
    }
    if (!m_oldTold && m_clock->utc() - m_current->built() > OldAfter) {
        m_oldTold = true;
        return Report{News::Old,
            m_file.string() + ": " + inWords() + ", more than " + std::to_string(OldAfter.count())
                + " days ago; addresses move: put a newer one in its place by rename"};
    }
    m_due = m_clock->steady() + Interval;
    return std::nullopt;
}

std::string CountryWatch::inWords() const
{
    return m_current->type() + " built on " + dayText(m_current->built());
}

}
