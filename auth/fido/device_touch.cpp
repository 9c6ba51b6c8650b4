/// A key that is only to be touched: to choose it among several.
#include "auth/fido/device.h"

namespace fido {

using base::Ok;

Done Device::beginTouch()
{
    if (const int code = fido_dev_get_touch_begin(m_device.get()); code != FIDO_OK)
        return failed(code, "asking for a touch");
    return Ok{};
}

Outcome<bool> Device::touched(std::chrono::milliseconds most)
{
    int touched = 0;
    const int code = fido_dev_get_touch_status(m_device.get(), &touched, static_cast<int>(most.count()));
    // libfido2 takes a broken line for "not yet".
    if (code != FIDO_OK || m_link->problem())
        return failed(code == FIDO_OK ? FIDO_ERR_RX : code, "waiting for a touch");
    return touched != 0;
}

void Device::endTouch()
{
    // The answer to the cancel is waited for: it must not meet the next one who opens the key.
    constexpr std::chrono::milliseconds Patience{300};
    if (fido_dev_cancel(m_device.get()) != FIDO_OK)
        return;
    int ignored = 0;
    (void)fido_dev_get_touch_status(m_device.get(), &ignored, static_cast<int>(Patience.count()));
}

}
