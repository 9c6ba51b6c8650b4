#pragma once

#include "app/cli/arguments.h"
#include "app/cli/session_work.h"
#include "core/base/secret_bytes.h"

#include <functional>

namespace cli {

/// Enrols a security key over one session.
class EnrolRun final : public SessionWork {
public:
    using AskPin = std::function<base::Result<base::SecretBytes>()>;

    EnrolRun(const EnrolAtCommand& command, AskPin askPin, rfq::KeyManager& keys, rfq::AccessControl& access,
        rfq::RfqService& service, Reporter& reporter, const base::Clock& clock);

    void interrupt();

private:
    void begin() override;
    [[nodiscard]] const char* undone() const override { return "Nothing was enrolled"; }

    const EnrolAtCommand& m_command;
    const AskPin m_askPin;
};

}
