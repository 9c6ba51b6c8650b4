#include "auth/pin_state.h"

#include <string>

namespace auth {

rfq::PinState pinStateOf(const CK_TOKEN_INFO& info)
{
    rfq::PinState state;
    state.blocked = (info.flags & CKF_USER_PIN_LOCKED) != 0;
    state.finalTry = !state.blocked && (info.flags & CKF_USER_PIN_FINAL_TRY) != 0;
    if (state.blocked)
        state.triesLeft = 0;
    else if (state.finalTry)
        state.triesLeft = 1;
    return state;
}

rfq::PinState pinStateOf(std::optional<int> tries)
{
    return {.triesLeft = tries, .finalTry = tries == 1, .blocked = tries == 0};
}

base::Status checkPinLength(std::size_t size, const CK_TOKEN_INFO& info)
{
    if (size == 0)
        return base::Error{base::Errc::InvalidInput, "the PIN is empty; nothing was tried"};
    // Some modules leave the limits out.
    const bool limited = info.ulMaxPinLen > 0 && info.ulMaxPinLen >= info.ulMinPinLen;
    if (!limited || (size >= info.ulMinPinLen && size <= info.ulMaxPinLen))
        return base::Ok{};
    return base::Error{base::Errc::InvalidInput,
        "this token's PIN has " + std::to_string(info.ulMinPinLen) + " to " + std::to_string(info.ulMaxPinLen)
            + " characters; nothing was tried"};
}

base::Status checkPinTry(std::size_t size, const CK_TOKEN_INFO& info, const rfq::PinState& state, rfq::LastTry lastTry)
{
    if (state.blocked)
        return blockedError();
    if (auto length = checkPinLength(size, info); !length)
        return length;
    if (state.finalTry && lastTry == rfq::LastTry::NotConfirmed)
        return base::Error{
            base::Errc::PinLastTry, "one try is left before the token blocks its PIN; nothing was tried"};
    return base::Ok{};
}

base::Error loginRefused(const base::Error& error, rfq::PinState& state)
{
    const bool blockedNow =
        error.code == base::Errc::PinBlocked || (error.code == base::Errc::PinWrong && state.blocked);
    if (!blockedNow)
        return error;
    state = {.triesLeft = 0, .finalTry = false, .blocked = true};
    return {base::Errc::PinBlocked, error.detail};
}

base::Error blockedError()
{
    return {base::Errc::PinBlocked, "the token has blocked its PIN; nothing was tried"};
}

}
