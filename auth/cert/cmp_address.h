#pragma once

#include "core/base/result.h"

#include <string>

namespace cert {

/// Where a CMP server listens (RFC 6712).
struct CmpAddress {
    std::string host; ///< a name, or an address; one of IPv6 in brackets
    std::string path; ///< with the query, where there is one
    int port = 0;
    bool isTls = false;
};

/// http://host[:port][/path] or https://... Errors: InvalidInput.
[[nodiscard]] base::Result<CmpAddress> parseCmpAddress(const std::string& url);

}
