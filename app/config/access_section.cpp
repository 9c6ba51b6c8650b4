#include "app/config/config_sections.h"
#include "app/config/setting_names.h"
#include "core/stepup/aaguid_text.h"

#include <algorithm>
#include <array>
#include <utility>

namespace app {

namespace {

using namespace std::chrono_literals;
using store::TomlTable;
using store::TomlValue;

constexpr Names<zerotrust::UserRole, 2> Roles{
    {{"standard", zerotrust::UserRole::Standard}, {"privileged", zerotrust::UserRole::Privileged}}};
constexpr Names<pep::KeyHome, 2> KeyHomes{{{"hardware", pep::KeyHome::Hardware}, {"software", pep::KeyHome::Software}}};
constexpr Names<pep::DeviceRecord, 2> Devices{
    {{"managed", pep::DeviceRecord::Managed}, {"unmanaged", pep::DeviceRecord::Unmanaged}}};
constexpr Names<pep::Dealing, 2> Dealings{
    {{"score", pep::Dealing::ScoreDecides}, {"armed-ticket", pep::Dealing::ArmedTicketRequired}}};

void readKeys(const TomlTable& table, DeskAccessConfig& access)
{
    const TomlValue files = table.optional("security_keys");
    for (const std::string& file : files.texts().value_or(std::vector<std::string>()))
        access.securityKeys.emplace_back(file);
    const TomlValue roots = table.optional("attestation_roots");
    access.attestationRoots = roots.path().value_or("");
    const TomlValue models = table.optional("key_models");
    for (const std::string& text : models.texts().value_or(std::vector<std::string>())) {
        if (const auto model = stepup::aaguidOf(text))
            access.keyModels.insert(*model);
        else
            models.refuse("AAGUIDs, each as 2fc0579f-8113-47ea-b116-bb5a8db9202a");
    }
    if (access.securityKeys.empty())
        return;
    if (!roots.present())
        table.required("attestation_roots").refuse("beside security_keys: whose keys are believed to be hardware");
    if (access.keyModels.empty())
        models.refuse("beside security_keys: the models that count");
}

std::chrono::seconds seconds(const TomlValue& value, std::chrono::seconds usual, std::chrono::seconds most)
{
    const auto given = value.duration(1s, most);
    return given ? std::chrono::duration_cast<std::chrono::seconds>(*given) : usual;
}

}

bool isDomain(const std::string& text)
{
    const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.'; };
    return !text.empty() && text.size() <= 253 && std::ranges::all_of(text, fits) && text.front() != '.'
        && text.back() != '.';
}

DeskAccessConfig bareDeskAccess(const DeskConfig& config)
{
    DeskAccessConfig access;
    access.enforcement.rpId = config.enrolment.relyingParty;
    // The configuration is the firm's word on where the key is; nobody attests the card to its own desk.
    access.enforcement.hardwareKey = pep::HardwareProof::Registered;
    access.trail = config.stateDirectory / "access-audit.db";
    return access;
}

std::optional<DeskAccessConfig> readDeskAccess(const TomlTable& table, const DeskConfig& config)
{
    if (!table.present())
        return std::nullopt;
    DeskAccessConfig access = bareDeskAccess(config);
    pep::EnforcementSettings& enforcement = access.enforcement;
    const TomlValue domain = table.optional("step_up_domain");
    enforcement.rpId = domain.text().value_or(enforcement.rpId);
    if (domain.present() && !isDomain(enforcement.rpId))
        domain.refuse("the domain under which security keys are enrolled, e.g. \"stepup.example.com\"");
    readKeys(table, access);
    if (!access.securityKeys.empty() && enforcement.rpId.empty())
        table.required("step_up_domain").refuse("beside security_keys, where [enrolment] names no relying_party");
    access.policy = store::readSignedPolicy(table, config.stateDirectory / "access-policies");
    access.countries = table.optional("countries").path().value_or("");
    access.role = table.optional("role").choice<zerotrust::UserRole>(Roles).value_or(access.role);
    access.key = table.optional("key").choice<pep::KeyHome>(KeyHomes).value_or(access.key);
    access.device = table.optional("device").choice<pep::DeviceRecord>(Devices).value_or(access.device);
    enforcement.dealing = table.optional("dealing").choice<pep::Dealing>(Dealings).value_or(enforcement.dealing);
    enforcement.reverifyAfter = seconds(table.optional("verify_again_after"), enforcement.reverifyAfter, 24h);
    enforcement.decideEvery = seconds(table.optional("decide_every"), enforcement.decideEvery, 1h);
    enforcement.stepUpPatience = seconds(table.optional("step_up_patience"), enforcement.stepUpPatience, 1h);
    if (const auto ahead = table.optional("minutes_ahead_of_utc").integer(-720, 840))
        enforcement.zone = std::chrono::minutes(*ahead);
    access.trail = table.optional("trail").path().value_or(access.trail);
    access.trailKey = table.optional("trail_key").path().value_or("");
    return access;
}

}
