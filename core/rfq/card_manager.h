#pragma once

#include "core/base/listeners.h"
#include "core/base/secret_bytes.h"
#include "core/rfq/sign_in.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace rfq {

struct CardCertificate {
    TokenIdentity identity;
    std::string issuer; ///< RFC 2253
    bool configured = false; ///< the one that this desk signs in with

    friend bool operator==(const CardCertificate&, const CardCertificate&) = default;
};

/// Why a certificate that stands on a card is not shown by the PKCS#11 module.
enum class UnseenCertificate {
    Damaged, ///< what stands there is none
    Compressed, ///< and the module does not read that
    OtherMaker, ///< the module knows cards of one maker only
    NotYet ///< the card has just come
};

/// A card or token that is plugged in, as far as it tells without a PIN.
struct PluggedCard {
    std::string reader; ///< empty: in no PC/SC reader
    std::string label; ///< for people only
    std::string model;
    std::string serial;
    std::string id; ///< one card among all; empty where it cannot be told
    bool isPiv = false; ///< its PIN and its key can be worked on by the card's own commands
    bool signedIn = false;
    std::optional<PinState> pin; ///< absent: it does not tell
    std::optional<bool> factoryPin; ///< whether it has the PIN that everybody knows; absent: it does not tell
    std::vector<CardCertificate> certificates;
    /// What stands on it and the PKCS#11 module does not show, and what helps, in detail; empty: nothing known.
    std::string unseen;
    std::optional<UnseenCertificate> unseenWhy; ///< absent where that is empty

    friend bool operator==(const PluggedCard&, const PluggedCard&) = default;
};

struct CardsSeen {
    std::vector<PluggedCard> cards;
    std::optional<base::Error> problem; ///< why certificates cannot be told: TokenModule, TokenFailure

    friend bool operator==(const CardsSeen&, const CardsSeen&) = default;
};

/// What an attempt to set a PIN came to. Errors: PinWrong, PinBlocked, PukWrong, PukBlocked; InvalidInput, Unsupported
/// and PinLastTry, also of the PUK (nothing was tried); KeyNotFound (another card is in its place; nothing was tried),
/// TokenModule, TokenAbsent, TokenFailure, Cancelled (the program closes).
struct PinOutcome {
    base::Status result;
    PinState pin;
    std::optional<int> pukTriesLeft; ///< absent where the card does not tell
};

enum class CardKeyKind { EcP256, EcP384, Rsa2048 };

/// What a person has confirmed that it may go. Nothing: a certificate that has ended, at most. Certificate: one that is
/// still valid, to another one. KeyAndCertificate: the key that is there, whatever hangs on it, to another key.
enum class GivesWay { Nothing, Certificate, KeyAndCertificate };

/// What a person gives to have a card's key worked on.
struct CardProof {
    base::SecretBytes pin;
    LastTry lastTry = LastTry::NotConfirmed;
    base::SecretBytes managementKey; ///< hexadecimal digits; empty: the factory's
    GivesWay givesWay = GivesWay::Nothing;
};

/// Whose certificate is asked for.
struct CertificateWish {
    std::string subject; ///< "CN=trader-7,O=Firm"
    CardKeyKind kind = CardKeyKind::EcP256; ///< of a key that has to be made
};

/// The cards of this workstation, for whoever manages them. Calls never block; callbacks run on the desk's thread,
/// exactly once. What works on a card's key ends the sign-in that is (SignIn::onLost with Cancelled).
///
/// Errors of the work on keys: KeyNotFound (another card, or a certificate for another key), PinWrong, PinLastTry,
/// PinBlocked, Refused (the management key), Duplicate, Certificate*, Unsupported, InvalidInput, Io, Configuration,
/// Rejected, Timeout, Connection* (the authority), TokenAbsent, TokenFailure, Cancelled.
class CardManager {
public:
    using Made = std::function<void(base::Result<CardCertificate>, PinState)>;

    virtual ~CardManager() = default;
    virtual void survey(std::function<void(CardsSeen)> done) = 0;
    [[nodiscard]] virtual base::Subscription onChanged(std::function<void()> callback) = 0;

    virtual void changePin(PluggedCard card, base::SecretBytes old, base::SecretBytes next, LastTry lastTry,
        std::function<void(PinOutcome)> done) = 0;
    virtual void unblockPin(PluggedCard card, base::SecretBytes puk, base::SecretBytes next, LastTry lastTry,
        std::function<void(PinOutcome)> done) = 0;

    /// A certificate request (PKCS #10, PEM) for the key on the card, which is made where there is none, or where the
    /// one that is there gives way. Duplicate: the card holds a key and does not tell which.
    virtual void request(PluggedCard card, CertificateWish wish, CardProof proof,
        std::function<void(base::Result<std::string>, PinState)> done) = 0;
    /// Puts the certificate in the file (PEM or DER) beside its key. Duplicate: another valid one is there.
    virtual void install(PluggedCard card, std::string file, CardProof proof, Made done) = 0;

    /// Whether an authority is configured that issues and renews by itself (CMP).
    [[nodiscard]] virtual bool reachesAuthority() const = 0;
    /// The first certificate, with what the authority gave out of band. Duplicate: as before.
    virtual void enrol(PluggedCard card, CertificateWish wish, std::string reference, base::SecretBytes secret,
        CardProof proof, Made done) = 0;
    /// The next certificate for the same key, in the place of the present one.
    virtual void renew(PluggedCard card, CardProof proof, Made done) = 0;
};

}
