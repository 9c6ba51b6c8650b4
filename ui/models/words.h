#pragma once

#include "core/rfq/desk.h"

#include <QString>

/// States and events of the desk in words. One switch per enumeration, none with a default.
namespace ui {

[[nodiscard]] QString stateText(rfq::RfqState state);
/// One word for the row of a quote, without the reason.
[[nodiscard]] QString stateText(rfq::DealerState state);
[[nodiscard]] QString stateText(rfq::AcceptanceState state);
[[nodiscard]] QString stateText(rfq::SessionPhase phase);
[[nodiscard]] QString severityText(rfq::Severity severity);
/// What happened and, where something can be done, what to do.
[[nodiscard]] QString noticeText(rfq::NoticeCode code);

}
