#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace venue {

enum class Task { Serve, CheckConfig, ListOrders, Help, Version };

/// What the command line asks for. Seed and port go before what the file says.
struct Options {
    Task task = Task::Help;
    std::filesystem::path config;
    std::vector<std::filesystem::path> scenarios{}; ///< files, the first one first
    std::optional<std::uint64_t> seed;
    std::optional<std::uint16_t> port;
    std::optional<int> gatewayPin{}; ///< descriptor that the PIN of the gateway's token can be read from
};

/// `words` without the program's name. Errors: InvalidInput, with what was expected.
[[nodiscard]] base::Result<Options> parseOptions(std::span<const std::string> words);

[[nodiscard]] const char* usageText();

}
