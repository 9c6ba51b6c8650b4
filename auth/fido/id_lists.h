#pragma once

#include "auth/fido/values.h"

#include <cstddef>
#include <vector>

namespace fido {

/// How many credential ids a key takes in one message (CTAP 2.1, 6.4).
struct ListLimits {
    std::size_t most = 0; ///< ids; 0: not told
    std::size_t longest = 0; ///< bytes of an id; 0: not told
    std::size_t message = 0; ///< bytes of a message; 0: not told, which means 1,024
};

/// The ids in lists that the key takes, in their order. An id that is longer than any of the key's is another key's,
/// and is left out: some refuse the whole list for it. `besides`: bytes of the message without the list.
[[nodiscard]] std::vector<std::vector<Bytes>> listsOf(
    const std::vector<Bytes>& ids, const ListLimits& limits, std::size_t besides);

}
