#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>

/// The forms in which desktops keep their settings, read leniently: what is not understood is as if it were not there.
namespace device {

constexpr std::size_t LargestSettings = 4U << 20U; ///< bytes of a file; a larger one is not looked at

/// Absent where there is no such file, or it is too large.
[[nodiscard]] std::optional<std::string> readSettings(const std::filesystem::path& file);

/// "Section/Key" and value of an INI file, as KDE (KConfig) and systemd write it; the last one counts. `into` keeps
/// what the file does not say.
void readIni(std::string_view text, std::map<std::string, std::string>& into);

/// "/saver/enabled" and value of a channel of xfconf, an XML file with properties in properties.
[[nodiscard]] std::map<std::string, std::string> readXfconf(std::string_view text);

/// Booleans and unsigned numbers of a dconf database (GVDB), by path: "/org/gnome/desktop/session/idle-delay" and
/// "300"; "true" and "false". Absent where it is no such database.
[[nodiscard]] std::optional<std::map<std::string, std::string>> readDconf(std::string_view bytes);

}
