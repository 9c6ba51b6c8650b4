#pragma once

#include "core/access/signals.h"
#include "core/pep/client_action.h"
#include "core/pep/identities.h"
#include "core/pep/session.h"
#include "core/pep/settings.h"

#include <chrono>
#include <set>
#include <string>
#include <vector>

namespace pep {

/// Attributes of our own; those of design are in core/access/signals.h.
namespace attribute {
inline constexpr const char* AddressChanged = "address-changed"; ///< yes or no: since the person's last connection
inline constexpr const char* ManyRefusals = "many-refusals"; ///< yes or no: messages refused within a minute
inline constexpr const char* TpmQuote = "tpm-quote"; ///< yes or no: the workstation's TPM proves how it was started
inline constexpr const char* SecureBoot = "secure-boot"; ///< yes or no
inline constexpr const char* DeviceCertificate = "device-certificate"; ///< yes or no: it is of the firm's device CA
inline constexpr const char* DeviceKey = "device-key"; ///< of that certificate: hardware (proven), token, file (said)
}

struct SignalContext {
    const UserRecord* user = nullptr;
    const CertificateRecord* certificate = nullptr;
    base::SteadyTime now{};
    base::UtcTime utc{};
    std::chrono::minutes zone{0}; ///< ahead of UTC
    bool manyRefusals = false;
    HardwareProof hardwareKey = HardwareProof::Attested;
    const std::set<std::string>* privilegedPolicies = nullptr; ///< null: no certificate says who is privileged
};

/// Whether signing with the certificate's key took a card and its PIN, as far as that is proven.
[[nodiscard]] bool isOnCard(const CertificateRecord& certificate, HardwareProof needed);

/// Whether each signature took the PIN, as far as that is proven: then a handshake is a verification of the person.
[[nodiscard]] bool asksEachTime(const CertificateRecord& certificate, HardwareProof needed);

/// What an enforcement point sees and knows itself about a session, and what the desk states about itself: that is
/// marked as reported. A posture item speaks to the attribute of its name, unless the TPM has proven just that.
[[nodiscard]] std::vector<zerotrust::Signal> sessionSignals(const Session& session, const SignalContext& context);

/// Whether the workstation itself has changed: numbers, such as the age of its patches, do so by themselves.
[[nodiscard]] bool saysOtherwise(const stepup::ContextStatement& before, const stepup::ContextStatement& now);

/// Whether all that the desk states about itself fits into the record of a decision, so that it can be replayed.
[[nodiscard]] bool isRecordable(const stepup::ContextStatement& statement);

/// What one action adds.
[[nodiscard]] std::vector<zerotrust::Signal> actionSignals(const ClientAction& action);

}
