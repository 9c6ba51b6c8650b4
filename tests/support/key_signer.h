#pragma once

#include "core/tls/identity.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace support {

/// Stands in for a token: signs with a key in memory, or answers with an error.
class KeySigner final : public tls::Signer {
public:
    explicit KeySigner(tls::KeyPtr key);

    [[nodiscard]] base::Result<std::vector<std::uint8_t>> sign(
        Scheme scheme, std::span<const std::uint8_t> input) override;
    /// From now on every signature ends in `error`.
    void failWith(base::Error error) { m_error = std::move(error); }
    [[nodiscard]] int signatures() const { return m_signatures; }

private:
    tls::KeyPtr m_key;
    std::optional<base::Error> m_error;
    int m_signatures = 0;
};

}
