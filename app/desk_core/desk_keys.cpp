#include "app/desk_core/desk_keys.h"

#include "app/desk_core/key_failure.h"
#include "app/enrolment/key_file.h"
#include "auth/fido/digest.h"
#include "auth/fido/local_check.h"

#include <algorithm>
#include <utility>

namespace app {

namespace {

constexpr std::size_t ChallengeSize = 32;
constexpr std::size_t UserIdSize = 32;

rfq::PluggedKey plugged(const fido::KeyDescription& key)
{
    rfq::PluggedKey made;
    made.path = key.path;
    made.name = key.manufacturer.empty() ? key.product : key.manufacturer + ' ' + key.product;
    made.firmware = key.firmware;
    switch (key.pin) {
    case fido::PinStatus::Unsupported:
        made.pin = rfq::PluggedKey::Pin::Unsupported;
        break;
    case fido::PinStatus::NotSet:
        made.pin = rfq::PluggedKey::Pin::NotSet;
        break;
    case fido::PinStatus::Set:
        made.pin = rfq::PluggedKey::Pin::Set;
        break;
    }
    made.triesLeft = key.pinTriesLeft;
    made.canBeEnrolled = key.protectsCredentials && key.pin != fido::PinStatus::Unsupported;
    made.problem = key.problem;
    return made;
}

std::function<void(fido::Done)> toDone(rfq::KeyManager::Done done)
{
    return [done = std::move(done)](const fido::Done& outcome) {
        const auto* failure = fido::failureIn(outcome);
        done(failure ? std::optional(described(*failure)) : std::nullopt);
    };
}

/// What is asked of the key, and what the file will say besides the key's answer. Errors: InvalidInput.
base::Result<KeyEnrolment> begin(
    const std::string& relyingParty, const std::string& user, const std::vector<std::string>& others)
{
    KeyEnrolment enrolment;
    enrolment.rpId = relyingParty;
    enrolment.user = user;
    enrolment.userId = fido::randomBytes(UserIdSize);
    enrolment.clientData = enrolmentClientData(relyingParty, fido::randomBytes(ChallengeSize));
    for (const std::string& other : others) {
        const auto known = parseEnrolment(other);
        if (!known)
            return known.error();
        // One person, one id: on all keys.
        enrolment.userId = known->userId;
    }
    return enrolment;
}

}

DeskKeys::DeskKeys(fido::SecurityKeys& keys, VenueEnrolment& venues, VenueKeys& venueKeys, std::string relyingParty)
    : m_keys(keys)
    , m_venues(venues)
    , m_venueKeys(venueKeys)
    , m_relyingParty(std::move(relyingParty))
{
}

DeskKeys::~DeskKeys()
{
    cancel();
}

void DeskKeys::list(std::function<void(std::vector<rfq::PluggedKey>, std::optional<rfq::KeyFailure>)> done)
{
    m_keys.list([done = std::move(done)](const fido::Outcome<std::vector<fido::KeyDescription>>& outcome) {
        std::vector<rfq::PluggedKey> found;
        const auto* failure = fido::failureIn(outcome);
        if (const auto* keys = std::get_if<std::vector<fido::KeyDescription>>(&outcome))
            for (const fido::KeyDescription& key : *keys)
                found.push_back(plugged(key));
        done(std::move(found), failure ? std::optional(described(*failure)) : std::nullopt);
    });
}

base::Subscription DeskKeys::onChanged(std::function<void()> callback)
{
    return m_keys.onChanged(std::move(callback));
}

void DeskKeys::setPin(std::string path, base::SecretBytes pin, Touch touch, Done done)
{
    m_operation = m_keys.setPin(std::move(path), std::move(pin), toTouch(std::move(touch)), toDone(std::move(done)));
}

void DeskKeys::changePin(
    std::string path, base::SecretBytes old, base::SecretBytes next, rfq::LastTry lastTry, Touch touch, Done done)
{
    m_operation = m_keys.changePin(std::move(path), std::move(old), std::move(next), toLastTry(lastTry),
        toTouch(std::move(touch)), toDone(std::move(done)));
}

void DeskKeys::enrol(std::string path, std::string user, std::vector<std::string> others, base::SecretBytes pin,
    rfq::LastTry lastTry, Touch touch, std::function<void(rfq::KeyRegistration, std::optional<rfq::KeyFailure>)> done)
{
    if (m_relyingParty.empty())
        return done({},
            unfit("no relying_party is set in [enrolment] of the configuration, and no step_up_domain of a session"));
    auto begun = begin(m_relyingParty, user, others);
    if (!begun)
        return done({}, unfit(begun.error().detail));
    fido::EnrolRequest request;
    request.rpId = m_relyingParty;
    request.rpName = "Countersign";
    request.userId = begun->userId;
    request.userName = user;
    request.clientDataHash = fido::sha256(begun->clientData);
    request.path = std::move(path);
    request.lastTry = toLastTry(lastTry);
    for (const std::string& other : others)
        request.excluded.push_back(parseEnrolment(other)->registration.credentialId);
    const auto hash = request.clientDataHash;
    m_operation = m_keys.enrol(std::move(request), std::move(pin), toTouch(std::move(touch)),
        [enrolment = *std::move(begun), hash, done = std::move(done)](
            const fido::Outcome<fido::Registration>& outcome) mutable {
            const auto* registration = std::get_if<fido::Registration>(&outcome);
            if (!registration)
                return done({}, described(*fido::failureIn(outcome)));
            const auto whole = checkRegistration(*registration, enrolment.rpId, hash);
            if (const auto* failure = fido::failureIn(whole))
                return done({}, described(*failure));
            enrolment.registration = *registration;
            done({toBase64Url(registration->credentialId), toJson(enrolment)}, std::nullopt);
        });
}

void DeskKeys::test(
    std::string path, std::string enrolmentFile, base::SecretBytes pin, rfq::LastTry lastTry, Touch touch, Done done)
{
    const auto enrolment = parseEnrolment(enrolmentFile);
    if (!enrolment)
        return done(unfit(enrolment.error().detail));
    fido::AssertRequest request;
    request.rpId = enrolment->rpId;
    request.clientDataHash = fido::randomBytes(ChallengeSize);
    request.allowed.push_back(enrolment->registration.credentialId);
    request.path = std::move(path);
    request.lastTry = toLastTry(lastTry);
    const auto hash = request.clientDataHash;
    m_operation = m_keys.assertion(std::move(request), std::move(pin), toTouch(std::move(touch)),
        [enrolment = *enrolment, hash, done = std::move(done)](const fido::Outcome<fido::Assertion>& outcome) {
            const auto* assertion = std::get_if<fido::Assertion>(&outcome);
            if (!assertion)
                return done(described(*fido::failureIn(outcome)));
            const auto checked = checkAssertion(enrolment.registration, enrolment.rpId, hash, *assertion);
            const auto* failure = fido::failureIn(checked);
            done(failure ? std::optional(described(*failure)) : std::nullopt);
        });
}

void DeskKeys::enrolAt(rfq::NewKeyWish wish, base::SecretBytes pin, Touch touch, EnrolledAt done)
{
    m_operation.reset();
    m_venues.enrol(std::move(wish), std::move(pin), std::move(touch), std::move(done));
}

void DeskKeys::listAt(rfq::SessionId session, ListedAt done)
{
    m_venueKeys.list(session, std::move(done));
}

void DeskKeys::renameAt(rfq::SessionId session, rfq::VenueKey key, std::string name, Done done)
{
    m_venueKeys.rename(session, key, name, std::move(done));
}

void DeskKeys::removeAt(rfq::SessionId session, rfq::VenueKey key, Done done)
{
    m_venueKeys.remove(session, key, std::move(done));
}

void DeskKeys::cancel()
{
    m_venues.cancel();
    m_venueKeys.cancel();
    if (m_operation)
        m_keys.cancel(*m_operation);
}

}
