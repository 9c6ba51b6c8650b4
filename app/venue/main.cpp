#include "app/cli/terminal.h"
#include "app/process/account.h"
#include "app/process/file_limit.h"
#include "app/process/harden.h"
#include "app/process/host_name.h"
#include "app/process/stop_signal.h"
#include "app/trail/token_head_signer.h"
#include "app/venue/access_recorder.h"
#include "app/venue/audit_station.h"
#include "app/venue/audited_log.h"
#include "app/venue/gateway_token.h"
#include "app/venue/identity_commands.h"
#include "app/venue/line_log.h"
#include "app/venue/options.h"
#include "app/venue/order_book.h"
#include "app/venue/order_listing.h"
#include "app/venue/settings_reader.h"
#include "app/venue/status_board.h"
#include "app/venue/status_report.h"
#include "app/venue/venue_server.h"
#include "auth/opensc_settings.h"

#include <atomic>
#include <iostream>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace {

enum ExitCode { Done = 0, Failed = 1, Usage = 64, Misconfigured = 78 }; // sysexits.h

int complain(const base::Error& error, ExitCode code)
{
    std::cerr << "countersign-venue: " << error.detail << "\n";
    return code;
}

siem::Origin reporter()
{
    return {.host = app::hostName(), .processId = app::processId(), .version = COUNTERSIGN_VERSION};
}

/// Whose certificate speaks for each session.
std::map<std::string, std::string> usersOf(const venue::VenueSettings& settings)
{
    std::map<std::string, std::string> users;
    for (const venue::SessionSettings& session : settings.sessions)
        users.emplace(session.name.text(), session.certificateName);
    return users;
}

/// The gateway's token, where its identity is on one.
base::Result<std::unique_ptr<venue::GatewayToken>> unlockToken(
    const venue::ProgramSettings& settings, std::optional<base::SecretBytes> pin, venue::Doorbell& doorbell)
{
    const auto* token = settings.gateway ? std::get_if<auth::TokenSettings>(&settings.gateway->identity) : nullptr;
    if (!token)
        return std::unique_ptr<venue::GatewayToken>();
    return venue::GatewayToken::open(*token, std::move(pin), doorbell);
}

int serve(const venue::ProgramSettings& settings, std::optional<base::SecretBytes> gatewayPin)
{
    const base::SystemClock clock;
    venue::LineLog log(std::cerr, clock);
    venue::Doorbell doorbell;
    const app::StopSignal stop([&doorbell] { doorbell.close(); });
    auto book = venue::OrderBook::open(settings.listener.store);
    if (!book)
        return complain(book.error(), Failed);
    // It signs the last words of the trail: it goes after it.
    const auto token = unlockToken(settings, std::move(gatewayPin), doorbell);
    if (!token)
        return complain(token.error(), Failed);
    std::atomic<bool> isUnseen = false; // a record is lost: the venue stops
    std::unique_ptr<venue::AuditStation> station;
    std::optional<venue::AuditedLog> audited;
    if (settings.audit) {
        std::shared_ptr<audit::HeadSigner> signer;
        if (*token && !settings.audit->signingKey) {
            auto made = app::headSignerOf((*token)->identity());
            if (!made)
                return complain(made.error(), Misconfigured);
            signer = *std::move(made);
        }
        auto opened = venue::AuditStation::open(
            *settings.audit, std::move(signer), reporter(), clock, log, [&isUnseen, &doorbell] {
                isUnseen = true;
                doorbell.close();
            });
        if (!opened)
            return complain(opened.error(), Failed);
        station = *std::move(opened);
        audited.emplace(log, station->recorder(), clock, usersOf(settings.venue));
    }
    venue::EventLog& events = audited ? static_cast<venue::EventLog&>(*audited) : log;
    venue::StatusBoard board(events, venue::statusFileOf(settings.listener.store), app::processId(), clock);
    venue::AccessRecorder access(log, audited ? &*audited : nullptr, &board);
    auto server = venue::VenueServer::open(settings, doorbell, board, access, clock, **book, token->get());
    if (!server)
        return complain(server.error(), Failed);
    std::cout << "listening on " << settings.listener.host << ":" << server.value()->port() << std::endl;
    server.value()->run();
    log.record("stopped", {});
    return isUnseen ? Failed : Done;
}

int listOrders(const venue::ProgramSettings& settings)
{
    const auto book = venue::OrderBook::read(settings.listener.store);
    if (!book)
        return complain(book.error(), Failed);
    if (const base::Status listed = venue::listOrders(**book, std::cout); !listed)
        return complain(listed.error(), Failed);
    return Done;
}

int configured(const venue::Options& options)
{
    auto settings = venue::readSettings(options.config, options.scenarios);
    if (!settings)
        return complain(settings.error(), Misconfigured);
    if (options.task == venue::Task::CheckConfig) {
        std::cout << options.config.string() << ": in order\n";
        return Done;
    }
    if (options.task == venue::Task::ListOrders)
        return listOrders(settings.value());
    if (options.seed)
        settings->venue.seed = *options.seed;
    if (options.port)
        settings->listener.port = *options.port;
    std::optional<base::SecretBytes> gatewayPin;
    if (options.gatewayPin) {
        auto pin = cli::readPin(*options.gatewayPin);
        if (!pin)
            return complain(pin.error(), Failed);
        gatewayPin = *std::move(pin);
    }
    return serve(settings.value(), std::move(gatewayPin));
}

int showStatus(std::span<const std::string> words)
{
    const auto options = venue::parseStatusOptions(words);
    if (!options) {
        std::cerr << "countersign-venue: " << options.error().detail << "\n" << venue::statusUsageText();
        return Usage;
    }
    const auto settings = venue::readSettings(options->config);
    if (!settings)
        return complain(settings.error(), Misconfigured);
    const base::SystemClock clock;
    venue::Doorbell doorbell;
    const app::StopSignal stop([&doorbell] { doorbell.close(); });
    const auto wait = [&] {
        doorbell.wait(clock.steady() + std::chrono::seconds(1));
        return !doorbell.isClosed();
    };
    const auto isRunning = venue::showStatus(*options, venue::statusSources(*settings), clock, wait, std::cout);
    if (!isRunning)
        return complain(isRunning.error(), Failed);
    return *isRunning ? Done : Failed;
}

int administer(std::span<const std::string> words)
{
    const auto options = venue::parseIdentityOptions(words);
    if (!options) {
        std::cerr << "countersign-venue: " << options.error().detail << "\n" << venue::identityUsageText();
        return Usage;
    }
    const auto settings = venue::readSettings(options->config);
    if (!settings)
        return complain(settings.error(), Misconfigured);
    if (!settings->pep)
        return complain({base::Errc::Configuration,
                            options->config.string() + ": there is no [pep] section: nobody is registered here"},
            Misconfigured);
    const base::SystemClock clock;
    const venue::ListenerSettings& listener = settings->listener;
    venue::Administration by{.pep = *settings->pep, .people = {}, .account = app::accountName()};
    by.people.caFile = listener.clientAuthority.string();
    by.people.crlFile = listener.revocations ? listener.revocations->string() : "";
    if (const auto done = venue::runIdentityCommand(*options, by, clock, std::cout); !done)
        return complain(done.error(), Failed);
    return Done;
}

}

int main(int argc, char** argv)
{
    app::hardenProcess();
    app::allowManyFiles();
    if (const auto own = auth::useOwnOpenScSettings(); !own)
        return complain(own.error(), Failed);
    const std::vector<std::string> words(argv + 1, argv + argc);
    if (venue::isIdentityCommand(words))
        return administer(words);
    if (venue::isStatusCommand(words))
        return showStatus(words);
    const auto options = venue::parseOptions(words);
    if (!options) {
        std::cerr << "countersign-venue: " << options.error().detail << "\n\n" << venue::usageText();
        return Usage;
    }
    switch (options.value().task) {
    case venue::Task::Help:
        std::cout << venue::usageText() << venue::identityUsageText() << venue::statusUsageText();
        return Done;
    case venue::Task::Version:
        std::cout << "countersign-venue " COUNTERSIGN_VERSION "\n";
        return Done;
    case venue::Task::Serve:
    case venue::Task::CheckConfig:
    case venue::Task::ListOrders:
        return configured(options.value());
    }
    return Failed;
}
