#include "core/audit/digest.h"
#include "core/audit/head_signer.h"
#include "tests/support/test_pki.h"

#include <gtest/gtest.h>

namespace {

using namespace audit;
using base::Errc;
using support::KeyType;

Head someHead(const std::string& key)
{
    return {7, sha256({"seven"}), base::UtcTime(std::chrono::hours(24)), key};
}

TEST(Head, HasOneSpelling)
{
    const Head head = someHead("k");
    const std::string text =
        "countersign.audit.head.v1\nnumber=7\nhash=" + hexOf(head.hash) + "\ntime=1970-01-02T00:00:00.000000Z\nkey=k\n";
    EXPECT_EQ(headStatement(head), text);
    ASSERT_TRUE(parseHead(text));
    EXPECT_EQ(*parseHead(text), head);
    for (const std::string& wrong : {std::string(), text + "x", text.substr(1), text.substr(0, text.size() - 1),
             "countersign.audit.head.v1\nnumber=07" + text.substr(34)})
        EXPECT_FALSE(parseHead(wrong)) << wrong;
}

TEST(Head, IsSignedByKeysOfEachType)
{
    const support::TestCa ca;
    const support::TemporaryDirectory directory;
    for (const KeyType type : {KeyType::Ec256, KeyType::Ec384, KeyType::Rsa2048}) {
        support::CertificateOptions options;
        options.keyType = type;
        const auto identity = ca.issue(options);
        const auto signer = openKeyFile(directory.write("key", support::pemOf(*identity.key)));
        ASSERT_TRUE(signer);
        const auto keys = HeadKeys::open({directory.write("certificate", support::pemOf(*identity.certificate))});
        ASSERT_TRUE(keys);
        const Head head = someHead((*signer)->keyId());
        SignedHead made{headStatement(head), *(*signer)->sign(headStatement(head))};
        EXPECT_EQ(keys->doubt(head, made), std::nullopt);
        made.statement.back() = ' ';
        EXPECT_TRUE(keys->doubt(head, made));
        EXPECT_TRUE(keys->doubt(someHead("other"), made));
    }
}

TEST(Head, UnusableKeysAreRefused)
{
    const support::TemporaryDirectory directory;
    const auto words = directory.write("words", "words");
    EXPECT_EQ(openKeyFile(words).error().code, Errc::Configuration);
    EXPECT_EQ(openKeyFile(directory.path() / "nothing").error().code, Errc::Configuration);
    EXPECT_EQ(HeadKeys::open({words}).error().code, Errc::Configuration);
    const auto ed25519 = directory.write("ed25519",
        "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f\n"
        "-----END PRIVATE KEY-----\n");
    EXPECT_EQ(openKeyFile(ed25519).error().code, Errc::Configuration);
}

TEST(Chain, HexHasOneSpelling)
{
    EXPECT_EQ(hexOf(std::string_view("\x00\xab\xff", 3)), "00abff");
    EXPECT_EQ(bytesOfHex("00abff"), std::string("\x00\xab\xff", 3));
    for (const char* wrong : {"0", "0g", "AB"})
        EXPECT_EQ(bytesOfHex(wrong), std::nullopt);
    EXPECT_EQ(hashOf("short"), std::nullopt);
    // openssl dgst -sha256 over 32 zero bytes and "abc"
    EXPECT_EQ(hexOf(linkHash(Genesis, "abc")), hexOf(sha256({std::string(32, '\0') + "abc"})));
    EXPECT_EQ(hexOf(sha256({"a", "bc"})), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

}
