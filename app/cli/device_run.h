#pragma once

#include "app/cli/arguments.h"
#include "app/cli/events.h"
#include "auth/device/certificate_key.h"
#include "auth/device/tpm.h"

#include <filesystem>
#include <iosfwd>

namespace cli {

/// `device show`, from start to end on this thread: what an officer registers of this workstation's TPM, and what
/// its certificate says, with a signature as for a venue. `root` is "/" outside of tests. NotConnected where there is
/// neither, or one of them that is configured does not answer.
[[nodiscard]] ExitCode runDevice(const DeviceCommand& command, Format format, const device::TpmSettings& tpm,
    const device::CertificateSettings& certificate, const std::string& host, const std::filesystem::path& root,
    std::ostream& output);

}
