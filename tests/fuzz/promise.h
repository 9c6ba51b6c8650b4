#pragma once

#include <cstdio>
#include <cstdlib>

namespace fuzz {

/// What every input is promised; a broken promise is a crash, for the fuzzer to find.
inline void require(bool holds, const char* promise)
{
    if (holds)
        return;
    std::fprintf(stderr, "broken promise: %s\n", promise);
    std::abort();
}

}
