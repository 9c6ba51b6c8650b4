#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/rfq/desk.h"
#include "core/rfq/sign_in.h"

#include <nlohmann/json.hpp>
#include <string>

/// Words and fields that several events share. For the files that make events only.
namespace cli {

/// One JSON object with its "event" first.
[[nodiscard]] nlohmann::ordered_json named(const char* event);

[[nodiscard]] const char* sideName(rfq::Side side);
[[nodiscard]] const char* sideName(rfq::RequestSide side);
[[nodiscard]] const char* stateName(rfq::AcceptanceState state);

[[nodiscard]] std::string dateOf(base::UtcTime time);
/// "2026-11-24T08:00:07.480123Z".
[[nodiscard]] std::string stamp(base::UtcTime time);

void addError(nlohmann::ordered_json& fields, const base::Error& error);
/// What there is to choose from, where several fit.
void addCandidates(nlohmann::ordered_json& fields, const rfq::TokenStatus& status);
/// Which acceptance, in which state, on which terms.
void addAcceptance(nlohmann::ordered_json& fields, const rfq::AcceptanceLine& line);
/// Why a dealer said no: code, category and words, where there are any.
void addReason(
    nlohmann::ordered_json& fields, const std::string& code, rfq::RejectCategory category, const std::string& text);

[[nodiscard]] std::string termsInWords(const rfq::AcceptanceLine& line);
/// " (99, price-moved: last look)", or nothing.
[[nodiscard]] std::string reasonInBrackets(
    const std::string& code, rfq::RejectCategory category, const std::string& text);

}
