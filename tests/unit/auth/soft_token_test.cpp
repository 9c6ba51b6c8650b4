#include "tests/support/loopback_tls.h"
#include "tests/support/soft_token.h"
#include "tests/unit/auth/token_fixture.h"

#include <gtest/gtest.h>
#include <openssl/err.h>

#include <array>
#include <cstdlib>
#include <p11-kit/pkcs11.h>

namespace {

using base::Errc;
using support::KeyType;
using support::SoftToken;

const std::string Pin = "123456";
const SoftToken::KeyId Id{0x01};

support::CertificateOptions trader(KeyType type)
{
    support::CertificateOptions options;
    options.commonName = "trader-7";
    options.purpose = support::Purpose::Client;
    options.keyType = type;
    return options;
}

auth::TokenSettings settings(const std::string& keyId = "01")
{
    return {SoftToken::module(), {SoftToken::module()}, keyId, {}, {}};
}

/// Does this key have its private number in this process?
bool holdsSecret(EVP_PKEY& key)
{
    BIGNUM* secret = nullptr;
    EVP_PKEY_get_bn_param(&key, EVP_PKEY_get_base_id(&key) == EVP_PKEY_RSA ? "d" : "priv", &secret);
    ERR_clear_error();
    const bool holds = secret && !BN_is_zero(secret);
    BN_clear_free(secret);
    return holds;
}

struct KeyCase {
    KeyType type;
    const char* name;
    const char* algorithm;
};

std::ostream& operator<<(std::ostream& out, const KeyCase& key)
{
    return out << key.name;
}

/// Every key type that the desk supports, on a real PKCS#11 token.
class SoftTokenKey : public testing::TestWithParam<KeyCase> {
protected:
    /// A handshake with a server that demands a certificate; what the server saw of it.
    void shakeHands(std::shared_ptr<const tls::Identity> client, int maximalVersion, const std::string& expected)
    {
        support::CertificateOptions venue;
        venue.dnsNames = {"localhost"};
        const auto server = std::make_shared<tls::Identity>(m_ca.issue(venue));
        const tls::TrustPolicy trust{m_caFile, {}, {}, "localhost"};
        const auto clientContext = tls::Context::forClient(trust, client);
        ASSERT_TRUE(clientContext) << clientContext.error().detail;
        const auto serverContext = tls::Context::forServer({m_caFile, {}, {}, {}}, server);
        ASSERT_TRUE(serverContext) << serverContext.error().detail;
        SSL_CTX_set_max_proto_version((*serverContext)->native(), maximalVersion);

        auto shaken = support::shake(*clientContext, *serverContext);
        ASSERT_TRUE(shaken.clientStatus) << shaken.clientStatus.error().detail;
        ASSERT_TRUE(shaken.serverStatus) << shaken.serverStatus.error().detail;
        EXPECT_EQ(shaken.client.peer().protocol, expected);
        EXPECT_EQ(shaken.server.peer().fingerprint, tls::fingerprint(*client->certificate));
        EXPECT_EQ(shaken.server.peer().commonName, "trader-7");
    }

    support::TestCa m_ca;
    support::TemporaryDirectory m_directory;
    std::string m_caFile = m_directory.write("ca.pem", m_ca.pem());
    SoftToken m_token;
};

TEST_P(SoftTokenKey, SignsInAndShakesHandsInBothVersionsOfTls)
{
    const auto certificate = m_token.enrol(m_ca, trader(GetParam().type), Id);
    Tokens tokens(settings());
    const auto unlocked = tokens.unlock(Pin);
    ASSERT_FALSE(unlocked.error) << unlocked.error->detail;
    EXPECT_EQ(unlocked.status.identity->keyAlgorithm, GetParam().algorithm);
    EXPECT_EQ(unlocked.status.identity->fingerprint, tls::fingerprint(*certificate));
    shakeHands(tokens.identity(), TLS1_3_VERSION, "TLSv1.3");
    shakeHands(tokens.identity(), TLS1_2_VERSION, "TLSv1.2");
}

TEST_P(SoftTokenKey, ShowsInMidConnectionThatItIsStillThere)
{
    const auto certificate = m_token.enrol(m_ca, trader(GetParam().type), Id);
    Tokens tokens(settings());
    ASSERT_FALSE(tokens.unlock(Pin).error);
    support::CertificateOptions venue;
    venue.dnsNames = {"localhost"};
    const auto client = tls::Context::forClient({m_caFile, {}, {}, "localhost"}, tokens.identity());
    const auto server =
        tls::Context::forServer({m_caFile, {}, {}, {}}, std::make_shared<tls::Identity>(m_ca.issue(venue)));
    ASSERT_TRUE(client && server);
    auto shaken = support::shake(*client, *server);
    ASSERT_TRUE(shaken.clientStatus && shaken.serverStatus);
    const tls::Waker never;
    const auto answer = [&] {
        EXPECT_TRUE(shaken.server.askForCertificate());
        std::array<char, 16> buffer{};
        const auto deadline = std::chrono::steady_clock::now() + support::Patience;
        while (!shaken.client.isAsked() && std::chrono::steady_clock::now() < deadline)
            static_cast<void>(shaken.client.read(buffer));
        return shaken.client.answerRequest(support::Patience, never);
    };
    ASSERT_TRUE(answer());
    ASSERT_TRUE(support::send(shaken.client, "x"));
    EXPECT_EQ(support::receive(shaken.server, 1).bytes, "x");
    EXPECT_EQ(shaken.server.timesProven(), 1U);

    tokens.service().signOut();
    EXPECT_FALSE(answer()) << "a token that is locked or gone signs nothing";
    EXPECT_TRUE(support::receive(shaken.server, 1).closed);
    EXPECT_EQ(shaken.server.timesProven(), 1U);
}

TEST_P(SoftTokenKey, NeverLeavesTheToken)
{
    const auto certificate = m_token.enrol(m_ca, trader(GetParam().type), Id);
    EXPECT_TRUE(m_token.privateKeyFlag(CKA_SENSITIVE, Id));
    EXPECT_FALSE(m_token.privateKeyFlag(CKA_EXTRACTABLE, Id));
    const bool rsa = GetParam().type == KeyType::Rsa2048;
    EXPECT_EQ(m_token.readPrivateValue(rsa ? CKA_PRIVATE_EXPONENT : CKA_VALUE, Id), CKR_ATTRIBUTE_SENSITIVE);

    Tokens tokens(settings());
    ASSERT_FALSE(tokens.unlock(Pin).error);
    EXPECT_FALSE(holdsSecret(*tokens.identity()->key)) << "what the desk holds only knows how to ask";
    EXPECT_TRUE(holdsSecret(*support::generateKey(GetParam().type))) << "the question itself must be able to say yes";
    EXPECT_EQ(m_token.readPrivateValue(rsa ? CKA_PRIVATE_EXPONENT : CKA_VALUE, Id), CKR_ATTRIBUTE_SENSITIVE);
}

INSTANTIATE_TEST_SUITE_P(Types, SoftTokenKey,
    testing::Values(KeyCase{KeyType::Ec256, "EcP256", "EC P-256"}, KeyCase{KeyType::Ec384, "EcP384", "EC P-384"},
        KeyCase{KeyType::Rsa2048, "Rsa2048", "RSA 2048"}),
    [](const auto& parameter) { return parameter.param.name; });

class SoftTokenTest : public testing::Test {
protected:
    support::TestCa m_ca;
    SoftToken m_token;
};

TEST_F(SoftTokenTest, AWrongPinIsWrongAndTheRightOneWorksAfterIt)
{
    const auto certificate = m_token.enrol(m_ca, trader(KeyType::Ec256), Id);
    Tokens tokens(settings());
    EXPECT_EQ(codeOf(tokens.unlock("999999").error), Errc::PinWrong);
    EXPECT_FALSE(tokens.unlock(Pin).error);
}

TEST_F(SoftTokenTest, AKeyForDerivingOnlyIsRefusedBeforeAHandshakeFails)
{
    const auto publicKey = m_token.generateKey(KeyType::Ec256, Id, support::KeyUse::DeriveOnly);
    m_token.importCertificate(*m_ca.issueFor(*publicKey, trader(KeyType::Ec256)), Id);
    Tokens tokens(settings());
    const auto refused = tokens.unlock(Pin);
    ASSERT_EQ(codeOf(refused.error), Errc::KeyNotFound);
    EXPECT_NE(refused.error->detail.find("may not sign"), std::string::npos) << refused.error->detail;
}

TEST_F(SoftTokenTest, AKeyWithoutCertificateIsNoIdentity)
{
    const auto publicKey = m_token.generateKey(KeyType::Ec256, Id);
    Tokens tokens(settings());
    EXPECT_EQ(codeOf(tokens.inspect().problem), Errc::KeyNotFound);
}

TEST_F(SoftTokenTest, TwoKeysOnOneTokenAreToldApartByKeyId)
{
    const auto first = m_token.enrol(m_ca, trader(KeyType::Ec256), Id);
    const auto second = m_token.enrol(m_ca, trader(KeyType::Ec384), {0x02});
    Tokens tokens(settings("02"));
    const auto unlocked = tokens.unlock(Pin);
    ASSERT_FALSE(unlocked.error);
    EXPECT_EQ(unlocked.status.identity->fingerprint, tls::fingerprint(*second));
    EXPECT_TRUE(signsAndVerifies(*tokens.identity()));
    EXPECT_EQ(codeOf(Tokens(settings({})).inspect().problem), Errc::KeyNotFound);
}

TEST_F(SoftTokenTest, AnAuthoritysCertificateOnTheTokenIsNoIdentity)
{
    auto authority = trader(KeyType::Ec256);
    authority.purpose = support::Purpose::Ca;
    m_token.importCertificate(*support::selfSigned(authority).certificate, {0x05});
    const auto certificate = m_token.enrol(m_ca, trader(KeyType::Ec256), Id);
    Tokens tokens(settings({}));
    const auto status = tokens.inspect();
    ASSERT_FALSE(status.problem) << status.problem->detail;
    EXPECT_EQ(status.identity->fingerprint, tls::fingerprint(*certificate));
}

TEST_F(SoftTokenTest, ATokenThatIsNotSetUpCountsAsNone)
{
    const support::TemporaryDirectory empty;
    const auto file = empty.write("softhsm2.conf", "directories.tokendir = " + empty.path().string() + "\n");
    setenv("SOFTHSM2_CONF", file.c_str(), 1);
    Tokens tokens(settings());
    EXPECT_EQ(codeOf(tokens.inspect().problem), Errc::TokenAbsent);
}

}
