#include "auth/device/posture.h"

#include <fstream>
#include <sstream>
#include <system_error>

namespace device {

namespace {

namespace fs = std::filesystem;

constexpr int DeepestStack = 8; ///< of block devices on block devices: LVM on LUKS on RAID is three

/// "253:0", from /proc/self/mountinfo (proc(5)): id, parent, major:minor, root, mount point, ... The last mount at a
/// point hides those before it.
std::optional<std::string> deviceOf(const fs::path& root, const std::string& mountPoint)
{
    std::ifstream file(root / "proc/self/mountinfo");
    std::optional<std::string> found;
    for (std::string line; std::getline(file, line);) {
        std::istringstream fields(line);
        std::string id;
        std::string parent;
        std::string device;
        std::string subtree;
        std::string point;
        if (fields >> id >> parent >> device >> subtree >> point && point == mountPoint)
            found = device;
    }
    return found;
}

/// Whether a device, a directory of /sys, is dm-crypt, or lies on nothing else.
std::optional<bool> liesOnCrypt(const fs::path& root, const fs::path& device, int depth)
{
    std::error_code problem;
    if (depth > DeepestStack || !fs::is_directory(device, problem))
        return std::nullopt;
    std::string uuid;
    std::getline(std::ifstream(device / "dm/uuid"), uuid);
    if (uuid.starts_with("CRYPT-"))
        return true;
    std::vector<std::string> below;
    for (fs::directory_iterator entry(device / "slaves", problem), end; !problem && entry != end;
         entry.increment(problem))
        below.push_back(entry->path().filename().string());
    if (below.empty())
        return false;
    for (const std::string& name : below) {
        const auto each = liesOnCrypt(root, root / "sys/class/block" / name, depth + 1);
        if (!each || !*each)
            return each;
    }
    return true;
}

}

std::optional<bool> isEncrypted(const fs::path& root, const std::string& mountPoint)
{
    const auto device = deviceOf(root, mountPoint);
    // Overlays, network file systems and btrfs have a number of no block device: "0:38".
    return device ? liesOnCrypt(root, root / "sys/dev/block" / *device, 0) : std::nullopt;
}

}
