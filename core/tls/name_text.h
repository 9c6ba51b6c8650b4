#pragma once

#include <openssl/x509.h>

#include <string>

namespace tls {

/// A distinguished name as RFC 2253 writes it, in UTF-8; control characters escaped. Empty where it cannot be written.
[[nodiscard]] std::string nameText(const X509_NAME& name);

}
