#pragma once

#include "core/tls/identity.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace bench {

/// Where the feed is and who may read it; PEM files for those who can do nothing else.
struct Access {
    std::uint16_t port = 0;
    std::string caFile;
    std::string certificateFile;
    std::string keyFile;
    std::shared_ptr<const tls::Identity> identity;
    std::filesystem::path scratch; ///< empty directory for stores
};

/// Nanoseconds from the feed's write to the callback, one per quote.
using Latencies = std::vector<std::int64_t>;

/// Each connects, logs on, takes `quotes` quotes and leaves.

/// Our transport: Connection and FixSession in a poll loop, to the message callback.
[[nodiscard]] Latencies receiveWithOurs(const Access& access, int quotes);
/// The whole FixLink, to the decoded event.
[[nodiscard]] Latencies receiveWithLink(const Access& access, int quotes);
/// QuickFIX's ThreadedSSLSocketInitiator with file store and without log, to fromApp.
[[nodiscard]] Latencies receiveWithStock(const Access& access, int quotes);
/// A blocking SSL_read loop that looks for the stamp and does nothing else.
[[nodiscard]] Latencies receiveRaw(const Access& access, int quotes);

}
