#pragma once

#include "app/config/desk_config.h"
#include "core/store/toml_document.h"

#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

/// The sections of the configuration file, one reader each. What is wrong becomes a problem of the document; what is
/// returned then is not used.
namespace app {

using Profiles = std::map<std::string, rfq::Profile>;

/// The two common shapes, "venue" and "direct", and those of [[profile]], which may start from either.
[[nodiscard]] Profiles readProfiles(const store::TomlTable& root);
/// Their names in quotes, for the words of a problem.
[[nodiscard]] std::string listOf(const Profiles& profiles);

struct Counterparties {
    std::vector<fix::SessionSettings> sessions;
    std::vector<rfq::Dealer> dealers;
};
/// One session that this program initiates.
[[nodiscard]] fix::SessionSettings readInitiator(const store::TomlTable& table, const Profiles& profiles,
    const std::filesystem::path& storeDirectory, const std::filesystem::path& logDirectory);
/// [[session]] and [[dealer]], which refer to each other. `paths.access` decides what becomes of a session that does
/// not say who judges it.
[[nodiscard]] Counterparties readCounterparties(
    const store::TomlTable& root, const Profiles& profiles, const DeskConfig& paths);

/// [[instrument]]: the built-in majors where there are none.
[[nodiscard]] std::vector<rfq::Instrument> readInstruments(const store::TomlTable& root);
[[nodiscard]] rfq::Limits readLimits(const store::TomlTable& limits);
[[nodiscard]] auth::TokenSettings readToken(const store::TomlTable& token);
/// [approvers]: nobody where the section is left out.
[[nodiscard]] auth::ApproverSettings readApprovers(const store::TomlTable& approvers);
[[nodiscard]] EnrolmentConfig readEnrolment(const store::TomlTable& enrolment);
/// [security_keys]: those on USB only where the section is left out.
[[nodiscard]] fido::KeySettings readSecurityKeys(const store::TomlTable& section);
/// [access]; absent where there is no such section. The paths and [enrolment] of `config` were read before.
[[nodiscard]] std::optional<DeskAccessConfig> readDeskAccess(const store::TomlTable& access, const DeskConfig& config);
/// A domain name in lower case, as security keys are enrolled for one.
[[nodiscard]] bool isDomain(const std::string& text);
/// What a session gets that this desk judges itself where there is no [access]: the shipped policy, and no keys.
[[nodiscard]] DeskAccessConfig bareDeskAccess(const DeskConfig& config);
[[nodiscard]] DeskWindowConfig readWindow(const store::TomlTable& window);

/// [device]: the TPM of this machine where the section is left out.
[[nodiscard]] device::TpmSettings readDevice(const store::TomlTable& section);
/// The same section: the workstation's certificate. `tokenModule`: that of the traders' tokens, which is theirs alone.
[[nodiscard]] device::CertificateSettings readDeviceCertificate(
    const store::TomlTable& section, const std::string& tokenModule);

/// A PEM file that can be opened now, rather than found missing at the first connection.
[[nodiscard]] std::string readableFile(const store::TomlValue& value);
[[nodiscard]] bool isHex(const std::string& text);
/// SHA-256 pins as core/tls/pins.h knows them, with colons or without; absent where there is no array of texts.
[[nodiscard]] std::optional<std::set<std::string>> readPins(const store::TomlValue& value);
/// SHA-256 fingerprints, written with colons or without; absent where there is no array of texts.
[[nodiscard]] std::optional<std::set<std::string>> readFingerprints(const store::TomlValue& value);
/// Graphic ASCII: what may stand in a CompID, an id or an account.
[[nodiscard]] bool isIdentifier(const std::string& text);
[[nodiscard]] std::string readIdentifier(const store::TomlValue& value);

}
