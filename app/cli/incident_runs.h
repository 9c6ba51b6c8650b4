#pragma once

#include "app/cli/arguments.h"
#include "app/cli/reporter.h"
#include "core/base/clock.h"
#include "core/rfq/rfq_service.h"

#include <optional>

namespace cli {

/// The trader has seen an incident. Usage where there is none of that name, or it was acknowledged already.
[[nodiscard]] ExitCode acknowledgeIncident(
    const AcknowledgeCommand& command, rfq::RfqService& service, Reporter& reporter);

/// Waits until the incident's session is logged on and disputes its execution there. Driven by step().
class DisputeRun {
public:
    DisputeRun(DisputeCommand command, rfq::RfqService& service, Reporter& reporter, const base::Clock& clock);

    [[nodiscard]] std::optional<ExitCode> step();
    void interrupt() { m_deadline = m_clock.steady(); }
    [[nodiscard]] base::SteadyTime nextStep() const { return m_deadline; }

private:
    [[nodiscard]] ExitCode finish(ExitCode code, const std::string& reason);

    DisputeCommand m_command;
    rfq::RfqService& m_service;
    Reporter& m_reporter;
    const base::Clock& m_clock;
    base::SteadyTime m_deadline;
};

}
