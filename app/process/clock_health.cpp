#include "app/process/clock_health.h"

#include <string>

namespace app {

namespace {

constexpr std::chrono::seconds MostError{1};

std::string dayOf(base::UtcTime time)
{
    const base::Date date(std::chrono::floor<std::chrono::days>(time));
    const auto two = [](unsigned value) { return (value < 10 ? "0" : "") + std::to_string(value); };
    return std::to_string(static_cast<int>(date.year())) + "-" + two(static_cast<unsigned>(date.month())) + "-"
        + two(static_cast<unsigned>(date.day()));
}

base::Error problem(const std::string& what)
{
    return {base::Errc::Stale, "this workstation's clock " + what + ". Set it right before you deal"};
}

}

base::UtcTime builtOn()
{
    return std::chrono::sys_days(std::chrono::days(COUNTERSIGN_BUILD_DAY));
}

std::optional<base::Error> clockProblem(
    const std::optional<ClockState>& state, base::UtcTime now, std::optional<base::UtcTime> newestRecord)
{
    if (now < builtOn())
        return problem("says " + dayOf(now) + ", before this program was built on " + dayOf(builtOn()));
    if (newestRecord && now < *newestRecord) {
        const auto behind = std::chrono::ceil<std::chrono::seconds>(*newestRecord - now);
        return problem("is " + std::to_string(behind.count())
            + " s behind the newest entry of the journal: it is wrong now, or it was when that was dealt");
    }
    if (!state)
        return std::nullopt;
    if (!state->synchronised)
        return base::Error{base::Errc::Stale,
            "this workstation's clock is not synchronised; stamps of what you deal prove little, and counterparties "
            "refuse messages when it is far off. Start its time service (systemd-timesyncd, chrony) or call IT"};
    if (state->error > MostError)
        return problem("is off by " + std::to_string(state->error.count() / 1'000) + " ms by its own estimate");
    return std::nullopt;
}

}
