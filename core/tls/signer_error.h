#pragma once

#include "core/base/result.h"

#include <optional>

namespace tls {

/// Puts a signer's error into OpenSSL's error queue of this thread, through which it travels out of the handshake.
void raiseSignerError(const base::Error& error);
/// The signer's error in this thread's queue, if one is there. Leaves the queue as it is.
[[nodiscard]] std::optional<base::Error> peekSignerError();

}
