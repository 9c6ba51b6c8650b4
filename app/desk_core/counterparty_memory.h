#pragma once

#include "core/access/signals.h"
#include "core/base/result.h"
#include "core/fix/settings.h"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace app {

/// Where each counterparty was, and whom its certificate had to come from, when this desk last let a person connect
/// there. One small file. The desk's thread.
class CounterpartyMemory {
public:
    /// What cannot be read is not remembered: every counterparty counts as new.
    explicit CounterpartyMemory(std::filesystem::path file);

    /// "endpoint-changed" and "pins-changed": yes where something is other than it was, or was never let in.
    [[nodiscard]] std::vector<zerotrust::Signal> signalsAbout(const fix::SessionSettings& session) const;
    /// This is how it is from now on. Durable when it returns. Errors: Io.
    [[nodiscard]] base::Status remember(const fix::SessionSettings& session);

private:
    struct Known {
        std::string endpoint; ///< "host:port"
        std::string trust; ///< digest of anchors, name and pins

        friend bool operator==(const Known&, const Known&) = default;
    };
    [[nodiscard]] static Known knownOf(const fix::SessionSettings& session);
    [[nodiscard]] base::Status write() const;

    const std::filesystem::path m_file;
    std::map<std::string, Known> m_known; ///< by session
};

/// Attributes of the desk's own judgement; yes or no.
namespace attribute {
inline constexpr const char* EndpointChanged = "endpoint-changed";
inline constexpr const char* PinsChanged = "pins-changed";
}

}
