#pragma once

#include "app/cli/arguments.h"
#include "app/cli/reporter.h"
#include "core/base/clock.h"
#include "core/base/secret_bytes.h"
#include "core/rfq/approval.h"
#include "core/rfq/rfq_service.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace cli {

/// What two persons decide: the words, and what they set in motion once both stand by them.
struct Decision {
    std::string statement; ///< what the second person signs
    rfq::Person trader;
    std::function<base::Status(rfq::Approval)> effect;
};

/// To close an acceptance without an outcome. Errors: NotFound, Refused (the outcome is known).
[[nodiscard]] base::Result<Decision> closingDecision(
    const CloseCommand& command, rfq::RfqService& service, const rfq::Person& trader);
/// To let one more deal through. Errors: NotFound, Refused (the outcome is known: nothing blocks).
[[nodiscard]] base::Result<Decision> twinDecision(
    const TwinOverride& twin, rfq::RfqService& service, const rfq::Person& trader);

/// Has the second person sign a decision, then puts it into effect. Driven by step(); never waits. Says nothing at the
/// end when it was done: it may be the first half of something.
class DecisionRun {
public:
    DecisionRun(Decision decision, const SecondPerson& second, base::SecretBytes pin, rfq::Approver& approver,
        Reporter& reporter, const base::Clock& clock);

    [[nodiscard]] std::optional<ExitCode> step();
    /// A token that signs cannot be interrupted: the run goes on until it has answered.
    void interrupt() { }
    [[nodiscard]] base::SteadyTime nextStep() const;

private:
    struct Answer {
        base::Result<rfq::Approval> approval;
        rfq::PinState pin;
    };
    Decision m_decision;
    Reporter& m_reporter;
    const base::Clock& m_clock;
    std::shared_ptr<std::optional<Answer>> m_answer; ///< shared with the callback, which may outlive the run
};

}
