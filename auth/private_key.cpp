#include "auth/private_key.h"

#include "auth/token_errors.h"
#include "core/tls/hex.h"

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <array>
#include <string>
#include <vector>

namespace auth {

namespace {

/// The handle of the private key with this CKA_ID, or CK_INVALID_HANDLE.
base::Result<CK_OBJECT_HANDLE> findPrivateKey(
    CK_FUNCTION_LIST& functions, CK_SESSION_HANDLE session, std::span<const std::uint8_t> id)
{
    CK_OBJECT_CLASS wanted = CKO_PRIVATE_KEY;
    // The interface predates const.
    std::vector<std::uint8_t> bytes(id.begin(), id.end());
    std::array<CK_ATTRIBUTE, 2> query{{{CKA_CLASS, &wanted, sizeof wanted}, {CKA_ID, bytes.data(), bytes.size()}}};
    const std::string doing = "looking for the private key";
    if (const CK_RV code = functions.C_FindObjectsInit(session, query.data(), query.size()); code != CKR_OK)
        return tokenError(code, doing);
    CK_OBJECT_HANDLE key = CK_INVALID_HANDLE;
    CK_ULONG count = 0;
    const CK_RV code = functions.C_FindObjects(session, &key, 1, &count);
    functions.C_FindObjectsFinal(session);
    if (code != CKR_OK)
        return tokenError(code, doing);
    return count == 1 ? key : CK_OBJECT_HANDLE{CK_INVALID_HANDLE};
}

}

base::Result<CK_OBJECT_HANDLE> findSigningKey(
    const Pkcs11Module& module, const TokenLogin& login, std::span<const std::uint8_t> id)
{
    CK_FUNCTION_LIST& functions = module.functions();
    const auto key = findPrivateKey(functions, login.session(), id);
    if (!key)
        return key.error();
    if (*key == CK_INVALID_HANDLE)
        return base::Error{base::Errc::KeyNotFound,
            "the token holds the certificate with key id " + tls::hexOf(id) + " but not its private key"};
    CK_BBOOL maySign = CK_FALSE;
    CK_ATTRIBUTE attribute{CKA_SIGN, &maySign, sizeof maySign};
    if (const CK_RV code = functions.C_GetAttributeValue(login.session(), *key, &attribute, 1); code != CKR_OK)
        return tokenError(code, "reading what the private key may do");
    if (maySign == CK_FALSE)
        return base::Error{base::Errc::KeyNotFound,
            "the private key with key id " + tls::hexOf(id)
                + " may not sign, so it proves nobody's identity (on PIV cards use slot 9a, key id 01)"};
    return *key;
}

base::Status checkMechanism(CK_FUNCTION_LIST& functions, const TokenLogin& login, CK_OBJECT_HANDLE key)
{
    CK_KEY_TYPE type = CKK_EC;
    CK_ATTRIBUTE attribute{CKA_KEY_TYPE, &type, sizeof type};
    if (functions.C_GetAttributeValue(login.session(), key, &attribute, 1) != CKR_OK || type != CKK_RSA)
        return base::Ok{};
    CK_MECHANISM_INFO info{};
    const CK_RV code = functions.C_GetMechanismInfo(login.slot(), CKM_RSA_X_509, &info);
    // Whatever else goes wrong here: the signature that proves the key tells more.
    if (code != CKR_MECHANISM_INVALID && (code != CKR_OK || (info.flags & CKF_SIGN) != 0))
        return base::Ok{};
    return base::Error{base::Errc::Unsupported,
        "the token signs with its RSA keys only where it pads by itself (it offers no CKM_RSA_X_509), and sessions "
        "need "
        "the bare RSA operation: use an EC key, P-256 or P-384, or a module that offers it, such as OpenSC's"};
}

base::Status checkKeySize(const Pkcs11Module& module, CK_SLOT_ID slot, X509& certificate)
{
    constexpr CK_ULONG leastInBits = 1'024; // some modules tell bytes, which say nothing here
    const EVP_PKEY* const key = X509_get0_pubkey(&certificate);
    CK_MECHANISM_INFO info{};
    if (!key || !EVP_PKEY_is_a(key, "RSA")
        || module.functions().C_GetMechanismInfo(slot, CKM_RSA_X_509, &info) != CKR_OK)
        return base::Ok{};
    const auto bits = static_cast<CK_ULONG>(EVP_PKEY_get_bits(key));
    if (info.ulMaxKeySize < leastInBits || bits <= info.ulMaxKeySize)
        return base::Ok{};
    return base::Error{base::Errc::Unsupported,
        "the key is RSA " + std::to_string(bits) + ", and " + module.description() + " signs with RSA keys of up to "
            + std::to_string(info.ulMaxKeySize)
            + " bits: make an EC key, P-256 or P-384, or use a newer module that knows such keys"};
}

bool wantsPinEachTime(CK_FUNCTION_LIST& functions, CK_SESSION_HANDLE session, CK_OBJECT_HANDLE key)
{
    CK_BBOOL each = CK_FALSE;
    CK_ATTRIBUTE attribute{CKA_ALWAYS_AUTHENTICATE, &each, sizeof each};
    return functions.C_GetAttributeValue(session, key, &attribute, 1) == CKR_OK && each != CK_FALSE;
}

}
