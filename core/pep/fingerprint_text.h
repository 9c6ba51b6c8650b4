#pragma once

#include "core/stepup/values.h"

#include <optional>
#include <string>
#include <string_view>

namespace pep {

/// 64 lower-case hexadecimal digits, as a certificate's SHA-256 is written everywhere else.
[[nodiscard]] std::string fingerprintText(const stepup::CertificateFingerprint& fingerprint);
/// Absent for anything else than such a text.
[[nodiscard]] std::optional<stepup::CertificateFingerprint> fingerprintOf(std::string_view text);

}
