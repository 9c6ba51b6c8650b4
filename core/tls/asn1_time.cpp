#include "core/tls/asn1_time.h"

#include <array>
#include <cstdio>
#include <ctime>

namespace tls {

base::UtcTime utcOf(const ASN1_TIME* time)
{
    std::tm fields{};
    if (ASN1_TIME_to_tm(time, &fields) != 1)
        return {};
    using namespace std::chrono;
    const year_month_day date(year(fields.tm_year + 1900), month(static_cast<unsigned>(fields.tm_mon + 1)),
        day(static_cast<unsigned>(fields.tm_mday)));
    return sys_days(date) + hours(fields.tm_hour) + minutes(fields.tm_min) + seconds(fields.tm_sec);
}

std::string timeText(base::UtcTime time)
{
    using namespace std::chrono;
    const auto day = floor<days>(time);
    const year_month_day date(day);
    const hh_mm_ss clock(floor<seconds>(time - day));
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02u-%02u %02d:%02d:%02d UTC", int(date.year()),
        unsigned(date.month()), unsigned(date.day()), int(clock.hours().count()), int(clock.minutes().count()),
        int(clock.seconds().count()));
    return text.data();
}

}
