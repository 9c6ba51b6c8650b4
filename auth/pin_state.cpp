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

}
