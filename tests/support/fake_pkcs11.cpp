// A PKCS#11 module for tests: the functions that a signing client uses, over tokens that support::FakeTokens scripts.
// SoftHSM2 cannot be unplugged, does not count PIN tries and is never slow; this one can, does and is.

#include "tests/support/fake_pkcs11_token.h"

#include <algorithm>
#include <condition_variable>
#include <cstring>
#include <mutex>
#include <span>
#include <string_view>

namespace {

using fake::Attributes;
using fake::Bytes;
using fake::Token;

struct Session {
    CK_SLOT_ID slot = 0;
    long insertions = 0; ///< of the token when the session was opened
    std::vector<CK_OBJECT_HANDLE> search;
    bool signing = false;
};

/// What the interface of PKCS#11 makes global.
struct Module {
    std::mutex mutex;
    bool initialised = false;
    CK_SESSION_HANDLE lastSession = 0;
    std::map<CK_SESSION_HANDLE, Session> sessions;
    std::map<CK_SLOT_ID, long> loggedIn; ///< slot -> insertions of the token when the PIN was given

    [[nodiscard]] bool isLoggedIn(CK_SLOT_ID slot, const Token& token) const
    {
        const auto found = loggedIn.find(slot);
        return found != loggedIn.end() && found->second == token.insertions();
    }
};

Module& module()
{
    static Module instance;
    return instance;
}

template <std::size_t N>
void pad(unsigned char (&field)[N], std::string_view text)
{
    std::memset(field, ' ', N);
    std::memcpy(field, text.data(), std::min(N, text.size()));
}

/// Runs `work(session, token)` if the session is alive.
template <typename Work>
CK_RV withSession(CK_SESSION_HANDLE handle, Work work)
{
    const std::lock_guard lock(module().mutex);
    const auto found = module().sessions.find(handle);
    if (found == module().sessions.end())
        return CKR_SESSION_HANDLE_INVALID;
    const auto token = Token::read(found->second.slot);
    if (!token || !token->isPresent())
        return CKR_DEVICE_REMOVED;
    if (token->insertions() != found->second.insertions) {
        module().sessions.erase(found);
        return CKR_SESSION_HANDLE_INVALID;
    }
    return work(found->second, *token);
}

/// As long as the token is told to take.
void work(std::chrono::milliseconds time)
{
    std::mutex mutex;
    std::condition_variable never;
    std::unique_lock lock(mutex);
    never.wait_for(lock, time, [] { return false; });
}

/// For as long as the token does not answer.
void waitWhileStuck(CK_SLOT_ID slot)
{
    for (auto token = Token::read(slot); token && token->isStuck(); token = Token::read(slot))
        work(std::chrono::milliseconds(5));
}

CK_RV initialize(void*)
{
    const std::lock_guard lock(module().mutex);
    if (module().initialised)
        return CKR_CRYPTOKI_ALREADY_INITIALIZED;
    module().initialised = true;
    return CKR_OK;
}

CK_RV finalize(void*)
{
    const std::lock_guard lock(module().mutex);
    module().initialised = false;
    module().sessions.clear();
    module().loggedIn.clear();
    return CKR_OK;
}

CK_RV getInfo(CK_INFO* info)
{
    *info = {};
    info->cryptokiVersion = {2, 40};
    pad(info->manufacturerID, "Countersign");
    pad(info->libraryDescription, "Scripted tokens");
    info->libraryVersion = {1, 0};
    return CKR_OK;
}

CK_RV getSlotList(CK_BBOOL, CK_SLOT_ID* slots, CK_ULONG* count)
{
    const CK_ULONG available = Token::slotCount();
    if (slots && *count < available)
        return CKR_BUFFER_TOO_SMALL;
    for (CK_ULONG slot = 0; slots && slot < available; ++slot)
        slots[slot] = slot;
    *count = available;
    return CKR_OK;
}

CK_RV getSlotInfo(CK_SLOT_ID slot, CK_SLOT_INFO* info)
{
    const auto token = Token::read(slot);
    if (!token)
        return CKR_SLOT_ID_INVALID;
    *info = {};
    pad(info->slotDescription, "Scripted slot");
    pad(info->manufacturerID, "Countersign");
    info->flags = (token->isRemovable() ? CKF_REMOVABLE_DEVICE : 0UL) | CKF_HW_SLOT
        | (token->isPresent() ? CKF_TOKEN_PRESENT : 0UL);
    return CKR_OK;
}

CK_RV getTokenInfo(CK_SLOT_ID slot, CK_TOKEN_INFO* info)
{
    waitWhileStuck(slot);
    const auto token = Token::read(slot);
    if (!token)
        return CKR_SLOT_ID_INVALID;
    if (!token->isPresent())
        return CKR_TOKEN_NOT_PRESENT;
    *info = {};
    pad(info->label, token->text("label"));
    pad(info->manufacturerID, "Countersign");
    pad(info->model, "Scripted");
    pad(info->serialNumber, token->text("serial"));
    info->flags = CKF_TOKEN_INITIALIZED | CKF_LOGIN_REQUIRED | CKF_USER_PIN_INITIALIZED | token->pinFlags();
    info->ulMinPinLen = 6;
    info->ulMaxPinLen = 8;
    return CKR_OK;
}

CK_RV openSession(CK_SLOT_ID slot, CK_FLAGS, void*, CK_NOTIFY, CK_SESSION_HANDLE* handle)
{
    const std::lock_guard lock(module().mutex);
    const auto token = Token::read(slot);
    if (!token)
        return CKR_SLOT_ID_INVALID;
    if (!token->isPresent())
        return CKR_TOKEN_NOT_PRESENT;
    *handle = ++module().lastSession;
    module().sessions[*handle] = {slot, token->insertions(), {}, false};
    return CKR_OK;
}

/// The last session of a slot takes the login with it.
void forgetLoginWithoutSession(CK_SLOT_ID slot)
{
    const auto& sessions = module().sessions;
    if (std::none_of(sessions.begin(), sessions.end(), [slot](const auto& s) { return s.second.slot == slot; }))
        module().loggedIn.erase(slot);
}

CK_RV closeSession(CK_SESSION_HANDLE handle)
{
    const std::lock_guard lock(module().mutex);
    const auto found = module().sessions.find(handle);
    if (found == module().sessions.end())
        return CKR_SESSION_HANDLE_INVALID;
    const CK_SLOT_ID slot = found->second.slot;
    module().sessions.erase(found);
    forgetLoginWithoutSession(slot);
    return CKR_OK;
}

CK_RV closeAllSessions(CK_SLOT_ID slot)
{
    const std::lock_guard lock(module().mutex);
    std::erase_if(module().sessions, [slot](const auto& session) { return session.second.slot == slot; });
    forgetLoginWithoutSession(slot);
    return CKR_OK;
}

CK_RV getSessionInfo(CK_SESSION_HANDLE handle, CK_SESSION_INFO* info)
{
    return withSession(handle, [&](const Session& session, const Token& token) {
        *info = {};
        info->slotID = session.slot;
        info->flags = CKF_SERIAL_SESSION;
        info->state = module().isLoggedIn(session.slot, token) ? CKS_RO_USER_FUNCTIONS : CKS_RO_PUBLIC_SESSION;
        return CKR_OK;
    });
}

CK_RV login(CK_SESSION_HANDLE handle, CK_USER_TYPE, unsigned char* pin, CK_ULONG size)
{
    return withSession(handle, [&](const Session& session, const Token& token) -> CK_RV {
        if (module().isLoggedIn(session.slot, token))
            return CKR_USER_ALREADY_LOGGED_IN;
        const CK_RV result = token.checkPin(std::string(reinterpret_cast<char*>(pin), size));
        if (result == CKR_OK)
            module().loggedIn[session.slot] = token.insertions();
        return result;
    });
}

CK_RV logout(CK_SESSION_HANDLE handle)
{
    return withSession(handle, [](const Session& session, const Token&) -> CK_RV {
        return module().loggedIn.erase(session.slot) == 1 ? CKR_OK : CKR_USER_NOT_LOGGED_IN;
    });
}

bool matches(const Attributes& object, std::span<const CK_ATTRIBUTE> query)
{
    return std::all_of(query.begin(), query.end(), [&](const CK_ATTRIBUTE& wanted) {
        const auto found = object.find(wanted.type);
        const auto* value = static_cast<const std::uint8_t*>(wanted.pValue);
        return found != object.end()
            && std::equal(value, value + wanted.ulValueLen, found->second.begin(), found->second.end());
    });
}

CK_RV findObjectsInit(CK_SESSION_HANDLE handle, CK_ATTRIBUTE* query, CK_ULONG count)
{
    return withSession(handle, [&](Session& session, const Token& token) -> CK_RV {
        session.search.clear();
        if (token.isUnreadable())
            return CKR_GENERAL_ERROR;
        for (const auto& [object, attributes] : token.objects(module().isLoggedIn(session.slot, token))) {
            if (matches(attributes, std::span(query, count)))
                session.search.push_back(object);
        }
        return CKR_OK;
    });
}

CK_RV findObjects(CK_SESSION_HANDLE handle, CK_OBJECT_HANDLE* objects, CK_ULONG maximum, CK_ULONG* count)
{
    return withSession(handle, [&](Session& session, const Token&) {
        *count = std::min<CK_ULONG>(maximum, session.search.size());
        const auto end = session.search.begin() + static_cast<std::ptrdiff_t>(*count);
        std::copy(session.search.begin(), end, objects);
        session.search.erase(session.search.begin(), end);
        return CKR_OK;
    });
}

CK_RV findObjectsFinal(CK_SESSION_HANDLE handle)
{
    return withSession(handle, [](Session& session, const Token&) {
        session.search.clear();
        return CKR_OK;
    });
}

CK_RV copyAttribute(const Attributes& object, CK_ATTRIBUTE& wanted)
{
    const auto found = object.find(wanted.type);
    if (found == object.end()) {
        wanted.ulValueLen = CK_UNAVAILABLE_INFORMATION;
        return CKR_ATTRIBUTE_TYPE_INVALID;
    }
    const Bytes& value = found->second;
    if (wanted.pValue && wanted.ulValueLen < value.size()) {
        wanted.ulValueLen = CK_UNAVAILABLE_INFORMATION;
        return CKR_BUFFER_TOO_SMALL;
    }
    if (wanted.pValue)
        std::copy(value.begin(), value.end(), static_cast<std::uint8_t*>(wanted.pValue));
    wanted.ulValueLen = value.size();
    return CKR_OK;
}

CK_RV getAttributeValue(CK_SESSION_HANDLE handle, CK_OBJECT_HANDLE object, CK_ATTRIBUTE* query, CK_ULONG count)
{
    return withSession(handle, [&](const Session& session, const Token& token) -> CK_RV {
        const auto objects = token.objects(module().isLoggedIn(session.slot, token));
        const auto found = objects.find(object);
        if (found == objects.end())
            return CKR_OBJECT_HANDLE_INVALID;
        CK_RV result = CKR_OK;
        for (CK_ATTRIBUTE& wanted : std::span(query, count)) {
            if (const CK_RV one = copyAttribute(found->second, wanted); one != CKR_OK)
                result = one;
        }
        return result;
    });
}

CK_RV getMechanismInfo(CK_SLOT_ID, CK_MECHANISM_TYPE type, CK_MECHANISM_INFO* info)
{
    if (type != CKM_ECDSA)
        return CKR_MECHANISM_INVALID;
    *info = {};
    info->flags = CKF_SIGN;
    return CKR_OK;
}

CK_RV signInit(CK_SESSION_HANDLE handle, CK_MECHANISM* mechanism, CK_OBJECT_HANDLE key)
{
    return withSession(handle, [&](Session& session, const Token& token) -> CK_RV {
        if (!module().isLoggedIn(session.slot, token))
            return CKR_USER_NOT_LOGGED_IN;
        if (key != Token::PrivateKey)
            return CKR_KEY_HANDLE_INVALID;
        if (mechanism->mechanism != CKM_ECDSA)
            return CKR_MECHANISM_INVALID;
        session.signing = true;
        return CKR_OK;
    });
}

CK_RV sign(CK_SESSION_HANDLE handle, unsigned char* data, CK_ULONG size, unsigned char* signature, CK_ULONG* room)
{
    return withSession(handle, [&](Session& session, const Token& token) -> CK_RV {
        if (!session.signing)
            return CKR_OPERATION_NOT_INITIALIZED;
        session.signing = false;
        waitWhileStuck(session.slot);
        work(token.signDelay());
        if (token.signError() != CKR_OK)
            return token.signError();
        const Bytes result = token.signature(Bytes(data, data + size));
        if (result.empty() || *room < result.size())
            return CKR_FUNCTION_FAILED;
        std::copy(result.begin(), result.end(), signature);
        *room = result.size();
        return CKR_OK;
    });
}

/// Keys and certificates are not a person's to make, as with a PIV card.
CK_RV generateKeyPair(CK_SESSION_HANDLE, CK_MECHANISM*, CK_ATTRIBUTE*, CK_ULONG, CK_ATTRIBUTE*, CK_ULONG,
    CK_OBJECT_HANDLE*, CK_OBJECT_HANDLE*)
{
    return CKR_FUNCTION_NOT_SUPPORTED;
}

CK_RV createObject(CK_SESSION_HANDLE, CK_ATTRIBUTE*, CK_ULONG, CK_OBJECT_HANDLE*)
{
    return CKR_USER_NOT_LOGGED_IN;
}

CK_FUNCTION_LIST makeFunctions(CK_C_GetFunctionList self)
{
    CK_FUNCTION_LIST list{};
    list.version = {2, 40};
    list.C_Initialize = initialize;
    list.C_Finalize = finalize;
    list.C_GetInfo = getInfo;
    list.C_GetFunctionList = self;
    list.C_GetSlotList = getSlotList;
    list.C_GetSlotInfo = getSlotInfo;
    list.C_GetTokenInfo = getTokenInfo;
    list.C_GetMechanismInfo = getMechanismInfo;
    list.C_OpenSession = openSession;
    list.C_CloseSession = closeSession;
    list.C_CloseAllSessions = closeAllSessions;
    list.C_GetSessionInfo = getSessionInfo;
    list.C_Login = login;
    list.C_Logout = logout;
    list.C_FindObjectsInit = findObjectsInit;
    list.C_FindObjects = findObjects;
    list.C_FindObjectsFinal = findObjectsFinal;
    list.C_GetAttributeValue = getAttributeValue;
    list.C_SignInit = signInit;
    list.C_Sign = sign;
    list.C_GenerateKeyPair = generateKeyPair;
    list.C_CreateObject = createObject;
    return list;
}

}

extern "C" CK_RV C_GetFunctionList(CK_FUNCTION_LIST** list)
{
    static CK_FUNCTION_LIST functions = makeFunctions(C_GetFunctionList);
    *list = &functions;
    return CKR_OK;
}
