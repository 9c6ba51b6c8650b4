#include "auth/cert/token_objects.h"

#include "auth/token_errors.h"

#include <openssl/err.h>

#include <algorithm>
#include <array>
#include <utility>

namespace cert {

namespace {

constexpr CK_ULONG LargestAttribute = 65'536;

/// What modules say to what only the maker's own tool may do: PIV cards want their management key for it, which has no
/// place in PKCS#11.
constexpr std::array<CK_RV, 10> NotForPersons{CKR_FUNCTION_NOT_SUPPORTED, CKR_USER_NOT_LOGGED_IN, CKR_USER_TYPE_INVALID,
    CKR_TOKEN_WRITE_PROTECTED, CKR_SESSION_READ_ONLY, CKR_ATTRIBUTE_READ_ONLY, CKR_ACTION_PROHIBITED,
    CKR_MECHANISM_INVALID, CKR_TEMPLATE_INCONSISTENT, CKR_ATTRIBUTE_TYPE_INVALID};

}

base::Result<TokenObjects> TokenObjects::open(CK_FUNCTION_LIST& functions, CK_SLOT_ID slot, Use use)
{
    const CK_FLAGS flags =
        use == Use::Write ? CK_FLAGS{CKF_SERIAL_SESSION | CKF_RW_SESSION} : CK_FLAGS{CKF_SERIAL_SESSION};
    CK_SESSION_HANDLE session = CK_INVALID_HANDLE;
    const CK_RV code = functions.C_OpenSession(slot, flags, nullptr, nullptr, &session);
    if (code == CKR_OK)
        return TokenObjects(functions, session);
    const std::string doing = "opening a session";
    return writeRefused(code, doing).value_or(auth::tokenError(code, doing));
}

TokenObjects::~TokenObjects()
{
    // A token that is gone refuses; there is nothing left to do then.
    if (m_session != CK_INVALID_HANDLE)
        m_functions->C_CloseSession(m_session);
}

TokenObjects::TokenObjects(TokenObjects&& other) noexcept
    : m_functions(other.m_functions)
    , m_session(std::exchange(other.m_session, CK_INVALID_HANDLE))
{
}

TokenObjects& TokenObjects::operator=(TokenObjects&& other) noexcept
{
    std::swap(m_functions, other.m_functions);
    std::swap(m_session, other.m_session);
    return *this;
}

base::Result<std::vector<CK_OBJECT_HANDLE>> TokenObjects::find(CK_OBJECT_CLASS kind, const Bytes& id) const
{
    const std::string doing = "looking through the token";
    // The interface predates const.
    Bytes wantedId = id;
    // Not what a module shows for a session only: ykcs11's statements on keys look like certificates of theirs.
    CK_BBOOL stays = CK_TRUE;
    std::vector<CK_ATTRIBUTE> query{{CKA_CLASS, &kind, sizeof kind}, {CKA_TOKEN, &stays, sizeof stays}};
    if (!id.empty())
        query.push_back({CKA_ID, wantedId.data(), wantedId.size()});
    if (const CK_RV code = m_functions->C_FindObjectsInit(m_session, query.data(), query.size()); code != CKR_OK)
        return auth::tokenError(code, doing);
    std::vector<CK_OBJECT_HANDLE> found;
    std::array<CK_OBJECT_HANDLE, 16> some{};
    CK_ULONG count = 0;
    CK_RV code = CKR_OK;
    do {
        count = 0;
        code = m_functions->C_FindObjects(m_session, some.data(), some.size(), &count);
        if (code == CKR_OK)
            found.insert(found.end(), some.begin(), some.begin() + static_cast<std::ptrdiff_t>(count));
    } while (code == CKR_OK && count > 0);
    m_functions->C_FindObjectsFinal(m_session);
    if (code != CKR_OK)
        return auth::tokenError(code, doing);
    return found;
}

Bytes TokenObjects::attribute(CK_OBJECT_HANDLE object, CK_ATTRIBUTE_TYPE type) const
{
    CK_ATTRIBUTE wanted{type, nullptr, 0};
    if (m_functions->C_GetAttributeValue(m_session, object, &wanted, 1) != CKR_OK
        || wanted.ulValueLen > LargestAttribute)
        return {};
    Bytes value(wanted.ulValueLen);
    wanted.pValue = value.data();
    if (m_functions->C_GetAttributeValue(m_session, object, &wanted, 1) != CKR_OK || wanted.ulValueLen > value.size())
        return {};
    value.resize(wanted.ulValueLen);
    return value;
}

tls::CertificatePtr TokenObjects::certificate(CK_OBJECT_HANDLE object) const
{
    const Bytes der = attribute(object, CKA_VALUE);
    const unsigned char* at = der.data();
    tls::CertificatePtr certificate(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
    ERR_clear_error();
    return certificate;
}

std::optional<base::Error> writeRefused(CK_RV code, const std::string& doing)
{
    if (std::find(NotForPersons.begin(), NotForPersons.end(), code) == NotForPersons.end())
        return std::nullopt;
    return base::Error{base::Errc::Unsupported,
        doing + ": " + auth::returnName(code)
            + ": this token's module leaves that to the tool of the token's maker; for PIV cards and YubiKeys the "
              "commands are in docs/certificates.md"};
}

}
