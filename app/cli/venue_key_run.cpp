#include "app/cli/venue_key_run.h"

#include "app/cli/key_events.h"
#include "app/cli/run_loop.h"
#include "core/base/overloaded.h"

#include <algorithm>

namespace cli {

namespace {

}

VenueKeyRun::VenueKeyRun(const VenueKeyCommand& command, rfq::KeyManager& keys, rfq::AccessControl& access,
    rfq::RfqService& service, Reporter& reporter, const base::Clock& clock)
    : m_command(command)
    , m_keys(keys)
    , m_reporter(reporter)
    , m_clock(clock)
    , m_wait(m_command.session, access, service, clock)
{
}

base::SteadyTime VenueKeyRun::nextStep() const
{
    return m_clock.steady() + Pulse;
}

void VenueKeyRun::interrupt()
{
    if (m_begun)
        m_keys.cancel();
    if (!m_over)
        m_over = end(ExitCode::NotConnected, "Interrupted");
}

ExitCode VenueKeyRun::end(ExitCode code, const std::string& reason)
{
    m_reporter.report(endEvent(code, reason));
    return code;
}

std::optional<ExitCode> VenueKeyRun::step()
{
    if (m_over || m_begun)
        return m_over;
    const auto open = m_keys.enrolsAt();
    if (const auto why = m_wait.obstacle())
        return end(ExitCode::NotConnected, "The keys cannot be asked for: " + *why);
    if (std::find(open.begin(), open.end(), m_command.session) == open.end())
        return std::nullopt;
    begin();
    return m_over;
}

void VenueKeyRun::begin()
{
    m_begun = true;
    m_keys.listAt(m_command.session,
        [this, alive = std::weak_ptr(m_alive)](
            const std::vector<rfq::VenueKey>& keys, const std::optional<rfq::KeyFailure>& failure) {
            if (!alive.expired() && !m_over)
                listed(keys, failure);
        });
}

void VenueKeyRun::listed(const std::vector<rfq::VenueKey>& keys, const std::optional<rfq::KeyFailure>& failure)
{
    if (failure) {
        m_reporter.report(keyRefusedEvent(*failure));
        m_over = end(ExitCode::NotConnected, "The keys cannot be told");
        return;
    }
    if (std::holds_alternative<VenueKeyList>(m_command.what)) {
        for (const auto& key : keys)
            m_reporter.report(venueKeyEvent(m_command.session, key));
        m_over = end(ExitCode::Done,
            keys.empty() ? "You have no security key at " + m_command.session.text()
                         : std::to_string(keys.size()) + " security keys of yours at " + m_command.session.text());
        return;
    }
    const auto found =
        std::find_if(keys.begin(), keys.end(), [this](const rfq::VenueKey& key) { return key.id == m_command.id; });
    if (found == keys.end()) {
        m_over =
            end(ExitCode::Usage, "You have no such key at " + m_command.session.text() + ": `key list` names them");
        return;
    }
    change(*found);
}

void VenueKeyRun::change(const rfq::VenueKey& key)
{
    const auto done = [this, alive = std::weak_ptr(m_alive)](const std::optional<rfq::KeyFailure>& failure) {
        if (!alive.expired() && !m_over)
            changed(failure);
    };
    std::visit(base::Overloaded{
                   [](const VenueKeyList&) { /* told already */ },
                   [&](const VenueKeyRename& rename) { m_keys.renameAt(m_command.session, key, rename.name, done); },
                   [&](const VenueKeyRemove&) { m_keys.removeAt(m_command.session, key, done); },
               },
        m_command.what);
}

void VenueKeyRun::changed(const std::optional<rfq::KeyFailure>& failure)
{
    if (failure) {
        m_reporter.report(keyRefusedEvent(*failure));
        m_over = end(ExitCode::NotConnected, "Nothing was changed");
        return;
    }
    const bool isRemoved = std::holds_alternative<VenueKeyRemove>(m_command.what);
    m_reporter.report(venueKeyChangedEvent(m_command.session, m_command.id, isRemoved));
    m_over = end(ExitCode::Done, isRemoved ? "The key is removed there for good" : "The key is renamed there");
}

}
