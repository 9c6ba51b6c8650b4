#pragma once

#include "auth/signature_watch.h"
#include "auth/token_login.h"
#include "core/base/secret_bytes.h"
#include "core/tls/identity.h"

#include <cstdint>
#include <p11-kit/pkcs11.h>
#include <span>
#include <utility>
#include <vector>

namespace auth {

/// Signs in the session of a login, with the module's own functions: for one signature of somebody who is not signed in
/// at this desk. A key that wants the PIN for every signature (PIV slot 9c) gets it. Token thread only; everything that
/// it is made from must outlive it.
class SessionSigner final : public tls::Signer {
public:
    /// Finds the private key with this CKA_ID. Errors: KeyNotFound, TokenAbsent, TokenFailure.
    [[nodiscard]] static base::Result<SessionSigner> find(const Pkcs11Module& module, const TokenLogin& login,
        std::span<const std::uint8_t> id, const base::SecretBytes& pin, CardTimer timer);

    /// Errors: those of tokenError().
    [[nodiscard]] base::Result<std::vector<std::uint8_t>> sign(
        Scheme scheme, std::span<const std::uint8_t> input) override;

private:
    SessionSigner(CK_FUNCTION_LIST& functions, CK_SESSION_HANDLE session, CK_OBJECT_HANDLE key,
        const base::SecretBytes& pin, CardTimer timer)
        : m_functions(&functions)
        , m_session(session)
        , m_key(key)
        , m_pin(&pin)
        , m_timer(std::move(timer))
    {
    }
    [[nodiscard]] bool wantsPinEachTime() const;

    CK_FUNCTION_LIST* m_functions;
    CK_SESSION_HANDLE m_session;
    CK_OBJECT_HANDLE m_key;
    const base::SecretBytes* m_pin;
    CardTimer m_timer;
};

}
