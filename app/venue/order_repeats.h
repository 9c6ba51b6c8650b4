#pragma once

#include "app/venue/floor.h"

namespace venue {

/// An order that arrives again is never dealt again: a possible duplicate hears the last report once more, anything
/// else is told that its ClOrdID was used. Errors: Io.
[[nodiscard]] base::Status answerAgain(Floor& floor, const BookedOrder& order, Delivery delivery);

}
