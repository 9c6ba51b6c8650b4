#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/stepup/attestation.h"
#include "core/stepup/device_certificate.h"
#include "core/stepup/device_names.h"

#include <memory>
#include <string>
#include <variant>
#include <vector>

/// Whose device certificates are believed, and the verifier. Needs neither token nor TPM.
namespace stepup {

struct RevocationListDeleter {
    void operator()(X509_CRL* list) const { X509_CRL_free(list); }
};
using RevocationListOwner = std::unique_ptr<X509_CRL, RevocationListDeleter>;

/// The firm's device CA, as a segment knows it.
struct DeviceTrust {
    AttestationRoots roots; ///< where a chain may end: exactly these
    bool checksRevocation = false; ///< by `lists`, and by nothing else
    std::vector<RevocationListOwner> lists;
    /// Certificate policies (OID) by which the CA says that it has seen the key to be in hardware.
    std::set<std::string> hardwarePolicies;
};

/// Lists in PEM, or one in DER. Each is complete and has an end. Errors: Configuration, also where a list cannot be
/// read or none is there.
[[nodiscard]] base::Result<std::vector<RevocationListOwner>> revocationListsFrom(const std::string& content);
/// Whether it is one in dotted decimals: "1.3.6.1.4.1.311.21.30".
[[nodiscard]] bool isPolicyOid(const std::string& text);

enum class DeviceFault {
    Malformed, ///< cut off, or no certificate
    Unsuitable, ///< of an authority, not for a client, without a name, or a key that is too weak or of another kind
    Untrusted, ///< does not lead to the firm's device CA
    Expired,
    NotYetValid,
    Revoked,
    RevocationUnknown, ///< there is no list of its issuer that holds now
    SignatureWrong, ///< another key than the certificate's, or other bytes
    OtherStatement, ///< made for another connection, person or statement
    OtherDevice, ///< the firm's, and not one that is registered with the person's certificate
    Replayed, ///< not after the last one
};
/// Stable name, for the record: "device-certificate-expired".
[[nodiscard]] const char* faultName(DeviceFault fault);

struct DeviceRefusal {
    DeviceFault fault = DeviceFault::Malformed;
    std::string detail; ///< in English

    friend bool operator==(const DeviceRefusal&, const DeviceRefusal&) = default;
};

struct KnownDevice {
    std::string name; ///< the registered one; where none is registered: that of the certificate
    bool isHardware = false; ///< the CA says so in the certificate
    DeviceKeyPlace place = DeviceKeyPlace::File; ///< the desk says so

    friend bool operator==(const KnownDevice&, const KnownDevice&) = default;
};

/// What it is judged against.
struct DeviceExpectation {
    Digest nonce{}; ///< of the statement
    DeviceNames registered; ///< empty: any device of the firm will do
    base::UtcTime at{};
};

/// In this order: the certificate itself, chain with dates and revocation, signature, statement, name.
[[nodiscard]] std::variant<KnownDevice, DeviceRefusal> verifyDevice(
    const DeviceCertificate& proof, const DeviceTrust& trust, const DeviceExpectation& expected);

}
