#pragma once

#include "auth/cert/token_objects.h"
#include "auth/cert/values.h"
#include "auth/signature_watch.h"
#include "auth/token_login.h"
#include "core/base/clock.h"
#include "core/base/secret_bytes.h"
#include "core/rfq/sign_in.h"
#include "core/tls/identity.h"

#include <memory>
#include <string>
#include <vector>

namespace cert {

/// One token after the PIN, for one piece of work on its keys and certificates. Token thread only; every call blocks
/// for as long as the token takes. The module must outlive it, and it must outlive every key it has given out.
class UnlockedToken {
public:
    /// The token with this serial number; where none is given, the only one that is plugged in. Errors: TokenAbsent,
    /// KeyNotFound (several tokens, and none is named), PinWrong, PinBlocked, PinLastTry, InvalidInput (the last two
    /// without a try), TokenFailure.
    [[nodiscard]] static base::Result<std::unique_ptr<UnlockedToken>> open(const auth::Pkcs11Module& module,
        const std::string& serial, base::SecretBytes pin, rfq::LastTry lastTry, auth::CardTimer timer);

    /// The key id itself where one is given, else that of the only private key. Errors: KeyNotFound.
    [[nodiscard]] base::Result<Bytes> chooseKey(const std::string& keyId) const;
    /// As cert::generateKey(). A chosen id, never one that is taken.
    [[nodiscard]] base::Status generate(KeyKind kind, const Bytes& id) const;
    [[nodiscard]] base::Result<tls::KeyPtr> publicKey(const Bytes& id) const;
    /// A key that signs on the token, by the public half that is known of it. Errors: KeyNotFound, Unsupported,
    /// TokenAbsent, TokenFailure.
    [[nodiscard]] base::Result<tls::KeyPtr> signingKey(const Bytes& id, EVP_PKEY& publicKey) const;

    /// The certificates that stand beside this key. Errors: TokenAbsent, TokenFailure.
    [[nodiscard]] base::Result<std::vector<tls::CertificatePtr>> certificates(const Bytes& id) const;
    /// May `wanted`, or any other certificate where it is null, be put beside this key? Errors: Duplicate, when another
    /// one that has not expired stands there and may not be replaced; Unsupported, when the token cannot be written.
    [[nodiscard]] base::Status checkRoom(const Bytes& id, X509* wanted, Replace replace, base::UtcTime now) const;
    /// Puts the certificate beside its key. Others there are removed, but only after the new one was read back: at no
    /// time is the key without a certificate. Returns those that were removed. Errors: those of checkRoom(),
    /// TokenAbsent, TokenFailure.
    [[nodiscard]] base::Result<std::vector<tls::CertificatePtr>> store(
        X509& certificate, const Bytes& id, Replace replace, base::UtcTime now) const;

    /// For events and errors.
    [[nodiscard]] KeyPlace placeOf(const Bytes& id, EVP_PKEY& publicKey) const;

private:
    UnlockedToken(const auth::Pkcs11Module& module, auth::TokenLogin login, TokenObjects objects, base::SecretBytes pin,
        const CK_TOKEN_INFO& info, auth::CardTimer timer);
    [[nodiscard]] base::Result<TokenObjects> openForWriting() const;
    [[nodiscard]] base::Result<std::vector<tls::CertificatePtr>> removeOthers(
        const TokenObjects& writing, X509& kept, const Bytes& id) const;

    const auth::Pkcs11Module& m_module;
    base::SecretBytes m_pin; ///< for keys that want it for every signature
    auth::TokenLogin m_login;
    TokenObjects m_objects;
    KeyPlace m_place; ///< of the token; no key
    auth::CardTimer m_timer;
};

}
