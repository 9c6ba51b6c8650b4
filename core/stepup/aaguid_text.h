#pragma once

#include "core/stepup/authenticator_data.h"

#include <optional>
#include <string>
#include <string_view>

namespace stepup {

/// A model of security key, as its maker writes it: 8-4-4-4-12 lower-case hexadecimal digits.
[[nodiscard]] std::string aaguidText(const Aaguid& model);
/// Absent for anything that is not spelled so; capital digits are read too.
[[nodiscard]] std::optional<Aaguid> aaguidOf(std::string_view text);

}
