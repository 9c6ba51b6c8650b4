#include "app/desk_core/key_failure.h"

#include <utility>

namespace app {

rfq::KeyFailure described(const fido::Failure& failure)
{
    return {fido::problemName(failure.problem), fido::meaning(failure.problem), fido::advice(failure.problem),
        failure.pinTriesLeft, failure.problem == fido::Problem::PinLastTry, failure.detail};
}

rfq::KeyFailure unfit(const std::string& detail)
{
    return described({fido::Problem::InvalidInput, {}, detail});
}

// The sentences are translated by ui/models/key_problem_words.cpp.
rfq::KeyFailure described(EnrolmentObstacle obstacle, const std::string& detail)
{
    switch (obstacle) {
    case EnrolmentObstacle::NotConnected:
        return {"not-connected", "The counterparty cannot be asked: the session is not open.",
            "Sign in, wait until the session is connected, then try again.", std::nullopt, false, detail};
    case EnrolmentObstacle::Refused:
        return {"not-permitted-there", "The counterparty does not enrol the security key.",
            "Its own words are in the details: tell them to its IT.", std::nullopt, false, detail};
    case EnrolmentObstacle::NotApproved:
        return {"not-approved", "No key that is enrolled has approved the new one.",
            "Have one of your enrolled keys at hand and start again.", std::nullopt, false, detail};
    case EnrolmentObstacle::Busy:
        return {"busy", "Another security key is being enrolled at this moment.", "Finish or cancel that first.",
            std::nullopt, false, detail};
    }
    return {};
}

rfq::KeyFailure described(KeyChangeObstacle obstacle, const std::string& detail)
{
    switch (obstacle) {
    case KeyChangeObstacle::NotTold:
        return {"keys-not-told", "The counterparty does not say which security keys you have there.",
            "Its own words are in the details; its IT can tell you.", std::nullopt, false, detail};
    case KeyChangeObstacle::Refused:
        return {"not-permitted-there", "The counterparty does not change the security key.",
            "Its own words are in the details: tell them to its IT.", std::nullopt, false, detail};
    case KeyChangeObstacle::NotApproved:
        return {"not-approved", "No security key of yours has approved it: nothing was changed.",
            "Have one of your other enrolled keys at hand and start again.", std::nullopt, false, detail};
    case KeyChangeObstacle::LastKey:
        return {"last-key", "It is your only security key there that counts: it stays.",
            "Enrol another one first. Where this one is lost, tell the counterparty's IT.", std::nullopt, false,
            detail};
    case KeyChangeObstacle::Busy:
        return {"busy", "Another change of your security keys is under way.", "Finish or cancel that first.",
            std::nullopt, false, detail};
    }
    return {};
}

fido::SecurityKeys::Touch toTouch(rfq::KeyManager::Touch touch)
{
    return [touch = std::move(touch)](const fido::TouchNeeded& needed) {
        touch({needed.purpose == fido::TouchNeeded::Purpose::Choice, needed.left});
    };
}

fido::LastTry toLastTry(rfq::LastTry lastTry)
{
    return lastTry == rfq::LastTry::Confirmed ? fido::LastTry::Confirmed : fido::LastTry::NotConfirmed;
}

}
