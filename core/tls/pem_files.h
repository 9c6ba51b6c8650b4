#pragma once

#include "core/base/result.h"
#include "core/tls/identity.h"
#include "core/tls/openssl_handles.h"

#include <string>
#include <vector>

/// Reading what configuration points at, besides loadPemCertificates. Every error is Configuration and names the file.
namespace tls {

[[nodiscard]] base::Error fileError(const std::string& file, const std::string& reason);

/// All revocation lists of a PEM file, or the one of a DER file; at least one, and each complete (no delta: RFC 5280,
/// 5.2.4) and with an end of its own.
[[nodiscard]] base::Result<std::vector<CrlPtr>> readRevocationLists(const std::string& file);
/// A private key without a passphrase.
[[nodiscard]] base::Result<KeyPtr> readPrivateKey(const std::string& file);

}
