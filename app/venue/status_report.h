#pragma once

#include "app/venue/settings.h"
#include "core/base/clock.h"
#include "core/base/result.h"

#include <filesystem>
#include <functional>
#include <iosfwd>
#include <optional>
#include <span>
#include <string>

namespace venue {

/// `countersign-venue status ...`
struct StatusOptions {
    std::filesystem::path config;
    bool isJson = false;
    bool isWatching = false;
};

[[nodiscard]] bool isStatusCommand(std::span<const std::string> words);
/// Errors: InvalidInput, with what was expected.
[[nodiscard]] base::Result<StatusOptions> parseStatusOptions(std::span<const std::string> words);
[[nodiscard]] const char* statusUsageText();

/// What a venue shows of itself, and how far its trail has come: from files, which are only read.
struct StatusSources {
    std::filesystem::path board; ///< of the StatusBoard
    std::optional<std::filesystem::path> trail;
    std::optional<std::filesystem::path> position; ///< how far the trail was delivered; absent: it goes nowhere
};
[[nodiscard]] StatusSources statusSources(const ProgramSettings& settings);

struct VenueStatus {
    bool isRunning = false;
    std::string json; ///< one line
    std::string text; ///< for a terminal; holds no control characters but line ends
};
/// Errors: NotFound, where no venue runs, and none has crashed; Io; InvalidInput, where a file is something else.
[[nodiscard]] base::Result<VenueStatus> readStatus(const StatusSources& sources, base::UtcTime now);

/// Prints it once, or in place, again and again while `goesOn` says so. Errors: those of the last reading.
[[nodiscard]] base::Result<bool> showStatus(const StatusOptions& options, const StatusSources& sources,
    const base::Clock& clock, const std::function<bool()>& goesOn, std::ostream& out);

}
