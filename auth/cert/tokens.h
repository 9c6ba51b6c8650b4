#pragma once

#include "auth/token_service.h"
#include "core/base/result.h"
#include "core/base/secret_bytes.h"
#include "core/rfq/sign_in.h"

#include <memory>
#include <string>
#include <vector>

namespace cert {

class UnlockedToken;

/// The tokens on this workstation, for work on their certificates while nobody is signed in at a desk in this process.
/// Whichever thread makes it is the token thread: all calls come from there, and all block.
class Tokens {
public:
    /// Loads the PKCS#11 module; `timer` times what the tokens do with keys. Errors: TokenModule.
    [[nodiscard]] static base::Result<Tokens> load(const auth::TokenSettings& settings, auth::CardTimer timer = {});
    ~Tokens();
    Tokens(Tokens&& other) noexcept;
    Tokens& operator=(Tokens&& other) noexcept;

    /// Every certificate that is not an authority's. Needs no PIN. Errors: TokenAbsent, TokenFailure.
    [[nodiscard]] base::Result<std::vector<rfq::TokenIdentity>> certificates() const;
    /// As UnlockedToken::open(); the answer must not outlive this.
    [[nodiscard]] base::Result<std::shared_ptr<const UnlockedToken>> unlock(
        const std::string& serial, base::SecretBytes pin, rfq::LastTry lastTry) const;

private:
    struct Module;
    explicit Tokens(std::unique_ptr<Module> module);
    std::unique_ptr<Module> m_module;
};

}
