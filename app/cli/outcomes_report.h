#pragma once

#include "app/cli/reporter.h"
#include "core/rfq/rfq_service.h"

namespace cli {

/// Tells every acceptance without an outcome, every incident that nobody has acknowledged, and the positions of the
/// day. UnknownOutcome where there is anything that a person must act on.
[[nodiscard]] ExitCode reportOutcomes(const rfq::RfqService& service, Reporter& reporter);

}
