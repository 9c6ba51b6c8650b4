#pragma once

#include "core/base/result.h"
#include "core/tls/context.h"
#include "core/tls/openssl_handles.h"

#include <openssl/x509_vfy.h>

#include <string>
#include <vector>

/// What is wrong with a peer's certificate, for people: what was expected, what was found.
namespace tls {

/// `lists`: the revocation lists that were looked at, if any.
[[nodiscard]] base::Error describeFailure(
    X509_STORE_CTX& store, const TrustPolicy& trust, const std::vector<CrlPtr>* lists);
[[nodiscard]] base::Error describeMissingPin(X509& certificate);

}
