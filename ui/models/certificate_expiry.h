#pragma once

#include "core/rfq/desk.h"
#include "core/rfq/sign_in.h"

#include <QString>

#include <optional>

namespace ui {

/// How near the end of a certificate is, in the steps at which its owner is warned. Each is entered exactly 30 days,
/// 7 days and 1 day before, and at the end itself.
enum class ExpiryStage { Far, Month, Week, Day, Ended };
[[nodiscard]] ExpiryStage expiryStage(base::UtcTime notAfter, base::UtcTime now);

/// "ends in 12 days", "ends in 20 hours", "ends in less than 2 hours", "has ended": what is left, never rounded up.
[[nodiscard]] QString expiryText(base::UtcTime notAfter, base::UtcTime now);
/// The whole warning with what to do; empty where the end is far.
[[nodiscard]] QString expiryWarning(base::UtcTime notAfter, base::UtcTime now);
/// The tone of a label or chip: empty, "warning" or "alarm".
[[nodiscard]] QString expiryTone(ExpiryStage stage);

/// Warns of the end of the signed-in trader's certificate: once for each step and sign-in.
class ExpiryNotices {
public:
    /// Somebody signed in, perhaps the same person again: what was told before is told again.
    void signedIn(const rfq::TokenIdentity& identity);
    void signedOut() { m_identity.reset(); }
    /// What is to be told now. Where several steps were passed at once, the last of them.
    [[nodiscard]] std::optional<rfq::Notice> due(base::UtcTime now);

private:
    std::optional<rfq::TokenIdentity> m_identity;
    ExpiryStage m_told = ExpiryStage::Far;
};

}
