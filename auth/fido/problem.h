#pragma once

#include "core/base/result.h"

#include <optional>
#include <string>
#include <variant>

namespace fido {

/// Every way in which something asked of a security key can fail that a person can act on. Closed, like base::Errc.
enum class Problem {
    NoKey, ///< none is plugged in, or this user may not open it
    Removed, ///< it was there and is gone
    WrongKey, ///< it holds none of the credentials that are allowed
    AlreadyEnrolled, ///< it holds one of the credentials that are excluded
    PinNotSet,
    PinNeeded, ///< none was given
    PinWrong,
    PinLastTry, ///< one try is left and the person has not confirmed it; nothing was tried
    ReplugNeeded, ///< three wrong PINs in a row: it takes no more until it was out and in again
    PinBlocked, ///< all tries are used up: only a reset helps, which destroys what is on it
    PinUnfit, ///< too short, too long, or against the key's own rule
    PinAlreadySet,
    PinChangeNeeded, ///< whoever set the key up wants the person to choose another PIN first; nothing was tried
    Cancelled, ///< by a person or by the program
    TimedOut, ///< no touch in time
    Denied, ///< refused at the key
    StartOver, ///< it has ended what was begun: a PIN that was given counts no more, or the conversation took too long
    FingerprintWrong, ///< it did not recognise the finger
    FingerprintBlocked, ///< it takes no fingerprint before its PIN was given
    Damaged, ///< what it keeps is not whole
    Busy, ///< another program is using it
    NotPermitted, ///< the system does not let this user open it
    Unsupported, ///< it cannot do what is needed
    Full, ///< no room for one more credential
    NotVerified, ///< it answered without having verified the person, or for somebody else
    BadAnswer, ///< it answered something that is not CTAP, or not at all
    InvalidInput, ///< what was asked makes no sense; nothing was sent
    Internal, ///< our defect
};

/// Name for logs and JSON. Stable.
[[nodiscard]] const char* problemName(Problem problem);
/// One sentence for a person: what has happened.
[[nodiscard]] const char* meaning(Problem problem);
/// One sentence for a person: what to do now.
[[nodiscard]] const char* advice(Problem problem);

struct Failure {
    Problem problem = Problem::Internal;
    std::optional<int> pinTriesLeft; ///< where the key told
    std::string detail; ///< English, for the log; never a secret

    friend bool operator==(const Failure&, const Failure&) = default;
};

/// A value, or why there is none.
template <typename T>
using Outcome = std::variant<T, Failure>;
using Done = Outcome<base::Ok>;

template <typename T>
[[nodiscard]] const Failure* failureIn(const Outcome<T>& outcome)
{
    return std::get_if<Failure>(&outcome);
}

/// What a return code of libfido2 (a CTAP status, or one of its own below zero) means. `doing` says in words what was
/// asked of the key.
[[nodiscard]] Failure failureOf(int code, const std::string& doing);

/// The same for who knows base::Errc only: the desk's ports.
[[nodiscard]] base::Error asError(const Failure& failure);

}
