#pragma once

#include "app/cli/arguments.h"
#include "app/cli/reporter.h"
#include "app/cli/session_wait.h"
#include "core/base/clock.h"
#include "core/rfq/access.h"
#include "core/rfq/key_manager.h"
#include "core/rfq/rfq_service.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace cli {

/// Enrols a security key over one session: waits until its enforcement point has decided, then asks for it. Approval
/// with an enrolled key, where it is asked for, is the prompt's.
class EnrolRun {
public:
    using AskPin = std::function<base::Result<base::SecretBytes>()>;

    EnrolRun(const EnrolAtCommand& command, AskPin askPin, rfq::KeyManager& keys, rfq::AccessControl& access,
        rfq::RfqService& service, Reporter& reporter, const base::Clock& clock);

    [[nodiscard]] std::optional<ExitCode> step();
    void interrupt();
    [[nodiscard]] base::SteadyTime nextStep() const;

private:
    [[nodiscard]] ExitCode refuse(const std::string& why);
    void begin();

    const EnrolAtCommand& m_command;
    const AskPin m_askPin;
    rfq::KeyManager& m_keys;
    Reporter& m_reporter;
    const base::Clock& m_clock;
    SessionWait m_wait;
    bool m_begun = false;
    std::optional<ExitCode> m_over;
    std::shared_ptr<const int> m_alive = std::make_shared<const int>(0);
};

}
