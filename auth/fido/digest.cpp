#include "auth/fido/digest.h"

#include <openssl/rand.h>
#include <openssl/sha.h>

namespace fido {

Bytes sha256(std::string_view text)
{
    Bytes hash(SHA256_DIGEST_LENGTH);
    SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(), hash.data());
    return hash;
}

Bytes randomBytes(std::size_t size)
{
    Bytes bytes(size);
    if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1)
        return {};
    return bytes;
}

}
