#include "app/cli/enrol_run.h"

#include "app/cli/events.h"
#include "app/cli/key_events.h"

#include <utility>

namespace cli {

EnrolRun::EnrolRun(const EnrolAtCommand& command, AskPin askPin, rfq::KeyManager& keys, rfq::AccessControl& access,
    rfq::RfqService& service, Reporter& reporter, const base::Clock& clock)
    : SessionWork(command.session, keys, access, service, reporter, clock)
    , m_command(command)
    , m_askPin(std::move(askPin))
{
}

void EnrolRun::interrupt()
{
    if (hasBegun())
        manager().cancel();
    else
        end(ExitCode::NotConnected, "Interrupted before anything was asked");
}

void EnrolRun::begin()
{
    auto pin = m_askPin();
    if (!pin)
        return end(ExitCode::NotConnected, pin.error().detail);
    rfq::NewKeyWish wish{m_command.session, m_command.path, m_command.name,
        m_command.newKeyPin.lastTryConfirmed ? rfq::LastTry::Confirmed : rfq::LastTry::NotConfirmed};
    manager().enrolAt(
        std::move(wish), *std::move(pin),
        [this, alive = alive()](const rfq::KeyTouch& touch) {
            if (!alive.expired())
                reporter().report(touchEvent(touch));
        },
        [this, alive = alive()](const std::string& credential, const std::optional<rfq::KeyFailure>& failure) {
            if (alive.expired())
                return;
            if (failure) {
                reporter().report(keyRefusedEvent(*failure));
                return end(ExitCode::NotConnected, "Nothing was enrolled");
            }
            reporter().report(keyEnrolledAtEvent(m_command.session, m_command.name, credential));
            end(ExitCode::Done, "Enrolled; now enrol a second key, for the safe");
        });
}

}
