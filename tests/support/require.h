#pragma once

#include <openssl/err.h>

#include <cstdio>
#include <cstdlib>

namespace support {

/// What a test stands on is there, or the program stops with the reason: there would be nothing to say without it.
inline void require(bool good, const char* what)
{
    if (good)
        return;
    std::fprintf(stderr, "the test cannot be set up: %s failed\n", what);
    ERR_print_errors_fp(stderr);
    std::abort();
}

}
