#include "app/config/desk_config.h"

#include "app/config/config_sections.h"
#include "core/store/toml_document.h"

#include <algorithm>
#include <cstdlib>
#include <set>

namespace app {

namespace {

using namespace std::chrono_literals;

/// A directory of the XDG base directory specification 0.8: a value that is not an absolute path counts as none.
std::filesystem::path xdgDirectory(const char* variable, const char* belowHome)
{
    const char* value = std::getenv(variable);
    if (value && std::filesystem::path(value).is_absolute())
        return value;
    const char* home = std::getenv("HOME");
    return home && std::filesystem::path(home).is_absolute() ? std::filesystem::path(home) / belowHome
                                                             : std::filesystem::path();
}

void readPaths(const store::TomlTable& paths, DeskConfig& config)
{
    const std::filesystem::path base = xdgDirectory("XDG_STATE_HOME", ".local/state");
    const store::TomlValue state = paths.optional("state");
    config.stateDirectory = state.path().value_or(base.empty() ? base : base / "countersign");
    if (config.stateDirectory.empty())
        paths.required("state").refuse("a directory: there is no XDG_STATE_HOME and no HOME to go by");
    config.logDirectory = paths.optional("log").path().value_or(config.stateDirectory / "log");
    if (!paths.optional("message_log").flag().value_or(true))
        config.logDirectory.clear();
}

void readRules(const store::TomlTable& rules, rfq::DeskSettings& desk)
{
    desk.requestLife = rules.optional("request_life").duration(1s, 1h).value_or(desk.requestLife);
    desk.priceGuard = rules.optional("price_guard").duration(0ms, 5s).value_or(desk.priceGuard);
    const auto holidays = rules.optional("holidays").dates().value_or(std::vector<base::Date>());
    desk.holidays = {holidays.begin(), holidays.end()};
}

/// The domain at which keys are touched, where the sessions agree on one; empty otherwise.
std::string onlyDomain(const std::vector<fix::SessionSettings>& sessions)
{
    std::set<std::string> domains;
    for (const fix::SessionSettings& session : sessions)
        if (session.access)
            domains.insert(session.access->rpId);
    return domains.size() == 1 ? *domains.begin() : std::string();
}

}

std::filesystem::path defaultConfigFile()
{
    const std::filesystem::path base = xdgDirectory("XDG_CONFIG_HOME", ".config");
    return base.empty() ? base : base / "countersign" / "countersign.toml";
}

base::Result<DeskConfig> loadDeskConfig(const std::filesystem::path& file)
{
    auto document = store::TomlDocument::open(file);
    if (!document)
        return document.error();
    const store::TomlTable root = document->root();
    DeskConfig config;
    readPaths(root.table("paths"), config);
    const store::TomlTable token = root.table("token");
    config.token = readToken(token);
    config.removalGrace = token.optional("removal_grace").duration(0s, 10min).value_or(config.removalGrace);
    config.approvers = readApprovers(root.table("approvers"));
    config.enrolment = readEnrolment(root.table("enrolment"));
    config.securityKeys = readSecurityKeys(root.table("security_keys"));
    config.access = readDeskAccess(root.table("access"), config);
    config.window = readWindow(root.table("window"));
    config.tpm = readDevice(root.table("device"));
    config.deviceCertificate = readDeviceCertificate(root.table("device"), config.token.module);
    config.desk.instruments = readInstruments(root);
    config.desk.limits = readLimits(root.table("limits"));
    readRules(root.table("desk"), config.desk);
    Counterparties counterparties = readCounterparties(root, readProfiles(root), config);
    for (const fix::SessionSettings& session : counterparties.sessions)
        config.desk.profiles[session.name] = session.profile;
    config.desk.dealers = std::move(counterparties.dealers);
    config.sessions = std::move(counterparties.sessions);
    if (config.enrolment.relyingParty.empty())
        config.enrolment.relyingParty = onlyDomain(config.sessions);
    const auto isDesks = [](const fix::SessionSettings& one) {
        return one.access && one.access->judge == fix::AccessJudge::Desk;
    };
    if (!config.access && std::any_of(config.sessions.begin(), config.sessions.end(), isDesks))
        config.access = bareDeskAccess(config);
    if (const base::Status sound = document->finish(); !sound)
        return sound.error();
    return config;
}

}
