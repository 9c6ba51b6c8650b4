#include "auth/token_survey.h"

#include "auth/padded_text.h"
#include "auth/token_errors.h"
#include "auth/token_login.h"
#include "auth/token_slots.h"
#include "core/tls/hex.h"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>

namespace auth {

namespace {

using Bytes = std::vector<std::uint8_t>;

/// A session without a PIN, closed when it dies.
class ReadingSession {
public:
    ReadingSession(CK_FUNCTION_LIST& functions, CK_SLOT_ID slot)
        : m_functions(functions)
        , m_opened(functions.C_OpenSession(slot, CKF_SERIAL_SESSION, nullptr, nullptr, &m_handle))
    {
    }
    ~ReadingSession()
    {
        if (m_opened == CKR_OK)
            m_functions.C_CloseSession(m_handle);
    }
    ReadingSession(const ReadingSession&) = delete;
    ReadingSession& operator=(const ReadingSession&) = delete;

    [[nodiscard]] CK_RV opened() const { return m_opened; }
    [[nodiscard]] base::Result<std::vector<CK_OBJECT_HANDLE>> certificates() const;
    /// Empty where the object has no such attribute.
    [[nodiscard]] Bytes attribute(CK_OBJECT_HANDLE object, CK_ATTRIBUTE_TYPE type) const;

private:
    CK_FUNCTION_LIST& m_functions;
    CK_SESSION_HANDLE m_handle = CK_INVALID_HANDLE;
    CK_RV m_opened;
};

base::Error readingError(CK_RV code)
{
    return tokenError(code, "reading the certificates");
}

base::Result<std::vector<CK_OBJECT_HANDLE>> ReadingSession::certificates() const
{
    CK_OBJECT_CLASS wanted = CKO_CERTIFICATE;
    CK_ATTRIBUTE query{CKA_CLASS, &wanted, sizeof wanted};
    if (const CK_RV code = m_functions.C_FindObjectsInit(m_handle, &query, 1); code != CKR_OK)
        return readingError(code);
    std::vector<CK_OBJECT_HANDLE> found;
    std::array<CK_OBJECT_HANDLE, 16> some{};
    CK_ULONG count = 0;
    CK_RV code = CKR_OK;
    do {
        count = 0;
        code = m_functions.C_FindObjects(m_handle, some.data(), some.size(), &count);
        if (code == CKR_OK)
            found.insert(found.end(), some.begin(), some.begin() + static_cast<std::ptrdiff_t>(count));
    } while (code == CKR_OK && count > 0);
    m_functions.C_FindObjectsFinal(m_handle);
    if (code != CKR_OK)
        return readingError(code);
    return found;
}

Bytes ReadingSession::attribute(CK_OBJECT_HANDLE object, CK_ATTRIBUTE_TYPE type) const
{
    constexpr CK_ULONG LargestAttribute = 65'536;
    CK_ATTRIBUTE wanted{type, nullptr, 0};
    if (m_functions.C_GetAttributeValue(m_handle, object, &wanted, 1) != CKR_OK || wanted.ulValueLen > LargestAttribute)
        return {};
    Bytes value(wanted.ulValueLen);
    wanted.pValue = value.data();
    if (m_functions.C_GetAttributeValue(m_handle, object, &wanted, 1) != CKR_OK || wanted.ulValueLen > value.size())
        return {};
    value.resize(wanted.ulValueLen);
    return value;
}

tls::CertificatePtr parse(const Bytes& der)
{
    const unsigned char* start = der.data();
    tls::CertificatePtr certificate(d2i_X509(nullptr, &start, static_cast<long>(der.size())));
    (void)takeModuleError(); // a certificate that cannot be read identifies nobody
    return certificate;
}

base::Status readToken(
    CK_FUNCTION_LIST& functions, CK_SLOT_ID slot, const CK_TOKEN_INFO& token, std::vector<SeenCertificate>& found)
{
    const ReadingSession session(functions, slot);
    if (session.opened() != CKR_OK)
        return readingError(session.opened());
    const auto objects = session.certificates();
    if (!objects)
        return objects.error();
    for (const CK_OBJECT_HANDLE object : *objects) {
        auto certificate = parse(session.attribute(object, CKA_VALUE));
        if (!certificate || !isOfEndEntity(*certificate))
            continue;
        rfq::TokenIdentity identity = identityOf(*certificate);
        identity.tokenLabel = paddedText(token.label);
        identity.tokenSerial = paddedText(token.serialNumber);
        identity.tokenModel = paddedText(token.model);
        identity.keyId = tls::hexOf(session.attribute(object, CKA_ID));
        found.push_back({slot, std::move(identity), std::move(certificate)});
    }
    return base::Ok{};
}

}

base::Result<std::vector<CK_SLOT_ID>> slotsWithToken(CK_FUNCTION_LIST& functions)
{
    const std::string doing = "listing the slots";
    CK_ULONG count = 0;
    // Without a buffer the module looks at its readers again.
    if (const CK_RV code = functions.C_GetSlotList(CK_TRUE, nullptr, &count); code != CKR_OK)
        return tokenError(code, doing);
    std::vector<CK_SLOT_ID> slots(count);
    if (count > 0)
        if (const CK_RV code = functions.C_GetSlotList(CK_TRUE, slots.data(), &count); code != CKR_OK)
            return tokenError(code, doing);
    slots.resize(count);
    return slots;
}

base::Result<std::vector<SeenCertificate>> surveyTokens(const Pkcs11Module& module)
{
    CK_FUNCTION_LIST& functions = module.functions();
    const auto slots = slotsWithToken(functions);
    if (!slots)
        return slots.error();
    std::vector<SeenCertificate> found;
    std::optional<base::Error> unread;
    for (const CK_SLOT_ID slot : *slots) {
        const auto token = readTokenInfo(module, slot);
        // Taken out since the list was made, or not set up.
        if (!token || (token->flags & CKF_TOKEN_INITIALIZED) == 0)
            continue;
        // One that is damaged or somebody else's must not stand in the way of the others.
        if (auto read = readToken(functions, slot, *token, found); !read)
            unread = unread.value_or(read.error());
    }
    if (found.empty() && unread)
        return *unread;
    return found;
}

}
