#pragma once

#include "auth/device/screen_lock.h"
#include "core/base/clock.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

/// What this workstation can say about its own health. Nobody vouches for it: whoever asks takes it as reported, which
/// can add to a score and takes nothing from it unless the access policy says so.
namespace device {

/// One fact, as an access policy names and reads it: "disk-encryption" is "yes".
struct PostureItem {
    std::string name;
    std::string value;

    friend bool operator==(const PostureItem&, const PostureItem&) = default;
};

/// Everything that can be found out without privileges:
///   disk-encryption  yes, no   the root directory and /home lie on dm-crypt, whatever is between
///   secure-boot      yes, no   UEFI started this system with it on
///   patch-age        days      since a package was installed, updated or removed
///   firewall         yes, no   ufw, firewalld, nftables or iptables is on; the rules themselves cannot be seen
///   screen-lock      yes, no   the session locks itself when nobody touches it
///   screen-lock-after  minutes until then
/// What cannot be found out is left out: the policy scores the unknown. `root` is "/" outside of tests. Sorted by name.
/// Reads small files of the kernel, the package manager and the desktop; a few milliseconds, and longer where a home
/// directory is on the network: not on the thread of a window.
[[nodiscard]] std::vector<PostureItem> collectPosture(
    const std::filesystem::path& root, const DesktopSession& session, base::UtcTime now);

/// Whether a firewall is switched on; absent where nobody can say.
[[nodiscard]] std::optional<bool> firewall(const std::filesystem::path& root);

/// Whether the file system mounted at `mountPoint` lies on dm-crypt; absent where nobody can say.
[[nodiscard]] std::optional<bool> isEncrypted(const std::filesystem::path& root, const std::string& mountPoint);

}
