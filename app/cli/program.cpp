#include "app/cli/program.h"

#include "app/cli/access_lock_run.h"
#include "app/cli/access_runs.h"
#include "app/cli/audit_run.h"
#include "app/cli/card_cert_run.h"
#include "app/cli/cert_look_run.h"
#include "app/cli/cert_run.h"
#include "app/cli/decision_run.h"
#include "app/cli/desk_lookup.h"
#include "app/cli/desk_session.h"
#include "app/cli/device_run.h"
#include "app/cli/enrol_run.h"
#include "app/cli/incident_runs.h"
#include "app/cli/key_run.h"
#include "app/cli/outcome_events.h"
#include "app/cli/outcomes_report.h"
#include "app/cli/policy_run.h"
#include "app/cli/recover_run.h"
#include "app/cli/rfq_run.h"
#include "app/cli/terminal.h"
#include "app/cli/token_runs.h"
#include "app/cli/venue_key_run.h"
#include "app/cli/venues_run.h"
#include "app/config/pin_warnings.h"
#include "app/desk_core/desk_keys.h"
#include "app/process/host_name.h"
#include "core/base/overloaded.h"

#include <iostream>
#include <optional>
#include <utility>

namespace cli {

using base::Error;

namespace {

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

ExitCode refuseToStart(DeskSession& session, const Error& error)
{
    session.reporter().report(endEvent(ExitCode::Usage, "Nothing was changed: " + error.detail));
    return ExitCode::Usage;
}

/// The journal is open and the trader signed in, or the exit code.
std::optional<ExitCode> begin(DeskSession& session, const PinSource& pin)
{
    if (const auto over = session.open())
        return over;
    return session.signIn(pin);
}

/// Shows the words, has the second person sign them, and puts the decision into effect.
ExitCode decide(DeskSession& session, Decision decision, const SecondPerson& second)
{
    session.reporter().report(statementEvent(decision.statement));
    auto pin = session.secondPin(second);
    if (!pin) {
        session.reporter().report(approvalRefusedEvent(pin.error(), {}));
        session.reporter().report(
            endEvent(ExitCode::NotConnected, "The second person did not sign; nothing was changed"));
        return ExitCode::NotConnected;
    }
    DecisionRun run(
        std::move(decision), second, *std::move(pin), session.desk().approver(), session.reporter(), session.clock());
    return session.drive(run);
}

/// Connected, and where a policy enforcement point decides, let in; or the exit code.
std::optional<ExitCode> getIn(DeskSession& session)
{
    session.goOnline();
    if (session.desk().access().sessions().empty())
        return std::nullopt;
    AccessRun run(session.desk().access(), session.service(), session.reporter(), session.clock());
    const ExitCode code = session.drive(run);
    return code == ExitCode::Done ? std::nullopt : std::optional(code);
}

template <typename Run, typename RunCommand>
ExitCode driveOnline(DeskSession& session, const RunCommand& command)
{
    if (const auto over = getIn(session))
        return session.finish(*over);
    Run run(command, session.service(), session.reporter(), session.clock());
    return session.finish(session.drive(run));
}

ExitCode runRfq(const RfqCommand& command, DeskSession& session)
{
    if (const auto over = begin(session, command.pin))
        return *over;
    if (command.twin) {
        auto decision = twinDecision(*command.twin, session.service(), *session.desk().trader());
        if (!decision)
            return refuseToStart(session, decision.error());
        const ExitCode code = decide(session, *std::move(decision), command.twin->second);
        if (code != ExitCode::Done)
            return code;
    }
    if (const auto over = getIn(session))
        return session.finish(*over);
    if (command.arm) {
        ArmRun arm(command, session.desk().access(), session.service(), session.reporter(), session.clock());
        if (const ExitCode code = session.drive(arm); code != ExitCode::Done)
            return session.finish(code);
    }
    RfqRun run(command, session.service(), session.reporter(), session.clock(), &session.desk().access());
    return session.finish(session.drive(run));
}

/// A PIV card is worked on by its own commands, as in the window; everything else is the PKCS#11 module's.
ExitCode runCertOnCardOrToken(const CertCommand& command, Format format, const app::DeskConfig& config)
{
    const auto onCard = runCertOnCard(command, format, config.token);
    return onCard ? *onCard : runCert(command, format, config.token);
}

ExitCode runVenues(const VenuesCommand& command, DeskSession& session)
{
    if (const auto over = session.open())
        return *over;
    const auto& known = session.service().settings().profiles;
    for (const rfq::SessionId& id : command.reset) {
        if (!known.contains(id))
            return refuseToStart(session, {base::Errc::NotFound, "no session is named " + id.text()});
    }
    if (const auto over = session.signIn(command.pin))
        return *over;
    for (const rfq::SessionId& id : command.reset)
        session.desk().resetSequenceNumbers(id);
    return driveOnline<VenuesRun>(session, command);
}

ExitCode runOutcomes(DeskSession& session)
{
    if (const auto over = session.open())
        return *over;
    return session.finish(reportOutcomes(session.service(), session.reporter()));
}

ExitCode runRecover(const RecoverCommand& command, DeskSession& session)
{
    if (const auto over = session.open())
        return *over;
    if (session.service().unknownOutcomes().empty()) {
        session.reporter().report(endEvent(ExitCode::Done, "Every outcome is known"));
        return ExitCode::Done;
    }
    if (const auto over = session.signIn(command.pin))
        return *over;
    return driveOnline<RecoverRun>(session, command);
}

ExitCode runClose(const CloseCommand& command, DeskSession& session)
{
    if (const auto over = session.open())
        return *over;
    // Before anybody types a PIN for nothing.
    if (const auto known = closingDecision(command, session.service(), {}); !known)
        return refuseToStart(session, known.error());
    if (const auto over = session.signIn(command.pin))
        return *over;
    auto decision = closingDecision(command, session.service(), *session.desk().trader());
    if (!decision)
        return refuseToStart(session, decision.error());
    const ExitCode code = decide(session, *std::move(decision), command.second);
    if (code != ExitCode::Done)
        return code;
    session.reporter().report(outcomeEvent(*findAcceptance(session.service(), command.id)));
    session.reporter().report(endEvent(code, "Closed by two persons"));
    return session.finish(code);
}

ExitCode runAcknowledge(const AcknowledgeCommand& command, DeskSession& session)
{
    if (const auto over = begin(session, command.pin))
        return *over;
    return session.finish(acknowledgeIncident(command, session.service(), session.reporter()));
}

ExitCode runEnrolAt(const EnrolAtCommand& command, DeskSession& session)
{
    if (const auto over = begin(session, command.pin))
        return *over;
    session.goOnline();
    app::DeskKeys keys(session.desk().securityKeys(), session.desk().venueEnrolment(), session.desk().venueKeys(), {});
    const auto askPinOfKey = [&command] {
        return command.newKeyPin.descriptor ? readPin(*command.newKeyPin.descriptor)
                                            : askPin("PIN of the new security key: ");
    };
    EnrolRun run(
        command, askPinOfKey, keys, session.desk().access(), session.service(), session.reporter(), session.clock());
    return session.finish(session.drive(run));
}

ExitCode runVenueKey(const VenueKeyCommand& command, DeskSession& session)
{
    if (const auto over = begin(session, command.pin))
        return *over;
    session.goOnline();
    app::TradingDesk& desk = session.desk();
    app::DeskKeys keys(desk.securityKeys(), desk.venueEnrolment(), desk.venueKeys(), {});
    VenueKeyRun run(command, keys, desk.access(), session.service(), session.reporter(), session.clock());
    return session.finish(session.drive(run));
}

/// Those of the command line beside those of the configuration.
void addReaders(const Command& command, app::DeskConfig& config)
{
    const auto add = [&config](const std::vector<std::string>& readers) {
        config.securityKeys.readers.insert(config.securityKeys.readers.end(), readers.begin(), readers.end());
    };
    if (const auto* enrol = std::get_if<EnrolAtCommand>(&command))
        add(enrol->readers);
    if (const auto* change = std::get_if<VenueKeyCommand>(&command))
        add(change->readers);
}

ExitCode runDispute(const DisputeCommand& command, DeskSession& session)
{
    if (const auto over = begin(session, command.pin))
        return *over;
    return driveOnline<DisputeRun>(session, command);
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
    if (const auto* key = std::get_if<KeyCommand>(&arguments.command))
        return runKey(*key, arguments.format);
    if (const auto* policy = std::get_if<PolicyCommand>(&arguments.command))
        return runPolicy(*policy, arguments.format, std::cout);
    if (const auto* trail = std::get_if<AuditCommand>(&arguments.command))
        return runAudit(*trail, arguments.format, std::cout, std::cerr,
            {.host = app::hostName(), .processId = {}, .version = COUNTERSIGN_VERSION});
    if (const auto* look = std::get_if<CertLookCommand>(&arguments.command))
        return runCertLook(*look, arguments.format, std::cout);
    auto config = configOf(arguments);
    if (!config)
        return configurationProblem(config.error());
    if (std::holds_alternative<ConfigCheckCommand>(arguments.command)) {
        for (const Error& warning : app::pinWarnings(*config, base::SystemClock().utc()))
            std::cout << "WARNING: " << warning.detail << '\n';
        std::cout << "The configuration is in order." << std::endl;
        return ExitCode::Done;
    }
    if (const auto* command = std::get_if<TokenListCommand>(&arguments.command))
        return listTokens(*command, arguments.format, *std::move(config));
    if (const auto* status = std::get_if<TokenStatusCommand>(&arguments.command))
        return showToken(*status, arguments.format, *std::move(config));
    if (const auto* command = std::get_if<DeviceCommand>(&arguments.command))
        return runDevice(
            *command, arguments.format, config->tpm, config->deviceCertificate, app::hostName(), "/", std::cout);
    if (std::holds_alternative<AccessStatusCommand>(arguments.command))
        return showLocks(arguments.format, *config);
    if (const auto* command = std::get_if<AccessUnlockCommand>(&arguments.command))
        return unlockPerson(*command, arguments.format, *std::move(config));
    if (const auto* command = std::get_if<SetPinCommand>(&arguments.command))
        return setPin(*command, arguments.format, *std::move(config));
    if (const auto* certificates = std::get_if<CertCommand>(&arguments.command))
        return runCertOnCardOrToken(*certificates, arguments.format, *config);
    addReaders(arguments.command, *config);
    DeskSession session(arguments.format, arguments.keyPin, *std::move(config));
    return std::visit(base::Overloaded{
                          [&](const RfqCommand& command) { return runRfq(command, session); },
                          [&](const VenuesCommand& command) { return runVenues(command, session); },
                          [&](const OutcomesCommand&) { return runOutcomes(session); },
                          [&](const RecoverCommand& command) { return runRecover(command, session); },
                          [&](const CloseCommand& command) { return runClose(command, session); },
                          [&](const AcknowledgeCommand& command) { return runAcknowledge(command, session); },
                          [&](const DisputeCommand& command) { return runDispute(command, session); },
                          [&](const EnrolAtCommand& command) { return runEnrolAt(command, session); },
                          [&](const VenueKeyCommand& command) { return runVenueKey(command, session); },
                          [](const KeyCommand&) { return ExitCode::Done; },
                          [](const PolicyCommand&) { return ExitCode::Done; },
                          [](const CertCommand&) { return ExitCode::Done; },
                          [](const AuditCommand&) { return ExitCode::Done; },
                          [](const CertLookCommand&) { return ExitCode::Done; },
                          [](const TokenListCommand&) { return ExitCode::Done; },
                          [](const TokenStatusCommand&) { return ExitCode::Done; },
                          [](const SetPinCommand&) { return ExitCode::Done; },
                          [](const DeviceCommand&) { return ExitCode::Done; },
                          [](const AccessStatusCommand&) { return ExitCode::Done; },
                          [](const AccessUnlockCommand&) { return ExitCode::Done; },
                          [](const ConfigCheckCommand&) { return ExitCode::Done; },
                          [](const HelpCommand&) { return ExitCode::Done; },
                          [](const VersionCommand&) { return ExitCode::Done; },
                      },
        arguments.command);
}

}
