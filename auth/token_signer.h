#pragma once

#include "auth/token_worker.h"
#include "core/base/result.h"
#include "core/tls/identity.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

namespace auth {

/// One sign-in. A key made for an earlier one is dead for good, whatever is plugged in since.
using SignInNumber = std::uint64_t;

/// The way from any thread to the token thread, for as long as there is one. Keys hold on to it: they may outlive the
/// service.
class TokenThreadDoor {
public:
    using Bytes = std::vector<std::uint8_t>;
    /// Runs on the token thread.
    using Sign = std::function<base::Result<Bytes>(SignInNumber, tls::Signer::Scheme, const Bytes&)>;

    TokenThreadDoor(TokenWorker& thread, Sign sign);
    /// From now on every signature is refused; those that wait are still answered.
    void close();
    /// Blocks until the token has answered. Any thread. Errors: TokenAbsent when the door is closed, TokenFailure when
    /// the token does not answer.
    [[nodiscard]] base::Result<Bytes> sign(SignInNumber signIn, tls::Signer::Scheme scheme, Bytes input);

private:
    std::mutex m_mutex;
    TokenWorker* m_thread; ///< null when closed
    const Sign m_sign;
};

/// Signs with a token's key, wherever it is called.
class TokenSigner final : public tls::Signer {
public:
    TokenSigner(std::shared_ptr<TokenThreadDoor> door, SignInNumber signIn);
    [[nodiscard]] base::Result<std::vector<std::uint8_t>> sign(
        Scheme scheme, std::span<const std::uint8_t> input) override;

private:
    const std::shared_ptr<TokenThreadDoor> m_door;
    const SignInNumber m_signIn;
};

}
