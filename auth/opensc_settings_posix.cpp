#include "auth/opensc_settings.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <string>
#include <string_view>
#include <sys/mman.h>
#include <unistd.h>

namespace auth {

namespace {

constexpr std::string_view Settings = R"(app default {
    framework pkcs15 {
        use_pin_caching = false;
    }
    reader_driver pcsc {
        # When we are done with a card, it has forgotten our PIN.
        disconnect_action = reset;
        transaction_end_action = leave;
    }
}
)";

base::Error ioError(const std::string& doing)
{
    return {base::Errc::Io, "the settings for OpenSC: " + doing + ": " + std::strerror(errno)};
}

}

base::Status useOwnOpenScSettings()
{
    // A file without a name, that nobody can write to any more, ourselves included, and that ends with the process.
    const int file = ::memfd_create("opensc.conf", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (file < 0)
        return ioError("cannot be made");
    const bool written = ::write(file, Settings.data(), Settings.size()) == static_cast<ssize_t>(Settings.size());
    if (!written || ::fcntl(file, F_ADD_SEALS, F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE) != 0)
        return ioError("cannot be written");
    const std::string path = "/proc/self/fd/" + std::to_string(file);
    if (::setenv("OPENSC_CONF", path.c_str(), 1) != 0)
        return ioError("cannot be named");
    return base::Ok{};
}

}
