#pragma once

#include "app/cli/arguments.h"
#include "app/cli/evidence_watch.h"
#include "app/cli/reporter.h"
#include "app/cli/session_wait.h"
#include "core/base/clock.h"
#include "core/rfq/access.h"
#include "core/rfq/rfq_service.h"

#include <map>
#include <optional>
#include <string>

namespace cli {

/// One request from the first session to the last word, driven by step(). Holds no clock of its own and never waits.
/// Where an access policy asks for a touch on the quote that was accepted, the run waits for that touch, as long as the
/// quote lives, and then accepts exactly this quote, once.
class RfqRun {
public:
    RfqRun(RfqCommand command, rfq::RfqService& service, Reporter& reporter, const base::Clock& clock,
        const rfq::AccessControl* access = nullptr); ///< null: nobody asks for a touch

    /// Looks at what changed, reports it and does what comes next. The exit code once the run is over.
    [[nodiscard]] std::optional<ExitCode> step();
    /// Somebody wants it to end: the request is ended; an acceptance in flight is waited for.
    void interrupt();
    /// When step() is next needed even if nothing happens.
    [[nodiscard]] base::SteadyTime nextStep() const;

private:
    enum class Phase { Connecting, Quoting, Accepting, Approving };

    void reportChanges();
    void reportRfq(const rfq::Rfq& rfq);
    [[nodiscard]] std::optional<ExitCode> connect();
    [[nodiscard]] std::optional<ExitCode> quote(const rfq::Rfq& rfq);
    [[nodiscard]] std::optional<ExitCode> outcome(const rfq::Rfq& rfq);
    [[nodiscard]] std::optional<ExitCode> unknown(const rfq::AcceptanceLine& line, bool isNews);
    [[nodiscard]] ExitCode traded(const rfq::Rfq& rfq, const rfq::AcceptanceLine& line);
    [[nodiscard]] const rfq::QuoteApproval* approvalOf(const rfq::Acceptance& refused) const;
    [[nodiscard]] std::optional<ExitCode> approve(const rfq::Rfq& rfq);
    [[nodiscard]] std::optional<ExitCode> acceptApproved(const rfq::Rfq& rfq, const rfq::Acceptance& refused);
    [[nodiscard]] bool readyToAccept(const rfq::Rfq& rfq);
    void acceptBest(const rfq::Rfq& rfq);
    [[nodiscard]] ExitCode finish(ExitCode code, const std::string& reason);
    [[nodiscard]] std::vector<rfq::DealerId> dealers() const;

    RfqCommand m_command;
    rfq::RfqService& m_service;
    Reporter& m_reporter;
    const base::Clock& m_clock;
    const rfq::AccessControl* const m_access;
    Phase m_phase = Phase::Connecting;
    base::SteadyTime m_started;
    rfq::RfqId m_rfq;
    std::optional<base::SteadyTime> m_firstFirm;
    std::map<rfq::DealerId, rfq::DealerLine> m_reported;
    std::optional<rfq::AcceptanceState> m_reportedState;
    EvidenceWatch m_watch;
    std::optional<base::SteadyTime> m_recoverUntil; ///< set once the outcome is unknown
    bool m_quoted = false;
    bool m_interrupted = false;
};

}
