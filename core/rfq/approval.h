#pragma once

#include "core/base/secret_bytes.h"
#include "core/rfq/sign_in.h"

#include <functional>
#include <string>
#include <vector>

namespace rfq {

/// A person, by the certificate that proves who they are. Two certificates of one name are one person.
struct Person {
    std::string name; ///< the certificate's common name
    std::string fingerprint; ///< SHA-256 of the certificate, lower-case hex

    friend bool operator==(const Person&, const Person&) = default;
};
[[nodiscard]] inline bool isSamePerson(const Person& a, const Person& b)
{
    return a.name == b.name || a.fingerprint == b.fingerprint;
}

/// A second person's consent to one action: their signature under the words that describe it.
struct Approval {
    Person person;
    base::UtcTime time{};
    std::string statement; ///< what was signed, byte for byte; names the action, so it is good for no other
    std::string certificate; ///< PEM of the person's certificate: the record can be checked years later
    std::string signature; ///< over SHA-256 of `statement`, lower-case hex; ECDSA in DER, RSA with PKCS #1 v1.5

    friend bool operator==(const Approval&, const Approval&) = default;
};

/// A second person at this workstation (four eyes). Calls never block; callbacks run on the desk's thread, exactly
/// once.
class Approver {
public:
    virtual ~Approver() = default;
    /// The certificates that are plugged in now and may approve, without `first`, who asks; at least one. Most tokens
    /// show only after the PIN whether the private key is there too. Errors: TokenAbsent (no certificate of another
    /// person is plugged in), Refused (nobody is configured as an approver, or of those who are plugged in nobody may:
    /// the detail says why for each), TokenModule, TokenFailure, Configuration.
    virtual void candidates(
        const Person& first, std::function<void(base::Result<std::vector<TokenIdentity>>)> done) = 0;
    /// Verifies the PIN of the second person's own token, signs the statement, checks certificate and signature, and
    /// logs out again. The trader's own sign-in is not touched. The PinState is what the token told last. Errors:
    /// Refused (the same person twice, a token that the trader is signed in with, or nobody who may approve),
    /// KeyNotFound (no such certificate is plugged in, or not its private key), CertificateExpired,
    /// CertificateUntrusted, CertificateWrongUsage, CertificateRevoked, PinWrong, PinLastTry and InvalidInput (nothing
    /// was tried), PinBlocked, TokenModule, TokenAbsent, TokenFailure, Configuration, Cancelled (the program closes;
    /// nothing was tried). All but PinWrong, PinBlocked and what the token itself answers come before it sees a PIN.
    virtual void approve(std::string statement, const Person& first, const std::string& fingerprint,
        base::SecretBytes pin, LastTry lastTry, std::function<void(base::Result<Approval>, PinState)> done) = 0;
};

}
