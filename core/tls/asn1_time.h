#pragma once

#include "core/base/clock.h"

#include <openssl/asn1.h>

#include <string>

namespace tls {

/// Of a UTCTime or GeneralizedTime; 1970 where it is neither.
[[nodiscard]] base::UtcTime utcOf(const ASN1_TIME* time);
/// "2026-11-28 07:05:00 UTC".
[[nodiscard]] std::string timeText(base::UtcTime time);

}
