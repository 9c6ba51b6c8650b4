#pragma once

#include "ui/models/rfq_view.h"

namespace ui {

/// What became of the newest acceptance of this request, in words; Kind::None where nothing was clicked.
[[nodiscard]] OutcomeView outcomeOf(const rfq::Rfq& rfq, const rfq::RfqService& service);

}
