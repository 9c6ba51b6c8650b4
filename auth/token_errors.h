#pragma once

#include "core/base/result.h"

#include <optional>
#include <p11-kit/pkcs11.h>
#include <string>

namespace auth {

/// "CKR_PIN_INCORRECT (0xa0)"; the number alone where we know no name.
[[nodiscard]] std::string returnName(CK_RV code);

/// Does `code` mean that the token, or the session with it, is gone? Modules disagree on what they say after a removal,
/// so this is a set.
[[nodiscard]] bool meansTokenLost(CK_RV code);

/// What a module's refusal means to us. `doing` says in words what was asked of the token.
[[nodiscard]] base::Error tokenError(CK_RV code, const std::string& doing);

/// The module's return code in OpenSSL's error queue of this thread, where libp11 leaves it. Empties the queue: libp11
/// adds errors of its own that follow from the first.
[[nodiscard]] std::optional<CK_RV> takeModuleError();

}
