#include "auth/device/screen_lock.h"
#include "auth/device/settings_files.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <map>
#include <string_view>
#include <system_error>
#include <vector>

namespace device {

namespace {

namespace fs = std::filesystem;
using std::chrono::minutes;
using std::chrono::seconds;
using Settings = std::map<std::string, std::string>;

constexpr std::int64_t LongestIdle = 10LL * 365 * 24 * 3600; // seconds; more is never

std::optional<std::int64_t> numberOf(std::string_view text)
{
    std::int64_t number = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failure != std::errc() || end != text.data() + text.size() || number < 0 || number > LongestIdle)
        return std::nullopt;
    return number;
}

std::optional<bool> boolOf(const std::string& text)
{
    if (text == "true")
        return true;
    if (text == "false")
        return false;
    return std::nullopt;
}

/// The setting, or `otherwise` where it was never made; absent where it is not understood.
std::optional<bool> flag(const Settings& settings, const char* name, bool otherwise)
{
    const auto found = settings.find(name);
    return found == settings.end() ? std::optional(otherwise) : boolOf(found->second);
}

std::optional<std::int64_t> number(const Settings& settings, const char* name, std::int64_t otherwise)
{
    const auto found = settings.find(name);
    return found == settings.end() ? std::optional(otherwise) : numberOf(found->second);
}

ScreenLock lockAfter(seconds idle)
{
    return {true, std::chrono::ceil<minutes>(idle)};
}

/// org.gnome.desktop.screensaver and .session; GSettings keeps only what differs from the defaults.
ScreenLock gnome(const fs::path& home)
{
    Settings settings;
    const fs::path file = home / ".config/dconf/user";
    std::error_code problem;
    if (fs::exists(file, problem)) {
        const auto bytes = readSettings(file);
        const auto read = bytes ? readDconf(*bytes) : std::nullopt;
        if (!read)
            return {};
        settings = *read;
    }
    const auto enabled = flag(settings, "/org/gnome/desktop/screensaver/lock-enabled", true);
    const auto idle = number(settings, "/org/gnome/desktop/session/idle-delay", 300);
    const auto delay = number(settings, "/org/gnome/desktop/screensaver/lock-delay", 0);
    if (!enabled || !idle || !delay)
        return {};
    if (!*enabled || *idle == 0) // 0: never idle
        return {false, {}};
    return lockAfter(seconds(*idle + *delay));
}

/// kscreenlockerrc of Plasma 5 and 6: of the person, over that of the system.
ScreenLock plasma(const fs::path& root, const fs::path& home)
{
    Settings settings;
    for (const fs::path& file : {root / "etc/xdg/kscreenlockerrc", home / ".config/kscreenlockerrc"})
        if (const auto text = readSettings(file))
            readIni(*text, settings);
    const auto enabled = flag(settings, "Daemon/Autolock", true);
    const auto idle = number(settings, "Daemon/Timeout", 5); // minutes
    const auto grace = number(settings, "Daemon/LockGrace", 5); // seconds in which no password is asked for
    if (!enabled || !idle || !grace)
        return {};
    if (!*enabled || *idle == 0)
        return {false, {}};
    return lockAfter(minutes(*idle) + seconds(*grace));
}

/// xfce4-screensaver, all times in minutes. Without its file nobody knows which program locks, if one does.
ScreenLock xfce(const fs::path& home)
{
    const auto text = readSettings(home / ".config/xfce4/xfconf/xfce-perchannel-xml/xfce4-screensaver.xml");
    if (!text)
        return {};
    const Settings settings = readXfconf(*text);
    const auto saver = flag(settings, "/saver/enabled", true);
    const auto byIdle = flag(settings, "/saver/idle-activation/enabled", true);
    const auto lock = flag(settings, "/lock/enabled", true);
    const auto bySaver = flag(settings, "/lock/saver-activation/enabled", true);
    const auto idle = number(settings, "/saver/idle-activation/delay", 5);
    const auto delay = number(settings, "/lock/saver-activation/delay", 0);
    if (!saver || !byIdle || !lock || !bySaver || !idle || !delay)
        return {};
    if (!*saver || !*byIdle || !*lock || !*bySaver)
        return {false, {}};
    return lockAfter(minutes(*idle + *delay));
}

ScreenLock desktopLock(const fs::path& root, const DesktopSession& session)
{
    if (session.home.empty())
        return {};
    const auto is = [&](std::string_view name) { // a list with colons: "ubuntu:GNOME"
        return (':' + session.desktop + ':').find(':' + std::string(name) + ':') != std::string::npos;
    };
    if (is("GNOME"))
        return gnome(session.home);
    if (is("KDE"))
        return plasma(root, session.home);
    if (is("XFCE"))
        return xfce(session.home);
    return {};
}

/// systemd.time(7), as far as IdleActionSec is written: "30min", "900", "1h 30min".
std::optional<seconds> spanOf(const std::string& text)
{
    static constexpr std::pair<std::string_view, std::int64_t> Units[] = {
        {"s", 1}, {"sec", 1}, {"m", 60}, {"min", 60}, {"h", 3600}, {"hr", 3600}, {"d", 86'400}};
    std::int64_t total = 0;
    std::string_view rest = text;
    while (!rest.empty()) {
        const auto digits = std::min(rest.find_first_not_of("0123456789"), rest.size());
        const auto amount = numberOf(rest.substr(0, digits));
        rest.remove_prefix(digits);
        const auto letters = std::min(rest.find_first_of(" 0123456789"), rest.size());
        const std::string_view unit = rest.substr(0, letters);
        rest.remove_prefix(std::min(rest.find_first_not_of(' ', letters), rest.size()));
        const auto* const known = std::find_if(std::begin(Units), std::end(Units),
            [&](const auto& one) { return one.first == (unit.empty() ? "s" : unit); });
        if (!amount || known == std::end(Units) || *amount > LongestIdle / known->second)
            return std::nullopt;
        total += *amount * known->second;
    }
    return text.empty() ? std::nullopt : std::optional(seconds(total));
}

/// logind.conf(5): the file, then drop-ins by name wherever they are. Its own default is to do nothing.
ScreenLock logindLock(const fs::path& root)
{
    Settings settings;
    std::map<std::string, fs::path> dropIns;
    for (const char* each : {"usr/lib", "run", "etc"}) {
        const fs::path systemd = root / each / "systemd";
        if (const auto text = readSettings(systemd / "logind.conf"))
            readIni(*text, settings);
        std::error_code problem;
        for (fs::directory_iterator entry(systemd / "logind.conf.d", problem), end; !problem && entry != end;
             entry.increment(problem))
            if (entry->path().extension() == ".conf")
                dropIns.insert_or_assign(entry->path().filename().string(), entry->path());
    }
    for (const auto& [name, file] : dropIns)
        if (const auto text = readSettings(file))
            readIni(*text, settings);
    const auto action = settings.find("Login/IdleAction");
    if (action == settings.end() || action->second != "lock")
        return {};
    const auto after = settings.find("Login/IdleActionSec");
    const auto span = after == settings.end() ? std::optional(seconds(minutes(30))) : spanOf(after->second);
    return span ? lockAfter(*span) : ScreenLock{true, {}};
}

}

ScreenLock screenLock(const fs::path& root, const DesktopSession& session)
{
    const ScreenLock desktop = desktopLock(root, session);
    const ScreenLock logind = logindLock(root);
    if (logind.on != true)
        return desktop;
    if (desktop.on != true)
        return logind;
    if (!desktop.after || !logind.after)
        return {true, {}};
    return {true, std::min(*desktop.after, *logind.after)};
}

}
