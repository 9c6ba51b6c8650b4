#include "app/config/pin_warnings.h"
#include "core/tls/pins.h"
#include "tests/support/test_pki.h"
#include "tests/unit/app/config/desk_config_fixture.h"

#include <chrono>
#include <set>
#include <string>

namespace {

using namespace test;

TEST_F(DeskConfigTest, PinsMayBeOfKeysAndOfWhatComesNext)
{
    const std::string present = "spki:" + std::string(64, 'a');
    const std::string next = std::string(64, 'b');
    const DeskConfig config =
        mustLoad(with(m_minimal, "ca = ", "pins = [\"" + present + "\"]\nnext_pins = [\"" + next + "\"]\nca = "));
    EXPECT_EQ(config.sessions[0].trust.pins, (std::set<std::string>{present}));
    EXPECT_EQ(config.sessions[0].trust.nextPins, (std::set<std::string>{next}));
    expectProblem(with(m_minimal, "ca = ", "next_pins = [\"" + next + "\"]\nca = "), 11,
        "key 'session.next_pins': expected next_pins beside pins");
}

TEST_F(DeskConfigTest, ATpmMayBeNamedAndItsRegisters)
{
    const auto tpm = [this](const std::string& section) { return mustLoad(m_minimal + "\n[device]\n" + section).tpm; };
    EXPECT_EQ(tpm("tpm = \"none\"\n").tcti, "");
    EXPECT_EQ(tpm("").pcrs, (std::vector<std::uint8_t>{0, 1, 2, 3, 4, 5, 6, 7}));
    const auto named = tpm("tpm = \"device:/dev/tpmrm0\"\ntpm_registers = \"0,2-4,7\"\n");
    EXPECT_EQ(named.tcti, "device:/dev/tpmrm0");
    EXPECT_EQ(named.pcrs, (std::vector<std::uint8_t>{0, 2, 3, 4, 7}));
    for (const char* wrong : {"24", "7,0", "3-1", "0-", "a", "0,,1", "1,1", "0-3,2"}) {
        const auto loaded = load(m_minimal + "\n[device]\ntpm_registers = \"" + wrong + "\"\n");
        ASSERT_FALSE(loaded) << wrong;
        EXPECT_NE(loaded.error().detail.find("device.tpm_registers"), std::string::npos) << loaded.error().detail;
    }
    EXPECT_FALSE(load(m_minimal + "\n[device]\ntpm_registers = \"\"\n"));
}

TEST_F(DeskConfigTest, AWorkstationMayHaveACertificate)
{
    EXPECT_EQ(mustLoad(m_minimal).deviceCertificate.certificate, "");
    const auto read = [this](const std::string& section) {
        return mustLoad(m_minimal + "\n[device]\n" + section).deviceCertificate;
    };
    const auto file = read("certificate = \"/etc/device.pem\"\nkey = \"/etc/device.key\"\n");
    EXPECT_EQ(file.certificate, "/etc/device.pem");
    EXPECT_EQ(file.key, "/etc/device.key");
    EXPECT_FALSE(file.isOnToken());
    const auto token = read("certificate = \"/etc/device.pem\"\nkey = \"pkcs11:token=device;id=%01\"\n"
                            "module = \"/usr/lib/tpm2.so\"\npin_file = \"/etc/device.pin\"\n");
    EXPECT_TRUE(token.isOnToken());
    EXPECT_EQ(token.module, "/usr/lib/tpm2.so");
    EXPECT_EQ(token.pinFile, "/etc/device.pin");
    const std::string onToken = "certificate = \"pkcs11:id=%01\"\nkey = \"pkcs11:id=%01\"\n";
    const std::string inFile = "certificate = \"/a.pem\"\nkey = \"/a.key\"\n";
    for (const auto& [section, key] : {std::pair{std::string("key = \"/a.key\"\n"), "device.key"},
             std::pair{std::string("pin_file = \"/a.pin\"\n"), "device.pin_file"},
             std::pair{std::string("certificate = \"/a.pem\"\n"), "device.key"},
             std::pair{onToken, "device.certificate"}, std::pair{inFile + "module = \"/m.so\"\n", "device.key"},
             std::pair{std::string("certificate = \"pkcs11:token=a\"\nkey = \"/a.key\"\nmodule = \"/m.so\"\n"),
                 "device.certificate"},
             std::pair{onToken + "module = \"" + mustLoad(m_minimal).token.module + "\"\n", "device.module"}}) {
        const auto loaded = load(m_minimal + "\n[device]\n" + section);
        ASSERT_FALSE(loaded) << section;
        EXPECT_NE(loaded.error().detail.find(key), std::string::npos) << section << loaded.error().detail;
    }
}

TEST_F(DeskConfigTest, ASessionMayRequireOcsp)
{
    EXPECT_EQ(mustLoad(m_minimal).sessions[0].trust.ocsp, tls::Ocsp::WhenStapled);
    const DeskConfig config = mustLoad(with(m_minimal, "ca = ", "ocsp = \"required\"\nca = "));
    EXPECT_EQ(config.sessions[0].trust.ocsp, tls::Ocsp::Required);
    expectProblem(with(m_minimal, "ca = ", "ocsp = \"off\"\nca = "), 11, "key 'session.ocsp': expected");
}

TEST_F(DeskConfigTest, PinsWithoutABackUpAreWarnedOf)
{
    const auto now = base::SystemClock().utc();
    EXPECT_TRUE(app::pinWarnings(mustLoad(m_minimal), now).empty()) << "nothing is pinned";
    const std::string one = "pins = [\"" + std::string(64, 'a') + "\"]\n";
    const auto warnings = app::pinWarnings(mustLoad(with(m_minimal, "ca = ", one + "ca = ")), now);
    ASSERT_EQ(warnings.size(), 1U);
    EXPECT_NE(warnings[0].detail.find("next_pins"), std::string::npos) << warnings[0].detail;
    const std::string two = one + "next_pins = [\"" + std::string(64, 'b') + "\"]\n";
    EXPECT_TRUE(app::pinWarnings(mustLoad(with(m_minimal, "ca = ", two + "ca = ")), now).empty());
}

TEST_F(DeskConfigTest, APinnedCertificateThatEndsSoonIsWarnedOf)
{
    support::CertificateOptions options;
    options.notAfter = std::chrono::hours(24 * 10);
    const auto venue = support::selfSigned(options);
    m_directory.write("venue.pem", support::pemOf(*venue.certificate));
    const std::string pins =
        "pins = [\"" + tls::keyPin(*venue.certificate) + "\"]\nnext_pins = [\"" + std::string(64, 'b') + "\"]\n";
    const auto config = mustLoad(with(m_minimal, "ca = \"ca.pem\"", pins + "ca = \"venue.pem\""));
    const auto now = base::SystemClock().utc();
    const auto warnings = app::pinWarnings(config, now);
    ASSERT_EQ(warnings.size(), 1U);
    EXPECT_EQ(warnings[0].code, base::Errc::CertificateExpired);
    EXPECT_NE(warnings[0].detail.find("9 days"), std::string::npos) << warnings[0].detail;
    EXPECT_TRUE(app::pinWarnings(config, now - std::chrono::hours(24 * 60)).empty());
    EXPECT_NE(
        app::pinWarnings(config, now + std::chrono::hours(24 * 20)).at(0).detail.find("has ended"), std::string::npos);
}

}
