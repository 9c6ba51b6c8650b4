#pragma once

#include "core/base/result.h"
#include "core/base/secret_bytes.h"
#include "core/stepup/random_source.h"
#include "core/stepup/values.h"

/// The right to deal that an armed ticket gives, in a form that the wire can carry.
///
/// Sealed with HMAC-SHA-256 under a key of the policy enforcement point. The one that issues a grant is the only one
/// that ever has to believe it, so nobody else needs a key to check it with; to the desk it is opaque. A signature
/// would let everybody check it, which nobody needs, and would cost a key pair to keep and to roll over.
namespace stepup {

using GrantId = std::array<std::uint8_t, 16>;

struct Grant {
    GrantId id{}; ///< random
    UserId user;
    CertificateFingerprint certificate{}; ///< TLS certificate under which alone it counts
    base::UtcTime issuedAt;
    ArmTicket ticket; ///< its bounds; its window is that of the grant

    friend bool operator==(const Grant&, const Grant&) = default;
};

/// The key of the seal. Made anew at each start: a grant does not outlive the process that knows what was spent of it.
class GrantKey {
public:
    /// Errors: Internal, where there are no random bytes.
    [[nodiscard]] static base::Result<GrantKey> generate(RandomSource& random);

    /// base64url of the sealed bytes. Errors: InvalidInput, where user or ticket are not sound.
    [[nodiscard]] base::Result<std::string> seal(const Grant& grant) const;
    /// Checks the seal in constant time before it reads anything. Errors: Refused, for a seal of another key or changed
    /// bytes; InvalidInput, for what is not the form of a sealed grant.
    [[nodiscard]] base::Result<Grant> open(std::string_view sealed) const;

private:
    GrantKey() = default;
    [[nodiscard]] base::Result<Digest> tagOf(ByteView body) const;

    base::SecretBytes m_key;
};

constexpr std::size_t MaxGrantSize = 32'768; ///< characters of a sealed grant

/// The bytes under the seal. Errors: InvalidInput.
[[nodiscard]] base::Result<Bytes> grantBytes(const Grant& grant);
/// Reads exactly what grantBytes() writes. Errors: InvalidInput.
[[nodiscard]] base::Result<Grant> parseGrantBytes(ByteView bytes);

}
