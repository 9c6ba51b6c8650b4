#pragma once

#include "auth/pkcs11_module.h"
#include "core/base/result.h"
#include "core/base/secret_bytes.h"

namespace auth {

/// A session in which the person has given the PIN. PKCS#11 logs in the whole process, so libp11's own sessions with
/// the token are logged in for as long as this one lives. Token thread only; the module must outlive it.
class TokenLogin {
public:
    /// Gives the token `pin`, from the locked memory it is in. Errors: as tokenError() says.
    [[nodiscard]] static base::Result<TokenLogin> open(
        const Pkcs11Module& module, CK_SLOT_ID slot, const base::SecretBytes& pin);
    /// Logs out.
    ~TokenLogin();
    TokenLogin(TokenLogin&& other) noexcept;
    TokenLogin& operator=(TokenLogin&& other) noexcept;

    [[nodiscard]] CK_SESSION_HANDLE session() const { return m_session; }
    [[nodiscard]] CK_SLOT_ID slot() const { return m_slot; }
    /// Is the token still there and the person still logged in, as far as the module notices? Errors: TokenAbsent,
    /// TokenFailure.
    [[nodiscard]] base::Status check() const;

private:
    TokenLogin(CK_FUNCTION_LIST& functions, CK_SLOT_ID slot, CK_SESSION_HANDLE session)
        : m_functions(&functions)
        , m_slot(slot)
        , m_session(session)
    {
    }
    CK_FUNCTION_LIST* m_functions;
    CK_SLOT_ID m_slot;
    CK_SESSION_HANDLE m_session;
    bool m_loggedIn = false;
};

/// The token's flags and limits as they are now. Errors: TokenAbsent, TokenFailure.
[[nodiscard]] base::Result<CK_TOKEN_INFO> readTokenInfo(const Pkcs11Module& module, CK_SLOT_ID slot);

}
