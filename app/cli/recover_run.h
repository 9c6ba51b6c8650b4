#pragma once

#include "app/cli/arguments.h"
#include "app/cli/evidence_watch.h"
#include "app/cli/reporter.h"
#include "core/base/clock.h"
#include "core/rfq/rfq_service.h"

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace cli {

/// Lets the desk ask until every outcome is known, and tells each question, each piece of evidence and each outcome as
/// it comes. Driven by step(); never waits.
class RecoverRun {
public:
    RecoverRun(const RecoverCommand& command, rfq::RfqService& service, Reporter& reporter, const base::Clock& clock);

    /// Looks at what changed and reports it. The exit code once the run is over.
    [[nodiscard]] std::optional<ExitCode> step();
    /// Somebody wants it to end: what is unknown then stays so.
    void interrupt() { m_deadline = m_clock.steady(); }
    /// When step() is next needed even if nothing happens.
    [[nodiscard]] base::SteadyTime nextStep() const;

private:
    void reportChanges();
    void reportOutcomes();
    [[nodiscard]] bool canStillConnect() const;
    [[nodiscard]] ExitCode giveUp();
    [[nodiscard]] std::string whyNot() const;
    [[nodiscard]] ExitCode finish(ExitCode code, const std::string& reason);

    rfq::RfqService& m_service;
    Reporter& m_reporter;
    const base::Clock& m_clock;
    base::SteadyTime m_deadline;
    EvidenceWatch m_watch;
    std::vector<rfq::ClOrdId> m_open; ///< unknown as far as was reported
    std::size_t m_incidents; ///< so many are no news
    std::map<rfq::SessionId, base::Error> m_lastFailure; ///< of a session that is trying again, or was refused
    bool m_connected = false; ///< one that could tell was logged on
};

}
