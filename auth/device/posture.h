#pragma once

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
///   firewall         yes, no   ufw or firewalld is on; other firewalls cannot be seen
/// What cannot be found out is left out: the policy scores the unknown. `root` is "/" outside of tests. Reads some
/// small files of the kernel and of the package manager; a few milliseconds.
[[nodiscard]] std::vector<PostureItem> collectPosture(const std::filesystem::path& root, base::UtcTime now);

/// Whether the file system mounted at `mountPoint` lies on dm-crypt; absent where nobody can say.
[[nodiscard]] std::optional<bool> isEncrypted(const std::filesystem::path& root, const std::string& mountPoint);

}
