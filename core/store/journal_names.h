#pragma once

#include "core/rfq/recovery.h"
#include "core/rfq/reject_category.h"
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
[[nodiscard]] std::string_view nameOf(rfq::TradeState state);
[[nodiscard]] std::string_view nameOf(rfq::EvidenceKind kind);
[[nodiscard]] std::string_view nameOf(rfq::Verdict verdict);
[[nodiscard]] std::string_view nameOf(rfq::IncidentKind kind);

[[nodiscard]] std::optional<rfq::RfqState> rfqStateFrom(std::string_view name);
[[nodiscard]] std::optional<rfq::AcceptanceState> acceptanceStateFrom(std::string_view name);
[[nodiscard]] std::optional<rfq::RequestSide> requestSideFrom(std::string_view name);
[[nodiscard]] std::optional<rfq::Side> sideFrom(std::string_view name);
[[nodiscard]] std::optional<rfq::TradeState> tradeStateFrom(std::string_view name);
[[nodiscard]] std::optional<rfq::EvidenceKind> evidenceKindFrom(std::string_view name);
[[nodiscard]] std::optional<rfq::Verdict> verdictFrom(std::string_view name);
[[nodiscard]] std::optional<rfq::IncidentKind> incidentKindFrom(std::string_view name);
/// The words are those of rfq::nameOf(RejectCategory).
[[nodiscard]] std::optional<rfq::RejectCategory> rejectCategoryFrom(std::string_view name);

}
