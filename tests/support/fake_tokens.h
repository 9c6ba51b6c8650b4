#pragma once

#include "tests/support/test_pki.h"

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>

namespace support {

/// A token of the scripted PKCS#11 module: one EC P-256 key, a certificate, a PIN that counts tries as a card does.
struct FakeToken {
    std::string label = "fake";
    std::string serial = "1";
    std::string keyId = "01"; ///< CKA_ID, lower-case hex
    std::string pin = "123456";
    int tries = 3; ///< when the token is added
    int maximalTries = 3;
    bool present = true;
    bool removable = false; ///< CKF_REMOVABLE_DEVICE: of no use without a smartcard service that has its reader
    bool unreadable = false; ///< what is on it cannot be listed
    bool saysRsa = false; ///< CKA_KEY_TYPE; there are mechanisms for EC only
    bool hasKey = true;
    bool maySign = true; ///< CKA_SIGN
    std::chrono::milliseconds signDelay{0}; ///< how long a signature takes
    bool stuck = false; ///< a signature, and a look at the token, do not return until it is not
    std::optional<unsigned long> signError; ///< CKR_ code that every signature ends in
    std::optional<unsigned long> loginError; ///< CKR_ code that every login ends in, without a try being spent
    std::string keyPem;
    std::string certificatePem; ///< empty: the token has none
};

/// The tokens that the scripted module (tests/support/fake_pkcs11.cpp) shows, as files of a directory that it reads at
/// every call: what a test changes here, the module sees at once, in this process or in a child of it. Sets
/// COUNTERSIGN_FAKE_TOKENS for both.
class FakeTokens {
public:
    FakeTokens();
    ~FakeTokens();

    /// Path of the module.
    [[nodiscard]] static std::string module();

    /// Returns the slot.
    std::size_t add(FakeToken token);
    /// A token with a key and a certificate that `ca` issued for it. Returns the slot.
    std::size_t add(FakeToken token, const TestCa& ca, const CertificateOptions& options);

    [[nodiscard]] const FakeToken& token(std::size_t slot) const { return m_tokens[slot]; }
    [[nodiscard]] tls::CertificatePtr certificate(std::size_t slot) const;
    void change(std::size_t slot, const FakeToken& token);
    void remove(std::size_t slot);
    /// Puts the token back in: sessions from before are dead.
    void insert(std::size_t slot);
    [[nodiscard]] int triesLeft(std::size_t slot) const;
    /// How many times a PIN was given to the token, right or wrong.
    [[nodiscard]] int logins(std::size_t slot) const;

private:
    [[nodiscard]] std::filesystem::path folder(std::size_t slot) const;
    void write(std::size_t slot) const;

    TemporaryDirectory m_directory;
    std::vector<FakeToken> m_tokens;
    std::vector<int> m_insertions;
};

}
