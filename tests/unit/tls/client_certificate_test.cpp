#include "tests/unit/tls/tls_world.h"

#include <gtest/gtest.h>
#include <openssl/err.h>

using namespace tls_test;
using base::Errc;
using support::RawPeer;

namespace {

TEST(ClientCertificate, OfAnotherAuthorityIsRefusedInATls12Handshake)
{
    Handshake handshake;
    handshake.version = TLS1_2_VERSION;
    handshake.clientIdentity = handshake.world.otherCa.issue(handshake.world.clientOptions());
    const auto shaken = handshake.run();
    EXPECT_EQ(codeOf(shaken.serverStatus), Errc::CertificateUntrusted);
    ASSERT_EQ(codeOf(shaken.clientStatus), Errc::CertificateRefused);
    EXPECT_NE(shaken.clientStatus.error().detail.find("unknown CA"), std::string::npos)
        << shaken.clientStatus.error().detail;
}

TEST(ClientCertificate, OfAnotherAuthorityIsRefusedAfterATls13Handshake)
{
    Handshake handshake;
    handshake.version = TLS1_3_VERSION;
    handshake.clientIdentity = handshake.world.otherCa.issue(handshake.world.clientOptions());
    auto shaken = handshake.run();
    EXPECT_EQ(codeOf(shaken.serverStatus), Errc::CertificateUntrusted);
    ASSERT_TRUE(shaken.clientStatus) << "a TLS 1.3 client is done before the server has judged";

    const auto received = support::receive(shaken.client, 1);
    EXPECT_TRUE(received.closed);
    ASSERT_TRUE(received.error);
    EXPECT_EQ(received.error->code, Errc::CertificateRefused) << received.error->detail;
    EXPECT_FALSE(shaken.client.peerHasSpoken()) << "an alert is no proof of acceptance";
}

TEST(ClientCertificate, RefusalIsToldByAWriteThatFailsFirst)
{
    Handshake handshake;
    handshake.version = TLS1_3_VERSION;
    handshake.clientIdentity = handshake.world.otherCa.issue(handshake.world.clientOptions());
    auto shaken = handshake.run();
    ASSERT_TRUE(shaken.clientStatus);
    // The server has closed: the first write is answered with a reset, a later one fails.
    const auto deadline = std::chrono::steady_clock::now() + support::Patience;
    base::Result<std::size_t> written{std::size_t{0}};
    while (written && std::chrono::steady_clock::now() < deadline)
        written = shaken.client.write(std::string(512, 'x'));
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().code, Errc::CertificateRefused) << written.error().detail;
}

TEST(ClientCertificate, ThatExpiredIsRefused)
{
    Handshake handshake;
    handshake.version = TLS1_2_VERSION;
    auto options = handshake.world.clientOptions();
    options.notBefore = std::chrono::hours(-48);
    options.notAfter = std::chrono::hours(-24);
    handshake.clientIdentity = handshake.world.ca.issue(options);
    const auto shaken = handshake.run();
    EXPECT_EQ(codeOf(shaken.serverStatus), Errc::CertificateExpired);
    EXPECT_EQ(codeOf(shaken.clientStatus), Errc::CertificateRefused);
}

TEST(ClientCertificate, MadeForAServerIsRefused)
{
    Handshake handshake;
    handshake.version = TLS1_2_VERSION;
    handshake.clientIdentity = handshake.world.ca.issue(handshake.world.serverOptions());
    const auto shaken = handshake.run();
    EXPECT_EQ(codeOf(shaken.serverStatus), Errc::CertificateWrongUsage);
    EXPECT_EQ(codeOf(shaken.clientStatus), Errc::CertificateRefused);
}

TEST(ClientCertificate, ThatWasRevokedIsRefused)
{
    Handshake handshake;
    handshake.version = TLS1_2_VERSION;
    handshake.serverTrust.crlFile =
        handshake.world.files.write("crl.pem", handshake.world.ca.crl({handshake.clientIdentity.certificate.get()}));
    const auto shaken = handshake.run();
    EXPECT_EQ(codeOf(shaken.serverStatus), Errc::CertificateRevoked);
    EXPECT_EQ(codeOf(shaken.clientStatus), Errc::CertificateRefused);
}

TEST(ClientCertificate, WithoutAPinAtTheServerIsRefused)
{
    Handshake handshake;
    handshake.version = TLS1_2_VERSION;
    handshake.serverTrust.pins = {std::string(64, '0')};
    const auto shaken = handshake.run();
    EXPECT_EQ(codeOf(shaken.serverStatus), Errc::CertificateNotPinned);
    EXPECT_EQ(codeOf(shaken.clientStatus), Errc::CertificateRefused);
}

class MissingClientCertificate : public testing::TestWithParam<int> { };

TEST_P(MissingClientCertificate, IsRefused)
{
    Handshake handshake;
    auto sockets = support::connectedPair();
    bool accepted = true;
    {
        const support::PeerThread peer([&] {
            RawPeer client({.role = RawPeer::Role::Client, .maxVersion = GetParam()}, std::move(sockets.client));
            accepted = client.handshake() && !client.read().empty();
        });
        tls::Stream server(handshake.serverContext(), std::move(sockets.server));
        const auto status = server.handshake(support::Patience, tls::Waker());
        ASSERT_EQ(codeOf(status), Errc::CertificateUntrusted);
        EXPECT_NE(status.error().detail.find("presented no certificate"), std::string::npos) << status.error().detail;
    }
    EXPECT_FALSE(accepted);
}

INSTANTIATE_TEST_SUITE_P(Tls, MissingClientCertificate, testing::Values(TLS1_2_VERSION, TLS1_3_VERSION), versionName);

TEST(ClientCertificate, ThatTheServerDoesNotAskForIsNotNeeded)
{
    Handshake handshake;
    auto sockets = support::connectedPair();
    const auto venue = std::move(handshake.serverIdentity);
    const support::PeerThread peer([&] {
        RawPeer server({.role = RawPeer::Role::Server, .identity = &venue}, std::move(sockets.server));
        EXPECT_TRUE(server.handshake());
        EXPECT_TRUE(server.write("hello"));
    });
    tls::Stream client(handshake.clientContext(), std::move(sockets.client));
    const auto status = client.handshake(support::Patience, tls::Waker());
    ASSERT_TRUE(status) << status.error().detail;
    EXPECT_EQ(support::receive(client, 5).bytes, "hello");
}

}
