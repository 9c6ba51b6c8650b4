#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>

namespace device {

/// The session of the person whose workstation this is.
struct DesktopSession {
    std::filesystem::path home; ///< their home directory; empty: not known
    std::string desktop; ///< XDG_CURRENT_DESKTOP: "GNOME", "ubuntu:GNOME", "KDE", "XFCE"; empty: none

    friend bool operator==(const DesktopSession&, const DesktopSession&) = default;
};

/// Whether a session that nobody touches locks itself.
struct ScreenLock {
    std::optional<bool> on; ///< absent: nobody can say
    std::optional<std::chrono::minutes> after; ///< rounded up; where it is on and the time is known

    friend bool operator==(const ScreenLock&, const ScreenLock&) = default;
};

/// By the settings of GNOME, KDE Plasma and Xfce, and of systemd-logind (IdleAction=lock). A screen that goes dark and
/// shows everything again at a touch is not locked. A setting that was never changed counts as the default of the
/// desktop's makers; what cannot be read is not known. Reads some small files.
[[nodiscard]] ScreenLock screenLock(const std::filesystem::path& root, const DesktopSession& session);

}
