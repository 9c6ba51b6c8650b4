#include "app/cli/key_events.h"

#include "app/cli/event_parts.h"
#include "app/enrolment/key_file.h"
#include "core/stepup/aaguid_text.h"

#include <algorithm>
#include <optional>
#include <span>

namespace cli {

using nlohmann::ordered_json;

namespace {

constexpr std::size_t AaguidAt = 32 + 1 + 4;
constexpr std::size_t AaguidSize = std::tuple_size_v<stepup::Aaguid>;
constexpr std::size_t CounterAt = 32 + 1;

/// As the registers of models write it; absent where these are not the bytes of one.
std::optional<std::string> modelIn(std::span<const unsigned char> bytes)
{
    stepup::Aaguid model{};
    if (bytes.size() != model.size())
        return std::nullopt;
    std::copy(bytes.begin(), bytes.end(), model.begin());
    return stepup::aaguidText(model);
}

const char* nameOf(fido::PinStatus pin)
{
    switch (pin) {
    case fido::PinStatus::Unsupported:
        return "unsupported";
    case fido::PinStatus::NotSet:
        return "not-set";
    case fido::PinStatus::Set:
        return "set";
    }
    return "";
}

const char* nameOf(fido::Algorithm algorithm)
{
    switch (algorithm) {
    case fido::Algorithm::Es256:
        return "ES256";
    case fido::Algorithm::Es384:
        return "ES384";
    }
    return "";
}

std::string pinInWords(const fido::KeyDescription& key)
{
    switch (key.pin) {
    case fido::PinStatus::Unsupported:
        return "knows no PIN and cannot be used";
    case fido::PinStatus::NotSet:
        return "no PIN yet: countersign-cli key set-pin";
    case fido::PinStatus::Set:
        return "PIN set" + (key.pinTriesLeft ? ", " + std::to_string(*key.pinTriesLeft) + " tries left" : "");
    }
    return "";
}

}

Event keyEvent(const fido::KeyDescription& key)
{
    Event event{named("key"), key.path + ": " + key.manufacturer + ' ' + key.product};
    event.fields["path"] = key.path;
    event.fields["manufacturer"] = key.manufacturer;
    event.fields["product"] = key.product;
    if (!key.problem.empty()) {
        event.fields["problem"] = key.problem;
        event.text += ": " + key.problem;
        return event;
    }
    if (const auto model = modelIn(key.aaguid))
        event.fields["aaguid"] = *model;
    event.fields["firmware"] = key.firmware;
    event.fields["versions"] = key.versions;
    event.fields["extensions"] = key.extensions;
    ordered_json algorithms = ordered_json::array();
    for (const fido::Algorithm algorithm : key.algorithms)
        algorithms.push_back(nameOf(algorithm));
    event.fields["algorithms"] = algorithms;
    event.fields["pin"] = nameOf(key.pin);
    if (key.pinTriesLeft)
        event.fields["pinTriesLeft"] = *key.pinTriesLeft;
    event.fields["usable"] = key.protectsCredentials && key.pin != fido::PinStatus::Unsupported;
    event.text += ", firmware " + key.firmware + ", " + pinInWords(key);
    if (!key.protectsCredentials)
        event.text += "; it does not know credProtect and cannot be enrolled";
    return event;
}

Event touchEvent(const fido::TouchNeeded& needed)
{
    return touchEvent(rfq::KeyTouch{needed.purpose == fido::TouchNeeded::Purpose::Choice, needed.left});
}

Event touchEvent(const rfq::KeyTouch& touch)
{
    Event event{named("touch"),
        (touch.choosesKey ? std::string("Touch the security key that you want to use")
                          : std::string("Touch the security key"))
            + " (" + std::to_string(touch.left.count()) + " s left)"};
    event.fields["purpose"] = touch.choosesKey ? "choice" : "consent";
    event.fields["secondsLeft"] = touch.left.count();
    return event;
}

Event keyRefusedEvent(const fido::Failure& failure)
{
    return keyRefusedEvent(rfq::KeyFailure{fido::problemName(failure.problem), meaning(failure.problem),
        advice(failure.problem), failure.pinTriesLeft, failure.problem == fido::Problem::PinLastTry, failure.detail});
}

Event keyRefusedEvent(const rfq::KeyFailure& failure)
{
    Event event{named("key-refused"), failure.meaning + ' ' + failure.advice};
    event.fields["problem"] = failure.name;
    event.fields["meaning"] = failure.meaning;
    event.fields["advice"] = failure.advice;
    if (failure.pinTriesLeft) {
        event.fields["pinTriesLeft"] = *failure.pinTriesLeft;
        event.text += " PIN tries left: " + std::to_string(*failure.pinTriesLeft) + '.';
    }
    event.fields["detail"] = failure.detail;
    return event;
}

Event keyEnrolledAtEvent(const rfq::SessionId& session, const std::string& name, const std::string& credentialId)
{
    Event event{named("key-enrolled"), "The key \"" + name + "\" is enrolled at " + session.text()};
    event.fields["session"] = session.text();
    event.fields["name"] = name;
    event.fields["credentialId"] = credentialId;
    return event;
}

Event venueKeyEvent(const rfq::SessionId& session, const rfq::VenueKey& key)
{
    Event event{named("venue-key"),
        '"' + key.name + "\", model " + key.model + ", since " + stamp(key.enrolledAt) + ", "
            + (key.lastUsedAt ? "last used " + stamp(*key.lastUsedAt) : std::string("not used yet"))
            + (key.countsHere ? "" : ", not under the certificate you are signed in with") + ", id " + key.id};
    event.fields["session"] = session.text();
    event.fields["credentialId"] = key.id;
    event.fields["name"] = key.name;
    event.fields["aaguid"] = key.model;
    event.fields["enrolledAt"] = stamp(key.enrolledAt);
    if (key.lastUsedAt)
        event.fields["lastUsedAt"] = stamp(*key.lastUsedAt);
    event.fields["countsHere"] = key.countsHere;
    return event;
}

Event venueKeyChangedEvent(const rfq::SessionId& session, const std::string& id, bool isRemoved)
{
    Event event{named(isRemoved ? "key-removed" : "key-renamed"),
        (isRemoved ? "The key is removed at " : "The key is renamed at ") + session.text()};
    event.fields["session"] = session.text();
    event.fields["credentialId"] = id;
    return event;
}

Event keyEnrolledEvent(const fido::Registration& registration, const std::string& file)
{
    Event event{named("key-enrolled"), "The key is enrolled; " + file + " is for the relying party"};
    event.fields["file"] = file;
    event.fields["credentialId"] = app::toBase64Url(registration.credentialId);
    event.fields["algorithm"] = nameOf(registration.algorithm);
    event.fields["format"] = registration.format;
    const std::span data(registration.authenticatorData);
    if (data.size() >= AaguidAt + AaguidSize)
        event.fields["aaguid"] = *modelIn(data.subspan(AaguidAt, AaguidSize));
    return event;
}

Event keyTestedEvent(const fido::Assertion& assertion, const std::string& file)
{
    Event event{named("key-tested"), "The key answered, and the answer is that of " + file};
    event.fields["file"] = file;
    event.fields["credentialId"] = app::toBase64Url(assertion.credentialId);
    unsigned counter = 0;
    for (std::size_t i = CounterAt; i < CounterAt + 4 && i < assertion.authenticatorData.size(); ++i)
        counter = counter << 8U | assertion.authenticatorData[i];
    event.fields["counter"] = counter;
    return event;
}

}
