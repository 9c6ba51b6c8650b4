#include "auth/pin_driver.h"

#include "auth/pin_state.h"
#include "auth/token_errors.h"
#include "auth/token_login.h"

namespace auth {

namespace {

using base::Errc;
using base::Error;

PinChange refused(Error error)
{
    return {std::move(error), {}, {}};
}

base::Result<std::unique_ptr<CardChannel>> open(const CardAccess& cards, const SeatedCard& card)
{
    if (!card.piv)
        return Error{Errc::Unsupported,
            "the card in reader " + card.reader + " is no PIV card, or another program is using it; nothing was tried"};
    return cards.connect(card.reader);
}

PinChange changeByModule(
    const PinTarget& target, const base::SecretBytes& old, const base::SecretBytes& next, rfq::LastTry lastTry)
{
    const auto info = readTokenInfo(*target.module, target.slot);
    if (!info)
        return refused(info.error());
    PinChange change{base::Ok{}, pinStateOf(*info), {}};
    change.result = checkPinTry(old.size(), *info, change.pin, lastTry);
    if (change.result)
        change.result = checkPinLength(next.size(), *info);
    if (!change.result)
        return change;
    CK_FUNCTION_LIST& functions = target.module->functions();
    CK_SESSION_HANDLE session = CK_INVALID_HANDLE;
    CK_RV code = functions.C_OpenSession(target.slot, CKF_SERIAL_SESSION | CKF_RW_SESSION, nullptr, nullptr, &session);
    if (code != CKR_OK)
        return refused(tokenError(code, "opening a session"));
    // The interface predates const; modules read the PINs only.
    const auto bytes = [](const base::SecretBytes& pin) {
        return reinterpret_cast<unsigned char*>(const_cast<char*>(pin.reveal().data()));
    };
    code = functions.C_SetPIN(session, bytes(old), old.size(), bytes(next), next.size());
    functions.C_CloseSession(session);
    change.pin = {};
    if (code == CKR_OK)
        return change;
    if (const auto now = readTokenInfo(*target.module, target.slot); now)
        change.pin = pinStateOf(*now);
    change.result = loginRefused(tokenError(code, "changing the PIN"), change.pin);
    return change;
}

}

PinChange changePin(const CardAccess& cards, const PinTarget& target, const base::SecretBytes& old,
    const base::SecretBytes& next, rfq::LastTry lastTry)
{
    if (!target.card)
        return changeByModule(target, old, next, lastTry);
    const auto channel = open(cards, *target.card);
    if (!channel)
        return refused(channel.error());
    auto setting = changePivPin(**channel, old, next, lastTry);
    return {std::move(setting.result), pinStateOf(setting.tries), {}};
}

PinChange unblockPin(const CardAccess& cards, const PinTarget& target, const base::SecretBytes& puk,
    const base::SecretBytes& next, rfq::LastTry lastTry)
{
    if (!target.card)
        return refused({Errc::Unsupported, "only a PIV card has a PUK; ask IT to set the PIN of this token anew"});
    const auto channel = open(cards, *target.card);
    if (!channel)
        return refused(channel.error());
    auto setting = unblockPivPin(**channel, puk, next, lastTry);
    return {std::move(setting.result), {}, setting.tries};
}

}
