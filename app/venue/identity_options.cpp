#include "app/venue/identity_options.h"

#include "core/pep/entitlement_text.h"
#include "core/pep/identity_rows.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <utility>

namespace venue {

namespace {

struct Command {
    std::string_view noun;
    std::string_view verb;
    IdentityTask task;
    bool takesObject;
};

constexpr std::array<Command, 20> Commands{{
    {"user", "add", IdentityTask::AddUser, true},
    {"user", "change", IdentityTask::ChangeUser, true},
    {"user", "list", IdentityTask::ListUsers, false},
    {"user", "revoke", IdentityTask::RevokeUser, true},
    {"user", "unlock", IdentityTask::UnlockUser, true},
    {"role", "list", IdentityTask::ListRoles, false},
    {"role", "set", IdentityTask::SetRole, true},
    {"certificate", "add", IdentityTask::AddCertificate, true},
    {"certificate", "revoke", IdentityTask::RevokeCertificate, true},
    {"certificate", "change", IdentityTask::ChangeCertificate, true},
    {"credential", "list", IdentityTask::ListCredentials, false},
    {"credential", "revoke", IdentityTask::RevokeCredential, true},
    {"credential", "rename", IdentityTask::RenameCredential, true},
    {"credential", "import", IdentityTask::ImportCredential, true},
    {"user", "lock", IdentityTask::LockUser, true},
    {"change", "list", IdentityTask::ListChanges, false},
    {"change", "show", IdentityTask::ShowChange, true},
    {"change", "propose", IdentityTask::ProposeChange, true},
    {"change", "approve", IdentityTask::ApproveChange, true},
    {"change", "reject", IdentityTask::RejectChange, true},
}};

base::Error wrong(const std::string& what)
{
    return {base::Errc::InvalidInput, what};
}

base::Status oneOf(const std::string& option, const std::string& value, bool known, const char* expected)
{
    if (known)
        return base::Ok{};
    return wrong(option + ": expected " + expected + ", found '" + value + "'");
}

/// Takes over a parsed part, or says which option it belonged to.
template <typename T>
base::Status keep(std::optional<T>& into, base::Result<T> parsed, const std::string& option)
{
    if (!parsed)
        return wrong(option + ": " + parsed.error().detail);
    into = *std::move(parsed);
    return base::Ok{};
}

/// A limit in a currency that no message names would limit nobody, and entitle nobody either.
base::Status checkCurrencies(const zerotrust::Quantities& quantities, const std::string& option)
{
    for (const auto& [currency, quantity] : quantities)
        if (currency.size() != 3
            || !std::all_of(currency.begin(), currency.end(), [](char c) { return c >= 'A' && c <= 'Z'; }))
            return wrong(option + ": '" + currency + "' is no currency: expected three capital letters, as EUR");
    return base::Ok{};
}

base::Status applyEntitlement(IdentityOptions& options, const std::string& option, const std::string& value)
{
    if (option == "--may")
        return keep(options.activities, pep::parseActivities(value), option);
    if (option == "--sides")
        return keep(options.sides, pep::parseSides(value), option);
    if (option == "--max") {
        const base::Status kept = keep(options.maxQuantity, pep::parseQuantities(value), option);
        return kept ? checkCurrencies(*options.maxQuantity, option) : kept;
    }
    if (option == "--instruments")
        options.instruments = pep::parseNames(value);
    else if (option == "--dealers")
        options.dealers = pep::parseNames(value);
    else if (option == "--segment")
        options.segment = value;
    else
        return wrong("unknown option '" + option + "'");
    return base::Ok{};
}

base::Status apply(IdentityOptions& options, const std::string& option, const std::string& value)
{
    if (option == "--config")
        options.config = value;
    else if (option == "--certificate")
        options.certificate = value;
    else if (option == "--device-key")
        options.deviceKey = value;
    else if (option == "--device-certificate")
        options.deviceCertificate = value;
    else if (option == "--device-name")
        return keep(
            options.deviceNames, value == "none" ? stepup::DeviceNames{} : stepup::parseDeviceNames(value), option);
    else if (option == "--attestation")
        options.attestation = value;
    else if (option == "--user")
        options.user = value;
    else if (option == "--replaces")
        options.replaces = value;
    else if (option == "--name")
        options.keyName = value;
    else if (option == "--signature")
        options.signature = value;
    else if (option == "--why")
        options.why = value;
    else if (option == "--step") {
        options.step = pep::changeStepOf(value);
        return oneOf(option, value, options.step.has_value(), "propose, approve or reject");
    } else if (option == "--key") {
        options.key = pep::keyHomeOf(value);
        return oneOf(option, value, options.key.has_value(), "hardware or software");
    } else if (option == "--device") {
        options.device = pep::deviceRecordOf(value);
        return oneOf(option, value, options.device.has_value(), "managed, unmanaged or unknown");
    } else if (option == "--role") {
        options.role = pep::userRoleOf(value);
        return oneOf(option, value, options.role.has_value(), "standard or privileged");
    } else if (option == "--enrol-hours") {
        int hours = 0;
        const auto [end, failure] = std::from_chars(value.data(), value.data() + value.size(), hours);
        const bool isNumber = failure == std::errc() && end == value.data() + value.size();
        options.enrolFor = std::chrono::hours(hours);
        return oneOf(option, value, isNumber && hours >= 0 && hours <= 720, "a number from 0 to 720");
    } else {
        return applyEntitlement(options, option, value);
    }
    return base::Ok{};
}

base::Status checkComplete(const IdentityOptions& options)
{
    if (options.config.empty())
        return wrong("--config FILE is missing");
    if (options.task == IdentityTask::AddUser || options.task == IdentityTask::AddCertificate) {
        if (!options.certificate)
            return wrong("--certificate FILE is missing");
        if (!options.key)
            return wrong("--key hardware|software is missing: where the private key of the certificate lives");
    }
    const bool isNamed = options.deviceCertificate || options.deviceNames;
    if ((options.deviceKey || isNamed)
        && options.device.value_or(pep::DeviceRecord::Managed) != pep::DeviceRecord::Managed)
        return wrong(
            "--device-key, --device-certificate and --device-name are for managed workstations: what they prove "
            "is that they are as registered");
    if (options.deviceCertificate && options.deviceNames)
        return wrong("--device-certificate and --device-name say the same: one of them is enough");
    if (options.task == IdentityTask::ChangeCertificate && !options.deviceKey && !isNamed)
        return wrong(
            "--device-key FILE, --device-certificate FILE or --device-name NAME is missing: what the workstation "
            "has to prove from now on");
    if (options.replaces && options.task != IdentityTask::AddCertificate)
        return wrong("--replaces goes with certificate add");
    if (options.task == IdentityTask::RenameCredential && !options.keyName)
        return wrong("--name TEXT is missing: what the security key is called from now on");
    if (options.attestation && options.key == pep::KeyHome::Software)
        return wrong("--attestation says that the key is on a card: --key hardware goes with it");
    if (options.task == IdentityTask::ImportCredential && (!options.user || !options.certificate))
        return wrong("--user NAME and --certificate FILE are needed: whose key it is, and with which certificate");
    const bool signs = options.task == IdentityTask::ProposeChange || options.task == IdentityTask::ApproveChange
        || options.task == IdentityTask::RejectChange;
    if (signs && !options.signature)
        return wrong(
            "--signature FILE is missing: the signature of a privileged person under what `change show` prints");
    if (options.task == IdentityTask::SetRole && !options.role)
        return wrong("--role standard|privileged is missing: which role the person has from now on");
    if (options.task == IdentityTask::LockUser && options.why.empty())
        return wrong("--why TEXT is missing: it is what the person is told");
    return base::Ok{};
}

}

bool isIdentityCommand(std::span<const std::string> words)
{
    return !words.empty() && std::any_of(Commands.begin(), Commands.end(), [&](const Command& command) {
        return command.noun == words.front();
    });
}

base::Result<IdentityOptions> parseIdentityOptions(std::span<const std::string> words)
{
    const auto* command = std::find_if(Commands.begin(), Commands.end(),
        [&](const Command& known) { return words.size() >= 2 && known.noun == words[0] && known.verb == words[1]; });
    if (command == Commands.end())
        return wrong("what to do is missing: user add|change|list|lock|unlock|revoke, role list|set, "
                     "certificate add|change|revoke, credential list|rename|revoke|import, change "
                     "list|show|propose|approve|reject");
    IdentityOptions options;
    options.task = command->task;
    std::size_t next = 2;
    if (command->takesObject) {
        if (words.size() < 3 || words[2].starts_with("--") || words[2].empty())
            return wrong(words[0] + " " + words[1] + ": whom or what it is about is missing");
        options.object = words[next++];
    }
    for (; next < words.size(); next += 2) {
        if (next + 1 == words.size())
            return wrong(words[next] + ": a value is missing");
        if (const base::Status applied = apply(options, words[next], words[next + 1]); !applied)
            return applied.error();
    }
    if (const base::Status complete = checkComplete(options); !complete)
        return complete.error();
    return options;
}

const char* identityUsageText()
{
    return "\n"
           "Who may come, where the configuration has a [pep] section (docs/venue-access.md):\n"
           "  countersign-venue user add NAME --config FILE --certificate PEM --key hardware|software\n"
           "      [--attestation REQUEST] [--device managed|unmanaged|unknown] [DEVICE]\n"
           "      [--role standard|privileged] [--enrol-hours N] [ENTITLEMENT]\n"
           "  countersign-venue user change NAME --config FILE [--role R] [--enrol-hours N] [ENTITLEMENT]\n"
           "  countersign-venue user list --config FILE\n"
           "  countersign-venue user revoke|unlock NAME --config FILE\n"
           "  countersign-venue user lock NAME --config FILE --why TEXT\n"
           "  countersign-venue role list --config FILE\n"
           "  countersign-venue role set NAME --config FILE --role standard|privileged\n"
           "  countersign-venue certificate add NAME --config FILE --certificate PEM --key hardware|software\n"
           "      [--attestation REQUEST] [--device D] [DEVICE]\n"
           "      [--replaces FINGERPRINT]   (renewed: the security keys of that one go over to it)\n"
           "      REQUEST is the certificate request that `countersign-cli cert request` wrote, with the card's word "
           "in it\n"
           "  countersign-venue certificate change FINGERPRINT --config FILE DEVICE\n"
           "      DEVICE is what the workstation has to prove: --device-key FILE (what `countersign-cli device show "
           "--out`\n"
           "      wrote there) and --device-certificate PEM or --device-name dns:A,dns:B|none (docs/device-health.md)\n"
           "  countersign-venue certificate revoke FINGERPRINT --config FILE\n"
           "  countersign-venue credential list --config FILE\n"
           "  countersign-venue credential rename ID --config FILE --name TEXT\n"
           "  countersign-venue credential revoke ID --config FILE\n"
           "  countersign-venue credential import FILE --config FILE --user NAME --certificate PEM [--name TEXT]\n"
           "      FILE is what `countersign-cli key enrol` wrote\n"
           "\n"
           "What gives somebody power waits until privileged persons have signed it with their cards:\n"
           "  countersign-venue change list --config FILE\n"
           "  countersign-venue change show NUMBER --config FILE [--step propose|approve|reject]\n"
           "      prints what is to be signed, byte for byte\n"
           "  countersign-venue change propose|approve|reject NUMBER --config FILE --signature CMS\n"
           "      openssl cms -sign -binary -md sha256 -in WORDS -signer PEM -outform DER -out CMS ...\n"
           "\n"
           "ENTITLEMENT: what NAME may do; nothing that is not named. Lists have commas between their words.\n"
           "  --may view,request-quote,accept,arm-ticket,manage-keys   --instruments EUR/USD,GBP/USD or '*'\n"
           "  --sides buy,sell   --max EUR=10000000,USD=5000000   --dealers ALPHA,BETA or '*'   --segment NAME\n"
           "NAME is the common name of the certificate. A running venue takes changes over within seconds.\n";
}

}
