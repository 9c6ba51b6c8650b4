#pragma once

#include "core/siem/entry.h"
#include "core/tls/context.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace venue {

/// The collector that the audit trail goes to.
struct SyslogSettings {
    std::string host;
    std::uint16_t port = 6514;
    tls::TrustPolicy trust;
    std::filesystem::path certificate; ///< PEM: who we are to the collector
    std::filesystem::path key; ///< PEM
    siem::Format format = siem::Format::Structured;
    std::string hostName; ///< in messages; empty: this machine's
    unsigned enterprise = siem::Origin().enterprise;
    std::filesystem::path position; ///< keeps how far the trail was delivered
    std::chrono::milliseconds settle{10'000};
    std::chrono::milliseconds retryMost{60'000};
};

struct AuditSettings {
    std::filesystem::path trail;
    std::optional<std::filesystem::path> signingKey; ///< PEM; absent: the gateway's token signs, where there is one
    std::uint64_t headEvery = 1; ///< records
    std::optional<std::filesystem::path> anchor;
    std::optional<SyslogSettings> syslog;
};

}
