#include "core/tls/socket.h"
#include "tests/support/loopback_tls.h"

#include <gtest/gtest.h>

#include <array>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

using base::Errc;
using support::Patience;
using namespace std::chrono_literals;

namespace {

Errc connectError(const std::string& host, std::uint16_t port, std::chrono::milliseconds timeout = Patience)
{
    const auto socket = tls::connectTo(host, port, timeout, tls::Waker());
    return socket ? Errc::Internal : socket.error().code;
}

TEST(ConnectTo, FindsAListenerByAddressAndByName)
{
    const auto listener = tls::listenOn("127.0.0.1", 0);
    ASSERT_TRUE(listener);
    for (const std::string host : {"127.0.0.1", "localhost"}) {
        const auto socket = tls::connectTo(host, tls::localPort(*listener), Patience, tls::Waker());
        ASSERT_TRUE(socket) << socket.error().detail;
        EXPECT_EQ(socket->peerAddress(), "127.0.0.1:" + std::to_string(tls::localPort(*listener)));
        int noDelay = 0;
        socklen_t size = sizeof noDelay;
        EXPECT_EQ(::getsockopt(socket->handle(), IPPROTO_TCP, TCP_NODELAY, &noDelay, &size), 0);
        EXPECT_NE(noDelay, 0);
    }
}

TEST(ConnectTo, SpeaksIpv6)
{
    const auto listener = tls::listenOn("::1", 0);
    if (!listener)
        GTEST_SKIP() << "no IPv6 here: " << listener.error().detail;
    const auto socket = tls::connectTo("::1", tls::localPort(*listener), Patience, tls::Waker());
    ASSERT_TRUE(socket) << socket.error().detail;
    EXPECT_EQ(socket->peerAddress(), "[::1]:" + std::to_string(tls::localPort(*listener)));
}

TEST(ConnectTo, NobodyListeningIsARefusal)
{
    std::uint16_t port = 0;
    {
        const auto listener = tls::listenOn("127.0.0.1", 0);
        ASSERT_TRUE(listener);
        port = tls::localPort(*listener);
    }
    EXPECT_EQ(connectError("127.0.0.1", port), Errc::ConnectionRefused);
}

TEST(ConnectTo, NameThatDoesNotResolveIsARefusal)
{
    // RFC 6761: .invalid never resolves.
    EXPECT_EQ(connectError("venue.invalid", 9880), Errc::ConnectionRefused);
    EXPECT_EQ(connectError("", 9880), Errc::InvalidInput);
}

/// A listener that takes no more connections: its backlog is full and nobody accepts.
class FullListener {
public:
    FullListener()
        : m_listener(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        EXPECT_EQ(::bind(m_listener.handle(), reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
        EXPECT_EQ(::listen(m_listener.handle(), 0), 0);
        while (auto socket = tls::connectTo("127.0.0.1", port(), 200ms, tls::Waker()))
            m_fillers.push_back(*std::move(socket));
    }
    [[nodiscard]] std::uint16_t port() const { return tls::localPort(m_listener); }

private:
    tls::Socket m_listener;
    std::vector<tls::Socket> m_fillers;
};

TEST(ConnectTo, EndsAtItsDeadline)
{
    const FullListener listener;
    const auto start = std::chrono::steady_clock::now();
    EXPECT_EQ(connectError("127.0.0.1", listener.port(), 150ms), Errc::Timeout);
    EXPECT_GE(std::chrono::steady_clock::now() - start, 150ms);
}

TEST(ConnectTo, EndsWhenItIsCalledOff)
{
    const FullListener listener;
    tls::Waker cancelled;
    const support::PeerThread other([&] { cancelled.wake(); });
    const auto socket = tls::connectTo("127.0.0.1", listener.port(), Patience, cancelled);
    ASSERT_FALSE(socket);
    EXPECT_EQ(socket.error().code, Errc::Cancelled);
}

TEST(ListenOn, TakenPortIsAnIoErrorThatNamesIt)
{
    const auto first = tls::listenOn("127.0.0.1", 0);
    ASSERT_TRUE(first);
    const auto second = tls::listenOn("127.0.0.1", tls::localPort(*first));
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, Errc::Io);
    EXPECT_NE(second.error().detail.find(std::to_string(tls::localPort(*first))), std::string::npos);
}

int optionOf(const tls::Socket& socket, int level, int option)
{
    int value = -1;
    socklen_t size = sizeof value;
    EXPECT_EQ(::getsockopt(socket.handle(), level, option, &value, &size), 0);
    return value;
}

TEST(AcceptFrom, AClientsMachineThatVanishesIsNoticedWithinTwoMinutes)
{
    const auto pair = support::connectedPair();
    EXPECT_EQ(optionOf(pair.server, SOL_SOCKET, SO_KEEPALIVE), 1);
    EXPECT_EQ(optionOf(pair.server, IPPROTO_TCP, TCP_KEEPIDLE)
            + optionOf(pair.server, IPPROTO_TCP, TCP_KEEPINTVL) * optionOf(pair.server, IPPROTO_TCP, TCP_KEEPCNT),
        120);
    EXPECT_EQ(optionOf(pair.server, IPPROTO_TCP, TCP_USER_TIMEOUT), 120'000);
}

TEST(AcceptFrom, HasNothingWhenNobodyConnects)
{
    const auto listener = tls::listenOn("127.0.0.1", 0);
    ASSERT_TRUE(listener);
    EXPECT_FALSE(tls::acceptFrom(*listener).isOpen());
}

TEST(SocketOwner, MovesAndClosesOnce)
{
    auto pair = support::connectedPair();
    tls::Socket moved = std::move(pair.client);
    EXPECT_TRUE(moved.isOpen());
    EXPECT_FALSE(pair.client.isOpen()); // NOLINT(bugprone-use-after-move): that is the rule
    pair.client = std::move(moved);
    EXPECT_TRUE(pair.client.isOpen());
    pair.client.close();
    pair.client.close();
    EXPECT_FALSE(pair.client.isOpen());
    EXPECT_EQ(pair.client.peerAddress(), "");
}

TEST(WakerRule, WakesAWaitFromAnotherThread)
{
    tls::Waker waker;
    const support::PeerThread other([&] { waker.wake(); });
    std::vector<tls::Interest> interests{{.handle = waker.handle(), .read = true}};
    tls::waitFor(interests, Patience);
    EXPECT_TRUE(interests.front().readable);
}

TEST(WakerRule, StaysAwakeUntilItIsCleared)
{
    tls::Waker waker;
    for (int i = 0; i < 100'000; ++i)
        waker.wake();
    std::vector<tls::Interest> interests{{.handle = waker.handle(), .read = true}};
    tls::waitFor(interests, 0ms);
    EXPECT_TRUE(interests.front().readable);
    waker.clear();
    tls::waitFor(interests, 0ms);
    EXPECT_FALSE(interests.front().readable);
}

TEST(WaitFor, TellsReadableWritableAndFailed)
{
    auto pair = support::connectedPair();
    std::vector<tls::Interest> interests{{.handle = pair.client.handle(), .read = true, .write = true}};
    tls::waitFor(interests, Patience);
    EXPECT_TRUE(interests.front().writable);
    EXPECT_FALSE(interests.front().readable);
    EXPECT_FALSE(interests.front().failed);

    // Unread bytes at a closing peer make it a reset.
    ASSERT_EQ(::send(pair.client.handle(), "x", 1, MSG_NOSIGNAL), 1);
    std::vector<tls::Interest> arrival{{.handle = pair.server.handle(), .read = true}};
    tls::waitFor(arrival, Patience);
    pair.server.close();
    std::vector<tls::Interest> end{{.handle = pair.client.handle(), .read = true}};
    tls::waitFor(end, Patience);
    EXPECT_TRUE(end.front().failed);
    EXPECT_TRUE(end.front().readable);
}

TEST(WaitFor, ReturnsWhenTheTimeIsOver)
{
    tls::Waker waker;
    std::vector<tls::Interest> interests{{.handle = waker.handle(), .read = true}};
    const auto start = std::chrono::steady_clock::now();
    tls::waitFor(interests, 20ms);
    EXPECT_GE(std::chrono::steady_clock::now() - start, 19ms);
    tls::waitFor(interests, -1ms);
    EXPECT_FALSE(interests.front().readable);
}

}
