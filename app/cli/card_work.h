#pragma once

#include "core/rfq/sign_in.h"

namespace cli {

/// Tells the person on the standard error that a card may be waiting to be touched: whoever reads events is not
/// disturbed. Any thread.
void tellCardWork(rfq::CardWork work);

}
