#pragma once

#include "auth/cert/cmp_message.h"

#include <openssl/cmp.h>

#include <optional>

namespace cert {

/// What the transfer of messages knows, and what it has seen. Outlives the context.
struct CmpTransfer {
    /// For a first enrolment. Who answers with the secret has proved himself, whatever he calls himself: authorities
    /// that protect by MAC name nobody (the NULL-DN), or the reference (RFC 9483, 3.1). Whoever signs must be this one;
    /// to others it has certified, this trader among them, OpenSSL would listen too. Null: the sender was set before.
    const X509_NAME* unlessBySecret = nullptr;
    /// The last answer was a no, proved or not: many authorities do not protect theirs.
    std::optional<CmpRefusal> said;
};

/// Makes the context's messages go over `transfer`.
void transferOver(OSSL_CMP_CTX& context, CmpTransfer& transfer);

}
