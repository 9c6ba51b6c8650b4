#include "app/cli/enrol_run.h"

#include "app/cli/key_events.h"

#include <algorithm>
#include <utility>

namespace cli {

using namespace std::chrono_literals;

namespace {

constexpr auto Pulse = 100ms;
constexpr auto Patience = 15s; ///< beside the time that a touch takes

}

EnrolRun::EnrolRun(const EnrolAtCommand& command, AskPin askPin, rfq::KeyManager& keys, rfq::AccessControl& access,
    rfq::RfqService& service, Reporter& reporter, const base::Clock& clock)
    : m_command(command)
    , m_askPin(std::move(askPin))
    , m_keys(keys)
    , m_access(access)
    , m_service(service)
    , m_reporter(reporter)
    , m_clock(clock)
    , m_until(clock.steady() + Patience)
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

std::optional<std::string> EnrolRun::obstacle()
{
    const auto found = m_access.sessions().find(m_command.session);
    if (found == m_access.sessions().end())
        return "session " + m_command.session.text() + " has no enforcement point that could take a key";
    const rfq::AccessState& state = found->second;
    const auto session = m_service.sessions().find(m_command.session);
    if (session != m_service.sessions().end() && session->second.phase == rfq::SessionPhase::Refused)
        return session->second.reason ? session->second.reason->detail : std::string("the session was refused");
    // Where there is no key yet, nobody could touch one: that is what is being changed.
    if (state.phase == rfq::AccessPhase::StepUpMissed && state.problem && state.problem->code != base::Errc::Refused)
        return state.problem->detail;
    if (state.phase == rfq::AccessPhase::StepUp || state.phase == rfq::AccessPhase::Answering)
        m_until = m_clock.steady() + Patience;
    if (m_clock.steady() >= m_until)
        return "the session was not open in time";
    return std::nullopt;
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
    if (const auto why = obstacle())
        return refuse("Nothing was enrolled: " + *why);
    if (std::find(open.begin(), open.end(), m_command.session) == open.end())
        return std::nullopt;
    begin();
    return m_over;
}

}
