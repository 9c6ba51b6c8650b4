#include "app/venue/pep_reader.h"

#include "app/venue/pep_rules_reader.h"
#include "core/stepup/aaguid_text.h"
#include "core/stepup/device_trust.h"

#include <array>
#include <utility>

namespace venue {

namespace {

using namespace std::chrono_literals;

constexpr std::array<std::pair<std::string_view, pep::Dealing>, 2> DealingNames{
    {{"score", pep::Dealing::ScoreDecides}, {"armed-ticket", pep::Dealing::ArmedTicketRequired}}};
constexpr std::array<std::pair<std::string_view, pep::AddressChange>, 2> AddressChangeNames{
    {{"score", pep::AddressChange::ScoreDecides}, {"step-up", pep::AddressChange::StepUp}}};
constexpr std::array<std::pair<std::string_view, pep::FourEyes>, 2> FourEyesNames{
    {{"on", pep::FourEyes::On}, {"off", pep::FourEyes::Off}}};

constexpr std::array<std::pair<std::string_view, pep::HardwareProof>, 2> HardwareNames{
    {{"attested", pep::HardwareProof::Attested}, {"registered", pep::HardwareProof::Registered}}};

std::set<stepup::Aaguid> readModels(const store::TomlValue& value)
{
    std::set<stepup::Aaguid> models;
    for (const std::string& text : value.texts().value_or(std::vector<std::string>{})) {
        if (const auto model = stepup::aaguidOf(text))
            models.insert(*model);
        else
            value.refuse("AAGUIDs, each as 2fc0579f-8113-47ea-b116-bb5a8db9202a");
    }
    return models;
}

std::set<std::string> readPolicyOids(const store::TomlValue& value)
{
    std::set<std::string> oids;
    for (const std::string& oid :
        value.present() ? value.texts().value_or(std::vector<std::string>{}) : std::vector<std::string>{}) {
        if (stepup::isPolicyOid(oid))
            oids.insert(oid);
        else
            value.refuse("OIDs of certificate policies, each as 1.3.6.1.4.1.311.21.30");
    }
    return oids;
}

std::optional<DeviceAuthority> readDevices(const store::TomlTable& table)
{
    const auto lists = table.optional("device_crls");
    const auto policies = table.optional("device_hardware_policies");
    const auto roots = table.optional("device_roots").path();
    if (!roots) {
        for (const auto* value : {&lists, &policies})
            if (value->present())
                value->refuse("device_roots too, the authority that this is about");
        return std::nullopt;
    }
    return DeviceAuthority{
        .roots = *roots, .revocationLists = lists.path(), .hardwarePolicies = readPolicyOids(policies)};
}

std::chrono::seconds seconds(const store::TomlValue& value, std::chrono::seconds usual, std::chrono::seconds most)
{
    const auto given = value.duration(1s, most);
    return given ? std::chrono::duration_cast<std::chrono::seconds>(*given) : usual;
}

}

std::optional<PepSettings> readPep(const store::TomlTable& root)
{
    const store::TomlTable table = root.table("pep");
    if (!table.present())
        return std::nullopt;
    PepSettings settings;
    pep::EnforcementSettings& enforcement = settings.enforcement;
    enforcement.rpId = table.required("rp_id").text().value_or("");
    settings.identities = table.required("identities").path().value_or("");
    settings.attestationRoots = table.required("attestation_roots").path().value_or("");
    settings.securityKeys = readModels(table.required("security_keys"));
    settings.pivRoots = table.optional("piv_roots").path();
    settings.devices = readDevices(table);
    enforcement.hardwareKey =
        table.optional("hardware_key").choice<pep::HardwareProof>(HardwareNames).value_or(enforcement.hardwareKey);
    enforcement.privilegedPolicies = readPolicyOids(table.optional("privileged_policies"));
    settings.countries = table.optional("countries").path();
    settings.fourEyes = table.optional("four_eyes").choice<pep::FourEyes>(FourEyesNames).value_or(settings.fourEyes);
    settings.policy = store::readSignedPolicy(table);
    enforcement.segment = table.optional("segment").text().value_or(enforcement.segment);
    enforcement.dealing = table.optional("dealing").choice<pep::Dealing>(DealingNames).value_or(enforcement.dealing);
    enforcement.addressChange = table.optional("address_change")
                                    .choice<pep::AddressChange>(AddressChangeNames)
                                    .value_or(enforcement.addressChange);
    enforcement.reverifyAfter = seconds(table.optional("verify_again_after"), enforcement.reverifyAfter, 24h);
    enforcement.decideEvery = seconds(table.optional("decide_every"), enforcement.decideEvery, 1h);
    enforcement.contextPatience = seconds(table.optional("context_patience"), enforcement.contextPatience, 10min);
    enforcement.stepUpPatience = seconds(table.optional("step_up_patience"), enforcement.stepUpPatience, 1h);
    enforcement.rules = readRules(table);
    if (const auto ahead = table.optional("minutes_ahead_of_utc").integer(-720, 840))
        enforcement.zone = std::chrono::minutes(*ahead);
    return settings;
}

}
