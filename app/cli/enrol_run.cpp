#include "app/cli/enrol_run.h"

#include "app/cli/key_events.h"
#include "app/cli/run_loop.h"

#include <algorithm>
#include <utility>

namespace cli {

using namespace std::chrono_literals;

namespace {

}

EnrolRun::EnrolRun(const EnrolAtCommand& command, AskPin askPin, rfq::KeyManager& keys, rfq::AccessControl& access,
    rfq::RfqService& service, Reporter& reporter, const base::Clock& clock)
    : m_command(command)
    , m_askPin(std::move(askPin))
    , m_keys(keys)
    , m_reporter(reporter)
    , m_clock(clock)
    , m_wait(m_command.session, access, service, clock)
{
}

base::SteadyTime EnrolRun::nextStep() const
{
    return m_clock.steady() + Pulse;
}

void EnrolRun::interrupt()
{
    if (m_begun)
        m_keys.cancel();
    else
        m_over = refuse("Interrupted before anything was asked");
}

ExitCode EnrolRun::refuse(const std::string& why)
{
    m_reporter.report(endEvent(ExitCode::NotConnected, why));
    return ExitCode::NotConnected;
}

void EnrolRun::begin()
{
    m_begun = true;
    auto pin = m_askPin();
    if (!pin) {
        m_over = refuse(pin.error().detail);
        return;
    }
    rfq::NewKeyWish wish{m_command.session, m_command.path, m_command.name,
        m_command.newKeyPin.lastTryConfirmed ? rfq::LastTry::Confirmed : rfq::LastTry::NotConfirmed};
    m_keys.enrolAt(
        std::move(wish), *std::move(pin),
        [this, alive = std::weak_ptr(m_alive)](const rfq::KeyTouch& touch) {
            if (!alive.expired())
                m_reporter.report(touchEvent(touch));
        },
        [this, alive = std::weak_ptr(m_alive)](
            const std::string& credential, const std::optional<rfq::KeyFailure>& failure) {
            if (alive.expired())
                return;
            if (failure) {
                m_reporter.report(keyRefusedEvent(*failure));
                m_over = refuse("Nothing was enrolled");
                return;
            }
            m_reporter.report(keyEnrolledAtEvent(m_command.session, m_command.name, credential));
            m_reporter.report(endEvent(ExitCode::Done, "Enrolled; now enrol a second key, for the safe"));
            m_over = ExitCode::Done;
        });
}

std::optional<ExitCode> EnrolRun::step()
{
    if (m_over || m_begun)
        return m_over;
    const auto open = m_keys.enrolsAt();
    if (const auto why = m_wait.obstacle())
        return refuse("Nothing was enrolled: " + *why);
    if (std::find(open.begin(), open.end(), m_command.session) == open.end())
        return std::nullopt;
    begin();
    return m_over;
}

}
