#pragma once

#include <openssl/x509.h>

#include <set>
#include <string>

namespace tls {

/// OIDs of the policies that a certificate was issued under (RFC 5280, 4.2.1.4), dotted; empty where it names none, or
/// none that can be read.
[[nodiscard]] std::set<std::string> policiesOf(X509& certificate);

}
