#pragma once

#include "auth/pkcs11_module.h"
#include "core/base/result.h"
#include "core/rfq/sign_in.h"
#include "core/tls/identity.h"

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace auth {

/// A certificate on a token whose private key is there too, or may be: most tokens show keys only after the PIN.
struct Candidate {
    PKCS11_SLOT* slot = nullptr; ///< of the list that it was found in
    rfq::TokenIdentity identity;
    tls::CertificatePtr certificate;
};

/// What is on the tokens, as far as they can be read.
struct Candidates {
    std::vector<Candidate> found;
    std::optional<base::Error> unread; ///< why the first of those that cannot be read cannot
};

/// A fresh look at everything that is plugged in. Token thread only; keep at most one at a time: libp11 closes every
/// session of a slot, ours too, when the last list that holds the slot goes. The module must outlive it.
class TokenSlots {
public:
    [[nodiscard]] static base::Result<TokenSlots> enumerate(const Pkcs11Module& module);
    ~TokenSlots();
    TokenSlots(TokenSlots&& other) noexcept;
    TokenSlots& operator=(TokenSlots&& other) noexcept;

    /// Slots with a token that is ready for use.
    [[nodiscard]] std::vector<PKCS11_SLOT*> tokens() const;
    /// Certificates of end entities on all tokens that can be read.
    [[nodiscard]] Candidates candidates() const;

private:
    TokenSlots(PKCS11_CTX* context, PKCS11_SLOT* slots, unsigned int count)
        : m_context(context)
        , m_slots(slots)
        , m_count(count)
    {
    }
    PKCS11_CTX* m_context;
    PKCS11_SLOT* m_slots;
    unsigned int m_count;
};

/// Errors: why a token cannot be read, where nothing is found on another one.
[[nodiscard]] base::Result<std::vector<rfq::TokenIdentity>> identitiesOf(const Candidates& candidates);
[[nodiscard]] CK_SLOT_ID slotIdOf(const Candidate& candidate);
/// What a certificate tells of an identity; what the token tells is left empty.
[[nodiscard]] rfq::TokenIdentity identityOf(X509& certificate);
/// Is it of a person or a machine? Authorities' are not, nor are the statements of a YubiKey on keys that it has made,
/// which ykcs11 shows as certificates with the key's own CKA_ID.
[[nodiscard]] bool isOfEndEntity(X509& certificate);
/// "EC P-256", "EC P-384", "RSA 2048"; other keys by the name OpenSSL gives them.
[[nodiscard]] std::string keyAlgorithmOf(X509& certificate);
/// Can a handshake use such a key? EC P-256 and P-384, RSA from 2048 bits.
[[nodiscard]] bool isUsableKey(X509& certificate);

}
