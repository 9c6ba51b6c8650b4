#pragma once

#include "app/cli/arguments.h"
#include "app/cli/reporter.h"
#include "core/base/clock.h"
#include "core/rfq/access.h"
#include "core/rfq/rfq_service.h"

#include <optional>
#include <string>

namespace cli {

/// Waits until every policy enforcement point has let its session in or not; a person's touch takes the time it takes.
/// Done where anybody can be reached, or where that is still to be seen.
class AccessRun {
public:
    AccessRun(rfq::AccessControl& access, rfq::RfqService& service, Reporter& reporter, const base::Clock& clock);

    [[nodiscard]] std::optional<ExitCode> step();
    void interrupt() { m_interrupted = true; }
    [[nodiscard]] base::SteadyTime nextStep() const;

private:
    [[nodiscard]] ExitCode refuse(const std::string& why);

    rfq::AccessControl& m_access;
    rfq::RfqService& m_service;
    Reporter& m_reporter;
    const base::Clock& m_clock;
    base::SteadyTime m_until;
    bool m_interrupted = false;
};

/// Arms a ticket for what the command would deal. Done once it is armed.
class ArmRun {
public:
    ArmRun(const RfqCommand& command, rfq::AccessControl& access, rfq::RfqService& service, Reporter& reporter,
        const base::Clock& clock);

    [[nodiscard]] std::optional<ExitCode> step();
    void interrupt() { m_interrupted = true; }
    [[nodiscard]] base::SteadyTime nextStep() const;

private:
    [[nodiscard]] base::Result<rfq::ArmScope> scope() const;
    [[nodiscard]] ExitCode refuse(ExitCode code, const std::string& why);

    const RfqCommand& m_command;
    rfq::AccessControl& m_access;
    rfq::RfqService& m_service;
    Reporter& m_reporter;
    const base::Clock& m_clock;
    std::optional<rfq::SessionId> m_session; ///< set once it was asked for
    bool m_interrupted = false;
};

}
