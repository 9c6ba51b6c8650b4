#include "core/stepup/random_source.h"

#include <openssl/err.h>
#include <openssl/rand.h>

namespace stepup {

bool SystemRandom::fill(std::span<std::uint8_t> bytes)
{
    const bool filled = RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) == 1;
    ERR_clear_error();
    return filled;
}

}
