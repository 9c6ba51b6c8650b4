#include "auth/device/posture.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <string_view>
#include <system_error>

namespace device {

namespace {

namespace fs = std::filesystem;

std::optional<bool> diskEncryption(const fs::path& root)
{
    const auto system = isEncrypted(root, "/");
    if (!system || !*system)
        return system;
    std::ifstream mounts(root / "proc/self/mountinfo");
    const std::string all{std::istreambuf_iterator<char>(mounts), {}};
    // Where /home is a part of the root directory there is nothing more to ask.
    return all.find(" /home ") == std::string::npos ? system : isEncrypted(root, "/home");
}

/// UEFI Specification 2.10, 3.3: the variable SecureBoot of the global GUID; Linux puts four bytes of attributes first.
std::optional<bool> secureBoot(const fs::path& root)
{
    std::error_code problem;
    const fs::path firmware = root / "sys/firmware";
    if (!fs::is_directory(firmware, problem))
        return std::nullopt;
    if (!fs::is_directory(firmware / "efi", problem))
        return false;
    std::ifstream file(firmware / "efi/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c", std::ios::binary);
    std::array<char, 5> bytes{};
    if (!file.read(bytes.data(), bytes.size()))
        return std::nullopt;
    return bytes[4] == 1;
}

/// Days since the package manager last changed something.
std::optional<long> patchAge(const fs::path& root, base::UtcTime now)
{
    std::optional<long> least;
    for (const char* each : {"var/lib/dpkg/status", "var/lib/rpm/rpmdb.sqlite"}) {
        std::error_code problem;
        const auto written = fs::last_write_time(root / each, problem);
        if (problem)
            continue;
        const auto at =
            std::chrono::time_point_cast<std::chrono::microseconds>(fs::file_time_type::clock::to_sys(written));
        const long days = std::max<long>(0, std::chrono::floor<std::chrono::days>(now - at).count());
        least = std::min(least.value_or(days), days);
    }
    return least;
}

void add(std::vector<PostureItem>& items, const char* name, std::optional<bool> fact)
{
    if (fact)
        items.push_back({name, *fact ? "yes" : "no"});
}

}

std::vector<PostureItem> collectPosture(const fs::path& root, const DesktopSession& session, base::UtcTime now)
{
    std::vector<PostureItem> items;
    add(items, "disk-encryption", diskEncryption(root));
    add(items, "secure-boot", secureBoot(root));
    if (const auto days = patchAge(root, now))
        items.push_back({"patch-age", std::to_string(*days)});
    add(items, "firewall", firewall(root));
    const ScreenLock lock = screenLock(root, session);
    add(items, "screen-lock", lock.on);
    if (lock.after)
        items.push_back({"screen-lock-after", std::to_string(lock.after->count())});
    std::sort(items.begin(), items.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
    return items;
}

}
