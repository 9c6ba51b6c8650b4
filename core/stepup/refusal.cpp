#include "core/stepup/refusal.h"

namespace stepup {

const char* refusalName(VerifyRefusal refusal)
{
    switch (refusal) {
    case VerifyRefusal::ChallengeUnknown:
        return "challenge-unknown";
    case VerifyRefusal::ChallengeExpired:
        return "challenge-expired";
    case VerifyRefusal::ChallengeOfOtherUser:
        return "challenge-of-other-user";
    case VerifyRefusal::ChallengeOfOtherSession:
        return "challenge-of-other-session";
    case VerifyRefusal::ChallengeOfOtherConnection:
        return "challenge-of-other-connection";
    case VerifyRefusal::ChallengeOfOtherPurpose:
        return "challenge-of-other-purpose";
    case VerifyRefusal::CredentialNotAllowed:
        return "credential-not-allowed";
    case VerifyRefusal::CredentialUnknown:
        return "credential-unknown";
    case VerifyRefusal::CredentialOfOtherUser:
        return "credential-of-other-user";
    case VerifyRefusal::CredentialRevoked:
        return "credential-revoked";
    case VerifyRefusal::CredentialOfOtherCertificate:
        return "credential-of-other-certificate";
    case VerifyRefusal::ClientDataMismatch:
        return "client-data-mismatch";
    case VerifyRefusal::AuthenticatorDataMalformed:
        return "authenticator-data-malformed";
    case VerifyRefusal::WrongRelyingParty:
        return "wrong-relying-party";
    case VerifyRefusal::UserNotPresent:
        return "user-not-present";
    case VerifyRefusal::UserNotVerified:
        return "user-not-verified";
    case VerifyRefusal::BackupEligible:
        return "backup-eligible";
    case VerifyRefusal::BackedUp:
        return "backed-up";
    case VerifyRefusal::AttestedCredentialUnexpected:
        return "attested-credential-unexpected";
    case VerifyRefusal::KeyUnusable:
        return "key-unusable";
    case VerifyRefusal::SignatureWrong:
        return "signature-wrong";
    case VerifyRefusal::CounterNotRisen:
        return "counter-not-risen";
    case VerifyRefusal::AttestedCredentialMissing:
        return "attested-credential-missing";
    case VerifyRefusal::KeyRefused:
        return "key-refused";
    case VerifyRefusal::ProtectionMissing:
        return "protection-missing";
    case VerifyRefusal::AttestationNone:
        return "attestation-none";
    case VerifyRefusal::AttestationFormat:
        return "attestation-format";
    case VerifyRefusal::AttestationSelf:
        return "attestation-self";
    case VerifyRefusal::AttestationMalformed:
        return "attestation-malformed";
    case VerifyRefusal::AttestationAlgorithm:
        return "attestation-algorithm";
    case VerifyRefusal::AttestationCertificateVersion:
        return "attestation-certificate-version";
    case VerifyRefusal::AttestationAuthority:
        return "attestation-authority";
    case VerifyRefusal::AttestationSubject:
        return "attestation-subject";
    case VerifyRefusal::AttestationChainOrder:
        return "attestation-chain-order";
    case VerifyRefusal::AttestationExpired:
        return "attestation-expired";
    case VerifyRefusal::AttestationNotYetValid:
        return "attestation-not-yet-valid";
    case VerifyRefusal::AttestationUntrusted:
        return "attestation-untrusted";
    case VerifyRefusal::AttestationModel:
        return "attestation-model";
    case VerifyRefusal::AttestationSignatureWrong:
        return "attestation-signature-wrong";
    case VerifyRefusal::ModelNotAllowed:
        return "model-not-allowed";
    case VerifyRefusal::AlreadyEnrolled:
        return "already-enrolled";
    case VerifyRefusal::TooManyCredentials:
        return "too-many-credentials";
    }
    return "unknown";
}

}
