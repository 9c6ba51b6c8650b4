#include "auth/device/posture.h"
#include "auth/device/settings_files.h"

#include <sstream>
#include <system_error>

namespace device {

namespace {

namespace fs = std::filesystem;

/// Whether systemd starts this service with the machine.
bool isEnabled(const fs::path& root, const std::string& service)
{
    for (const char* target : {"sysinit.target.wants", "multi-user.target.wants", "basic.target.wants"}) {
        std::error_code problem;
        // The link's goal is not asked for: below the root of a test it is somewhere else.
        if (fs::symlink_status(root / "etc/systemd/system" / target / service, problem).type()
            == fs::file_type::symlink)
            return true;
    }
    return false;
}

std::optional<bool> ufw(const fs::path& root)
{
    const auto text = readSettings(root / "etc/ufw/ufw.conf");
    if (!text)
        return std::nullopt;
    std::istringstream lines(*text);
    for (std::string line; std::getline(lines, line);)
        if (line.starts_with("ENABLED="))
            return line == "ENABLED=yes";
    return std::nullopt;
}

/// Loaded at the start, and what comes in is dropped unless a rule lets it pass. What files that are included say is
/// not followed; then nobody knows.
bool nftables(const fs::path& root)
{
    const auto text = readSettings(root / "etc/nftables.conf");
    return text && isEnabled(root, "nftables.service") && text->find("hook input") != std::string::npos
        && (text->find("policy drop") != std::string::npos || text->find("reject") != std::string::npos);
}

bool iptables(const fs::path& root)
{
    const auto text = readSettings(root / "etc/iptables/rules.v4");
    return text && isEnabled(root, "netfilter-persistent.service") && text->find(":INPUT DROP") != std::string::npos;
}

}

std::optional<bool> firewall(const fs::path& root)
{
    std::error_code problem;
    if (fs::exists(root / "run/firewalld.pid", problem) || nftables(root) || iptables(root))
        return true;
    return ufw(root);
}

}
