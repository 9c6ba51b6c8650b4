#pragma once

#include "core/audit/head.h"
#include "core/base/result.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace audit {

/// A private key that signs heads: in a file, or on a token.
class HeadSigner {
public:
    virtual ~HeadSigner() = default;
    /// As in Head::key. Stays the same.
    [[nodiscard]] virtual std::string keyId() const = 0;
    /// As in SignedHead::signature. On the trail's thread, which waits: records are not on the disk before.
    [[nodiscard]] virtual base::Result<std::string> sign(std::string_view statement) = 0;
};

/// A private key in a PEM file without a passphrase: EC, or RSA from 2048 bits. Errors: Configuration.
[[nodiscard]] base::Result<std::unique_ptr<HeadSigner>> openKeyFile(const std::filesystem::path& file);

/// Whose heads are believed.
class HeadKeys {
public:
    HeadKeys();
    ~HeadKeys();
    HeadKeys(HeadKeys&&) noexcept;
    HeadKeys& operator=(HeadKeys&&) noexcept;

    /// PEM files, each with a public key or a certificate. Errors: Configuration.
    [[nodiscard]] static base::Result<HeadKeys> open(const std::vector<std::filesystem::path>& files);
    [[nodiscard]] bool empty() const;
    /// Why this head is not to be believed; absent where it is.
    [[nodiscard]] std::optional<std::string> doubt(const Head& head, const SignedHead& signedHead) const;

private:
    struct Keys;
    std::unique_ptr<Keys> m_keys;
};

}
