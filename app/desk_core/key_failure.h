#pragma once

#include "auth/fido/problem.h"
#include "auth/fido/security_keys.h"
#include "core/rfq/key_manager.h"

#include <string>

/// What auth/fido says, in the values of rfq::KeyManager.
namespace app {

[[nodiscard]] rfq::KeyFailure described(const fido::Failure& failure);
/// A request that makes no sense: nothing was asked of a key.
[[nodiscard]] rfq::KeyFailure unfit(const std::string& detail);

/// No key has failed: the counterparty, the session or the person is why it is not enrolled there.
enum class EnrolmentObstacle {
    NotConnected,
    Refused, ///< by the counterparty
    NotApproved, ///< no enrolled key has approved it
    Busy, ///< another one is being enrolled
};
[[nodiscard]] rfq::KeyFailure described(EnrolmentObstacle obstacle, const std::string& detail);

/// Why a key that is enrolled at a counterparty is not shown, renamed or removed there.
enum class KeyChangeObstacle {
    NotTold, ///< the counterparty does not say which keys are there
    Refused, ///< by the counterparty
    NotApproved, ///< no key that may has approved it
    LastKey, ///< no other key is there that could approve its removal
    Busy, ///< another change is under way
};
[[nodiscard]] rfq::KeyFailure described(KeyChangeObstacle obstacle, const std::string& detail);

[[nodiscard]] fido::SecurityKeys::Touch toTouch(rfq::KeyManager::Touch touch);
[[nodiscard]] fido::LastTry toLastTry(rfq::LastTry lastTry);

}
