#pragma once

#include "app/cli/audit_command.h"
#include "auth/cert/values.h"
#include "core/access/signals.h"
#include "core/base/result.h"
#include "core/rfq/recovery.h"
#include "core/rfq/values.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace cli {

enum class Format { Text, JsonLines };

/// What a `rfq` run does with the quotes it gets.
enum class AcceptMode {
    Best, ///< the best firm quote inside the limit
    None, ///< show them only
};

/// Where the PIN comes from. Never the command line, never the environment: other users can read both.
struct PinSource {
    std::optional<int> descriptor; ///< absent: the terminal, with echo off
    bool lastTryConfirmed = false;
    std::string token{}; ///< of several that fit: fingerprint, serial or number; empty: the only one
};

/// Who signs beside the trader, with a token of their own.
struct SecondPerson {
    std::string fingerprint; ///< SHA-256 of their certificate, lower-case hex
    PinSource pin;
};

/// Two persons let one deal through although an outcome in the same direction is unknown.
struct TwinOverride {
    rfq::ClOrdId unknown; ///< the acceptance that blocks
    std::string reason;
    SecondPerson second;
};

struct RfqCommand {
    std::string symbol;
    rfq::RequestSide side = rfq::RequestSide::Buy;
    rfq::Decimal quantity;
    std::string currency; ///< empty: the base currency
    rfq::Settlement settlement;
    std::vector<std::string> dealers; ///< empty: all
    AcceptMode accept = AcceptMode::None;
    std::optional<rfq::Decimal> limit;
    std::chrono::milliseconds life{20'000};
    std::chrono::milliseconds wait{2'000}; ///< for better quotes, after the first firm one
    std::chrono::milliseconds recover{0}; ///< how long an unknown outcome is asked about before the run ends
    std::optional<TwinOverride> twin;
    bool arm = false; ///< ask for the touch before the request, so that the deal needs none
    PinSource pin;
};
struct VenuesCommand {
    std::chrono::milliseconds wait{10'000}; ///< for every session to reach a settled state
    std::vector<rfq::SessionId> reset; ///< sessions whose sequence numbers start again at 1
    PinSource pin;
};
/// What has no outcome yet, from the journal alone.
struct OutcomesCommand { };
/// Asks the counterparties until nothing is unknown any more.
struct RecoverCommand {
    std::chrono::milliseconds patience{60'000};
    PinSource pin;
};
/// Two persons decide an unknown outcome.
struct CloseCommand {
    rfq::ClOrdId id;
    rfq::Verdict verdict = rfq::Verdict::NotTraded;
    std::string reason;
    std::string reference; ///< of the counterparty's confirmation
    SecondPerson second;
    PinSource pin;
};
struct AcknowledgeCommand {
    rfq::IncidentId incident;
    std::string note;
    PinSource pin;
};
/// DontKnowTrade(Q) for the execution of an incident.
struct DisputeCommand {
    rfq::IncidentId incident;
    std::chrono::milliseconds wait{15'000}; ///< for its session to log on
    PinSource pin;
};
/// Which security keys to look for, and which to use.
struct KeyChoice {
    std::string path; ///< empty: the only one, or the one touched first of several
    std::vector<std::string> readers; ///< words in the names of PC/SC readers that are for security keys
};
struct KeyList { };
/// Makes a credential on a security key and writes down what the relying party needs.
struct KeyEnrol {
    std::string rpId;
    std::string user;
    std::string out; ///< path of the file to write; must not exist
    std::string challenge; ///< base64url, from the relying party; empty: one of our own
    std::vector<std::string> otherKeys; ///< paths of this person's other enrolments
    bool es384 = false;
    std::chrono::milliseconds limit{30'000};
    PinSource pin;
};
/// Enrols a security key at a counterparty, over its session.
struct EnrolAtCommand {
    rfq::SessionId session;
    std::string name; ///< how the person calls the key
    std::string path; ///< of the key; empty: the only one, or the one touched first of several
    PinSource newKeyPin; ///< of the key to be enrolled
    PinSource pin;
    std::vector<std::string> readers; ///< as KeyChoice::readers, beside those of the configuration
};
struct VenueKeyList { };
struct VenueKeyRename {
    std::string name; ///< new
};
struct VenueKeyRemove { };
/// The person's own security keys at a counterparty, over its session.
struct VenueKeyCommand {
    rfq::SessionId session;
    std::string id; ///< of the credential, base64url; empty where they are listed
    std::variant<VenueKeyList, VenueKeyRename, VenueKeyRemove> what;
    PinSource pin;
    std::vector<std::string> readers; ///< as KeyChoice::readers, beside those of the configuration
};
/// Asks a security key for an assertion and checks it against its enrolment.
struct KeyTest {
    std::vector<std::string> enrolments; ///< paths
    std::chrono::milliseconds limit{30'000};
    PinSource pin;
};
struct KeySetPin {
    PinSource newPin;
};
struct KeyChangePin {
    PinSource pin;
    PinSource newPin;
};
/// What is done with security keys alone: no configuration, no token.
struct KeyCommand {
    KeyChoice key;
    std::variant<KeyList, KeyEnrol, KeyTest, KeySetPin, KeyChangePin> what;
};
/// An authority that speaks CMP.
struct CertServer {
    std::string url;
    std::string caFile;
    std::string responder; ///< empty: the authority itself
    std::chrono::seconds patience{60};
};
/// The certificates on every token, and how near their end is.
struct CertList { };
struct CertRequest {
    std::string subject;
    std::string out; ///< path of the file to write; must not exist
    std::optional<cert::KeyKind> generate;
    std::string publicKeyFile;
    cert::Replace replace = cert::Replace::OnlyExpired; ///< AlsoValid: also a key that a PIV card tells nothing of
};
struct CertImport {
    std::string file;
    std::string caFile; ///< empty: whoever issued it is not judged
    std::string publicKeyFile;
    cert::Replace replace = cert::Replace::OnlyExpired;
};
/// The initial secret of an authority, by its name.
struct CertSecret {
    std::string reference;
    std::optional<int> descriptor; ///< absent: the terminal, with echo off
};
struct CertEnrol {
    CertServer server;
    std::string subject;
    std::string out; ///< path of the file to write; must not exist
    std::optional<CertSecret> secret; ///< absent: the certificate beside `vouchedBy` vouches
    std::string vouchedBy; ///< CKA_ID in hex
    std::optional<cert::KeyKind> generate;
    std::string publicKeyFile;
    cert::Replace replace = cert::Replace::OnlyExpired;
};
struct CertRenew {
    CertServer server;
    std::string out; ///< path of the file to write; must not exist
    std::string nextKeyId; ///< CKA_ID in hex; empty: the same key again
    std::optional<cert::KeyKind> generate;
};
struct CertRevoke {
    CertServer server;
    std::string fingerprint;
    cert::RevocationReason reason = cert::RevocationReason::Unspecified;
};
/// What is done with certificates on tokens.
struct CertCommand {
    std::string tokenSerial; ///< empty: the only token
    std::string keyId; ///< CKA_ID in hex; empty: that of the configuration
    PinSource pin;
    std::optional<int> managementKeyDescriptor; ///< of a PIV card; absent: the factory's
    std::variant<CertList, CertRequest, CertImport, CertEnrol, CertRenew, CertRevoke> what;
};
/// Certificates of a file or a server, shown; one of them written down where its fingerprint is given.
struct CertTrust {
    std::string file; ///< empty: ask the server
    std::string host;
    std::uint16_t port = 0;
    std::string serverName; ///< empty: the host
    std::string fingerprint; ///< empty: nothing is written
    std::string out; ///< path of the file to write; must not exist
    std::chrono::milliseconds limit{10'000};
};
/// Where the key of a request was made.
struct CertAttestation {
    std::string file; ///< PKCS #10, PEM
    std::string rootsFile; ///< of the cards' makers, PEM
};
/// What needs no token and no configuration.
struct CertLookCommand {
    std::variant<CertTrust, CertAttestation> what;
};
/// Identities: certificates whose keys are on a token. Cards: everything that is plugged in.
enum class TokenLook { Identities, Cards };
struct TokenListCommand {
    TokenLook look = TokenLook::Identities;
};
/// Whether the configured token is there and what state its PIN is in. Gives it no PIN.
struct TokenStatusCommand {
    std::chrono::milliseconds wait{0}; ///< for a token to be plugged in
};
/// A PIN or a PUK, as in SetPinCommand.
enum class PinProof { OldPin, Puk };
struct SetPinCommand {
    PinProof proof = PinProof::OldPin;
    std::string card; ///< its serial, its number, or the reader that it is in; empty: the configured token
    std::optional<int> proofDescriptor; ///< absent: the terminal, with echo off
    std::optional<int> nextDescriptor; ///< absent: the terminal, twice
    bool lastTryConfirmed = false;
};
struct PolicyLint {
    std::string file;
    std::string signature; ///< with `signer`; empty: not looked at
    std::string signer; ///< PEM
};
/// What a request with these signals would score.
struct PolicyExplain {
    std::string file;
    zerotrust::Signals signals;
    std::string countries; ///< *.mmdb; empty: none
};
/// How decisions of the past would have come out.
struct PolicySimulate {
    std::string file;
    std::string decisions; ///< JSON lines
    std::string against; ///< an older policy to compare with; empty: the outcomes that the lines say
};
/// Writes out the policy that is shipped.
struct PolicyDefault { };
/// What is done with access policies alone: no configuration, no token.
struct PolicyCommand {
    std::variant<PolicyLint, PolicyExplain, PolicySimulate, PolicyDefault> what;
};
/// What an officer registers of this workstation's TPM.
struct DeviceCommand {
    std::string out; ///< path of the file to write; must not exist; empty: shown only
};
/// Whom this desk itself lets in no more.
struct AccessStatusCommand { };
/// A privileged person unlocks somebody, with a card of their own.
struct AccessUnlockCommand {
    std::string user;
    std::string reason;
    SecondPerson second;
};
struct ConfigCheckCommand { };
struct HelpCommand { };
struct VersionCommand { };

using Command = std::variant<RfqCommand, VenuesCommand, OutcomesCommand, RecoverCommand, CloseCommand,
    AcknowledgeCommand, DisputeCommand, EnrolAtCommand, VenueKeyCommand, KeyCommand, CertCommand, CertLookCommand,
    TokenListCommand, TokenStatusCommand, SetPinCommand, PolicyCommand, AuditCommand, DeviceCommand,
    AccessStatusCommand, AccessUnlockCommand, ConfigCheckCommand, HelpCommand, VersionCommand>;

struct Arguments {
    Command command;
    std::string config; ///< path; empty: the default place
    Format format = Format::Text;
    PinSource keyPin; ///< of the security key, where a counterparty asks for a touch
};

/// `words` without the program's name. Errors: InvalidInput, with what was expected; the exit code is then 64.
[[nodiscard]] base::Result<Arguments> parseArguments(std::span<const std::string> words);

[[nodiscard]] const char* helpText();

}
