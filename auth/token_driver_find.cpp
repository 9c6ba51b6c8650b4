/// Looking for the configured identity among what is plugged in.
#include "auth/identity_choice.h"
#include "auth/padded_text.h"
#include "auth/token_driver.h"
#include "auth/token_errors.h"
#include "auth/unseen_certificate.h"

#include <utility>

namespace auth {

using base::Errc;
using base::Error;

namespace {

constexpr int MostLooks = 3;

/// A token that can be taken out is not signed in where that would not be noticed.
Error unwatchedError(const Error& why)
{
    return {Errc::TokenFailure,
        "it would not be noticed if the card were taken out, so nobody is signed in: " + why.detail
            + "; see to it that pcscd runs and shows the reader, then try again"};
}

}

base::Result<TokenDriver::Found> TokenDriver::find()
{
    auto found = findAmongPresent();
    for (int looks = 1; looks < MostLooks && m_cards.haveChanged(); ++looks) {
        // What was seen while a card came or went is true of neither.
        found = Error{Errc::TokenAbsent, "the card was exchanged"}; // its slots die before the module
        m_module.reset();
        found = findAmongPresent();
    }
    // ykcs11 never sees a card that was not there when it began to look.
    if (!found && (found.error().code == Errc::TokenAbsent || found.error().code == Errc::KeyNotFound))
        m_module.reset();
    return found;
}

base::Result<TokenDriver::Found> TokenDriver::findAmongPresent()
{
    auto slots = look();
    if (!slots)
        return slots.error().code == Errc::TokenAbsent ? withUnseen(slots.error(), {}) : slots.error();
    auto candidates = slots->candidates();
    const auto identities = identitiesOf(candidates);
    if (!identities)
        return identities.error();
    const auto chosen = chooseIdentity(*identities, {m_settings.keyId, m_settings.fingerprint});
    if (!chosen && candidates.unread)
        return Error{candidates.unread->code, candidates.unread->detail + "; besides, " + chosen.error().detail};
    if (!chosen)
        return withUnseen(chosen.error(), *identities);
    Candidate& candidate = candidates.found[*chosen];
    auto seat = seatOf(candidate);
    if (!seat)
        return seat.error();
    if (seat->card && seat->card->piv)
        candidate.identity.card = seat->card->piv->id();
    return Found{*std::move(slots), std::move(candidate), std::move(seat->card), std::move(seat->unwatched)};
}

/// The module names the reader that its slot is in; the card in it is known by what it tells of itself.
base::Result<TokenDriver::Seat> TokenDriver::seatOf(const Candidate& candidate) const
{
    CK_SLOT_INFO slot{};
    if (const CK_RV code = m_module->functions().C_GetSlotInfo(slotIdOf(candidate), &slot); code != CKR_OK)
        return tokenError(code, "looking for the token");
    const std::string place = paddedText(slot.slotDescription);
    auto card = m_cards.find(place);
    if (card && *card)
        return Seat{*std::move(card), std::nullopt};
    // A token that stays where it is (SoftHSM, an HSM) needs no watch, and no PC/SC.
    const bool canGo = (slot.flags & CKF_REMOVABLE_DEVICE) != 0;
    if (!card && card.error().code == Errc::KeyNotFound)
        return card.error();
    if (!canGo)
        return Seat{};
    return Seat{std::nullopt,
        unwatchedError(card ? Error{Errc::TokenFailure, "no reader of PC/SC is called " + place} : card.error())};
}

/// What a module leaves out it says nothing of; the cards themselves are asked.
Error TokenDriver::withUnseen(const Error& error, std::span<const rfq::TokenIdentity> shown) const
{
    const std::string unseen = unseenCertificates(m_cards, shown, m_module->description());
    if (unseen.empty() && shown.empty() && error.code == Errc::KeyNotFound)
        return {error.code, error.detail + "; a key cannot be used before its certificate is on the card"};
    return {error.code, error.detail + unseen};
}

}
