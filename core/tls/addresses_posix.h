#pragma once

#include "core/base/result.h"
#include "core/tls/socket.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

struct addrinfo;
struct sockaddr;

/// What the two POSIX sources of this module share.
namespace tls {

struct AddressesDeleter {
    void operator()(addrinfo* addresses) const;
};
using Addresses = std::unique_ptr<addrinfo, AddressesDeleter>;

/// TCP addresses of `host`, which may be empty with AI_PASSIVE. Blocks for as long as name servers take. Errors:
/// ConnectionRefused.
[[nodiscard]] base::Result<Addresses> lookUp(const std::string& host, std::uint16_t port, int flags);

/// "192.0.2.1:9880", "[2001:db8::1]:9880".
[[nodiscard]] std::string addressText(const sockaddr& address, std::size_t size);

/// Switches TCP_NODELAY on.
void sendAtOnce(const Socket& socket);

}
