#pragma once

#include "core/rfq/values.h"

#include <vector>

namespace config {

/// The currency pairs that desk and venue know when their configuration names none: the majors, with market
/// conventions for pip, quoted digits and days to spot.
[[nodiscard]] std::vector<rfq::Instrument> instrumentCatalogue();

}
