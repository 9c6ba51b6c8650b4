#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/rfq/values.h"

#include <set>
#include <string>
#include <string_view>

namespace rfq {

/// Business days: Monday to Friday less the given holidays.
class Calendar {
public:
    explicit Calendar(std::set<Date> holidays = {});
    [[nodiscard]] bool isBusinessDay(Date date) const;
    /// The `n`-th business day after `date`; n = 0 is `date` itself or the next business day.
    [[nodiscard]] Date businessDaysAfter(Date date, int n) const;

private:
    std::set<Date> m_holidays;
};

/// The FX trade date: it rolls at 17:00 New York. Daylight saving follows the US rule (second Sunday of March to first
/// Sunday of November) so that no time zone database is needed.
[[nodiscard]] Date tradeDate(base::UtcTime now);

/// The value date of a tenor traded now. Months follow the market rules: modified following, and end-end.
/// Errors: InvalidInput for Broken without a date, or a broken date that is no business day or before spot.
[[nodiscard]] base::Result<Date> valueDateFor(
    const Instrument& instrument, const Settlement& settlement, base::UtcTime now, const Calendar& calendar);

/// "SP", "1W", "1M" ...; Broken is "BD".
[[nodiscard]] const char* tenorCode(Tenor tenor);
[[nodiscard]] base::Result<Tenor> parseTenor(std::string_view text);

/// "2026-11-26".
[[nodiscard]] std::string isoDate(Date date);
[[nodiscard]] base::Result<Date> parseIsoDate(std::string_view text);

}
