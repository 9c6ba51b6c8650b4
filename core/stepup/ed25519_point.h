#pragma once

#include "core/stepup/bytes.h"

namespace stepup {

/// Whether 32 bytes are the encoding of a point of edwards25519 (RFC 8032, 5.1.3) whose order is not 8 or less. Under a
/// point of small order everybody can sign, and OpenSSL takes any 32 bytes for a key.
[[nodiscard]] bool isSoundEd25519Point(ByteView encoded);

}
