#pragma once

#include "auth/token_login.h"
#include "auth/token_slots.h"
#include "core/base/result.h"
#include "core/tls/identity.h"

#include <cstdint>
#include <span>
#include <vector>

namespace auth {

/// A private key on a token, after the PIN. Token thread only; slots and login must outlive it.
class TokenKey {
public:
    /// Finds the private key with the certificate's CKA_ID and checks that the token lets it sign. Errors: KeyNotFound,
    /// TokenAbsent, TokenFailure.
    [[nodiscard]] static base::Result<TokenKey> find(
        const Pkcs11Module& module, const TokenLogin& login, const Candidate& candidate);

    /// Errors: TokenAbsent when the token or the login is gone, else TokenFailure.
    [[nodiscard]] base::Result<std::vector<std::uint8_t>> sign(
        tls::Signer::Scheme scheme, std::span<const std::uint8_t> input) const;
    /// Signs something random and verifies it with the certificate's public key: only this proves login and key.
    [[nodiscard]] base::Status prove(X509& certificate) const;

private:
    explicit TokenKey(tls::KeyPtr key)
        : m_key(std::move(key))
    {
    }
    tls::KeyPtr m_key;
};

}
