#pragma once

#include "app/cli/arguments.h"
#include "app/cli/reporter.h"
#include "app/cli/session_wait.h"
#include "core/base/clock.h"
#include "core/rfq/key_manager.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace cli {

/// The person's own keys at a counterparty: lists them, renames one or gives one up. Approval with a key is the
/// prompt's.
class VenueKeyRun {
public:
    VenueKeyRun(const VenueKeyCommand& command, rfq::KeyManager& keys, rfq::AccessControl& access,
        rfq::RfqService& service, Reporter& reporter, const base::Clock& clock);

    [[nodiscard]] std::optional<ExitCode> step();
    void interrupt();
    [[nodiscard]] base::SteadyTime nextStep() const;

private:
    [[nodiscard]] ExitCode end(ExitCode code, const std::string& reason);
    void begin();
    void listed(const std::vector<rfq::VenueKey>& keys, const std::optional<rfq::KeyFailure>& failure);
    void change(const rfq::VenueKey& key);
    void changed(const std::optional<rfq::KeyFailure>& failure);

    const VenueKeyCommand& m_command;
    rfq::KeyManager& m_keys;
    Reporter& m_reporter;
    const base::Clock& m_clock;
    SessionWait m_wait;
    bool m_begun = false;
    std::optional<ExitCode> m_over;
    std::shared_ptr<const int> m_alive = std::make_shared<const int>(0);
};

}
