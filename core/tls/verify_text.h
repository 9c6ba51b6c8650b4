#pragma once

#include "core/base/result.h"
#include "core/tls/context.h"

#include <openssl/x509_vfy.h>

#include <string>

/// What is wrong with a peer's certificate, for people: what was expected, what was found.
namespace tls {

[[nodiscard]] base::Error describeFailure(X509_STORE_CTX& store, const TrustPolicy& trust);
[[nodiscard]] base::Error describeMissingPin(X509& certificate, const std::string& foundFingerprint);

}
