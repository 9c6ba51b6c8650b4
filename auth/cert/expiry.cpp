#include "auth/cert/expiry.h"

namespace cert {

namespace {

std::string counted(long long number, const char* unit)
{
    return std::to_string(number) + ' ' + unit + (number == 1 ? "" : "s");
}

}

Expiry expiryOf(base::UtcTime notAfter, base::UtcTime now)
{
    using std::chrono::days;
    const auto left = notAfter - now;
    if (left < std::chrono::microseconds(0))
        return Expiry::Expired;
    if (left <= days(1))
        return Expiry::Day;
    if (left <= days(7))
        return Expiry::Week;
    return left <= days(30) ? Expiry::Month : Expiry::Fine;
}

const char* expiryName(Expiry expiry)
{
    switch (expiry) {
    case Expiry::Fine:
        return "fine";
    case Expiry::Month:
        return "month";
    case Expiry::Week:
        return "week";
    case Expiry::Day:
        return "day";
    case Expiry::Expired:
        return "expired";
    }
    return "";
}

std::string expiryInWords(base::UtcTime notAfter, base::UtcTime now)
{
    if (expiryOf(notAfter, now) == Expiry::Expired)
        return "has expired";
    const auto hours = std::chrono::floor<std::chrono::hours>(notAfter - now);
    const auto days = std::chrono::floor<std::chrono::days>(hours);
    return "expires in " + (days.count() > 0 ? counted(days.count(), "day") : counted(hours.count(), "hour"));
}

}
