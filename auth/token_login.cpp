#include "auth/token_login.h"

#include "auth/token_errors.h"

#include <utility>

namespace auth {

namespace {

CK_RV logIn(CK_FUNCTION_LIST& functions, CK_SESSION_HANDLE session, const base::SecretBytes& pin)
{
    // The interface predates const; modules read the PIN only.
    auto* bytes = reinterpret_cast<unsigned char*>(const_cast<char*>(pin.reveal().data()));
    const auto attempt = [&] { return functions.C_Login(session, CKU_USER, bytes, pin.size()); };
    const CK_RV result = attempt();
    if (result != CKR_USER_ALREADY_LOGGED_IN)
        return result;
    // A login of someone else in this process, for which this PIN was not checked.
    functions.C_Logout(session);
    return attempt();
}

}

base::Result<TokenLogin> TokenLogin::open(const Pkcs11Module& module, CK_SLOT_ID slot, const base::SecretBytes& pin)
{
    CK_FUNCTION_LIST& functions = module.functions();
    CK_SESSION_HANDLE session = CK_INVALID_HANDLE;
    if (const CK_RV code = functions.C_OpenSession(slot, CKF_SERIAL_SESSION, nullptr, nullptr, &session);
        code != CKR_OK)
        return tokenError(code, "opening a session");
    TokenLogin login(functions, slot, session);
    if (const CK_RV code = logIn(functions, session, pin); code != CKR_OK)
        return tokenError(code, "checking the PIN");
    login.m_loggedIn = true;
    return login;
}

TokenLogin::~TokenLogin()
{
    // A token that is gone refuses both; there is nothing left to do then.
    if (m_loggedIn)
        m_functions->C_Logout(m_session);
    if (m_session != CK_INVALID_HANDLE)
        m_functions->C_CloseSession(m_session);
}

TokenLogin::TokenLogin(TokenLogin&& other) noexcept
    : m_functions(other.m_functions)
    , m_slot(other.m_slot)
    , m_session(std::exchange(other.m_session, CK_INVALID_HANDLE))
    , m_loggedIn(std::exchange(other.m_loggedIn, false))
{
}

TokenLogin& TokenLogin::operator=(TokenLogin&& other) noexcept
{
    std::swap(m_functions, other.m_functions);
    std::swap(m_slot, other.m_slot);
    std::swap(m_session, other.m_session);
    std::swap(m_loggedIn, other.m_loggedIn);
    return *this;
}

base::Status TokenLogin::check() const
{
    const std::string doing = "looking for the token";
    CK_SLOT_INFO slot{};
    if (const CK_RV code = m_functions->C_GetSlotInfo(m_slot, &slot); code != CKR_OK)
        return tokenError(code, doing);
    if ((slot.flags & CKF_TOKEN_PRESENT) == 0)
        return tokenError(CKR_TOKEN_NOT_PRESENT, doing);
    CK_SESSION_INFO session{};
    if (const CK_RV code = m_functions->C_GetSessionInfo(m_session, &session); code != CKR_OK)
        return tokenError(code, doing);
    if (session.state != CKS_RO_USER_FUNCTIONS && session.state != CKS_RW_USER_FUNCTIONS)
        return tokenError(CKR_USER_NOT_LOGGED_IN, doing);
    return base::Ok{};
}

base::Result<CK_TOKEN_INFO> readTokenInfo(const Pkcs11Module& module, CK_SLOT_ID slot)
{
    CK_TOKEN_INFO info{};
    if (const CK_RV code = module.functions().C_GetTokenInfo(slot, &info); code != CKR_OK)
        return tokenError(code, "reading the token's state");
    return info;
}

}
