#pragma once

#include "core/base/result.h"
#include "core/base/secret_bytes.h"

#include <filesystem>

namespace device {

/// That nobody but its owner can read or change the file. Errors: Configuration.
[[nodiscard]] base::Status checkPrivateFile(const std::filesystem::path& file);

/// The first line of such a file, whatever is in it. Errors: Configuration, also where it is longer than 128 bytes.
[[nodiscard]] base::Result<base::SecretBytes> readPinFile(const std::filesystem::path& file);

}
