#pragma once

#include "app/cli/arguments.h"
#include "app/cli/events.h"
#include "auth/device/tpm.h"

#include <filesystem>
#include <iosfwd>

namespace cli {

/// `device show`, from start to end on this thread: what an officer registers of this workstation's TPM. `root` is "/"
/// outside of tests. NotConnected where there is no TPM that answers.
[[nodiscard]] ExitCode runDevice(const DeviceCommand& command, Format format, const device::TpmSettings& tpm,
    const std::string& host, const std::filesystem::path& root, std::ostream& output);

}
