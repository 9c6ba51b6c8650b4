#include "auth/card_survey.h"

#include "auth/padded_text.h"
#include "auth/pin_state.h"
#include "auth/token_errors.h"
#include "auth/token_login.h"
#include "auth/token_survey.h"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

namespace auth {

namespace {

/// What the module shows, one card for each slot.
base::Status addTokens(const Pkcs11Module& module, std::map<CK_SLOT_ID, rfq::PluggedCard>& cards)
{
    const auto slots = slotsWithToken(module.functions());
    if (!slots)
        return slots.error();
    for (const CK_SLOT_ID slot : *slots) {
        CK_SLOT_INFO place{};
        const auto token = readTokenInfo(module, slot);
        if (!token || (token->flags & CKF_TOKEN_INITIALIZED) == 0
            || module.functions().C_GetSlotInfo(slot, &place) != CKR_OK)
            continue;
        rfq::PluggedCard card;
        card.reader = paddedText(place.slotDescription);
        card.label = paddedText(token->label);
        card.model = paddedText(token->model);
        card.serial = paddedText(token->serialNumber);
        card.pin = pinStateOf(*token);
        cards.emplace(slot, std::move(card));
    }
    const auto certificates = surveyTokens(module);
    if (!certificates)
        return certificates.error();
    for (const SeenCertificate& seen : *certificates) {
        const auto card = cards.find(seen.slot);
        if (card != cards.end())
            card->second.certificates.push_back({seen.identity, tls::issuerOf(*seen.certificate), false});
    }
    return base::Ok{};
}

void addFacts(rfq::PluggedCard& card, const std::optional<PivFacts>& facts)
{
    if (!facts)
        return;
    card.isPiv = true;
    card.id = facts->id();
    if (card.serial.empty())
        card.serial = facts->serial;
    if (facts->pinTries)
        card.pin = pinStateOf(facts->pinTries);
    card.factoryPin = facts->factoryPin;
    for (rfq::CardCertificate& one : card.certificates)
        one.identity.card = card.id;
}

}

rfq::CardsSeen surveyCards(
    const Pkcs11Module* module, const CardAccess& access, const std::optional<BusyToken>& signedIn)
{
    rfq::CardsSeen seen;
    std::map<CK_SLOT_ID, rfq::PluggedCard> tokens;
    if (module)
        if (auto added = addTokens(*module, tokens); !added)
            seen.problem = added.error();
    std::vector<SeatedCard> seats = access.seated(signedIn ? signedIn->reader : std::string());
    for (auto& [slot, card] : tokens) {
        const bool busy = signedIn && signedIn->slot == slot;
        const auto seat = std::find_if(seats.begin(), seats.end(),
            [&place = card.reader](const SeatedCard& one) { return isSlotOf(one.reader, place); });
        card.reader = busy ? signedIn->reader : seat == seats.end() ? std::string() : seat->reader;
        card.signedIn = busy;
        if (busy) {
            card.isPiv = !signedIn->reader.empty();
            card.pin.reset();
        }
        if (seat != seats.end()) {
            addFacts(card, seat->piv);
            seats.erase(seat);
        }
        seen.cards.push_back(std::move(card));
    }
    for (const SeatedCard& seat : seats) {
        rfq::PluggedCard card;
        card.reader = seat.reader;
        addFacts(card, seat.piv);
        seen.cards.push_back(std::move(card));
    }
    return seen;
}

bool missesCards(const rfq::CardsSeen& seen)
{
    return std::any_of(seen.cards.begin(), seen.cards.end(), [](const rfq::PluggedCard& card) {
        return card.isPiv && card.label.empty() && card.model.empty() && card.certificates.empty();
    });
}

}
