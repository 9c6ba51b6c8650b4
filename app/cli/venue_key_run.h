#pragma once

#include "app/cli/arguments.h"
#include "app/cli/session_work.h"

#include <vector>

namespace cli {

/// The person's own keys at a counterparty: lists them, renames one or gives one up.
class VenueKeyRun final : public SessionWork {
public:
    VenueKeyRun(const VenueKeyCommand& command, rfq::KeyManager& keys, rfq::AccessControl& access,
        rfq::RfqService& service, Reporter& reporter, const base::Clock& clock);

    void interrupt();

private:
    void begin() override;
    [[nodiscard]] const char* undone() const override { return "The keys cannot be asked for"; }
    void listed(const std::vector<rfq::VenueKey>& keys, const std::optional<rfq::KeyFailure>& failure);
    void change(const rfq::VenueKey& key);
    void changed(const std::optional<rfq::KeyFailure>& failure);

    const VenueKeyCommand& m_command;
};

}
