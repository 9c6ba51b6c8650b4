#include "auth/device/device_token.h"

#include "auth/padded_text.h"
#include "auth/token_errors.h"

#include <array>
#include <optional>
#include <utility>

namespace device {

namespace {

using auth::tokenError;
using base::Errc;
using base::Error;
using Bytes = std::vector<std::uint8_t>;

constexpr CK_ULONG MaxSlots = 64;
constexpr CK_ULONG DigestSize = 32;

bool fits(const CK_TOKEN_INFO& info, const Pkcs11Uri& uri)
{
    const auto is = [](const std::string& wanted, const std::string& found) {
        return wanted.empty() || wanted == found;
    };
    return (info.flags & CKF_TOKEN_INITIALIZED) != 0 && is(uri.token, auth::paddedText(info.label))
        && is(uri.serial, auth::paddedText(info.serialNumber))
        && is(uri.manufacturer, auth::paddedText(info.manufacturerID)) && is(uri.model, auth::paddedText(info.model));
}

struct Found {
    CK_SLOT_ID slot = 0;
    CK_FLAGS flags = 0;
};

base::Result<Found> findToken(CK_FUNCTION_LIST& functions, const Pkcs11Uri& uri)
{
    std::array<CK_SLOT_ID, MaxSlots> slots{};
    CK_ULONG count = slots.size();
    if (const CK_RV code = functions.C_GetSlotList(CK_TRUE, slots.data(), &count); code != CKR_OK)
        return tokenError(code, "listing the tokens");
    std::optional<Found> found;
    for (CK_ULONG at = 0; at < count; ++at) {
        CK_TOKEN_INFO info{};
        if (functions.C_GetTokenInfo(slots.at(at), &info) != CKR_OK || !fits(info, uri))
            continue;
        if (found)
            return Error{
                Errc::KeyNotFound, "the URI of the device's token fits more than one token: name token or serial"};
        found = Found{slots.at(at), info.flags};
    }
    if (!found)
        return Error{Errc::TokenAbsent, "the device's token, as the URI names it, is not there"};
    return *found;
}

base::Status logIn(CK_FUNCTION_LIST& functions, CK_SESSION_HANDLE session, CK_FLAGS flags, const base::SecretBytes& pin)
{
    if ((flags & CKF_USER_PIN_LOCKED) != 0)
        return Error{Errc::PinBlocked, "the PIN of the device's token is blocked"};
    if ((flags & CKF_USER_PIN_FINAL_TRY) != 0)
        return Error{Errc::PinBlocked,
            "one try is left for the PIN of the device's token, and a program does not spend it: log in once by hand"};
    // The interface predates const; modules read the PIN only.
    auto* bytes = reinterpret_cast<unsigned char*>(const_cast<char*>(pin.reveal().data()));
    const CK_RV code = functions.C_Login(session, CKU_USER, bytes, pin.size());
    return code == CKR_OK || code == CKR_USER_ALREADY_LOGGED_IN
        ? base::Status(base::Ok{})
        : tokenError(code, "checking the PIN in device.pin_file");
}

}

base::Result<DeviceToken> DeviceToken::open(
    const auth::Pkcs11Module& module, const Pkcs11Uri& uri, const base::SecretBytes* pin)
{
    CK_FUNCTION_LIST& functions = module.functions();
    const auto found = findToken(functions, uri);
    if (!found)
        return found.error();
    CK_SESSION_HANDLE session = CK_INVALID_HANDLE;
    if (const CK_RV code = functions.C_OpenSession(found->slot, CKF_SERIAL_SESSION, nullptr, nullptr, &session);
        code != CKR_OK)
        return tokenError(code, "opening a session with the device's token");
    DeviceToken token(functions, session);
    if (pin)
        if (const base::Status in = logIn(functions, session, found->flags, *pin); !in)
            return in.error();
    return token;
}

DeviceToken::~DeviceToken()
{
    // The last session with a token takes the login with it.
    if (m_session != CK_INVALID_HANDLE)
        m_functions->C_CloseSession(m_session);
}

DeviceToken::DeviceToken(DeviceToken&& other) noexcept
    : m_functions(other.m_functions)
    , m_session(std::exchange(other.m_session, CK_INVALID_HANDLE))
{
}

base::Result<CK_OBJECT_HANDLE> DeviceToken::find(CK_OBJECT_CLASS kind, const Pkcs11Uri& uri) const
{
    // The interface predates const.
    Bytes id = uri.id;
    std::string label = uri.object;
    std::vector<CK_ATTRIBUTE> query{{CKA_CLASS, &kind, sizeof kind}};
    if (!id.empty())
        query.push_back({CKA_ID, id.data(), id.size()});
    if (!label.empty())
        query.push_back({CKA_LABEL, label.data(), label.size()});
    const std::string doing = "looking for the device's key and certificate";
    if (const CK_RV code = m_functions->C_FindObjectsInit(m_session, query.data(), query.size()); code != CKR_OK)
        return tokenError(code, doing);
    std::array<CK_OBJECT_HANDLE, 2> objects{};
    CK_ULONG count = 0;
    const CK_RV code = m_functions->C_FindObjects(m_session, objects.data(), objects.size(), &count);
    m_functions->C_FindObjectsFinal(m_session);
    if (code != CKR_OK)
        return tokenError(code, doing);
    const std::string what = kind == CKO_CERTIFICATE ? "certificate" : "private key";
    if (count == 1)
        return objects[0];
    return Error{Errc::KeyNotFound,
        count == 0 ? "the device's token has no " + what
                + " as the URI names it; private objects are seen after the PIN only (device.pin_file)"
                   : "the URI fits more than one " + what + " on the device's token: name id and object"};
}

base::Result<Der> DeviceToken::certificate(const Pkcs11Uri& uri) const
{
    const auto object = find(CKO_CERTIFICATE, uri);
    if (!object)
        return object.error();
    CK_ATTRIBUTE value{CKA_VALUE, nullptr, 0};
    if (const CK_RV code = m_functions->C_GetAttributeValue(m_session, *object, &value, 1); code != CKR_OK)
        return tokenError(code, "reading the device's certificate");
    Der der(value.ulValueLen);
    value.pValue = der.data();
    if (const CK_RV code = m_functions->C_GetAttributeValue(m_session, *object, &value, 1); code != CKR_OK)
        return tokenError(code, "reading the device's certificate");
    der.resize(value.ulValueLen);
    return der;
}

base::Result<Bytes> DeviceToken::sign(const Pkcs11Uri& uri, CertificateScheme scheme, Bytes input) const
{
    const auto key = find(CKO_PRIVATE_KEY, uri);
    if (!key)
        return key.error();
    CK_RSA_PKCS_PSS_PARAMS pss{CKM_SHA256, CKG_MGF1_SHA256, DigestSize};
    CK_MECHANISM mechanism{CKM_ECDSA, nullptr, 0};
    switch (scheme) {
    case CertificateScheme::EcdsaP256:
    case CertificateScheme::EcdsaP384:
        break;
    case CertificateScheme::RsaPss:
        mechanism = {CKM_RSA_PKCS_PSS, &pss, sizeof pss};
        break;
    case CertificateScheme::RsaPkcs1:
        mechanism = {CKM_RSA_PKCS, nullptr, 0};
        break;
    }
    const std::string doing = "signing with the device's key";
    if (const CK_RV code = m_functions->C_SignInit(m_session, &mechanism, *key); code != CKR_OK)
        return tokenError(code, doing);
    Bytes signature(1024); // RSA with 8192 bits
    CK_ULONG size = signature.size();
    if (const CK_RV code = m_functions->C_Sign(m_session, input.data(), input.size(), signature.data(), &size);
        code != CKR_OK)
        return tokenError(code, doing);
    signature.resize(size);
    return signature;
}

}
