#include "app/enrolment/device_certificate.h"
#include "auth/device/certificate_key.h"
#include "auth/device/pkcs11_uri.h"
#include "core/stepup/device_trust.h"
#include "tests/support/device_ca.h"
#include "tests/support/soft_token.h"

#include <gtest/gtest.h>

#include <filesystem>

using base::Errc;
using device::CertificateKey;
using device::CertificateSettings;

namespace {

constexpr const char* Pin = "246810";

/// A workstation's key in SoftHSM2, with a certificate of the firm.
struct ADeviceKey : testing::Test {
    ADeviceKey()
        : token("device", Pin)
    {
        settings.module = support::SoftToken::module();
        settings.pinFile = privateFile("pin", std::string(Pin) + "\n");
        settings.certificate = "pkcs11:token=device;id=%01";
        settings.key = settings.certificate;
    }
    std::filesystem::path privateFile(const std::string& name, const std::string& content) const
    {
        const auto path = files.write(name, content);
        std::filesystem::permissions(path, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
        return path;
    }
    void enrol(support::KeyType type)
    {
        (void)token.enrol(ca, {.commonName = "WS-17", .keyType = type, .purpose = support::Purpose::Client}, {1});
    }
    /// The stable name of a venue's refusal; empty: it is believed.
    [[nodiscard]] std::string refusal(const stepup::DeviceCertificate& shown) const
    {
        stepup::DeviceTrust trust;
        trust.roots = *stepup::AttestationRoots::fromPem(ca.pem());
        const auto verdict =
            verifyDevice(shown, trust, {.nonce = nonce(), .registered = {"cn:WS-17"}, .at = base::SystemClock().utc()});
        const auto* refused = std::get_if<stepup::DeviceRefusal>(&verdict);
        return refused ? stepup::faultName(refused->fault) : "";
    }
    [[nodiscard]] static stepup::Digest nonce()
    {
        stepup::Digest digest{};
        digest.fill(0x5e);
        return digest;
    }
    [[nodiscard]] base::Result<stepup::DeviceCertificate> show() const
    {
        CertificateKey key(settings);
        return app::showCertificate(key, nonce(), 1);
    }
    [[nodiscard]] Errc error() const
    {
        const auto shown = show();
        EXPECT_FALSE(shown);
        return shown ? Errc::Internal : shown.error().code;
    }

    support::TemporaryDirectory files;
    support::TestCa ca;
    support::SoftToken token;
    CertificateSettings settings;
};

TEST_F(ADeviceKey, OnATokenSignsWithEachKindOfKey)
{
    using stepup::DeviceSignature;
    for (const auto& [type, scheme] : {std::pair{support::KeyType::Ec256, DeviceSignature::EcdsaP256},
             std::pair{support::KeyType::Ec384, DeviceSignature::EcdsaP384},
             std::pair{support::KeyType::Rsa2048, DeviceSignature::RsaPss}}) {
        const auto id = static_cast<std::uint8_t>(0x10 + static_cast<int>(type));
        (void)token.enrol(ca, {.commonName = "WS-17", .keyType = type, .purpose = support::Purpose::Client}, {id});
        settings.certificate = "pkcs11:token=device;id=%" + std::to_string(10 + static_cast<int>(type));
        settings.key = settings.certificate;
        const auto shown = show();
        ASSERT_TRUE(shown) << shown.error().detail;
        EXPECT_EQ(shown->scheme, scheme);
        EXPECT_EQ(shown->place, stepup::DeviceKeyPlace::Token);
        EXPECT_EQ(refusal(*shown), "");
    }
    EXPECT_FALSE(token.isLoggedIn());
}

TEST_F(ADeviceKey, MayHaveItsCertificateInAFile)
{
    const auto certificate = token.enrol(ca, {.commonName = "WS-17", .purpose = support::Purpose::Client}, {1});
    settings.certificate = files.write("device.pem", support::pemOf(*certificate)).string();
    const auto shown = show();
    ASSERT_TRUE(shown) << shown.error().detail;
    EXPECT_EQ(refusal(*shown), "");
    settings.certificate =
        files.write("other.pem", support::pemOf(*ca.issue({.purpose = support::Purpose::Client}).certificate)).string();
    EXPECT_EQ(error(), Errc::KeyNotFound) << "the certificate of another key";
}

TEST_F(ADeviceKey, InAFileIsItsOwnersAlone)
{
    for (const auto type : {support::KeyType::Ec256, support::KeyType::Ec384, support::KeyType::Rsa2048}) {
        const auto identity = ca.issue({.commonName = "WS-17", .keyType = type, .purpose = support::Purpose::Client});
        const auto file = privateFile("device.key", support::pemOf(*identity.key));
        settings = {.certificate = files.write("device.pem", support::pemOf(*identity.certificate)).string(),
            .key = file.string(),
            .module = {},
            .pinFile = {}};
        const auto shown = show();
        ASSERT_TRUE(shown) << shown.error().detail;
        EXPECT_EQ(shown->place, stepup::DeviceKeyPlace::File);
        EXPECT_EQ(refusal(*shown), "");
        std::filesystem::permissions(file, std::filesystem::perms::group_read, std::filesystem::perm_options::add);
        EXPECT_EQ(error(), Errc::Configuration);
    }
    settings.key = (files.path() / "none").string();
    EXPECT_EQ(error(), Errc::Configuration);
}

TEST_F(ADeviceKey, AsksForThePinOfAPrivateFileAndTriesAWrongOneOnce)
{
    enrol(support::KeyType::Ec256);
    settings.pinFile = privateFile("wrong", "111111\n");
    CertificateKey key(settings);
    const auto first = app::showCertificate(key, nonce(), 1);
    ASSERT_FALSE(first);
    EXPECT_EQ(first.error().code, Errc::PinWrong);
    const auto second = app::showCertificate(key, nonce(), 2);
    ASSERT_FALSE(second);
    EXPECT_NE(second.error().detail.find("not tried again"), std::string::npos) << second.error().detail;

    settings.pinFile = files.write("open", std::string(Pin));
    std::filesystem::permissions(
        settings.pinFile, std::filesystem::perms::others_read, std::filesystem::perm_options::add);
    EXPECT_EQ(error(), Errc::Configuration) << "others can read it";
    settings.pinFile = privateFile("long", std::string(129, '1'));
    EXPECT_EQ(error(), Errc::Configuration);
    settings.pinFile.clear();
    EXPECT_EQ(error(), Errc::KeyNotFound) << "private keys are seen after the PIN only";
    settings.pinFile = privateFile("right", std::string(Pin) + "\r\nsomething else");
    EXPECT_TRUE(show());
}

TEST_F(ADeviceKey, IsOnTheTokenThatIsNamed)
{
    enrol(support::KeyType::Ec256);
    settings.key = "pkcs11:token=other;id=%01";
    EXPECT_EQ(error(), Errc::TokenAbsent);
    settings.key = "pkcs11:token=device;id=%02";
    EXPECT_EQ(error(), Errc::KeyNotFound);
    settings.module = "/nowhere/module.so";
    EXPECT_EQ(error(), Errc::TokenModule);
}

TEST(APkcs11Uri, NamesATokenAndAnObject)
{
    const auto uri =
        device::parsePkcs11Uri("pkcs11:token=My%20TPM;serial=17;model=m;manufacturer=x;object=k;id=%01%aF");
    ASSERT_TRUE(uri) << uri.error().detail;
    EXPECT_EQ(*uri, (device::Pkcs11Uri{"My TPM", "17", "x", "m", "k", {0x01, 0xaf}}));
    EXPECT_TRUE(device::parsePkcs11Uri("pkcs11:id=%01;type=private"));
    for (const char* wrong :
        {"", "token=a;id=%01", "pkcs11:", "pkcs11:token=a", "pkcs11:id=%0", "pkcs11:id=%0g", "pkcs11:id=%01;id=%01",
            "pkcs11:id=%01;slot-id=1", "pkcs11:id=%01?pin-value=1234", "pkcs11:id", "pkcs11:id=", "pkcs11:id=%01;;"})
        EXPECT_FALSE(device::parsePkcs11Uri(wrong)) << wrong;
}

}
