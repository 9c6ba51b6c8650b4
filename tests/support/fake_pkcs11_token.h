#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <p11-kit/pkcs11.h>
#include <string>
#include <vector>

/// The tokens of the scripted module, read from the directory that support::FakeTokens writes.
namespace fake {

using Bytes = std::vector<std::uint8_t>;
using Attributes = std::map<CK_ATTRIBUTE_TYPE, Bytes>;

/// One token as its files say it is now.
class Token {
public:
    /// Absent: there is no such slot.
    [[nodiscard]] static std::optional<Token> read(CK_SLOT_ID slot);
    [[nodiscard]] static CK_ULONG slotCount();

    [[nodiscard]] bool isPresent() const { return number("present") != 0; }
    /// Grows each time the token is put in.
    [[nodiscard]] long insertions() const { return number("insertions"); }
    [[nodiscard]] std::string text(const std::string& name) const;
    [[nodiscard]] CK_FLAGS pinFlags() const;
    /// Spends a try, or gives them all back.
    [[nodiscard]] CK_RV checkPin(const std::string& pin) const;
    /// What a search finds, by handle. Private keys show after login only.
    [[nodiscard]] std::map<CK_OBJECT_HANDLE, Attributes> objects(bool loggedIn) const;
    [[nodiscard]] std::chrono::milliseconds signDelay() const
    {
        return std::chrono::milliseconds(number("sign-delay-ms"));
    }
    [[nodiscard]] bool isStuck() const { return number("stuck") != 0; }
    [[nodiscard]] bool isUnreadable() const { return number("unreadable") != 0; }
    [[nodiscard]] bool isRemovable() const { return number("removable") != 0; }
    [[nodiscard]] CK_RV signError() const { return static_cast<CK_RV>(number("sign-error")); }
    /// r and s, each 32 bytes; empty when there is no key.
    [[nodiscard]] Bytes signature(const Bytes& digest) const;

    static constexpr CK_OBJECT_HANDLE Certificate = 1;
    static constexpr CK_OBJECT_HANDLE PrivateKey = 2;
    static constexpr CK_OBJECT_HANDLE PublicKey = 3;

private:
    [[nodiscard]] long number(const std::string& name) const;
    [[nodiscard]] int triesLeft() const;

    std::filesystem::path m_folder;
    std::map<std::string, std::string> m_settings;
};

}
