#include "tests/unit/tls/tls_world.h"

#include <gtest/gtest.h>

#include <tuple>

using namespace tls_test;
using support::KeyType;

namespace {

enum class Mode { Authority, Pin };

struct HandshakeCase {
    int version;
    KeyType key;
    Mode mode;
};

std::string nameOfHandshake(const testing::TestParamInfo<HandshakeCase>& info)
{
    const auto& [version, key, mode] = info.param;
    const char* keyName = key == KeyType::Ec256 ? "Ec256" : key == KeyType::Ec384 ? "Ec384" : "Rsa2048";
    return std::string(version == TLS1_2_VERSION ? "Tls12" : "Tls13") + keyName
        + (mode == Mode::Pin ? "Pinned" : "ByAuthority");
}

std::vector<HandshakeCase> allCases()
{
    std::vector<HandshakeCase> cases;
    for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION})
        for (const auto key : {KeyType::Ec256, KeyType::Ec384, KeyType::Rsa2048})
            for (const auto mode : {Mode::Authority, Mode::Pin})
                cases.push_back({version, key, mode});
    return cases;
}

class GoodHandshake : public testing::TestWithParam<HandshakeCase> { };

TEST_P(GoodHandshake, TellsEachEndWhoTheOtherIs)
{
    const auto& [version, key, mode] = GetParam();
    Handshake handshake;
    handshake.version = version;
    handshake.serverIdentity = handshake.world.ca.issue(handshake.world.serverOptions(key));
    handshake.clientIdentity = handshake.world.ca.issue(handshake.world.clientOptions(key));
    const auto serverPrint = tls::fingerprint(*handshake.serverIdentity.certificate);
    const auto clientPrint = tls::fingerprint(*handshake.clientIdentity.certificate);
    if (mode == Mode::Pin) {
        // The second pin is the certificate that the venue will change to.
        handshake.clientTrust.pins = {serverPrint, std::string(64, '0')};
        handshake.serverTrust.pins = {clientPrint};
    }

    auto shaken = handshake.run();

    ASSERT_TRUE(shaken.clientStatus) << shaken.clientStatus.error().detail;
    ASSERT_TRUE(shaken.serverStatus) << shaken.serverStatus.error().detail;
    const auto& server = shaken.client.peer();
    EXPECT_EQ(server.protocol, version == TLS1_2_VERSION ? "TLSv1.2" : "TLSv1.3");
    EXPECT_NE(server.cipherSuite.find("GCM"), std::string::npos) << server.cipherSuite;
    EXPECT_EQ(server.subject, "CN=Venue");
    EXPECT_EQ(server.fingerprint, serverPrint);
    EXPECT_EQ(server.pinned, mode == Mode::Pin);
    EXPECT_GT(server.notAfter, base::SystemClock().utc());
    EXPECT_EQ(shaken.server.peer().commonName, "TRADER1");
    EXPECT_EQ(shaken.server.peer().fingerprint, clientPrint);

    ASSERT_TRUE(support::send(shaken.client, "ping"));
    EXPECT_EQ(support::receive(shaken.server, 4).bytes, "ping");
    ASSERT_TRUE(support::send(shaken.server, "pong"));
    EXPECT_EQ(support::receive(shaken.client, 4).bytes, "pong");
}

INSTANTIATE_TEST_SUITE_P(Matrix, GoodHandshake, testing::ValuesIn(allCases()), nameOfHandshake);

TEST(HandshakeRule, BothEndsPreferTls13)
{
    Handshake handshake;
    auto shaken = handshake.run();
    ASSERT_TRUE(shaken.clientStatus);
    EXPECT_EQ(shaken.client.peer().protocol, "TLSv1.3");
    EXPECT_EQ(shaken.client.peer().cipherSuite, "TLS_AES_128_GCM_SHA256");
}

TEST(HandshakeRule, OnlyAeadSuitesAreOffered)
{
    Handshake handshake;
    const auto context = handshake.clientContext();
    const auto* suites = SSL_CTX_get_ciphers(context->native());
    ASSERT_GT(sk_SSL_CIPHER_num(suites), 0);
    for (int i = 0; i < sk_SSL_CIPHER_num(suites); ++i) {
        const SSL_CIPHER* suite = sk_SSL_CIPHER_value(suites, i);
        EXPECT_EQ(SSL_CIPHER_is_aead(suite), 1) << SSL_CIPHER_get_name(suite);
        EXPECT_NE(SSL_CIPHER_get_kx_nid(suite), NID_kx_rsa) << SSL_CIPHER_get_name(suite);
    }
}

TEST(HandshakeRule, ServerIsReachedByAddressWhenItsCertificateCarriesIt)
{
    Handshake handshake;
    auto options = handshake.world.serverOptions();
    options.dnsNames.clear();
    options.ipAddresses = {"127.0.0.1"};
    handshake.serverIdentity = handshake.world.ca.issue(options);
    handshake.clientTrust.serverName = "127.0.0.1";
    const auto shaken = handshake.run();
    EXPECT_TRUE(shaken.clientStatus) << shaken.clientStatus.error().detail;
}

std::string receivedServerName(const std::string& serverName)
{
    Handshake handshake;
    auto options = handshake.world.serverOptions();
    options.ipAddresses = {"127.0.0.1"};
    handshake.serverIdentity = handshake.world.ca.issue(options);
    handshake.clientTrust.serverName = serverName;
    auto server = handshake.serverContext();
    std::string received;
    const auto remember = [](SSL* ssl, int*, void* name) {
        if (const char* text = SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name))
            *static_cast<std::string*>(name) = text;
        return SSL_TLSEXT_ERR_OK;
    };
    SSL_CTX_set_tlsext_servername_callback(server->native(), +remember);
    SSL_CTX_set_tlsext_servername_arg(server->native(), &received);
    const auto shaken = support::shake(handshake.clientContext(), server);
    EXPECT_TRUE(shaken.clientStatus) << shaken.clientStatus.error().detail;
    return received;
}

TEST(HandshakeRule, ServerNameIsIndicatedForNamesAndNeverForAddresses)
{
    EXPECT_EQ(receivedServerName(ServerName), ServerName);
    EXPECT_EQ(receivedServerName("127.0.0.1"), "");
}

TEST(HandshakeRule, IntermediatesAreSentSoThatTheRootIsEnough)
{
    Handshake handshake;
    support::CertificateOptions issuing;
    issuing.commonName = "Issuing CA";
    issuing.purpose = support::Purpose::Ca;
    auto intermediate = handshake.world.ca.issue(issuing);
    // Chained by hand: the test authority issues from its root only.
    auto leafKey = support::generateKey(KeyType::Ec256);
    tls::Identity chained;
    chained.certificate = support::issueFrom(intermediate, *leafKey, handshake.world.serverOptions());
    chained.key = std::move(leafKey);
    chained.chain.push_back(std::move(intermediate.certificate));
    handshake.serverIdentity = std::move(chained);
    const auto shaken = handshake.run();
    EXPECT_TRUE(shaken.clientStatus) << shaken.clientStatus.error().detail;
}

}
