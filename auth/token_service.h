#pragma once

#include "core/base/executor.h"
#include "core/rfq/sign_in.h"
#include "core/tls/identity.h"

#include <memory>
#include <set>
#include <string>
#include <vector>

namespace auth {

/// Which token and key to use. Chosen by CKA_ID and certificate fingerprint, never by label.
struct TokenSettings {
    std::string module; ///< absolute path of the PKCS#11 module
    std::set<std::string> allowedModules; ///< absolute paths; a module that is not listed is not loaded
    std::string keyId; ///< CKA_ID in hex; empty: any, if the fingerprint decides
    std::string fingerprint; ///< SHA-256 of the certificate in hex; empty: any, if the key id decides
    std::string chainFile; ///< PEM, intermediates to present; optional
};

/// One token on this workstation. All PKCS#11 calls happen on the service's own token thread; so does every signature,
/// wherever it is asked for. Loss of the token is noticed at the next signature or inspection.
class TokenService final : public rfq::SignIn {
public:
    /// Loads nothing yet. Callbacks are posted to `caller`, which must outlive the service.
    TokenService(TokenSettings settings, base::Executor& caller);
    ~TokenService() override;

    void inspect(std::function<void(rfq::TokenStatus)> done) override;
    /// Ends the sign-in that is, before it tries the next: keys of the old one are dead, without onLost().
    void unlock(
        base::SecretBytes pin, rfq::LastTry lastTry, std::function<void(base::Status, rfq::TokenStatus)> done) override;
    void onLost(std::function<void(base::Error)> callback) override;

    /// Every certificate with a private key on every token of the module.
    void list(std::function<void(base::Result<std::vector<rfq::TokenIdentity>>)> done);
    /// Logs out and forgets the key.
    void signOut();
    /// The identity for TLS; absent until unlock() succeeded. Its key signs on the token thread.
    [[nodiscard]] std::shared_ptr<const tls::Identity> identity() const;

private:
    class Thread;
    std::unique_ptr<Thread> m_thread;
};

}
