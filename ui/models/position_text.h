#pragma once

#include "core/rfq/recovery.h"

#include <QString>

namespace ui {

/// "EUR/USD +25m", or "EUR/USD +25m … +50m (1 unknown)" while outcomes are unknown. In base currency, long is positive.
[[nodiscard]] QString positionText(const rfq::PositionRange& range);

}
