#pragma once

#include "core/access/ip_address.h"

#include <vector>

namespace app {

/// The addresses that this workstation has in networks that it can be reached from or reach out to: of interfaces that
/// are up, but for loopback and link-local ones. Sorted as text. Asks the kernel, never the network.
[[nodiscard]] std::vector<zerotrust::IpAddress> localAddresses();

}
