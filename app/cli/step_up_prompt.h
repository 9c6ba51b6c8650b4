#pragma once

#include "app/cli/arguments.h"
#include "app/cli/reporter.h"
#include "core/base/clock.h"
#include "core/base/secret_bytes.h"
#include "core/rfq/access.h"
#include "core/rfq/step_up.h"

#include <functional>
#include <map>
#include <optional>
#include <string>

namespace cli {

/// Answers step-ups where there is no window: shows the action, asks for the PIN, says when to touch; and reports what
/// the enforcement points decide. Driven by look(), on the program's main thread.
class StepUpPrompt {
public:
    /// Gives the PIN of a security key. `lastTry`: one try is left; confirming that is part of giving it.
    struct Pin {
        base::SecretBytes bytes;
        rfq::LastTry lastTry = rfq::LastTry::NotConfirmed;
    };
    using AskPin = std::function<base::Result<Pin>(const rfq::StepUpView& view)>;
    /// Whether somebody is there who can be asked once more.
    enum class Person { Present, Absent };

    StepUpPrompt(rfq::AccessControl& access, rfq::StepUp& touch, AskPin askPin, Person person, Reporter& reporter,
        const base::Clock& clock);

    /// Looks at what changed, reports it, and does what comes next. May wait for the PIN.
    void look();
    /// Somebody wants it to end.
    void interrupt() { m_touch.cancel(); }

private:
    void reportAccess();
    void reportTouch(const rfq::StepUpView& view);
    void answer(const rfq::StepUpView& view);

    rfq::AccessControl& m_access;
    rfq::StepUp& m_touch;
    const AskPin m_askPin;
    const Person m_person;
    Reporter& m_reporter;
    const base::Clock& m_clock;
    std::map<rfq::SessionId, rfq::AccessState> m_states; ///< as they were reported
    std::map<rfq::SessionId, rfq::ArmedTicket> m_tickets;
    std::map<rfq::SessionId, rfq::QuoteApproval> m_approvals;
    std::optional<rfq::StepUpView> m_shown;
};

/// The PIN from where the command line says: a descriptor, which is read once, or the terminal.
[[nodiscard]] StepUpPrompt::AskPin keyPinFrom(const PinSource& source);

}
