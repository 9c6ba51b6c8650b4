#include "tests/unit/tls/tls_world.h"

#include <gtest/gtest.h>
#include <openssl/err.h>

#include <sys/socket.h>

using namespace tls_test;
using base::Errc;
using support::RawPeer;
using namespace std::chrono_literals;

namespace {

void sendPlain(const tls::Socket& socket, const std::string& bytes)
{
    [[maybe_unused]] const auto sent = ::send(socket.handle(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
}

/// A client of ours against a peer that plays `server`; the peer's socket stays open until the handshake is over.
base::Status handshakeAgainst(
    const std::function<void(const tls::Socket&)>& server, std::chrono::milliseconds timeout = support::Patience)
{
    Handshake handshake;
    auto sockets = support::connectedPair();
    tls::Stream client(handshake.clientContext(), std::move(sockets.client));
    const support::PeerThread peer([&] { server(sockets.server); });
    return client.handshake(timeout, tls::Waker());
}

TEST(PeerBehaviour, PlaintextAnswerIsNotTls)
{
    const auto fix = handshakeAgainst([](const auto& socket) { sendPlain(socket, "8=FIX.4.4\0019=5\00135=0\001"); });
    EXPECT_EQ(codeOf(fix), Errc::TlsNotSpoken) << fix.error().detail;
    const auto http = handshakeAgainst([](const auto& socket) { sendPlain(socket, "HTTP/1.1 400 Bad Request\r\n"); });
    EXPECT_EQ(codeOf(http), Errc::TlsNotSpoken) << http.error().detail;
    const auto ssh = handshakeAgainst([](const auto& socket) { sendPlain(socket, "SSH-2.0-OpenSSH_9.2\r\n"); });
    EXPECT_EQ(codeOf(ssh), Errc::TlsNotSpoken) << ssh.error().detail;
}

TEST(PeerBehaviour, PlaintextClientIsNotTls)
{
    for (const std::string greeting : {"8=FIX.4.4\0019=5\00135=A\001", "GET / HTTP/1.1\r\n\r\n"}) {
        Handshake handshake;
        auto sockets = support::connectedPair();
        sendPlain(sockets.client, greeting);
        tls::Stream server(handshake.serverContext(), std::move(sockets.server));
        const auto status = server.handshake(support::Patience, tls::Waker());
        EXPECT_EQ(codeOf(status), Errc::TlsNotSpoken) << status.error().detail;
    }
}

TEST(PeerBehaviour, ServerOfTls11OnlyHasNoVersionInCommon)
{
    Handshake handshake;
    auto sockets = support::connectedPair();
    const auto venue = std::move(handshake.serverIdentity);
    const support::PeerThread peer([&] {
        RawPeer server({.role = RawPeer::Role::Server,
                           .identity = &venue,
                           .minVersion = TLS1_VERSION,
                           .maxVersion = TLS1_1_VERSION},
            std::move(sockets.server));
        EXPECT_FALSE(server.handshake());
    });
    tls::Stream client(handshake.clientContext(), std::move(sockets.client));
    const auto status = client.handshake(support::Patience, tls::Waker());
    EXPECT_EQ(codeOf(status), Errc::TlsVersion) << status.error().detail;
}

TEST(PeerBehaviour, ClientOfTls11OnlyHasNoVersionInCommon)
{
    Handshake handshake;
    auto sockets = support::connectedPair();
    const auto trader = std::move(handshake.clientIdentity);
    const support::PeerThread peer([&] {
        RawPeer client({.role = RawPeer::Role::Client,
                           .identity = &trader,
                           .minVersion = TLS1_VERSION,
                           .maxVersion = TLS1_1_VERSION},
            std::move(sockets.client));
        EXPECT_FALSE(client.handshake());
    });
    tls::Stream server(handshake.serverContext(), std::move(sockets.server));
    const auto status = server.handshake(support::Patience, tls::Waker());
    EXPECT_EQ(codeOf(status), Errc::TlsVersion) << status.error().detail;
}

TEST(PeerBehaviour, SuitesWithoutAeadAreRefused)
{
    Handshake handshake;
    auto sockets = support::connectedPair();
    const auto venue = std::move(handshake.serverIdentity);
    const support::PeerThread peer([&] {
        RawPeer server({.role = RawPeer::Role::Server, .identity = &venue, .maxVersion = TLS1_2_VERSION},
            std::move(sockets.server));
        EXPECT_EQ(SSL_set_cipher_list(server.ssl(), "ECDHE-ECDSA-AES128-SHA256"), 1);
        EXPECT_FALSE(server.handshake());
    });
    tls::Stream client(handshake.clientContext(), std::move(sockets.client));
    const auto status = client.handshake(support::Patience, tls::Waker());
    EXPECT_EQ(codeOf(status), Errc::TlsFailure) << status.error().detail;
}

TEST(PeerBehaviour, SilentServerEndsInATimeout)
{
    const auto status = handshakeAgainst([](const auto&) {}, 100ms);
    EXPECT_EQ(codeOf(status), Errc::Timeout);
    EXPECT_NE(status.error().detail.find("100 ms"), std::string::npos) << status.error().detail;
}

TEST(PeerBehaviour, ServerThatDripsBytesDoesNotOutliveTheTimeout)
{
    tls::Waker stop;
    Handshake handshake;
    auto sockets = support::connectedPair();
    tls::Stream client(handshake.clientContext(), std::move(sockets.client));
    const support::PeerThread peer([&] {
        // The start of a record of 16 KiB, then one byte at a time.
        sendPlain(sockets.server, std::string("\x16\x03\x03\x40\x00", 5));
        std::vector<tls::Interest> interests{{.handle = stop.handle(), .read = true}};
        while (!interests.front().readable) {
            sendPlain(sockets.server, "x");
            tls::waitFor(interests, 10ms);
        }
    });
    const auto start = std::chrono::steady_clock::now();
    const auto status = client.handshake(300ms, tls::Waker());
    const auto taken = std::chrono::steady_clock::now() - start;
    stop.wake();
    EXPECT_EQ(codeOf(status), Errc::Timeout);
    EXPECT_GE(taken, 300ms);
    EXPECT_LT(taken, 5s);
}

TEST(PeerBehaviour, ServerThatClosesDuringTheHandshakeIsALostConnection)
{
    const auto status = handshakeAgainst([](const auto& socket) { ::shutdown(socket.handle(), SHUT_RDWR); });
    EXPECT_EQ(codeOf(status), Errc::ConnectionLost) << status.error().detail;
}

TEST(PeerBehaviour, HandshakeEndsWhenItIsCalledOff)
{
    Handshake handshake;
    auto sockets = support::connectedPair();
    tls::Waker cancelled;
    tls::Stream client(handshake.clientContext(), std::move(sockets.client));
    const support::PeerThread peer([&] {
        // The client's hello is there: it waits for the answer.
        std::vector<tls::Interest> interests{{.handle = sockets.server.handle(), .read = true}};
        tls::waitFor(interests, support::Patience);
        cancelled.wake();
    });
    EXPECT_EQ(codeOf(client.handshake(support::Patience, cancelled)), Errc::Cancelled);
}

TEST(PeerBehaviour, GarbageAfterTheHandshakeIsATlsFailure)
{
    Handshake handshake;
    auto sockets = support::connectedPair();
    const int raw = ::dup(sockets.server.handle());
    tls::Stream client(handshake.clientContext(), std::move(sockets.client));
    tls::Stream server(handshake.serverContext(), std::move(sockets.server));
    {
        const support::PeerThread peer([&] { EXPECT_TRUE(server.handshake(support::Patience, tls::Waker())); });
        ASSERT_TRUE(client.handshake(support::Patience, tls::Waker()));
    }
    const std::string garbage("8=FIX.4.4 in the clear, in the middle of a TLS session");
    ASSERT_GT(::send(raw, garbage.data(), garbage.size(), MSG_NOSIGNAL), 0);
    const auto received = support::receive(client, 1);
    ::close(raw);
    ASSERT_TRUE(received.error);
    EXPECT_EQ(received.error->code, Errc::TlsFailure) << received.error->detail;
}

/// A raw server with a TLS version, and our client, shaken.
class AgainstRawServer : public testing::Test {
protected:
    void start(int maxVersion)
    {
        m_venue = std::move(m_handshake.serverIdentity);
        auto sockets = support::connectedPair();
        m_server.emplace(RawPeer::Options{.role = RawPeer::Role::Server,
                             .identity = &m_venue,
                             .maxVersion = maxVersion,
                             .asksForCertificate = true},
            std::move(sockets.server));
        m_client.emplace(m_handshake.clientContext(), std::move(sockets.client));
        const support::PeerThread peer([&] { EXPECT_TRUE(m_server->handshake()); });
        ASSERT_TRUE(m_client->handshake(support::Patience, tls::Waker()));
    }

    Handshake m_handshake;
    tls::Identity m_venue;
    std::optional<RawPeer> m_server;
    std::optional<tls::Stream> m_client;
};

TEST_F(AgainstRawServer, RenegotiationIsRefusedInTls12)
{
    start(TLS1_2_VERSION);
    {
        const support::PeerThread peer([&] {
            EXPECT_EQ(SSL_renegotiate(m_server->ssl()), 1);
            EXPECT_TRUE(m_server->handshake()); // sends the HelloRequest
            EXPECT_EQ(m_server->read(), "");
            EXPECT_EQ(m_server->lastReason(), SSL_R_NO_RENEGOTIATION);
            m_server->hangUp();
        });
        EXPECT_TRUE(support::receive(*m_client, 1).closed);
    }
}

TEST_F(AgainstRawServer, CloseWithoutNotifyIsALostConnection)
{
    start(TLS1_3_VERSION);
    m_server->hangUp();
    const auto received = support::receive(*m_client, 1);
    EXPECT_TRUE(received.closed);
    ASSERT_TRUE(received.error) << "a cut connection must not look like the end of the session";
    EXPECT_EQ(received.error->code, Errc::ConnectionLost);
}

TEST_F(AgainstRawServer, CloseWithNotifyIsNoError)
{
    start(TLS1_3_VERSION);
    ASSERT_TRUE(m_server->write("bye"));
    SSL_shutdown(m_server->ssl());
    const auto received = support::receive(*m_client, 100);
    EXPECT_EQ(received.bytes, "bye");
    EXPECT_TRUE(received.closed);
    EXPECT_FALSE(received.error);
}

TEST_F(AgainstRawServer, SessionTicketProvesThatTheCertificateWasTaken)
{
    start(TLS1_3_VERSION);
    std::array<char, 16> buffer{};
    std::vector<tls::Interest> interests{m_client->interest(false)};
    tls::waitFor(interests, support::Patience);
    EXPECT_EQ(m_client->read(buffer).bytes, 0U);
    EXPECT_TRUE(m_client->peerHasSpoken());
}

TEST_F(AgainstRawServer, OfferedTicketsAreNotUsedForTheNextConnection)
{
    m_venue = std::move(m_handshake.serverIdentity);
    const auto context = m_handshake.clientContext();
    for (int connection = 0; connection < 2; ++connection) {
        auto sockets = support::connectedPair();
        RawPeer server({.role = RawPeer::Role::Server, .identity = &m_venue}, std::move(sockets.server));
        tls::Stream client(context, std::move(sockets.client));
        {
            const support::PeerThread peer([&] {
                EXPECT_TRUE(server.handshake());
                EXPECT_TRUE(server.write("x"));
            });
            ASSERT_TRUE(client.handshake(support::Patience, tls::Waker()));
            EXPECT_EQ(support::receive(client, 1).bytes, "x");
        }
        EXPECT_EQ(SSL_session_reused(server.ssl()), 0);
    }
}

class NoResumption : public testing::TestWithParam<int> { };

TEST_P(NoResumption, IsOfferedByOurServer)
{
    Handshake handshake;
    const auto trader = std::move(handshake.clientIdentity);
    const auto context = handshake.serverContext();
    SSL_SESSION* session = nullptr;
    for (int connection = 0; connection < 2; ++connection) {
        auto sockets = support::connectedPair();
        RawPeer client(
            {.role = RawPeer::Role::Client, .identity = &trader, .maxVersion = GetParam()}, std::move(sockets.client));
        if (session) {
            EXPECT_EQ(SSL_set_session(client.ssl(), session), 1);
        }
        tls::Stream server(context, std::move(sockets.server));
        const support::PeerThread peer([&] {
            EXPECT_TRUE(server.handshake(support::Patience, tls::Waker()));
            EXPECT_TRUE(support::send(server, "x"));
        });
        ASSERT_TRUE(client.handshake());
        EXPECT_EQ(client.read(), "x");
        EXPECT_EQ(SSL_session_reused(client.ssl()), 0);
        SSL_SESSION_free(session);
        session = SSL_get1_session(client.ssl());
        EXPECT_EQ(SSL_SESSION_is_resumable(session), 0);
        EXPECT_EQ(SSL_SESSION_has_ticket(session), 0);
    }
    SSL_SESSION_free(session);
}

INSTANTIATE_TEST_SUITE_P(Tls, NoResumption, testing::Values(TLS1_2_VERSION, TLS1_3_VERSION), versionName);

TEST(RenegotiationByTheClient, IsRefusedByOurServer)
{
    Handshake handshake;
    const auto trader = std::move(handshake.clientIdentity);
    auto sockets = support::connectedPair();
    RawPeer client(
        {.role = RawPeer::Role::Client, .identity = &trader, .maxVersion = TLS1_2_VERSION}, std::move(sockets.client));
    tls::Stream server(handshake.serverContext(), std::move(sockets.server));
    const support::PeerThread peer([&] {
        EXPECT_TRUE(server.handshake(support::Patience, tls::Waker()));
        EXPECT_TRUE(support::receive(server, 1).closed);
    });
    ASSERT_TRUE(client.handshake());
    EXPECT_EQ(SSL_renegotiate(client.ssl()), 1);
    EXPECT_FALSE(client.handshake());
    EXPECT_EQ(client.lastReason(), SSL_R_NO_RENEGOTIATION);
    client.hangUp();
}

}
