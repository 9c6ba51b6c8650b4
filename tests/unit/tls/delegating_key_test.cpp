#include "tests/support/key_signer.h"
#include "tests/unit/tls/tls_world.h"

#include <gtest/gtest.h>

using namespace tls_test;
using base::Errc;
using support::KeyType;

namespace {

struct Case {
    int version;
    KeyType key;
};

std::string nameOf(const testing::TestParamInfo<Case>& info)
{
    const auto key = info.param.key;
    const char* keyName = key == KeyType::Ec256 ? "Ec256" : key == KeyType::Ec384 ? "Ec384" : "Rsa2048";
    return std::string(info.param.version == TLS1_2_VERSION ? "Tls12" : "Tls13") + keyName;
}

class DelegatingKey : public testing::TestWithParam<Case> {
protected:
    DelegatingKey()
    {
        handshake.version = GetParam().version;
        auto key = support::generateKey(GetParam().key);
        tls::Identity identity;
        identity.certificate = handshake.world.ca.issueFor(*key, handshake.world.clientOptions());
        signer = std::make_shared<support::KeySigner>(std::move(key));
        identity.key = must(tls::delegatingKey(*identity.certificate, signer));
        handshake.clientIdentity = std::move(identity);
    }

    Handshake handshake;
    std::shared_ptr<support::KeySigner> signer;
};

TEST_P(DelegatingKey, SignsTheHandshakeOnce)
{
    auto shaken = handshake.run();
    ASSERT_TRUE(shaken.clientStatus) << shaken.clientStatus.error().detail;
    ASSERT_TRUE(shaken.serverStatus) << shaken.serverStatus.error().detail;
    EXPECT_EQ(shaken.server.peer().commonName, "TRADER1");
    EXPECT_EQ(signer->signatures(), 1);
}

TEST_P(DelegatingKey, ServesAServerToo)
{
    auto key = support::generateKey(GetParam().key);
    tls::Identity identity;
    identity.certificate = handshake.world.ca.issueFor(*key, handshake.world.serverOptions());
    const auto serverSigner = std::make_shared<support::KeySigner>(std::move(key));
    identity.key = must(tls::delegatingKey(*identity.certificate, serverSigner));
    handshake.serverIdentity = std::move(identity);
    const auto shaken = handshake.run();
    EXPECT_TRUE(shaken.clientStatus) << shaken.clientStatus.error().detail;
    EXPECT_EQ(serverSigner->signatures(), 1);
}

TEST_P(DelegatingKey, ErrorOfTheSignerIsTheHandshakesError)
{
    const base::Error removed{Errc::TokenAbsent, "the token was removed: 100% sure"};
    signer->failWith(removed);
    const auto shaken = handshake.run();
    ASSERT_FALSE(shaken.clientStatus);
    EXPECT_EQ(shaken.clientStatus.error(), removed);
    EXPECT_FALSE(shaken.serverStatus);
}

INSTANTIATE_TEST_SUITE_P(Matrix, DelegatingKey,
    testing::Values(Case{TLS1_2_VERSION, KeyType::Ec256}, Case{TLS1_2_VERSION, KeyType::Ec384},
        Case{TLS1_2_VERSION, KeyType::Rsa2048}, Case{TLS1_3_VERSION, KeyType::Ec256},
        Case{TLS1_3_VERSION, KeyType::Ec384}, Case{TLS1_3_VERSION, KeyType::Rsa2048}),
    nameOf);

/// A signer whose answers are wrong.
class BrokenSigner final : public tls::Signer {
public:
    explicit BrokenSigner(std::vector<std::uint8_t> answer)
        : m_answer(std::move(answer))
    {
    }
    base::Result<std::vector<std::uint8_t>> sign(Scheme, std::span<const std::uint8_t>) override { return m_answer; }

private:
    std::vector<std::uint8_t> m_answer;
};

Errc handshakeWith(KeyType type, std::vector<std::uint8_t> answer)
{
    Handshake handshake;
    const auto key = support::generateKey(type);
    tls::Identity identity;
    identity.certificate = handshake.world.ca.issueFor(*key, handshake.world.clientOptions());
    identity.key = must(tls::delegatingKey(*identity.certificate, std::make_shared<BrokenSigner>(std::move(answer))));
    handshake.clientIdentity = std::move(identity);
    return codeOf(handshake.run().clientStatus);
}

TEST(DelegatingKeyRule, AnswerThatIsNoEcdsaSignatureIsATokenFailure)
{
    EXPECT_EQ(handshakeWith(KeyType::Ec256, {}), Errc::TokenFailure);
    EXPECT_EQ(handshakeWith(KeyType::Ec256, {1, 2, 3}), Errc::TokenFailure);
    // A whole signature with a byte behind it.
    EXPECT_EQ(handshakeWith(KeyType::Ec256, {0x30, 6, 2, 1, 1, 2, 1, 1, 0}), Errc::TokenFailure);
}

TEST(DelegatingKeyRule, AnswerOfAnotherLengthThanTheModulusIsATokenFailure)
{
    EXPECT_EQ(handshakeWith(KeyType::Rsa2048, {}), Errc::TokenFailure);
    EXPECT_EQ(handshakeWith(KeyType::Rsa2048, std::vector<std::uint8_t>(257, 1)), Errc::TokenFailure);
}

TEST(DelegatingKeyRule, KeepsItsSignerAliveAndLetsItGo)
{
    const support::TestCa ca;
    auto key = support::generateKey(KeyType::Ec256);
    const auto certificate = ca.issueFor(*key, {});
    auto signer = std::make_shared<support::KeySigner>(std::move(key));
    const std::weak_ptr<support::KeySigner> watched = signer;
    auto delegating = must(tls::delegatingKey(*certificate, std::move(signer)));
    EXPECT_FALSE(watched.expired());
    // A copy that OpenSSL makes shares the signer.
    tls::KeyPtr copy(EVP_PKEY_dup(delegating.get()));
    delegating.reset();
    EXPECT_EQ(watched.expired(), copy == nullptr);
    copy.reset();
    EXPECT_TRUE(watched.expired());
}

TEST(DelegatingKeyRule, KeyOfAnotherKindIsUnsupported)
{
    const support::TestCa ca;
    const tls::KeyPtr key(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
    ASSERT_TRUE(key);
    const auto certificate = ca.issueFor(*key, {});
    const auto result = tls::delegatingKey(*certificate, std::make_shared<BrokenSigner>(std::vector<std::uint8_t>{}));
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, Errc::Unsupported);
    EXPECT_NE(result.error().detail.find("ED25519"), std::string::npos) << result.error().detail;
}

}
