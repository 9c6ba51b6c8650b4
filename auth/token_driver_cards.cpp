/// What is done with cards beside signing in: looking at all of them, and setting PINs.
#include "auth/padded_text.h"
#include "auth/token_driver.h"
#include "auth/token_survey.h"
#include "auth/unseen_certificate.h"

#include <algorithm>

namespace auth {

using base::Errc;
using base::Error;

namespace {

/// A card that came while the module read it can be shown without what is on it: reading anew tells that from a card
/// that the module does not know.
bool mayShowMore(const rfq::CardsSeen& seen)
{
    return std::any_of(seen.cards.begin(), seen.cards.end(), [](const rfq::PluggedCard& card) {
        return card.unseenWhy == rfq::UnseenCertificate::NotYet || card.unseenWhy == rfq::UnseenCertificate::OtherMaker;
    });
}

}

PinChange TokenDriver::changePin(
    const PinOf& card, const base::SecretBytes& old, const base::SecretBytes& next, rfq::LastTry lastTry)
{
    const auto target = pinTarget(card);
    return target ? auth::changePin(m_cards, *target, old, next, lastTry) : PinChange{target.error(), {}, {}};
}

PinChange TokenDriver::unblockPin(
    const PinOf& card, const base::SecretBytes& puk, const base::SecretBytes& next, rfq::LastTry lastTry)
{
    const auto target = pinTarget(card);
    return target ? auth::unblockPin(m_cards, *target, puk, next, lastTry) : PinChange{target.error(), {}, {}};
}

base::Result<PinTarget> TokenDriver::pinTarget(const PinOf& card)
{
    if (!card)
        return configuredPinTarget();
    const Error another{Errc::KeyNotFound, "the card that was chosen is no longer in its place; nothing was tried"};
    if (!card->reader.empty()) {
        const auto channel = m_cards.connect(card->reader);
        if (!channel)
            return channel.error();
        auto facts = readPivFacts(**channel);
        if (!facts)
            return facts.error();
        if (facts->id() != card->id)
            return another;
        return PinTarget{SeatedCard{card->reader, *std::move(facts)}, nullptr, 0};
    }
    if (auto loaded = loadModule(); !loaded)
        return loaded.error();
    const auto slots = slotsWithToken(m_module->functions());
    if (!slots)
        return slots.error();
    for (const CK_SLOT_ID slot : *slots) {
        const auto info = readTokenInfo(*m_module, slot);
        if (info && paddedText(info->serialNumber) == card->serial && paddedText(info->label) == card->label)
            return PinTarget{{}, m_module.get(), slot};
    }
    return another;
}

base::Result<PinTarget> TokenDriver::configuredPinTarget()
{
    m_session.reset();
    rfq::TokenStatus status;
    const auto found = find(status);
    if (found && !found->card)
        return PinTarget{{}, m_module.get(), PKCS11_get_slotid_from_slot(found->candidate.slot)};
    if (found)
        return PinTarget{found->card, nullptr, 0};
    if (found.error().code != Errc::KeyNotFound && found.error().code != Errc::TokenAbsent)
        return found.error();
    auto card = m_cards.onlyPivCard();
    if (!card)
        return Error{card.error().code, found.error().detail + "; " + card.error().detail};
    return PinTarget{*std::move(card), nullptr, 0};
}

bool TokenDriver::isSignedInWith(const PinOf& card) const
{
    if (!m_session || !card)
        return m_session.has_value();
    return card->signedIn || (!card->reader.empty() && card->reader == m_session->reader);
}

rfq::CardsSeen TokenDriver::survey()
{
    checkSession();
    refresh();
    std::optional<BusyToken> signedIn;
    if (m_session)
        signedIn = BusyToken{m_session->login.slot(), m_session->reader};
    const auto look = [&] {
        const auto loaded = loadModule();
        auto seen = surveyCards(loaded ? m_module.get() : nullptr, m_cards, signedIn);
        if (!loaded)
            seen.problem = loaded.error();
        tellUnseen(seen);
        return seen;
    };
    auto seen = look();
    if (!m_session && m_module && (missesCards(seen) || mayShowMore(seen))) {
        m_module.reset();
        seen = look();
    }
    for (rfq::PluggedCard& card : seen.cards) {
        for (rfq::CardCertificate& one : card.certificates)
            one.configured = (m_settings.keyId.empty() || one.identity.keyId == m_settings.keyId)
                && (m_settings.fingerprint.empty() || one.identity.fingerprint == m_settings.fingerprint);
        if (card.signedIn)
            card.id = m_session->identity.card;
    }
    return seen;
}

void TokenDriver::tellUnseen(rfq::CardsSeen& seen) const
{
    if (m_session || !m_module)
        return;
    for (rfq::PluggedCard& card : seen.cards)
        if (card.isPiv && card.certificates.empty())
            if (auto unseen = unseenCertificate(m_cards, card.reader, {}, m_module->description())) {
                card.unseen = std::move(unseen->text);
                card.unseenWhy = unseen->why;
            }
}

void TokenDriver::release()
{
    m_session.reset();
    m_module.reset();
}

}
