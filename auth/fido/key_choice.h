#pragma once

#include "auth/fido/key_finder.h"

#include <vector>

namespace fido {

/// Opens the key at `path`; with an empty path the only one there is, or the one that is touched first of several. One
/// that another program uses counts among several: it may be the one that is meant. Failures: NoKey, Cancelled,
/// TimedOut, and those of opening.
[[nodiscard]] Outcome<OpenKey> keyAt(const std::string& path, const KeySettings& settings, Operation& operation);

struct HolderChoice {
    OpenKey key;
    bool byTouch = false; ///< and so perhaps one without an allowed credential
};

/// The same where one of `request`'s credentials is needed: a key that shows one without being touched is not asked
/// for. A credential with credProtect 3 does not show without the PIN, and the PIN of one key must not be tried on
/// another.
[[nodiscard]] Outcome<HolderChoice> holderOf(
    const AssertRequest& request, const KeySettings& settings, Operation& operation);

}
