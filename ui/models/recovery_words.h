#pragma once

#include "core/rfq/desk.h"

#include <QString>

/// Refusals, evidence and incidents in words. One switch per enumeration, none with a default.
namespace ui {

/// "price moved (last look)", "credit"; empty for None and for a code that nobody has told us about.
[[nodiscard]] QString categoryText(rfq::RejectCategory category);
/// The category, then the dealer's own words and code: nothing of what they said is dropped. Empty where they said
/// nothing.
[[nodiscard]] QString refusalText(rfq::RejectCategory category, const std::string& code, const std::string& words);

/// "Asking VENUE-X for the order's status…"
[[nodiscard]] QString askingText(rfq::Inquiry inquiry, const rfq::SessionId& session);
/// What kind of evidence it is, without the raw values.
[[nodiscard]] QString evidenceText(rfq::EvidenceKind kind);
/// "08:00:21  No answer: OrderStatusRequest was not answered", UTC
[[nodiscard]] QString evidenceLine(const rfq::Evidence& evidence);

/// An incident: what happened, and what to do about it.
struct IncidentWords {
    QString title;
    QString action;
};
[[nodiscard]] IncidentWords incidentWords(rfq::IncidentKind kind);

}
