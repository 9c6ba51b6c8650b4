#pragma once

#include "core/rfq/states.h"
#include "core/rfq/values.h"

#include <optional>
#include <string_view>

/// The stable words of enumerations in the journal. Renaming one needs a new schema version.
namespace store {

[[nodiscard]] std::string_view nameOf(rfq::RfqState state);
[[nodiscard]] std::string_view nameOf(rfq::AcceptanceState state);
[[nodiscard]] std::string_view nameOf(rfq::RequestSide side);
[[nodiscard]] std::string_view nameOf(rfq::Side side);

[[nodiscard]] std::optional<rfq::RfqState> rfqStateFrom(std::string_view name);
[[nodiscard]] std::optional<rfq::AcceptanceState> acceptanceStateFrom(std::string_view name);
[[nodiscard]] std::optional<rfq::RequestSide> requestSideFrom(std::string_view name);
[[nodiscard]] std::optional<rfq::Side> sideFrom(std::string_view name);

}
