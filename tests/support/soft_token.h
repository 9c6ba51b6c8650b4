#pragma once

#include "tests/support/test_pki.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace support {

/// What a key made on the token may be used for.
enum class KeyUse {
    Sign,
    SignWithPinEachTime, ///< CKA_ALWAYS_AUTHENTICATE, as in slot 9c of a PIV card
    DeriveOnly,
};

/// A SoftHSM2 token in a directory of its own, gone when the test ends. Sets SOFTHSM2_CONF, which SoftHSM2 reads when
/// its module is initialised: make the token before the service under test, and call nothing here while that service
/// has the module open, except where a comment says so.
class SoftToken {
public:
    using KeyId = std::vector<std::uint8_t>;

    explicit SoftToken(const std::string& label = "test", const std::string& pin = "123456");
    /// One more token in the store of `beside`, as if in a second reader; with a label of its own.
    SoftToken(const SoftToken& beside, const std::string& label, const std::string& pin);
    ~SoftToken();
    SoftToken(const SoftToken&) = delete;
    SoftToken& operator=(const SoftToken&) = delete;

    /// Path of SoftHSM2's module on this machine.
    [[nodiscard]] static std::string module();

    /// Makes a key pair on the token and returns its public key.
    [[nodiscard]] tls::KeyPtr generateKey(KeyType type, const KeyId& id, KeyUse use = KeyUse::Sign);
    void importCertificate(X509& certificate, const KeyId& id);
    /// A key pair of `options.keyType` made on the token, and its certificate from `ca` on the token too.
    [[nodiscard]] tls::CertificatePtr enrol(const TestCa& ca, const CertificateOptions& options, const KeyId& id);
    void deleteCertificate(const KeyId& id);

    /// A boolean attribute of the private key.
    [[nodiscard]] bool privateKeyFlag(unsigned long attribute, const KeyId& id);
    /// The return code when the private key's secret value is asked for, after the PIN.
    [[nodiscard]] unsigned long readPrivateValue(unsigned long attribute, const KeyId& id);
    /// Is anybody in this process logged in? May be asked while a service has the module open.
    [[nodiscard]] bool isLoggedIn() const;

private:
    void initialise();
    std::shared_ptr<TemporaryDirectory> m_store;
    std::string m_label;
    std::string m_pin;
};

}
