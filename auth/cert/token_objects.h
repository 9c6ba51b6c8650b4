#pragma once

#include "auth/cert/values.h"
#include "core/base/result.h"
#include "core/tls/identity.h"

#include <p11-kit/pkcs11.h>
#include <span>
#include <string>
#include <vector>

namespace cert {

/// A session of our own with a token. What it may do beyond reading depends on whether the person is logged in, which
/// PKCS#11 knows for the whole process. Token thread only; the module must outlive it.
class TokenObjects {
public:
    enum class Use { Read, Write };

    /// Errors: TokenAbsent, TokenFailure; Unsupported where the token can only be read.
    [[nodiscard]] static base::Result<TokenObjects> open(CK_FUNCTION_LIST& functions, CK_SLOT_ID slot, Use use);
    ~TokenObjects();
    TokenObjects(TokenObjects&& other) noexcept;
    TokenObjects& operator=(TokenObjects&& other) noexcept;

    [[nodiscard]] CK_FUNCTION_LIST& functions() const { return *m_functions; }
    [[nodiscard]] CK_SESSION_HANDLE session() const { return m_session; }

    /// Everything of this kind that stays on the token; with this CKA_ID, where one is given. Errors: TokenAbsent,
    /// TokenFailure.
    [[nodiscard]] base::Result<std::vector<CK_OBJECT_HANDLE>> find(CK_OBJECT_CLASS kind, const Bytes& id = {}) const;
    /// Empty where the object has no such attribute.
    [[nodiscard]] Bytes attribute(CK_OBJECT_HANDLE object, CK_ATTRIBUTE_TYPE type) const;
    /// Absent where it cannot be read.
    [[nodiscard]] tls::CertificatePtr certificate(CK_OBJECT_HANDLE object) const;

private:
    TokenObjects(CK_FUNCTION_LIST& functions, CK_SESSION_HANDLE session)
        : m_functions(&functions)
        , m_session(session)
    {
    }
    CK_FUNCTION_LIST* m_functions;
    CK_SESSION_HANDLE m_session;
};

/// What to say where a module does not let a person, who has given the PIN, write to the token. `doing` is what was
/// asked of it. Absent for codes that mean something else.
[[nodiscard]] std::optional<base::Error> writeRefused(CK_RV code, const std::string& doing);

}
