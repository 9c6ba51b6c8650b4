#pragma once

#include "core/base/result.h"

#include <optional>

namespace tls {

/// Puts a signer's error into OpenSSL's error queue of this thread, through which it travels out of the handshake.
void raiseSignerError(const base::Error& error);
/// The signer's error, if an entry of the error queue is one. `data` and `flags` as ERR_get_error_all gave them.
[[nodiscard]] std::optional<base::Error> signerErrorOf(unsigned long code, const char* data, int flags);

}
