#pragma once

#include "core/base/clock.h"

#include <string>

namespace cert {

/// How near the end of a certificate is: the steps at which a person is warned, more urgently each time.
enum class Expiry {
    Fine, ///< more than 30 days
    Month, ///< at most 30 days
    Week, ///< at most 7 days
    Day, ///< at most 24 hours
    Expired,
};

[[nodiscard]] Expiry expiryOf(base::UtcTime notAfter, base::UtcTime now);
/// "fine", "month", "week", "day", "expired". Stable.
[[nodiscard]] const char* expiryName(Expiry expiry);
/// "expires in 6 days", "expires in 5 hours", "has expired"; whole days and hours, rounded down.
[[nodiscard]] std::string expiryInWords(base::UtcTime notAfter, base::UtcTime now);

}
