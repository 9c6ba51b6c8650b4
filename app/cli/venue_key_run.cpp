#include "app/cli/venue_key_run.h"

#include "app/cli/events.h"
#include "app/cli/key_events.h"
#include "core/base/overloaded.h"

#include <algorithm>

namespace cli {

VenueKeyRun::VenueKeyRun(const VenueKeyCommand& command, rfq::KeyManager& keys, rfq::AccessControl& access,
    rfq::RfqService& service, Reporter& reporter, const base::Clock& clock)
    : SessionWork(command.session, keys, access, service, reporter, clock)
    , m_command(command)
{
}

void VenueKeyRun::interrupt()
{
    if (hasBegun())
        manager().cancel();
    if (!isOver())
        end(ExitCode::NotConnected, "Interrupted");
}

void VenueKeyRun::begin()
{
    manager().listAt(m_command.session,
        [this, alive = alive()](const std::vector<rfq::VenueKey>& keys, const std::optional<rfq::KeyFailure>& failure) {
            if (!alive.expired() && !isOver())
                listed(keys, failure);
        });
}

void VenueKeyRun::listed(const std::vector<rfq::VenueKey>& keys, const std::optional<rfq::KeyFailure>& failure)
{
    if (failure) {
        reporter().report(keyRefusedEvent(*failure));
        return end(ExitCode::NotConnected, "The keys cannot be told");
    }
    if (std::holds_alternative<VenueKeyList>(m_command.what)) {
        for (const auto& key : keys)
            reporter().report(venueKeyEvent(m_command.session, key));
        end(ExitCode::Done,
            keys.empty() ? "You have no security key at " + m_command.session.text()
                         : std::to_string(keys.size()) + " security keys of yours at " + m_command.session.text());
        return;
    }
    const auto found =
        std::find_if(keys.begin(), keys.end(), [this](const rfq::VenueKey& key) { return key.id == m_command.id; });
    if (found == keys.end())
        return end(ExitCode::Usage, "You have no such key at " + m_command.session.text() + ": `key list` names them");
    change(*found);
}

void VenueKeyRun::change(const rfq::VenueKey& key)
{
    const auto done = [this, alive = alive()](const std::optional<rfq::KeyFailure>& failure) {
        if (!alive.expired() && !isOver())
            changed(failure);
    };
    std::visit(base::Overloaded{
                   [](const VenueKeyList&) { /* told already */ },
                   [&](const VenueKeyRename& rename) { manager().renameAt(m_command.session, key, rename.name, done); },
                   [&](const VenueKeyRemove&) { manager().removeAt(m_command.session, key, done); },
               },
        m_command.what);
}

void VenueKeyRun::changed(const std::optional<rfq::KeyFailure>& failure)
{
    if (failure) {
        reporter().report(keyRefusedEvent(*failure));
        return end(ExitCode::NotConnected, "Nothing was changed");
    }
    const bool isRemoved = std::holds_alternative<VenueKeyRemove>(m_command.what);
    reporter().report(venueKeyChangedEvent(m_command.session, m_command.id, isRemoved));
    end(ExitCode::Done, isRemoved ? "The key is removed there for good" : "The key is renamed there");
}

}
