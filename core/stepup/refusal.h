#pragma once

#include <optional>
#include <string>

namespace stepup {

/// Why an assertion or a registration is refused, in the order of the checks. Closed.
enum class VerifyRefusal {
    // The challenge. It is consumed before anything is looked at.
    ChallengeUnknown, ///< never issued, or already used, or given up
    ChallengeExpired,
    ChallengeOfOtherUser,
    ChallengeOfOtherSession,
    ChallengeOfOtherConnection, ///< other certificate or other channel binding
    ChallengeOfOtherPurpose, ///< an assertion for an enrolment, or the reverse
    // The credential of an assertion.
    CredentialNotAllowed, ///< not one that the challenge names
    CredentialUnknown, ///< not enrolled
    CredentialOfOtherUser,
    CredentialRevoked,
    CredentialOfOtherCertificate, ///< bound to another TLS certificate
    // What the security key said.
    ClientDataMismatch, ///< registration: the desk had other client data signed
    AuthenticatorDataMalformed,
    WrongRelyingParty,
    UserNotPresent,
    UserNotVerified,
    BackupEligible, ///< a passkey that can be synchronised
    BackedUp,
    AttestedCredentialUnexpected, ///< assertion: with AT
    KeyUnusable, ///< assertion: the enrolled public key cannot be read: a defect of the store
    SignatureWrong,
    CounterNotRisen, ///< a clone is suspected: raise an alert
    // The credential of a registration.
    AttestedCredentialMissing, ///< no AT
    KeyRefused, ///< the public key is malformed, weak or of another algorithm
    ProtectionMissing, ///< no credProtect of level 3
    // Its attestation.
    AttestationNone, ///< fmt "none"
    AttestationFormat, ///< any other fmt than "packed"
    AttestationSelf, ///< "packed" without x5c
    AttestationMalformed,
    AttestationAlgorithm, ///< not one of the four, or not that of the certificate's key
    AttestationCertificateVersion, ///< not version 3
    AttestationAuthority, ///< the leaf is a CA certificate or has no basic constraints
    AttestationSubject, ///< not C, O, OU "Authenticator Attestation", CN
    AttestationChainOrder, ///< a certificate is not issued by the next one
    AttestationExpired,
    AttestationNotYetValid,
    AttestationUntrusted, ///< no chain to a pinned root
    AttestationModel, ///< no AAGUID extension, or not the AAGUID of the authenticator data
    AttestationSignatureWrong,
    ModelNotAllowed, ///< the AAGUID is not on the allow-list
    AlreadyEnrolled,
    TooManyCredentials,
};

/// Stable name, for logs and JSON.
[[nodiscard]] const char* refusalName(VerifyRefusal refusal);

/// A refusal and its reason in English, for the log and the audit trail. Holds nothing of the assertion.
struct Refusal {
    VerifyRefusal code = VerifyRefusal::ChallengeUnknown;
    std::string detail;

    friend bool operator==(const Refusal&, const Refusal&) = default;
};

/// Outcome of a check: empty is good.
using MaybeRefusal = std::optional<Refusal>;

}
