#pragma once

#include "auth/device/certificate_key.h"
#include "auth/device/pkcs11_uri.h"
#include "auth/pkcs11_module.h"
#include "core/base/secret_bytes.h"

#include <memory>

/// The token of a workstation's own key. Not the trader's: the module is loaded for this alone, and by one thread.
namespace device {

/// A session with one token, logged in where there is a PIN. The module must outlive it.
class DeviceToken {
public:
    /// The only token that the URI fits. `pin`: null: nobody logs in. Errors: TokenAbsent, TokenFailure, PinWrong,
    /// PinBlocked (or one try is left, which is not spent here).
    [[nodiscard]] static base::Result<DeviceToken> open(
        const auth::Pkcs11Module& module, const Pkcs11Uri& uri, const base::SecretBytes* pin);
    ~DeviceToken();
    DeviceToken(DeviceToken&& other) noexcept;
    DeviceToken& operator=(DeviceToken&&) = delete;

    /// Errors: KeyNotFound, TokenAbsent, TokenFailure.
    [[nodiscard]] base::Result<Der> certificate(const Pkcs11Uri& uri) const;
    /// PKCS #11 v2.40, 2.3.1 and 2.1. ECDSA: `input` is a digest, the answer r and s. RSA-PSS: a digest of SHA-256;
    /// PKCS #1 v1.5: a DigestInfo. Errors: KeyNotFound, TokenAbsent, TokenFailure.
    [[nodiscard]] base::Result<std::vector<std::uint8_t>> sign(
        const Pkcs11Uri& uri, CertificateScheme scheme, std::vector<std::uint8_t> input) const;

private:
    DeviceToken(CK_FUNCTION_LIST& functions, CK_SESSION_HANDLE session)
        : m_functions(&functions)
        , m_session(session)
    {
    }
    [[nodiscard]] base::Result<CK_OBJECT_HANDLE> find(CK_OBJECT_CLASS kind, const Pkcs11Uri& uri) const;

    CK_FUNCTION_LIST* m_functions;
    CK_SESSION_HANDLE m_session;
};

}
