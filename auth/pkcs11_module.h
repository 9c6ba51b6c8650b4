#pragma once

#include "auth/shared_library.h"
#include "core/base/result.h"

#include <libp11.h>

#include <memory>
#include <p11-kit/pkcs11.h>
#include <set>
#include <string>

namespace auth {

/// May this library be loaded at all? A module sees the PIN, so it must be one that the configuration lists, by its
/// whole path, and a regular file. Errors: TokenModule.
[[nodiscard]] base::Status checkModulePath(const std::string& path, const std::set<std::string>& allowed);

/// A loaded and initialised PKCS#11 module. Token thread only.
///
/// libp11 reads slots, certificates and keys, and signs. Sessions that log in use the module's own functions instead:
/// libp11 keeps the PIN on the unprotected heap for as long as the session lasts, and believes itself logged in after
/// the token has forgotten.
class Pkcs11Module {
public:
    [[nodiscard]] static base::Result<std::unique_ptr<Pkcs11Module>> load(
        const std::string& path, const std::set<std::string>& allowed);
    ~Pkcs11Module();
    Pkcs11Module(const Pkcs11Module&) = delete;
    Pkcs11Module& operator=(const Pkcs11Module&) = delete;

    [[nodiscard]] PKCS11_CTX* context() const { return m_context; }
    [[nodiscard]] CK_FUNCTION_LIST& functions() const { return *m_functions; }
    /// What the module says of itself, e.g. "OpenSC smartcard framework 0.23 (OpenSC Project)".
    [[nodiscard]] std::string description() const;

private:
    Pkcs11Module(SharedLibrary library, CK_FUNCTION_LIST* functions);
    [[nodiscard]] base::Status initialise(const std::string& path);

    SharedLibrary m_library;
    CK_FUNCTION_LIST* m_functions;
    UI_METHOD* m_noPrompt;
    PKCS11_CTX* m_context;
    bool m_loaded = false;
};

}
