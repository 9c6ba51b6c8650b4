#pragma once

#include "auth/fido/card_io.h"
#include "auth/fido/device.h"
#include "auth/fido/frame_io.h"
#include "auth/fido/key_settings.h"
#include "auth/fido/operation.h"
#include "auth/fido/problem.h"

#include <memory>
#include <string>
#include <vector>

namespace fido {

/// Where a key is plugged in.
struct KeyPlace {
    std::string path; ///< of the device, or "pcsc:" and the reader's name
    std::string manufacturer;
    std::string product;
};

/// An open key with what carries it. Dies from the device down.
struct OpenKey {
    KeyPlace place;
    std::unique_ptr<FrameIo> frames;
    std::unique_ptr<CardIo> card;
    std::unique_ptr<Link> link;
    std::unique_ptr<Device> device;
};

/// On the thread that works with keys: libfido2 lists with data of its own. Failures: Internal.
[[nodiscard]] std::vector<KeyPlace> findKeys(const KeySettings& settings);
/// Failures: as Device::open and openFrames.
[[nodiscard]] Outcome<OpenKey> openKey(const KeyPlace& place, Operation& operation);

}
