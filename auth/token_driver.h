#pragma once

#include "auth/approval_driver.h"
#include "auth/card_access.h"
#include "auth/card_survey.h"
#include "auth/pin_driver.h"
#include "auth/pkcs11_module.h"
#include "auth/signature_watch.h"
#include "auth/token_key.h"
#include "auth/token_login.h"
#include "auth/token_service.h"
#include "auth/token_signer.h"
#include "auth/token_slots.h"
#include "core/base/clock.h"

#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace auth {

/// Certificate and intermediates of an identity that has just been unlocked.
struct Unlocked {
    tls::CertificatePtr certificate;
    std::vector<tls::CertificatePtr> chain;
    std::optional<CardStay> stay; ///< of a card in a PC/SC reader: whoever uses the identity must watch it
};

/// What is done with the token. Token thread only; every call blocks for as long as the token takes.
class TokenDriver {
public:
    /// `listener` hears of cards, on the watcher's thread, and `slow` of signatures that take their time.
    TokenDriver(TokenSettings settings, ApproverSettings approvers, const base::Clock& clock, PcscFactory pcsc,
        CardWatch::Listener listener, SignatureWatch::Listener slow);

    /// Which one is meant from now on, where several fit.
    void choose(rfq::TokenChoice choice) { m_choice = std::move(choice); }
    [[nodiscard]] rfq::TokenStatus inspect();
    [[nodiscard]] base::Result<std::vector<rfq::TokenIdentity>> list();
    /// Signs in as `signIn`; what was signed in before is signed out first. `status` tells what was found either way.
    [[nodiscard]] base::Result<Unlocked> unlock(
        const base::SecretBytes& pin, rfq::LastTry lastTry, SignInNumber signIn, rfq::TokenStatus& status);
    [[nodiscard]] base::Result<std::vector<std::uint8_t>> sign(
        SignInNumber signIn, tls::Signer::Scheme scheme, std::span<const std::uint8_t> input);
    [[nodiscard]] base::Result<std::vector<rfq::TokenIdentity>> candidates(const rfq::Person& first);
    /// Who is signed in stays so.
    [[nodiscard]] base::Result<rfq::Approval> approve(
        const ApprovalRequest& request, const base::SecretBytes& pin, rfq::PinState& pinState);
    /// Of the configured token, or of `card` where one is given.
    using PinOf = std::optional<rfq::PluggedCard>;
    [[nodiscard]] PinChange changePin(
        const PinOf& card, const base::SecretBytes& old, const base::SecretBytes& next, rfq::LastTry lastTry);
    [[nodiscard]] PinChange unblockPin(
        const PinOf& card, const base::SecretBytes& puk, const base::SecretBytes& next, rfq::LastTry lastTry);
    /// Everything that is plugged in. Ends no sign-in.
    [[nodiscard]] rfq::CardsSeen survey();
    [[nodiscard]] bool isSignedInWith(const PinOf& card) const;
    /// Ends the sign-in and unloads the module: somebody else works with the tokens.
    void release();
    [[nodiscard]] const TokenSettings& settings() const { return m_settings; }
    [[nodiscard]] const CardAccess& cards() const { return m_cards; }
    /// As each signature of this driver is timed.
    [[nodiscard]] CardTimer timer()
    {
        return [this] { return m_signatures.begin(); };
    }
    [[nodiscard]] const base::Clock& clock() const { return m_clock; }
    /// Logs out. Until forget(), no other card signs in.
    void endSignIn() { m_session.reset(); }
    void forget() { m_last.reset(); }
    /// The caller has heard that this sign-in's card is gone.
    void endLost(SignInNumber signIn);
    /// From now on the listener hears of every card.
    void watchCards() { m_cards.watchAll(); }
    [[nodiscard]] bool isIn(CardStay stay) const { return m_cards.isIn(stay); }
    /// Signs out and unloads the module.
    void close();

    /// Why a sign-in ended without signOut(), told once.
    [[nodiscard]] std::optional<base::Error> takeLoss();

private:
    /// Of each card whose certificate the module does not show, what is on it.
    void tellUnseen(rfq::CardsSeen& seen) const;
    /// A token that is signed in. The members die in the reverse order, which is the one that libp11 needs.
    struct Session {
        TokenSlots slots;
        TokenLogin login;
        TokenKey key;
        rfq::TokenIdentity identity;
        SignInNumber number;
        std::string reader; ///< empty: in no PC/SC reader
    };
    /// The configured identity among what is plugged in.
    struct Found {
        TokenSlots slots;
        Candidate candidate;
        std::optional<SeatedCard> card; ///< absent: in no PC/SC reader
        std::optional<base::Error> unwatched; ///< it can be taken out and nobody would tell
    };
    /// Where a token sits.
    struct Seat {
        std::optional<SeatedCard> card;
        std::optional<base::Error> unwatched;
    };

    [[nodiscard]] base::Status loadModule();
    /// A module that has seen other cards than those that are plugged in now begins anew, unless somebody is signed in.
    void refresh();
    [[nodiscard]] base::Result<TokenSlots> look();
    /// `status` is told what there is to choose from.
    [[nodiscard]] base::Result<Found> find(rfq::TokenStatus& status);
    [[nodiscard]] base::Result<Found> findAmongPresent(rfq::TokenStatus& status);
    [[nodiscard]] std::vector<base::Result<Seat>> seatsOf(
        std::span<Candidate> found, std::span<const std::size_t> fitting) const;
    [[nodiscard]] static std::vector<rfq::TokenCandidate> told(std::span<const Candidate> found,
        std::span<const std::size_t> fitting, std::span<const base::Result<Seat>> seats);
    [[nodiscard]] base::Error withUnseen(
        const base::Error& error, std::span<const rfq::TokenIdentity> shown, rfq::TokenStatus& status) const;
    [[nodiscard]] base::Status checkCertificate(const Candidate& candidate) const;
    [[nodiscard]] base::Status checkSame(const rfq::TokenIdentity& identity) const;
    [[nodiscard]] base::Status checkPin(
        const Found& found, std::size_t pinSize, rfq::LastTry lastTry, rfq::TokenStatus& status) const;
    /// As the card tells, or else the token's flags.
    [[nodiscard]] rfq::PinState pinStateOf(const Found& found, const CK_TOKEN_INFO& info) const;
    [[nodiscard]] base::Error loginRefused(const base::Error& error, Found& found, rfq::TokenStatus& status);
    [[nodiscard]] base::Result<Seat> seatOf(const Candidate& candidate) const;
    [[nodiscard]] base::Result<PinTarget> pinTarget(const PinOf& card);
    [[nodiscard]] base::Result<PinTarget> configuredPinTarget();
    [[nodiscard]] base::Status prepareApproval();
    [[nodiscard]] std::optional<SignedIn> signedIn() const;
    void checkSession();
    void lose(const base::Error& error);

    const TokenSettings m_settings;
    const base::Clock& m_clock;
    const ApprovalDriver m_approvals;
    CardAccess m_cards;
    std::unique_ptr<Pkcs11Module> m_module;
    std::optional<Session> m_session;
    std::optional<base::Error> m_loss;
    std::optional<rfq::TokenIdentity> m_last; ///< who signed in, until forget()
    std::optional<rfq::TokenChoice> m_choice; ///< among several that fit
    SignatureWatch m_signatures;
};

}
