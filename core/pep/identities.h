#pragma once

#include "core/access/entitlements.h"
#include "core/access/signals.h"
#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/stepup/device_names.h"
#include "core/stepup/device_quote.h"
#include "core/stepup/values.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace pep {

/// Where the private key of a certificate lives, by the firm's word when it registered the certificate; proven where an
/// attestation was registered with it.
enum class KeyHome {
    Hardware, ///< a card or token: signing needs it and its PIN
    Software,
};

/// What is known about the workstation that a certificate belongs to.
enum class DeviceRecord {
    Managed, ///< by the firm
    Unmanaged,
    Unknown, ///< the certificate says nothing about a workstation
};

/// One TLS certificate that speaks for a person.
struct CertificateRecord {
    stepup::CertificateFingerprint fingerprint{};
    KeyHome key = KeyHome::Software;
    DeviceRecord device = DeviceRecord::Unknown;
    std::optional<base::UtcTime> revokedAt{};
    std::string lockedWhy{}; ///< empty: not locked
    /// What the workstation's TPM must prove before it counts as managed; absent: the firm's word will do.
    std::optional<stepup::DeviceReference> reference{};
    /// By which device certificates the workstation counts as managed, whichever of them it is; empty: none is asked
    /// for.
    stepup::DeviceNames deviceNames{};
    /// What the card's maker vouches for, checked when it was registered: "slot=9a serial=12345678 firmware=5.4.3
    /// pin=once touch=cached". The card asks for its PIN. Empty: nobody vouches for anything.
    std::string attestation{};

    friend bool operator==(const CertificateRecord&, const CertificateRecord&) = default;
};

/// A person.
struct UserRecord {
    stepup::UserId user; ///< common name of the certificates
    zerotrust::UserRole role = zerotrust::UserRole::Standard;
    std::vector<CertificateRecord> certificates;
    zerotrust::Entitlements entitlements; ///< this person's, in each segment
    std::optional<base::UtcTime> enrolUntil; ///< a first security key may be enrolled without a touch until then
    std::optional<base::UtcTime> revokedAt{};
    std::string lockedWhy{}; ///< empty: not locked

    friend bool operator==(const UserRecord&, const UserRecord&) = default;
};

struct Identities {
    std::vector<UserRecord> users;
    std::vector<stepup::Credential> credentials;
};

/// What an enforcement point must not forget of a person when its program is started again.
struct PersonMemory {
    stepup::UserId user;
    std::string lastHost; ///< where a session of theirs was opened last; empty: not known
    std::string touchOwed; ///< why, in words for the person; empty: none is
    bool stopsAsking = false; ///< until that touch comes, no quotes are asked for either

    friend bool operator==(const PersonMemory&, const PersonMemory&) = default;
};

/// Who may come, with which keys. Durable; others may change it while it is used. The enforcement point's thread.
/// Errors of all: Io.
class IdentityStore {
public:
    virtual ~IdentityStore() = default;
    [[nodiscard]] virtual base::Result<Identities> load() = 0;
    /// Another number after somebody else has changed something. Cheap.
    [[nodiscard]] virtual base::Result<std::int64_t> changeMark() = 0;

    // On disk when the call returns.
    /// Enrolled: the person's window for a first key ends with it. Also Duplicate.
    [[nodiscard]] virtual base::Status add(const stepup::Credential& credential) = 0;
    /// It was used, with this counter.
    [[nodiscard]] virtual base::Status noteCounter(
        const stepup::CredentialId& id, std::uint32_t signCount, base::UtcTime at) = 0;
    /// For good. Also NotFound.
    [[nodiscard]] virtual base::Status revoke(const stepup::CredentialId& id, base::UtcTime at) = 0;
    /// As the person or the administrator calls it. Also NotFound.
    [[nodiscard]] virtual base::Status rename(const stepup::CredentialId& id, const std::string& name) = 0;
    [[nodiscard]] virtual base::Status lock(const stepup::UserId& user, const std::string& why) = 0;
    [[nodiscard]] virtual base::Status lock(
        const stepup::CertificateFingerprint& certificate, const std::string& why) = 0;
    /// What is known now of these people, all or nothing.
    [[nodiscard]] virtual base::Status remember(const std::vector<PersonMemory>& people) = 0;
    [[nodiscard]] virtual base::Result<std::vector<PersonMemory>> recall() = 0;
};

}
