#include "app/cli/event_parts.h"
#include "app/cli/events.h"

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
    addPin(event, status.pin);
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
