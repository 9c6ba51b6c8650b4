#pragma once

#include "core/base/result.h"
#include "core/tls/identity.h"
#include "core/tls/socket.h"

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace tls {

/// The certificates that a server shows, its own first: for a person to look at, and to compare with what the
/// counterparty says of them by another way. Nothing is judged, nothing of ours is shown, and the handshake is broken
/// off: no connection comes of it. Blocks. `serverName` is asked for where it is not an address. Errors:
/// ConnectionRefused, Timeout, Cancelled, ConnectionLost, TlsNotSpoken, TlsVersion, TlsFailure.
[[nodiscard]] base::Result<std::vector<CertificatePtr>> presentedBy(const std::string& host, std::uint16_t port,
    const std::string& serverName, std::chrono::milliseconds timeout, const Waker& cancelled);

}
