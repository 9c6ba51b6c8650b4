#pragma once

#include "auth/device/certificate_key.h"
#include "auth/device/tpm.h"
#include "auth/fido/key_settings.h"
#include "auth/token_service.h"
#include "core/base/result.h"
#include "core/fix/settings.h"
#include "core/pep/identities.h"
#include "core/pep/settings.h"
#include "core/rfq/settings.h"
#include "core/store/signed_policy.h"

#include <chrono>
#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace app {

enum class ThemeChoice { Dark, Light };

/// How the window looks and when it locks itself.
struct DeskWindowConfig {
    ThemeChoice theme = ThemeChoice::Dark;
    std::string language; ///< "de"; empty: the system's
    std::chrono::milliseconds idleLock{std::chrono::minutes(15)}; ///< NIST SP 800-63B, AAL3
};

/// How the keys and certificates of this desk's people come about.
struct EnrolmentConfig {
    std::string caFile; ///< PEM: the authority that issues to the traders; empty: whoever issued is not judged
    std::string cmpServer; ///< http://... or https://...; empty: certificates are carried as files
    std::string cmpResponder; ///< who signs the authority's messages; empty: the authority itself
    std::string
        relyingParty; ///< for which keys are enrolled into files: a domain; left out, the sessions' step_up_domain
};

/// How this desk judges sessions whose counterparty has no policy enforcement point. Whatever is left out counts as
/// the weaker: a trader as privileged, a key as software, a workstation as unknown.
struct DeskAccessConfig {
    pep::EnforcementSettings enforcement; ///< `rpId` and the times
    std::optional<store::SignedPolicy> policy; ///< absent: the one that is shipped, which knows no country
    std::filesystem::path countries; ///< MaxMind DB; empty: only the policy's own places are known
    std::vector<std::filesystem::path> securityKeys; ///< enrolment files of this workstation's people
    std::filesystem::path attestationRoots; ///< PEM: makers of security keys
    std::set<stepup::Aaguid> keyModels; ///< that are believed to be hardware
    zerotrust::UserRole role = zerotrust::UserRole::Privileged;
    pep::KeyHome key = pep::KeyHome::Software; ///< of the traders' certificates
    pep::DeviceRecord device = pep::DeviceRecord::Unknown;
    std::filesystem::path trail; ///< the evidence: an audit trail
    std::filesystem::path trailKey; ///< PEM: signs its heads; empty: nobody does
};

/// The whole configuration of the desk and of the command line.
struct DeskConfig {
    rfq::DeskSettings desk;
    std::vector<fix::SessionSettings> sessions;
    auth::TokenSettings token;
    /// How long the sessions stay up when the token is gone, for the same one to come back; dealing is off at once in
    /// any case. 0: they are closed at once, too.
    std::chrono::milliseconds removalGrace{std::chrono::seconds(30)};
    EnrolmentConfig enrolment;
    fido::KeySettings securityKeys;
    std::optional<DeskAccessConfig> access; ///< set where this desk judges sessions itself
    auth::ApproverSettings approvers; ///< the second person for closing an unknown outcome by hand
    DeskWindowConfig window;
    device::TpmSettings tpm; ///< of this workstation; without TCTI: none is asked
    device::CertificateSettings deviceCertificate; ///< of this workstation; without one: none is shown
    std::filesystem::path stateDirectory; ///< journal, FIX sequence numbers, window layout
    std::filesystem::path logDirectory; ///< FIX message logs; empty: none
    auth::PcscFactory pcsc = auth::systemPcsc; ///< not from the file: the readers that this desk looks at
};

/// $XDG_CONFIG_HOME/countersign/countersign.toml.
[[nodiscard]] std::filesystem::path defaultConfigFile();

/// Reads and checks everything, sections against each other too. Errors: Io, Configuration with one line for each
/// problem: file, line, key, what was expected and what was found.
[[nodiscard]] base::Result<DeskConfig> loadDeskConfig(const std::filesystem::path& file);

}
