#pragma once

#include <QString>

#include <filesystem>
#include <optional>

namespace app {

struct DeskOptions {
    std::filesystem::path config; ///< empty: the default place
};

/// Reads the command line of the desk; answers --help and --version itself. Absent: the program is to exit with `code`.
[[nodiscard]] std::optional<DeskOptions> parseDeskOptions(int& code);

}
