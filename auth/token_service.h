#pragma once

#include "auth/approval.h"
#include "auth/pcsc.h"
#include "auth/signature_watch.h"
#include "core/base/clock.h"
#include "core/base/executor.h"
#include "core/rfq/approval.h"
#include "core/rfq/card_manager.h"
#include "core/rfq/sign_in.h"
#include "core/tls/identity.h"

#include <chrono>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace auth {

/// Which token and key to use. Chosen by CKA_ID and certificate fingerprint, never by label.
struct TokenSettings {
    std::string module; ///< absolute path of the PKCS#11 module
    std::set<std::string> allowedModules; ///< absolute paths; a module that is not listed is not loaded
    std::string keyId; ///< CKA_ID in hex; empty: any, if the fingerprint decides
    std::string fingerprint; ///< SHA-256 of the certificate in hex; empty: any, if the key id decides
    std::string chainFile; ///< PEM, intermediates to present; optional
    /// For one call of the desk. A touch is waited for up to 15 s, a key of an old card takes a minute.
    std::chrono::milliseconds patience{60'000};
    /// A signature that takes longer may be waiting for a touch. A card takes 50 to 250 ms for one that needs none.
    std::chrono::milliseconds touchAfter{300};
};

/// The tokens for a piece of work on the token thread.
struct TokensLent {
    const TokenSettings& settings;
    const base::Clock& clock;
    /// The card in a PC/SC reader. Errors: TokenAbsent, TokenFailure.
    std::function<base::Result<std::unique_ptr<CardChannel>>(const std::string& reader)> connect;
    CardTimer timer; ///< who listens to SignIn::onWork() hears of what takes its time
};

/// What an attempt to set a PIN came to.
struct PinChange {
    /// Errors: PinWrong, PinBlocked, PukWrong, PukBlocked; InvalidInput, Unsupported and PinLastTry, also of the PUK
    /// (nothing was tried); TokenModule, TokenAbsent, KeyNotFound, TokenFailure, Cancelled.
    base::Status result;
    rfq::PinState pin;
    std::optional<int> pukTriesLeft; ///< absent where the card does not tell
};

/// The tokens on this workstation: the trader's, who signs in and stays, and that of a second person, who signs one
/// statement and is gone. The caller's thread makes it, asks it and ends it. All PKCS#11 calls happen on the service's
/// own token thread; so does every signature, wherever it is asked for. Loss of the trader's token is told at once
/// where the token is a card in a PC/SC reader, also while the token thread waits for a signature; elsewhere it is
/// noticed at the next signature, inspection or approval. A call that does not return ends the sign-in and is told as
/// TokenFailure, as is everything that is asked for until it has returned; the program can close all the same.
class TokenService final : public rfq::SignIn, public rfq::Approver {
public:
    /// Loads nothing yet. Callbacks are posted to `caller`, which must outlive the service.
    TokenService(TokenSettings settings, ApproverSettings approvers, base::Executor& caller);
    TokenService(TokenSettings settings, ApproverSettings approvers, base::Executor& caller, PcscFactory pcsc);
    /// Nobody may approve.
    TokenService(TokenSettings settings, base::Executor& caller);
    ~TokenService() override;

    void inspect(std::function<void(rfq::TokenStatus)> done) override;
    /// Ends the sign-in that is, before it tries the next: keys of the old one are dead, without onLost(). Until
    /// signOut(), only the card and certificate that were signed in last may sign in again (KeyNotFound; nothing was
    /// tried): another card never goes on where the first has left.
    void unlock(
        base::SecretBytes pin, rfq::LastTry lastTry, std::function<void(base::Status, rfq::TokenStatus)> done) override;
    base::Subscription onLost(std::function<void(const base::Error&)> callback) override;
    /// The first who asks has cards watched from now on, also while nobody is signed in.
    base::Subscription onChanged(std::function<void()> callback) override;
    base::Subscription onWork(std::function<void(rfq::CardWork)> callback) override;
    void choose(rfq::TokenChoice choice) override;

    void candidates(
        const rfq::Person& first, std::function<void(base::Result<std::vector<rfq::TokenIdentity>>)> done) override;
    void approve(std::string statement, const rfq::Person& first, const std::string& fingerprint, base::SecretBytes pin,
        rfq::LastTry lastTry, std::function<void(base::Result<rfq::Approval>, rfq::PinState)> done) override;

    /// Every certificate with a private key on every token of the module.
    void list(std::function<void(base::Result<std::vector<rfq::TokenIdentity>>)> done);
    /// Of the configured token; where it cannot be found, of the one PIV card that is plugged in: a new card has no
    /// certificate yet. Ends the sign-in that is (onLost() with Cancelled).
    void changePin(
        base::SecretBytes old, base::SecretBytes next, rfq::LastTry lastTry, std::function<void(PinChange)> done);
    /// As changePin(), with the PUK of a PIV card.
    void unblockPin(
        base::SecretBytes puk, base::SecretBytes next, rfq::LastTry lastTry, std::function<void(PinChange)> done);
    /// Of this card, as survey() told of it; another one in its place is not touched (KeyNotFound). Who is signed in
    /// with it is signed out (onLost() with Cancelled); who is signed in with another one stays so.
    void changePin(rfq::PluggedCard card, base::SecretBytes old, base::SecretBytes next, rfq::LastTry lastTry,
        std::function<void(PinChange)> done);
    void unblockPin(rfq::PluggedCard card, base::SecretBytes puk, base::SecretBytes next, rfq::LastTry lastTry,
        std::function<void(PinChange)> done);
    /// Everything that is plugged in. Needs no PIN, ends no sign-in.
    void survey(std::function<void(rfq::CardsSeen)> done);
    /// Runs `work` on the token thread with the tokens all to itself: who is signed in is signed out (onLost() with
    /// Cancelled) and the module is unloaded before. Cancelled, without having run, when the program closes.
    void lend(std::function<base::Status(const TokensLent&)> work, std::function<void(base::Status)> done);
    /// Logs out and forgets the key, without onLost(); who it was is remembered.
    void endSignIn();
    /// As endSignIn(), and forgets who it was.
    void signOut();
    /// The identity for TLS; absent until unlock() succeeded. Its key signs on the token thread.
    [[nodiscard]] std::shared_ptr<const tls::Identity> identity() const;

private:
    class Thread;
    std::shared_ptr<Thread> m_thread; ///< the token thread's, too, where a call does not return
};

}
