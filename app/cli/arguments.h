#pragma once

#include "core/base/result.h"
#include "core/rfq/values.h"

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace cli {

enum class Format { Text, JsonLines };

/// What a `rfq` run does with the quotes it gets.
enum class AcceptMode {
    Best, ///< the best firm quote inside the limit
    None, ///< show them only
};

/// Where the PIN comes from. Never the command line, never the environment: other users can read both.
struct PinSource {
    std::optional<int> descriptor; ///< absent: the terminal, with echo off
    bool lastTryConfirmed = false;
};

struct RfqCommand {
    std::string symbol;
    rfq::RequestSide side = rfq::RequestSide::Buy;
    rfq::Decimal quantity;
    std::string currency; ///< empty: the base currency
    rfq::Settlement settlement;
    std::vector<std::string> dealers; ///< empty: all
    AcceptMode accept = AcceptMode::None;
    std::optional<rfq::Decimal> limit;
    std::chrono::milliseconds life{20'000};
    std::chrono::milliseconds wait{2'000}; ///< for better quotes, after the first firm one
    PinSource pin;
};
struct VenuesCommand {
    std::chrono::milliseconds wait{10'000}; ///< for every session to reach a settled state
    PinSource pin;
};
struct TokenListCommand { };
struct ConfigCheckCommand { };
struct HelpCommand { };
struct VersionCommand { };

using Command =
    std::variant<RfqCommand, VenuesCommand, TokenListCommand, ConfigCheckCommand, HelpCommand, VersionCommand>;

struct Arguments {
    Command command;
    std::string config; ///< path; empty: the default place
    Format format = Format::Text;
};

/// `words` without the program's name. Errors: InvalidInput, with what was expected; the exit code is then 64.
[[nodiscard]] base::Result<Arguments> parseArguments(std::span<const std::string> words);

[[nodiscard]] const char* helpText();

}
