#pragma once

#include <openssl/cmp.h>

namespace cert {

/// Is the message protected by a shared secret (RFC 4210, 5.1.3.1)? One that is signed, or not protected, is not.
[[nodiscard]] bool isProtectedBySecret(const OSSL_CMP_MSG& message);

/// For a first enrolment. Who answers with the secret has proved himself, whatever he calls himself: authorities that
/// protect by MAC name nobody (the NULL-DN), or the reference (RFC 9483, 3.1). Whoever signs must be `authority`; to
/// others it has certified, this trader among them, OpenSSL would listen too. `authority` outlives the context.
void expectSecretOr(OSSL_CMP_CTX& context, const X509_NAME& authority);

}
