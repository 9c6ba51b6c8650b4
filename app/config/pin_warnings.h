#pragma once

#include "app/config/desk_config.h"
#include "core/base/clock.h"

#include <vector>

namespace app {

/// What will stop a session one day although the configuration is in order: pins without one for the counterparty's
/// next certificate (Configuration), and a pinned certificate, as far as the session's file of trusted certificates
/// holds it, that ends within 30 days (CertificateExpired).
[[nodiscard]] std::vector<base::Error> pinWarnings(const DeskConfig& config, base::UtcTime now);

}
