/// Looking for the configured identity among what is plugged in.
#include "auth/identity_choice.h"
#include "auth/padded_text.h"
#include "auth/token_driver.h"
#include "auth/token_errors.h"
#include "auth/unseen_certificate.h"
#include "core/tls/identity.h"

#include <utility>
#include <vector>

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

base::Result<TokenDriver::Found> TokenDriver::find(rfq::TokenStatus& status)
{
    auto found = findAmongPresent(status);
    for (int looks = 1; looks < MostLooks && m_cards.haveChanged(); ++looks) {
        // What was seen while a card came or went is true of neither.
        found = Error{Errc::TokenAbsent, "the card was exchanged"}; // its slots die before the module
        m_module.reset();
        found = findAmongPresent(status);
    }
    // ykcs11 never sees a card that was not there when it began to look.
    if (!found && (found.error().code == Errc::TokenAbsent || found.error().code == Errc::KeyNotFound))
        m_module.reset();
    return found;
}

base::Result<TokenDriver::Found> TokenDriver::findAmongPresent(rfq::TokenStatus& status)
{
    status.candidates.clear();
    status.missing.reset();
    status.noService = status.noCertificate = false;
    auto slots = look();
    if (!slots)
        return slots.error().code == Errc::TokenAbsent ? withUnseen(slots.error(), {}, status) : slots.error();
    auto candidates = slots->candidates();
    const auto identities = identitiesOf(candidates);
    if (!identities)
        return identities.error();
    const IdentityQuery query{m_settings.keyId, m_settings.fingerprint};
    const auto fitting = fittingIdentities(*identities, query);
    if (!fitting && candidates.unread)
        return Error{candidates.unread->code, candidates.unread->detail + "; besides, " + fitting.error().detail};
    if (!fitting)
        return withUnseen(fitting.error(), *identities, status);
    auto seats = seatsOf(candidates.found, *fitting);
    std::vector<rfq::TokenIdentity> seated;
    for (const std::size_t index : *fitting)
        seated.push_back(candidates.found[index].identity);
    const auto chosen = chooseIdentity(seated, query, m_choice);
    if (isMissing(seated, query, m_choice))
        status.missing = m_choice;
    if (seated.size() > 1 || status.missing)
        status.candidates = told(candidates.found, *fitting, seats);
    if (!chosen && status.missing && candidates.unread)
        return Error{chosen.error().code, chosen.error().detail + "; besides, " + candidates.unread->detail};
    if (!chosen)
        return status.missing ? withUnseen(chosen.error(), *identities, status) : chosen.error();
    auto& seat = seats[*chosen];
    if (!seat)
        return seat.error();
    return Found{*std::move(slots), std::move(candidates.found[(*fitting)[*chosen]]), std::move(seat->card),
        std::move(seat->unwatched)};
}

/// Where those that fit sit. Which card it is becomes part of the identity.
std::vector<base::Result<TokenDriver::Seat>> TokenDriver::seatsOf(
    std::span<Candidate> found, std::span<const std::size_t> fitting) const
{
    std::vector<base::Result<Seat>> seats;
    for (const std::size_t index : fitting) {
        auto seat = seatOf(found[index]);
        if (seat && seat->card && seat->card->piv)
            found[index].identity.card = seat->card->piv->id();
        seats.push_back(std::move(seat));
    }
    return seats;
}

std::vector<rfq::TokenCandidate> TokenDriver::told(
    std::span<const Candidate> found, std::span<const std::size_t> fitting, std::span<const base::Result<Seat>> seats)
{
    std::vector<rfq::TokenCandidate> all;
    for (std::size_t i = 0; i < fitting.size(); ++i) {
        const Candidate& candidate = found[fitting[i]];
        all.push_back({candidate.identity, tls::issuerOf(*candidate.certificate),
            seats[i] && seats[i]->card ? seats[i]->card->reader : std::string()});
    }
    return all;
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

/// What a module leaves out it says nothing of; the cards themselves are asked, and PC/SC whether it may ask them.
Error TokenDriver::withUnseen(
    const Error& error, std::span<const rfq::TokenIdentity> shown, rfq::TokenStatus& status) const
{
    std::string unseen = unseenCertificates(m_cards, shown, m_module->description());
    for (const std::string& reader : m_cards.heldByOthers())
        unseen += "; another program holds the card in " + reader
            + " for itself, so that nobody else sees it: close that program (gpg does so: gpgconf --kill scdaemon), "
              "then look again";
    if (const auto trouble = error.code == Errc::TokenAbsent ? m_cards.trouble() : std::nullopt) {
        status.noService = true;
        unseen += "; " + trouble->detail;
    }
    status.noCertificate = unseen.empty() && shown.empty() && error.code == Errc::KeyNotFound;
    if (status.noCertificate)
        return {error.code,
            error.detail
                + "; a key cannot be used before its certificate is on the card: the window, or countersign-cli cert, "
                  "makes "
                  "the one and puts the other there"};
    return {error.code, error.detail + unseen};
}

}
