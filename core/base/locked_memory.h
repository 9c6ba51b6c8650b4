#pragma once

#include <cstddef>

namespace base {

/// Zeroed pages that are kept from swap and core dumps as far as the system's limits allow. Throws std::bad_alloc.
[[nodiscard]] void* allocateLocked(std::size_t size);
void freeLocked(void* data, std::size_t size) noexcept;

}
