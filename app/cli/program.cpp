#include "app/cli/program.h"

#include "app/cli/reporter.h"
#include "app/cli/rfq_run.h"
#include "app/cli/run_loop.h"
#include "app/cli/terminal.h"
#include "app/cli/venues_run.h"
#include "app/desk_core/trading_desk.h"
#include "app/process/stop_signal.h"
#include "core/base/overloaded.h"

#include <atomic>
#include <iostream>
#include <memory>
#include <optional>
#include <utility>

namespace cli {

using base::Error;

namespace {

constexpr std::chrono::milliseconds Pulse{100};

base::Result<app::DeskConfig> configOf(const Arguments& arguments)
{
    return app::loadDeskConfig(
        arguments.config.empty() ? app::defaultConfigFile() : std::filesystem::path(arguments.config));
}

ExitCode configurationProblem(const Error& error)
{
    std::cerr << error.detail << std::endl;
    return ExitCode::Configuration;
}

/// The desk with its loop, from sign-in to the last event.
class Program {
public:
    Program(Format format, app::DeskConfig config)
        : m_stopSignal([this] { m_stopped = true; })
        , m_reporter(std::cout, format)
        , m_config(std::move(config))
    {
    }

    /// The PIN is asked before anything is opened or connected.
    [[nodiscard]] std::optional<ExitCode> begin(const PinSource& pin)
    {
        auto desk = app::TradingDesk::open(m_config, m_loop, m_clock, [] {});
        if (!desk) {
            std::cerr << desk.error().detail << std::endl;
            return ExitCode::Configuration;
        }
        m_desk = *std::move(desk);
        if (const auto refused = signIn(pin))
            return refused;
        m_desk->goOnline();
        return std::nullopt;
    }

    /// Steps a run until it says its exit code.
    template <typename Run>
    [[nodiscard]] ExitCode drive(Run& run)
    {
        bool interrupted = false;
        for (;;) {
            if (m_stopped && !std::exchange(interrupted, true))
                run.interrupt();
            if (const auto code = run.step())
                return *code;
            const auto now = m_clock.steady();
            const auto next = run.nextStep();
            m_loop.runSome(
                next > now ? std::chrono::ceil<std::chrono::milliseconds>(next - now) : std::chrono::milliseconds(0));
        }
    }

    [[nodiscard]] app::TradingDesk& desk() { return *m_desk; }
    [[nodiscard]] Reporter& reporter() { return m_reporter; }
    [[nodiscard]] const base::Clock& clock() const { return m_clock; }

private:
    template <typename Done>
    void waitFor(const Done& done)
    {
        while (!done())
            m_loop.runSome(Pulse);
    }

    [[nodiscard]] rfq::TokenStatus inspect()
    {
        std::optional<rfq::TokenStatus> status;
        m_desk->signIn().inspect([&](rfq::TokenStatus found) { status = std::move(found); });
        waitFor([&] { return status.has_value(); });
        return *std::move(status);
    }

    [[nodiscard]] std::optional<ExitCode> refuse(const Error& error, const rfq::TokenStatus& status)
    {
        m_reporter.report(accessRefusedEvent(error, status));
        m_reporter.report(endEvent(ExitCode::NotConnected, "Not signed in"));
        return ExitCode::NotConnected;
    }

    [[nodiscard]] std::optional<ExitCode> signIn(const PinSource& source)
    {
        const rfq::TokenStatus found = inspect();
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
        m_reporter.report(accessEvent(status));
        return std::nullopt;
    }

    std::atomic<bool> m_stopped{false};
    app::StopSignal m_stopSignal; ///< before every other thread
    Reporter m_reporter;
    app::DeskConfig m_config;
    base::SystemClock m_clock;
    RunLoop m_loop;
    std::unique_ptr<app::TradingDesk> m_desk;
};

ExitCode runRfq(const RfqCommand& command, Format format, app::DeskConfig config)
{
    Program program(format, std::move(config));
    if (const auto over = program.begin(command.pin))
        return *over;
    RfqRun run(command, program.desk().service(), program.reporter(), program.clock());
    return program.drive(run);
}

ExitCode runVenues(const VenuesCommand& command, Format format, app::DeskConfig config)
{
    Program program(format, std::move(config));
    if (const auto over = program.begin(command.pin))
        return *over;
    VenuesRun run(command, program.desk().service(), program.reporter(), program.clock());
    return program.drive(run);
}

ExitCode listTokens(Format format, app::DeskConfig config)
{
    RunLoop loop;
    auth::TokenService token(std::move(config.token), loop);
    std::optional<base::Result<std::vector<rfq::TokenIdentity>>> found;
    token.list([&](base::Result<std::vector<rfq::TokenIdentity>> list) { found.emplace(std::move(list)); });
    while (!found)
        loop.runSome(Pulse);
    Reporter reporter(std::cout, format);
    if (!*found) {
        reporter.report(accessRefusedEvent(found->error(), {}));
        return ExitCode::NotConnected;
    }
    for (const rfq::TokenIdentity& identity : **found)
        reporter.report(identityEvent(identity));
    if ((*found)->empty())
        std::cerr << "No token holds a certificate with its key." << std::endl;
    return ExitCode::Done;
}

}

ExitCode run(const Arguments& arguments)
{
    if (std::holds_alternative<HelpCommand>(arguments.command)) {
        std::cout << helpText();
        return ExitCode::Done;
    }
    if (std::holds_alternative<VersionCommand>(arguments.command)) {
        std::cout << "countersign-cli " COUNTERSIGN_VERSION "\n";
        return ExitCode::Done;
    }
    auto config = configOf(arguments);
    if (!config)
        return configurationProblem(config.error());
    return std::visit(
        base::Overloaded{
            [&](const RfqCommand& command) { return runRfq(command, arguments.format, *std::move(config)); },
            [&](const VenuesCommand& command) { return runVenues(command, arguments.format, *std::move(config)); },
            [&](const TokenListCommand&) { return listTokens(arguments.format, *std::move(config)); },
            [](const ConfigCheckCommand&) {
                std::cout << "The configuration is in order." << std::endl;
                return ExitCode::Done;
            },
            [](const HelpCommand&) { return ExitCode::Done; },
            [](const VersionCommand&) { return ExitCode::Done; },
        },
        arguments.command);
}

}
