#include "auth/token_errors.h"

#include <libp11.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <utility>

namespace auth {

namespace {

using base::Errc;

constexpr std::array<std::pair<CK_RV, const char*>, 42> Names{{
    {CKR_HOST_MEMORY, "CKR_HOST_MEMORY"},
    {CKR_SLOT_ID_INVALID, "CKR_SLOT_ID_INVALID"},
    {CKR_GENERAL_ERROR, "CKR_GENERAL_ERROR"},
    {CKR_FUNCTION_FAILED, "CKR_FUNCTION_FAILED"},
    {CKR_ARGUMENTS_BAD, "CKR_ARGUMENTS_BAD"},
    {CKR_CANT_LOCK, "CKR_CANT_LOCK"},
    {CKR_ATTRIBUTE_SENSITIVE, "CKR_ATTRIBUTE_SENSITIVE"},
    {CKR_ATTRIBUTE_TYPE_INVALID, "CKR_ATTRIBUTE_TYPE_INVALID"},
    {CKR_DATA_INVALID, "CKR_DATA_INVALID"},
    {CKR_DATA_LEN_RANGE, "CKR_DATA_LEN_RANGE"},
    {CKR_DEVICE_ERROR, "CKR_DEVICE_ERROR"},
    {CKR_DEVICE_MEMORY, "CKR_DEVICE_MEMORY"},
    {CKR_DEVICE_REMOVED, "CKR_DEVICE_REMOVED"},
    {CKR_FUNCTION_CANCELED, "CKR_FUNCTION_CANCELED"},
    {CKR_FUNCTION_NOT_SUPPORTED, "CKR_FUNCTION_NOT_SUPPORTED"},
    {CKR_KEY_HANDLE_INVALID, "CKR_KEY_HANDLE_INVALID"},
    {CKR_KEY_SIZE_RANGE, "CKR_KEY_SIZE_RANGE"},
    {CKR_KEY_TYPE_INCONSISTENT, "CKR_KEY_TYPE_INCONSISTENT"},
    {CKR_KEY_FUNCTION_NOT_PERMITTED, "CKR_KEY_FUNCTION_NOT_PERMITTED"},
    {CKR_MECHANISM_INVALID, "CKR_MECHANISM_INVALID"},
    {CKR_MECHANISM_PARAM_INVALID, "CKR_MECHANISM_PARAM_INVALID"},
    {CKR_OBJECT_HANDLE_INVALID, "CKR_OBJECT_HANDLE_INVALID"},
    {CKR_OPERATION_ACTIVE, "CKR_OPERATION_ACTIVE"},
    {CKR_PIN_INCORRECT, "CKR_PIN_INCORRECT"},
    {CKR_PIN_INVALID, "CKR_PIN_INVALID"},
    {CKR_PIN_LEN_RANGE, "CKR_PIN_LEN_RANGE"},
    {CKR_PIN_EXPIRED, "CKR_PIN_EXPIRED"},
    {CKR_PIN_LOCKED, "CKR_PIN_LOCKED"},
    {CKR_PIN_TOO_WEAK, "CKR_PIN_TOO_WEAK"},
    {CKR_SESSION_CLOSED, "CKR_SESSION_CLOSED"},
    {CKR_SESSION_COUNT, "CKR_SESSION_COUNT"},
    {CKR_SESSION_HANDLE_INVALID, "CKR_SESSION_HANDLE_INVALID"},
    {CKR_TOKEN_NOT_PRESENT, "CKR_TOKEN_NOT_PRESENT"},
    {CKR_TOKEN_NOT_RECOGNIZED, "CKR_TOKEN_NOT_RECOGNIZED"},
    {CKR_TOKEN_WRITE_PROTECTED, "CKR_TOKEN_WRITE_PROTECTED"},
    {CKR_USER_ALREADY_LOGGED_IN, "CKR_USER_ALREADY_LOGGED_IN"},
    {CKR_USER_ANOTHER_ALREADY_LOGGED_IN, "CKR_USER_ANOTHER_ALREADY_LOGGED_IN"},
    {CKR_USER_NOT_LOGGED_IN, "CKR_USER_NOT_LOGGED_IN"},
    {CKR_USER_PIN_NOT_INITIALIZED, "CKR_USER_PIN_NOT_INITIALIZED"},
    {CKR_CRYPTOKI_NOT_INITIALIZED, "CKR_CRYPTOKI_NOT_INITIALIZED"},
    {CKR_CRYPTOKI_ALREADY_INITIALIZED, "CKR_CRYPTOKI_ALREADY_INITIALIZED"},
    {CKR_FUNCTION_REJECTED, "CKR_FUNCTION_REJECTED"},
}};

constexpr std::array<CK_RV, 10> LostCodes{CKR_DEVICE_ERROR, CKR_DEVICE_MEMORY, CKR_DEVICE_REMOVED,
    CKR_KEY_HANDLE_INVALID, CKR_OBJECT_HANDLE_INVALID, CKR_SESSION_CLOSED, CKR_SESSION_HANDLE_INVALID,
    CKR_TOKEN_NOT_PRESENT, CKR_TOKEN_NOT_RECOGNIZED, CKR_USER_NOT_LOGGED_IN};

Errc codeOf(CK_RV code)
{
    if (meansTokenLost(code))
        return Errc::TokenAbsent;
    switch (code) {
    case CKR_PIN_INCORRECT:
        return Errc::PinWrong;
    case CKR_PIN_LOCKED:
        return Errc::PinBlocked;
    case CKR_PIN_INVALID:
    case CKR_PIN_LEN_RANGE:
    case CKR_PIN_TOO_WEAK:
        return Errc::InvalidInput;
    case CKR_FUNCTION_CANCELED:
    case CKR_FUNCTION_REJECTED:
        return Errc::Cancelled;
    case CKR_TOKEN_WRITE_PROTECTED:
        return Errc::Unsupported;
    default:
        return Errc::TokenFailure;
    }
}

/// What a person can do about it; empty where the code says it all to who can.
std::string wordsFor(CK_RV code)
{
    switch (code) {
    case CKR_PIN_EXPIRED:
        return "the token wants its PIN to be changed first; change it, then sign in with the new one: ";
    case CKR_USER_PIN_NOT_INITIALIZED:
        return "the token has no PIN yet; whoever issues the tokens has to set one up: ";
    case CKR_PIN_TOO_WEAK:
        return "the token finds the new PIN too simple; choose another one: ";
    case CKR_TOKEN_WRITE_PROTECTED:
        return "the token lets nothing be written; whoever issues the tokens has to do it: ";
    case CKR_USER_ANOTHER_ALREADY_LOGGED_IN:
        return "somebody else is logged in to the token, such as the one who manages it; end the other program, or "
               "pull "
               "the token out and plug it in again: ";
    case CKR_FUNCTION_REJECTED:
        return "it was refused at the token or its reader: ";
    case CKR_FUNCTION_CANCELED:
        return "it was called off at the token or its reader: ";
    default:
        return {};
    }
}

}

std::string returnName(CK_RV code)
{
    char number[2 + 2 * sizeof code + 1] = {};
    std::snprintf(number, sizeof number, "0x%lx", code);
    const auto* const known =
        std::find_if(Names.begin(), Names.end(), [code](const auto& name) { return name.first == code; });
    return known == Names.end() ? std::string(number) : std::string(known->second) + " (" + number + ')';
}

bool meansTokenLost(CK_RV code)
{
    return std::find(LostCodes.begin(), LostCodes.end(), code) != LostCodes.end();
}

base::Error tokenError(CK_RV code, const std::string& doing)
{
    return {codeOf(code), doing + ": " + wordsFor(code) + returnName(code)};
}

std::optional<CK_RV> takeModuleError()
{
    const int library = ERR_get_CKR_code();
    std::optional<CK_RV> found;
    while (const auto error = ERR_get_error()) {
        if (!found && ERR_GET_LIB(error) == library)
            found = static_cast<CK_RV>(ERR_GET_REASON(error));
    }
    return found;
}

}
