#include "tests/fuzz/entry_points.h"

#include <cstddef>
#include <cstdint>

// FUZZ_ENTRY comes from the build: one program for each entry point.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    fuzz::FUZZ_ENTRY({reinterpret_cast<const char*>(data), size});
    return 0;
}
