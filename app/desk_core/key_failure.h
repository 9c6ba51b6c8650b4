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

[[nodiscard]] fido::SecurityKeys::Touch toTouch(rfq::KeyManager::Touch touch);
[[nodiscard]] fido::LastTry toLastTry(rfq::LastTry lastTry);

}
