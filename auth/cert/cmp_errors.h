#pragma once

#include "core/base/result.h"

#include <openssl/cmp.h>

#include <string>

namespace cert {

/// What a failed exchange means, from the context and OpenSSL's error queue of this thread, which it empties. `server`
/// is its address.
[[nodiscard]] base::Error cmpError(const OSSL_CMP_CTX& context, const std::string& server);

}
