#pragma once

#include "core/base/result.h"
#include "core/tls/identity.h"
#include "core/tls/openssl_handles.h"

#include <string>
#include <vector>

/// Reading what configuration points at, besides loadPemCertificates. Every error is Configuration and names the file.
namespace tls {

[[nodiscard]] base::Error fileError(const std::string& file, const std::string& reason);

/// All revocation lists of a PEM file; at least one.
[[nodiscard]] base::Result<std::vector<CrlPtr>> readRevocationLists(const std::string& file);
/// A private key without a passphrase.
[[nodiscard]] base::Result<KeyPtr> readPrivateKey(const std::string& file);

}
