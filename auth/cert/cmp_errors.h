#pragma once

#include "auth/cert/cmp_message.h"
#include "core/base/result.h"

#include <openssl/cmp.h>

#include <optional>
#include <string>

namespace cert {

/// What a failed exchange means, from the context and OpenSSL's error queue of this thread, which it empties. `server`
/// is its address; `said` the no in its last answer, proved or not.
[[nodiscard]] base::Error cmpError(
    const OSSL_CMP_CTX& context, const std::string& server, const std::optional<CmpRefusal>& said);

}
