#include "app/cli/event_parts.h"
#include "app/cli/events.h"

#include <utility>

namespace cli {

namespace {

void addPin(Event& event, const rfq::PinState& pin)
{
    if (pin.triesLeft) {
        event.fields["triesLeft"] = *pin.triesLeft;
        event.text += "; PIN tries left: " + std::to_string(*pin.triesLeft);
    }
    event.fields["finalTry"] = pin.finalTry;
    event.fields["blocked"] = pin.blocked;
}

}

Event tokenStatusEvent(const rfq::TokenStatus& status)
{
    Event event{named("token-status"), ""};
    event.fields["outcome"] = status.problem ? "problem" : "ready";
    if (status.problem)
        addError(event.fields, *status.problem);
    event.text = status.problem ? "Not ready: " + status.problem->detail : "Ready to sign in";
    if (const auto& identity = status.identity) {
        event.fields["subject"] = identity->subject;
        event.fields["keyId"] = identity->keyId;
        event.fields["fingerprint"] = identity->fingerprint;
        event.fields["notAfter"] = stamp(identity->notAfter);
        event.fields["tokenSerial"] = identity->tokenSerial;
        if (!identity->card.empty())
            event.fields["card"] = identity->card;
        event.text += " as " + identity->subject + ", certificate valid until " + dateOf(identity->notAfter);
    }
    if (status.noService)
        event.fields["noService"] = true;
    if (status.noCertificate)
        event.fields["noCertificate"] = true;
    addCandidates(event.fields, status);
    addPin(event, status.pin);
    return event;
}

Event cardEvent(const rfq::PluggedCard& card)
{
    Event event{named("card"), card.label.empty() ? "A card" : "Card " + card.label};
    if (!card.reader.empty())
        event.text += " in " + card.reader;
    const std::pair<const char*, const std::string&> facts[] = {{"reader", card.reader}, {"card", card.id},
        {"serial", card.serial}, {"label", card.label}, {"model", card.model}};
    for (const auto& [name, value] : facts)
        if (!value.empty())
            event.fields[name] = value;
    if (!card.serial.empty())
        event.text += ", serial " + card.serial;
    if (!card.id.empty() && card.id != card.serial)
        event.text += ", number " + card.id;
    event.fields["piv"] = card.isPiv;
    if (card.isPiv && card.id.empty() && !card.signedIn)
        event.text += ", without a number of its own: known by its certificates alone";
    if (!card.isPiv && card.label.empty())
        event.text += ": no PIV card, or another program is using it";
    if (card.pin)
        addPin(event, *card.pin);
    if (card.factoryPin)
        event.fields["factoryPin"] = *card.factoryPin;
    if (card.factoryPin == true)
        event.text += "; its PIN is still the factory's, which everybody knows: change it";
    event.fields["certificates"] = nlohmann::ordered_json::array();
    for (const rfq::CardCertificate& one : card.certificates) {
        nlohmann::ordered_json certificate;
        certificate["subject"] = one.identity.subject;
        certificate["issuer"] = one.issuer;
        certificate["keyId"] = one.identity.keyId;
        certificate["algorithm"] = one.identity.keyAlgorithm;
        certificate["fingerprint"] = one.identity.fingerprint;
        certificate["notAfter"] = stamp(one.identity.notAfter);
        certificate["configured"] = one.configured;
        event.fields["certificates"].push_back(std::move(certificate));
        event.text += "; " + one.identity.subject + " (" + one.identity.keyAlgorithm + ", key id " + one.identity.keyId
            + ", until " + dateOf(one.identity.notAfter) + ')';
    }
    if (!card.unseen.empty()) {
        event.fields["unseen"] = card.unseen;
        event.text += "; " + card.unseen;
    } else if (card.certificates.empty() && card.isPiv) {
        event.text += "; no certificate";
    }
    return event;
}

Event pinSetEvent(const char* how)
{
    Event event{named("pin"), "The PIN is set"};
    event.fields["action"] = how;
    event.fields["outcome"] = "set";
    return event;
}

Event pinRefusedEvent(
    const char* how, const base::Error& error, const rfq::PinState& pin, std::optional<int> pukTriesLeft)
{
    Event event{named("pin"), "The PIN is not set: " + error.detail};
    event.fields["action"] = how;
    event.fields["outcome"] = "refused";
    addError(event.fields, error);
    addPin(event, pin);
    if (pukTriesLeft) {
        event.fields["pukTriesLeft"] = *pukTriesLeft;
        event.text += "; PUK tries left: " + std::to_string(*pukTriesLeft);
    }
    return event;
}

}
