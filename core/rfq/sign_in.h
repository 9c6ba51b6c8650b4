#pragma once

#include "core/base/clock.h"
#include "core/base/listeners.h"
#include "core/base/result.h"
#include "core/base/secret_bytes.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace rfq {

/// A certificate on a token whose private key is there too: who the trader can be.
struct TokenIdentity {
    std::string tokenLabel; ///< for people only; never used to choose
    std::string tokenSerial;
    std::string tokenModel;
    std::string keyId; ///< CKA_ID, lower-case hex
    std::string fingerprint; ///< SHA-256 of the certificate, lower-case hex
    std::string subject; ///< RFC 2253
    std::string commonName;
    std::string keyAlgorithm; ///< "EC P-256", "EC P-384", "RSA 2048"
    base::UtcTime notBefore{};
    base::UtcTime notAfter{};
    /// One card among all: the GUID of a PIV card's CHUID, or its serial number. Empty where it cannot be told.
    std::string card;

    friend bool operator==(const TokenIdentity&, const TokenIdentity&) = default;
};

/// What the token says of its PIN. Flags are hints: a card may be slow to tell.
struct PinState {
    std::optional<int> triesLeft; ///< absent where the token does not tell
    bool finalTry = false;
    bool blocked = false;

    /// A wrong PIN now blocks the token.
    [[nodiscard]] bool isLastTry() const { return finalTry || triesLeft == 1; }

    friend bool operator==(const PinState&, const PinState&) = default;
};

/// One of several identities that fit the configuration.
struct TokenCandidate {
    TokenIdentity identity;
    std::string issuer; ///< RFC 2253
    std::string reader; ///< empty: in no PC/SC reader

    friend bool operator==(const TokenCandidate&, const TokenCandidate&) = default;
};

/// How firmly one of several is meant.
enum class ChoiceWeight {
    LastUsed, ///< where it is not there and only one other fits, that one is taken
    Chosen ///< by a person: no other ever takes its place by itself
};

/// Which one is meant where several fit the configuration.
struct TokenChoice {
    std::string fingerprint; ///< of the certificate, lower-case hex
    std::string card; ///< as TokenIdentity::card
    std::string tokenSerial;
    std::string name; ///< for people only; never used to choose
    ChoiceWeight weight = ChoiceWeight::LastUsed;

    friend bool operator==(const TokenChoice&, const TokenChoice&) = default;
};
[[nodiscard]] inline TokenChoice choiceOf(const TokenIdentity& identity, ChoiceWeight weight)
{
    return {identity.fingerprint, identity.card, identity.tokenSerial, identity.commonName, weight};
}

/// What is plugged in and whether it fits the configuration.
struct TokenStatus {
    std::optional<base::Error> problem; ///< TokenModule, TokenAbsent, KeyNotFound, CertificateExpired, PinBlocked ...
    std::optional<TokenIdentity> identity; ///< the one that is meant, once found
    /// What can be chosen from: all that fit, where they are several, or where the one that was chosen is not there.
    std::vector<TokenCandidate> candidates;
    std::optional<TokenChoice> missing; ///< was chosen, and is not there (KeyNotFound)
    PinState pin;
    bool signedIn = false;
    bool noService = false; ///< nothing that is in a reader can be seen: PC/SC does not answer (TokenAbsent)
    bool noCertificate = false; ///< what is plugged in holds no certificate at all, as a new card does (KeyNotFound)

    friend bool operator==(const TokenStatus&, const TokenStatus&) = default;
};

/// Whether the person has ticked that the last try before the PIN blocks may be used.
enum class LastTry { NotConfirmed, Confirmed };

/// Whether a card keeps somebody waiting.
enum class CardWork {
    Done,
    Slow ///< a signature takes its time: the card may be waiting to be touched
};

/// Signing in with a token, seen from the desk. Calls never block; callbacks run on the desk's thread, exactly once.
class SignIn {
public:
    virtual ~SignIn() = default;
    /// Looks again at what is plugged in.
    virtual void inspect(std::function<void(TokenStatus)> done) = 0;
    /// From now on this one is meant among those that fit the configuration, which it never overrides. Counts for what
    /// is asked after it.
    virtual void choose(TokenChoice choice) = 0;
    /// Verifies the PIN and proves the key with a test signature. Errors: PinWrong, PinLastTry (nothing was tried),
    /// PinBlocked, InvalidInput (a PIN of a length that the token never takes; nothing was tried), TokenModule,
    /// TokenAbsent, KeyNotFound, CertificateExpired, TokenFailure, Configuration (chain file). The status tells the
    /// tries left.
    virtual void unlock(
        base::SecretBytes pin, LastTry lastTry, std::function<void(base::Status, TokenStatus)> done) = 0;
    /// Told on the desk's thread whenever a token that was signed in is gone or logged out (invariant 7): to everybody
    /// who asked, in the order in which they did.
    [[nodiscard]] virtual base::Subscription onLost(std::function<void(const base::Error&)> callback) = 0;
    /// Told on the desk's thread whenever a card or a reader came or went: inspect() may tell something else now.
    /// Several changes may be told as one. Never where tokens cannot be watched.
    [[nodiscard]] virtual base::Subscription onChanged(std::function<void()> callback) = 0;
    /// Told on the desk's thread when a signature of a card takes longer than one that needs no touch, whoever asked
    /// for it, and when it has come to its end after that.
    [[nodiscard]] virtual base::Subscription onWork(std::function<void(CardWork)> callback) = 0;
};

}
