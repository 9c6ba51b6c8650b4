#include "core/base/locked_memory.h"

#include <new>
#include <sys/mman.h>

namespace base {

void* allocateLocked(std::size_t size)
{
    void* data = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (data == MAP_FAILED)
        throw std::bad_alloc();
    // Beyond RLIMIT_MEMLOCK the lock fails; the pages still stay out of core dumps and are still wiped.
    (void)::mlock(data, size);
#ifdef MADV_DONTDUMP
    (void)::madvise(data, size, MADV_DONTDUMP);
#endif
    return data;
}

void freeLocked(void* data, std::size_t size) noexcept
{
    (void)::munlock(data, size);
    (void)::munmap(data, size);
}

}
