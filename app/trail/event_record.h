#pragma once

#include "core/audit/record.h"
#include "core/pep/events.h"

namespace app {

/// `addresses`, one or several with spaces between, each with or without its port: the hosts, IPv4 as IPv4 also where
/// it came in an address of IPv6.
[[nodiscard]] std::string hostsOf(const std::string& addresses);

/// What an enforcement point decided, a venue's or this desk's own, as an audit trail keeps it. Holds no price and no
/// quantity. Every kind of event has its record: one that is forgotten does not compile.
[[nodiscard]] audit::AuditRecord recordOf(const pep::Event& event);

}
