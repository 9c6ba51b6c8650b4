#include "core/stepup/device_trust.h"
#include "core/stepup/dialect.h"
#include "tests/support/device_ca.h"
#include "tests/unit/stepup/hex.h"
#include "tests/unit/stepup/stepup_world.h"

#include <gtest/gtest.h>

using namespace stepup_test;
using support::DeviceCa;
using support::DeviceOptions;
using support::TestDevice;

namespace {

const Digest Nonce = filled(0x5e);
constexpr const char* Name = "dns:ws-17.firm.example";

struct ADeviceCertificate : testing::Test {
    [[nodiscard]] std::variant<KnownDevice, DeviceRefusal> judge(const DeviceCertificate& proof) const
    {
        return verifyDevice(proof, trust, {.nonce = Nonce, .registered = registered, .at = now});
    }
    /// The stable name of the refusal; empty: it is believed.
    [[nodiscard]] std::string refusal(const DeviceCertificate& proof) const
    {
        const auto verdict = judge(proof);
        const auto* refused = std::get_if<DeviceRefusal>(&verdict);
        return refused ? faultName(refused->fault) : "";
    }
    [[nodiscard]] std::string refusalOf(const DeviceOptions& options) const
    {
        return refusal(ca.issue(options).prove(Nonce));
    }

    DeviceCa ca;
    TestDevice device = ca.issue();
    DeviceTrust trust = ca.trust();
    DeviceNames registered{Name};
    base::UtcTime now = at(8, 0);
};

TEST_F(ADeviceCertificate, OfTheFirmIsBelieved)
{
    const auto verdict = judge(device.prove(Nonce));
    const auto* known = std::get_if<KnownDevice>(&verdict);
    ASSERT_TRUE(known) << std::get<DeviceRefusal>(verdict).detail;
    EXPECT_EQ(*known, (KnownDevice{.name = Name, .isHardware = false, .place = DeviceKeyPlace::Token}));
    for (const char* type : {"P-384", "RSA"})
        EXPECT_EQ(refusalOf({.keyType = type}), "") << type;
    EXPECT_EQ(refusal(ca.issue({.keyType = "RSA"}).prove(Nonce, 1, DeviceSignature::RsaPkcs1)), "");
    EXPECT_EQ(refusalOf({.extendedUsage = ""}), "") << "none: for everything";
    EXPECT_EQ(refusalOf({.keyUsage = ""}), "");
    registered.clear();
    EXPECT_EQ(refusalOf({.alternativeNames = "DNS:other.firm.example"}), "") << "any of the firm's will do";
}

TEST_F(ADeviceCertificate, IsRefusedForEachReasonByItsName)
{
    const std::string unsuitable = "device-certificate-unsuitable";
    EXPECT_EQ(refusalOf({.extendedUsage = "serverAuth"}), unsuitable);
    EXPECT_EQ(refusalOf({.extendedUsage = "anyExtendedKeyUsage"}), unsuitable);
    EXPECT_EQ(refusalOf({.keyUsage = "critical,keyEncipherment"}), unsuitable);
    EXPECT_EQ(refusalOf({.constraints = "critical,CA:TRUE"}), unsuitable);
    EXPECT_EQ(refusalOf({.keyType = "P-521"}), unsuitable);
    EXPECT_EQ(refusalOf({.notAfter = now - std::chrono::seconds(1)}), "device-certificate-expired");
    EXPECT_EQ(refusalOf({.notBefore = now + std::chrono::hours(1)}), "device-certificate-not-yet-valid");
    EXPECT_EQ(refusalOf({.alternativeNames = "DNS:ws-18.firm.example"}), "other-device");
    EXPECT_EQ(refusal(DeviceCa().issue().prove(Nonce)), "device-certificate-untrusted")
        << "an authority of the same name is another one";
    EXPECT_EQ(refusal(device.prove(filled(0x5f))), "device-signature-of-another-statement");
    registered.clear();
    EXPECT_EQ(refusalOf({.commonName = "", .alternativeNames = ""}), unsuitable) << "it names nobody";

    auto proof = device.prove(Nonce);
    proof.leaf.pop_back();
    EXPECT_EQ(refusal(proof), "device-certificate-malformed");
    proof = device.prove(Nonce);
    proof.leaf.push_back(0);
    EXPECT_EQ(refusal(proof), "device-certificate-malformed");
    proof = device.prove(Nonce);
    proof.scheme = DeviceSignature::EcdsaP384;
    EXPECT_EQ(refusal(proof), unsuitable) << "not what this key does";
    proof = device.prove(Nonce);
    proof.signature = ca.issue().prove(Nonce).signature;
    EXPECT_EQ(refusal(proof), "device-signature-wrong") << "another workstation's key";
    proof = ca.issue({.keyType = "RSA"}).prove(Nonce);
    proof.scheme = DeviceSignature::RsaPkcs1;
    EXPECT_EQ(refusal(proof), "device-signature-wrong") << "PSS is not the other padding";
}

TEST_F(ADeviceCertificate, IsSignedWithWhatIsBesideIt)
{
    const auto changed = [this](auto change) {
        auto proof = device.prove(Nonce);
        change(proof);
        return refusal(proof);
    };
    EXPECT_EQ(changed([](auto& proof) { ++proof.sequence; }), "device-signature-wrong");
    EXPECT_EQ(changed([](auto& proof) { proof.place = DeviceKeyPlace::File; }), "device-signature-wrong");
    EXPECT_EQ(changed([](auto& proof) { proof.nonce = filled(0x01); }), "device-signature-wrong");
}

TEST_F(ADeviceCertificate, IsRefusedWithAnyBitTurned)
{
    const auto good = *deviceCertificateBytes(device.prove(Nonce));
    ASSERT_TRUE(parseDeviceCertificate(good));
    for (std::size_t bit = 0; bit < good.size() * 8; ++bit) {
        Bytes bytes = good;
        bytes[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
        const auto proof = parseDeviceCertificate(bytes);
        EXPECT_TRUE(!proof || !refusal(*proof).empty()) << "bit " << bit;
    }
}

TEST_F(ADeviceCertificate, IsLookedUpInTheRevocationListWhereThereIsOne)
{
    const TestDevice lost = ca.issue();
    const auto use = [this](const std::string& pem) {
        trust.checksRevocation = true;
        trust.lists = *revocationListsFrom(pem);
    };
    use(ca.crl({&lost}));
    EXPECT_EQ(refusal(device.prove(Nonce)), "");
    EXPECT_EQ(refusal(lost.prove(Nonce)), "device-certificate-revoked");
    use(ca.crl({}, now - std::chrono::hours(1)));
    EXPECT_EQ(refusal(device.prove(Nonce)), "device-revocation-unknown") << "the list has ended";
    use(DeviceCa("Somebody else").crl({}));
    EXPECT_EQ(refusal(device.prove(Nonce)), "device-revocation-unknown") << "not its issuer's";
    use(DeviceCa().crl({}));
    EXPECT_EQ(refusal(device.prove(Nonce)), "device-revocation-unknown") << "signed by another of that name";
    EXPECT_FALSE(revocationListsFrom(ca.pem()));
    EXPECT_FALSE(revocationListsFrom(ca.crl({}) + "-----BEGIN X509 CRL-----\nAAAA\n-----END X509 CRL-----\n"));
}

TEST_F(ADeviceCertificate, IsNotLookedUpInListsThatSayTooLittle)
{
    const TestDevice lost = ca.issue();
    const std::string delta = ca.crl({}, DeviceCa::usualEnd(), [](X509_CRL& list) {
        const std::unique_ptr<ASN1_INTEGER, decltype(&ASN1_INTEGER_free)> since(ASN1_INTEGER_new(), ASN1_INTEGER_free);
        EXPECT_EQ(X509_CRL_add1_ext_i2d(&list, NID_delta_crl, since.get(), 1, 0), 1);
    });
    for (const std::string& lists : {ca.crl({&lost}) + delta, delta + ca.crl({&lost}), delta}) {
        const auto refused = revocationListsFrom(lists);
        ASSERT_FALSE(refused);
        EXPECT_NE(refused.error().detail.find("a delta list"), std::string::npos) << refused.error().detail;
    }
    const auto endless = revocationListsFrom(ca.crl({}, std::nullopt));
    ASSERT_FALSE(endless);
    EXPECT_NE(endless.error().detail.find("never be out of date"), std::string::npos) << endless.error().detail;
}

TEST_F(ADeviceCertificate, IsLookedUpInAListInDer)
{
    const TestDevice lost = ca.issue();
    const auto pem = revocationListsFrom(ca.crl({&lost}));
    ASSERT_TRUE(pem);
    unsigned char* der = nullptr;
    const int size = i2d_X509_CRL(pem->front().get(), &der);
    ASSERT_GT(size, 0);
    const std::string content(reinterpret_cast<const char*>(der), static_cast<std::size_t>(size));
    OPENSSL_free(der);
    trust.checksRevocation = true;
    auto read = revocationListsFrom(content);
    ASSERT_TRUE(read) << read.error().detail;
    trust.lists = *std::move(read);
    EXPECT_EQ(refusal(lost.prove(Nonce)), "device-certificate-revoked");
    EXPECT_FALSE(revocationListsFrom(content + "x"));
    EXPECT_FALSE(revocationListsFrom(content.substr(0, content.size() - 1)));
}

TEST_F(ADeviceCertificate, MayComeWithTheAuthoritiesBetween)
{
    const DeviceCa issuing("Issuing CA", ca);
    auto proof = issuing.issue().prove(Nonce);
    EXPECT_EQ(refusal(proof), "device-certificate-untrusted");
    proof.issuers = {issuing.der()};
    EXPECT_EQ(refusal(proof), "");
    trust = issuing.trust();
    proof.issuers.clear();
    EXPECT_EQ(refusal(proof), "") << "an issuing authority is an anchor too";
    EXPECT_EQ(refusal(device.prove(Nonce)), "device-certificate-untrusted") << "and the only one then";
}

TEST_F(ADeviceCertificate, SaysThatItsKeyIsInHardwareWhereTheAuthorityDoes)
{
    constexpr const char* Attested = "1.3.6.1.4.1.311.21.30";
    const auto isHardware = [&](const char* policies) {
        return std::get<KnownDevice>(judge(ca.issue({.policy = policies}).prove(Nonce))).isHardware;
    };
    EXPECT_FALSE(isHardware(Attested)) << "nobody said what the policy means";
    trust.hardwarePolicies = {Attested};
    EXPECT_TRUE(isHardware(Attested));
    EXPECT_FALSE(isHardware("1.3.6.1.4.1.311.21.31"));
    EXPECT_FALSE(isHardware(""));
    EXPECT_TRUE(isPolicyOid(Attested));
    EXPECT_FALSE(isPolicyOid("hardware"));
}

TEST_F(ADeviceCertificate, IsNamedByWhatLasts)
{
    const auto nameOf = [this](const DeviceOptions& options) {
        return deviceNameInDer(ca.issue(options).der()).value_or("");
    };
    EXPECT_EQ(nameOf({}), Name);
    EXPECT_EQ(nameOf({.alternativeNames = "DNS:WS-17.Firm.Example"}), Name);
    EXPECT_EQ(nameOf({.alternativeNames = "URI:urn:device:4711,DNS:a.example,DNS:b.example"}), "uri:urn:device:4711");
    EXPECT_EQ(nameOf({.subjectSerial = "C02XL0", .alternativeNames = ""}), "serial:C02XL0");
    EXPECT_EQ(nameOf({.alternativeNames = ""}), "cn:WS-17");
    EXPECT_EQ(nameOf({.commonName = "WS 17", .alternativeNames = ""}), "") << "blanks";
    EXPECT_EQ(deviceNameInPem(device.pem()).value_or(""), Name);
    EXPECT_FALSE(deviceNameInPem("nothing"));

    EXPECT_EQ(*parseDeviceNames("dns:b,dns:a"), (DeviceNames{"dns:a", "dns:b"}));
    EXPECT_EQ(deviceNamesText({"dns:a", "dns:b"}), "dns:a,dns:b");
    EXPECT_TRUE(parseDeviceNames("")->empty());
    for (const char* wrong : {"a", "dns:", "dns:A", "dns:a,", ",dns:a", "dns:a b", "ip:1", "cn:a\n"})
        EXPECT_FALSE(parseDeviceNames(wrong)) << wrong;
}

TEST_F(ADeviceCertificate, HasOneSpellingInAStatement)
{
    // Computed apart from the code: sequence 7, in a file, ECDSA over P-256.
    DeviceCertificate proof;
    proof.leaf = {0xde, 0xad};
    proof.issuers = {{0xbe, 0xef}};
    proof.nonce = filled(0x5e);
    proof.sequence = 7;
    proof.signature = {0x30, 0x00};
    std::string fives;
    for (int i = 0; i < 32; ++i)
        fives += "5e";
    const std::string expected = "636f756e7465727369676e2e6465766963652d63657274696669636174652e763100"
                                 "010002dead"
                                 "0200040002beef"
                                 "030020"
        + fives + "0400080000000000000007" + "05000102" + "06000101" + "0700023000";
    EXPECT_EQ(*deviceCertificateBytes(proof), bytesOfHex(expected));
    EXPECT_EQ(*parseDeviceCertificate(bytesOfHex(expected)), proof);
    // SHA-256 of dead: 59ca84fb79f2a7447b9e82c7412df58c688910cba202b7d4e9bf329ce07f931c.
    EXPECT_EQ(signedBytes(proof),
        bytesOfHex("636f756e7465727369676e2e6465766963652d7369676e61747572652e763100"
                   "010020"
            + fives
            + "0200080000000000000007"
              "03000102"
              "04002059ca84fb79f2a7447b9e82c7412df58c688910cba202b7d4e9bf329ce07f931c"));

    ContextStatement statement{"countersign 1.0", {{"disk-encryption", "yes"}}};
    const QuoteBinding binding{UserId("alice"), "DESK>VENUE", filled(0xcb)};
    const Digest without = *quoteNonce(statement, binding);
    const std::string before = *payloadText(DeskPayload(statement));
    statement.certificate = proof;
    EXPECT_EQ(*quoteNonce(statement, binding), without) << "the proof is not part of what it proves";
    const auto text = *payloadText(DeskPayload(statement));
    EXPECT_EQ(std::get<ContextStatement>(*parseDeskPayload(text)), statement);
    EXPECT_TRUE(bytesOfBase64Url(text)->size() > bytesOfBase64Url(before)->size());

    for (const char* wrong : {"0500010006000101", "0500010306000101", "0500010206000100", "0500010206000105"}) {
        std::string bytes = expected;
        bytes.replace(bytes.find("0500010206000101"), 16, wrong);
        EXPECT_FALSE(parseDeviceCertificate(bytesOfHex(bytes))) << wrong;
    }
    proof.issuers.assign(4, {1});
    EXPECT_FALSE(deviceCertificateBytes(proof));
    proof.issuers.clear();
    proof.leaf.assign(4097, 1);
    EXPECT_FALSE(deviceCertificateBytes(proof));
}

}
