#include "core/stepup/answer_checks.h"

namespace stepup {

namespace {

using Code = VerifyRefusal;

MaybeRefusal checkAddressee(const IssuedChallenge& issued, const Peer& peer)
{
    if (issued.peer.user != peer.user)
        return Refusal{Code::ChallengeOfOtherUser, "the challenge was sent to another person"};
    if (issued.peer.session != peer.session)
        return Refusal{Code::ChallengeOfOtherSession, "the challenge was sent on another session"};
    if (!equalInConstantTime(issued.peer.certificate, peer.certificate)
        || !equalInConstantTime(issued.peer.channelBinding, peer.channelBinding))
        return Refusal{Code::ChallengeOfOtherConnection, "the challenge was sent on another TLS connection"};
    return std::nullopt;
}

/// An enrolment that names enrolled keys asks for the word of one of them; one that names none is answered by the key
/// that is new.
Answer expectedAnswer(const Challenge& challenge)
{
    switch (challenge.scope) {
    case Scope::Session:
    case Scope::Ticket:
    case Scope::Acceptance:
    case Scope::Settings:
        return Answer::Assertion;
    case Scope::Enrolment:
        break;
    }
    return challenge.allowed.empty() ? Answer::Registration : Answer::Assertion;
}

Refusal describe(ChallengeBook::Absence absence)
{
    switch (absence) {
    case ChallengeBook::Absence::Expired:
        return {Code::ChallengeExpired, "the challenge has expired: ask for a new one"};
    case ChallengeBook::Absence::Unknown:
        break;
    }
    return {Code::ChallengeUnknown, "no such challenge is open: it was never sent, was answered, or has expired"};
}

}

std::variant<IssuedChallenge, Refusal> takeChallenge(
    ChallengeBook& book, ByteView challenge, const Peer& peer, Answer answer)
{
    auto taken = book.take(challenge);
    if (const auto* absence = std::get_if<ChallengeBook::Absence>(&taken))
        return describe(*absence);
    auto& issued = std::get<IssuedChallenge>(taken);
    if (auto refusal = checkAddressee(issued, peer))
        return *std::move(refusal);
    if (expectedAnswer(issued.challenge) != answer)
        return Refusal{Code::ChallengeOfOtherPurpose,
            answer == Answer::Assertion ? "the challenge asks a new security key to register, not for an assertion"
                                        : "the challenge asks for an assertion, not a new security key to register"};
    return std::move(issued);
}

ClientData clientDataOf(const IssuedChallenge& issued, const Peer& peer, const std::string& rpId)
{
    return {.scope = issued.challenge.scope,
        .challenge = issued.challenge.bytes,
        .rpId = rpId,
        .action = issued.challenge.action,
        .channelBinding = peer.channelBinding,
        .session = peer.session,
        .seq = issued.challenge.seq};
}

MaybeRefusal checkAuthenticator(const AuthenticatorData& data, const std::string& rpId)
{
    if (!equalInConstantTime(data.rpIdHash, sha256(bytesOf(rpId))))
        return Refusal{Code::WrongRelyingParty, "the security key answered for another relying party than " + rpId};
    if (!data.userPresent)
        return Refusal{Code::UserNotPresent, "the security key was not touched"};
    if (!data.userVerified)
        return Refusal{Code::UserNotVerified, "the security key did not verify its user by PIN or fingerprint"};
    if (data.backupEligible)
        return Refusal{
            Code::BackupEligible, "the credential may be copied from its device; only hardware-bound ones count"};
    if (data.backedUp)
        return Refusal{Code::BackedUp, "the credential was copied from its device; only hardware-bound ones count"};
    return std::nullopt;
}

}
