#include "app/cli/desk_session.h"

#include "app/cli/card_work.h"
#include "app/cli/cert_events.h"
#include "app/cli/terminal.h"
#include "app/cli/token_choice.h"

#include <iostream>
#include <string>

namespace cli {

using base::Error;

DeskSession::DeskSession(Format format, PinSource keyPin, app::DeskConfig config)
    : m_stopSignal([this] { m_stopped = true; })
    , m_reporter(std::cout, format)
    , m_config(std::move(config))
    , m_keyPin(keyPin)
{
    // Nobody signs in again during a run: nothing is to be waited for.
    m_config.removalGrace = std::chrono::milliseconds(0);
}

std::optional<ExitCode> DeskSession::open()
{
    auto desk = app::TradingDesk::open(m_config, m_loop, m_clock, [] {});
    if (!desk) {
        std::cerr << desk.error().detail << std::endl;
        return ExitCode::Configuration;
    }
    m_desk = *std::move(desk);
    m_prompt.emplace(m_desk->access(), m_desk->stepUp(), keyPinFrom(m_keyPin),
        m_keyPin.descriptor ? StepUpPrompt::Person::Absent : StepUpPrompt::Person::Present, m_reporter, m_clock);
    m_workWatch = m_desk->signIn().onWork(tellCardWork);
    if (const auto& problem = m_desk->clockProblem())
        m_reporter.report(warningEvent(*problem));
    return std::nullopt;
}

rfq::TokenStatus DeskSession::inspect()
{
    std::optional<rfq::TokenStatus> status;
    m_desk->signIn().inspect([&](rfq::TokenStatus found) { status = std::move(found); });
    waitFor([&] { return status.has_value(); });
    return *std::move(status);
}

rfq::TokenStatus DeskSession::choose(const std::string& token, const rfq::TokenStatus& found)
{
    const auto identity = tokenCalled(token, found);
    if (!identity) {
        rfq::TokenStatus none = found;
        none.problem = found.identity || !found.candidates.empty() ? identity.error() : found.problem;
        return none;
    }
    m_desk->signIn().choose(rfq::choiceOf(*identity, rfq::ChoiceWeight::Chosen));
    return inspect();
}

ExitCode DeskSession::refuse(const Error& error, const rfq::TokenStatus& status)
{
    m_reporter.report(accessRefusedEvent(error, status));
    m_reporter.report(endEvent(ExitCode::NotConnected, "Not signed in"));
    return ExitCode::NotConnected;
}

std::optional<ExitCode> DeskSession::signIn(const PinSource& source)
{
    rfq::TokenStatus found = inspect();
    if (!source.token.empty())
        found = choose(source.token, found);
    if (found.problem)
        return refuse(*found.problem, found);
    rfq::LastTry lastTry = source.lastTryConfirmed ? rfq::LastTry::Confirmed : rfq::LastTry::NotConfirmed;
    if (found.pin.finalTry && lastTry == rfq::LastTry::NotConfirmed && !source.descriptor
        && confirm("This is the last try before the PIN blocks. Type \"last try\" to use it: ", "last try"))
        lastTry = rfq::LastTry::Confirmed;
    const std::string who = found.identity ? found.identity->commonName : std::string("the token");
    auto pin = source.descriptor ? readPin(*source.descriptor) : askPin("PIN of " + who + ": ");
    if (!pin)
        return refuse(pin.error(), found);

    std::optional<base::Status> outcome;
    rfq::TokenStatus status;
    m_desk->signIn().unlock(*std::move(pin), lastTry, [&](base::Status result, rfq::TokenStatus now) {
        outcome = std::move(result);
        status = std::move(now);
    });
    waitFor([&] { return outcome.has_value(); });
    if (!*outcome)
        return refuse(outcome->error(), status);
    m_desk->identify();
    m_reporter.report(accessEvent(status));
    if (const auto warning = status.identity ? expiryWarning(*status.identity, m_clock.utc()) : std::nullopt)
        m_reporter.report(*warning);
    return std::nullopt;
}

base::Result<base::SecretBytes> DeskSession::secondPin(const SecondPerson& second)
{
    if (second.pin.descriptor)
        return readPin(*second.pin.descriptor);
    // Who reads the words on the screen types the PIN: one place for both persons, no list of names to pick from.
    return askPin("PIN of the second person: ");
}

ExitCode DeskSession::finish(ExitCode code)
{
    waitFor([this] { return m_desk->isRecorded(); });
    const auto& off = service().dealingSuspended();
    if (code != ExitCode::Done || !off || off->code != base::Errc::Io)
        return code;
    m_reporter.report(endEvent(ExitCode::UnknownOutcome, "What was done is not on record: " + off->detail));
    return ExitCode::UnknownOutcome;
}

}
