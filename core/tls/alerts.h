#pragma once

#include "core/base/result.h"

#include <openssl/ssl.h>

namespace tls {

enum class Phase { Handshake, Established };

/// What a failed OpenSSL call on this thread means. `sslError` is what SSL_get_error said, `systemError` errno right
/// after the call. Empties the error queue.
[[nodiscard]] base::Error classifyFailure(Phase phase, int sslError, int systemError);

}
