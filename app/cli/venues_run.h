#pragma once

#include "app/cli/arguments.h"
#include "app/cli/reporter.h"
#include "core/base/clock.h"
#include "core/rfq/rfq_service.h"

#include <map>
#include <optional>

namespace cli {

/// Waits until every session is logged on or refused, or the patience is over; then reports each one's facts.
class VenuesRun {
public:
    VenuesRun(const VenuesCommand& command, rfq::RfqService& service, Reporter& reporter, const base::Clock& clock);

    [[nodiscard]] std::optional<ExitCode> step();
    void interrupt() { m_deadline = m_clock.steady(); }
    [[nodiscard]] base::SteadyTime nextStep() const { return m_deadline; }

private:
    rfq::RfqService& m_service;
    Reporter& m_reporter;
    const base::Clock& m_clock;
    base::SteadyTime m_deadline;
    std::map<rfq::SessionId, base::Error> m_lastFailure; ///< of a session that is trying again
};

}
