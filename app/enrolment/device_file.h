#pragma once

#include "core/base/result.h"
#include "core/stepup/device_quote.h"

#include <string>
#include <string_view>

namespace app {

/// What `countersign-cli device show --out` writes on a workstation, and `countersign-venue ... --device-key`
/// registers. Nothing in it is secret, and nothing proves it: whoever registers it vouches for where it came from.
struct DeviceFile {
    std::string host; ///< as the machine calls itself; only for people
    stepup::DeviceReference reference;

    friend bool operator==(const DeviceFile&, const DeviceFile&) = default;
};

[[nodiscard]] std::string toJson(const DeviceFile& device);
/// Errors: InvalidInput, with the member that is wrong.
[[nodiscard]] base::Result<DeviceFile> parseDeviceFile(std::string_view json);

/// Errors: Io, InvalidInput; the detail names the file.
[[nodiscard]] base::Result<DeviceFile> readDeviceFile(const std::string& path);
/// Never over a file that exists. Errors: Io.
[[nodiscard]] base::Status writeDeviceFile(const std::string& path, const DeviceFile& device);

}
