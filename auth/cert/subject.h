#pragma once

#include "core/base/result.h"

#include <openssl/x509.h>

#include <memory>
#include <string>
#include <string_view>

namespace cert {

struct NameDeleter {
    void operator()(X509_NAME* name) const { X509_NAME_free(name); }
};
using NamePtr = std::unique_ptr<X509_NAME, NameDeleter>;

/// Reads a distinguished name as people write it and as tls::subjectOf() shows it: "CN=trader-7,OU=Desk,O=Firm", the
/// most specific part first (RFC 4514); a backslash takes the next character as it is. Several attributes in one part
/// ("CN=a+UID=b") are not offered. Errors: InvalidInput, which says what is wrong with which part.
[[nodiscard]] base::Result<NamePtr> parseSubject(std::string_view text);

}
