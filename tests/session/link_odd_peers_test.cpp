#include "tests/session/held_token.h"
#include "tests/session/loopback.h"
#include "tests/session/raw_peer.h"
#include "tests/session/session_pair.h"

#include <functional>
#include <sys/socket.h>
#include <thread>

/// Peers that do not behave: slow, silent, in plain text, without end.
namespace {

using namespace session_test;

/// A server that completes TLS, or not even that, and then behaves as told.
class OddServer {
public:
    using Behaviour = std::function<void(tls::Socket, const tls::Waker&)>;

    explicit OddServer(Behaviour behaviour)
        : m_listener(*tls::listenOn("127.0.0.1", 0))
        , m_thread([this, behaviour = std::move(behaviour)] {
            while (true) {
                std::vector<tls::Interest> interests{
                    {.handle = m_end.handle(), .read = true}, {.handle = m_listener.handle(), .read = true}};
                tls::waitFor(interests, 60s);
                if (interests[0].readable)
                    return;
                tls::Socket socket = tls::acceptFrom(m_listener);
                if (socket.isOpen())
                    behaviour(std::move(socket), m_end);
            }
        })
    {
    }
    ~OddServer()
    {
        m_end.wake();
        m_thread.join();
    }
    [[nodiscard]] std::uint16_t port() const { return tls::localPort(m_listener); }

    /// Until the server ends, or the handle says something (which is read away).
    static void wait(const tls::Waker& end, const tls::Interest& other = {})
    {
        std::vector<tls::Interest> interests{{.handle = end.handle(), .read = true}, other};
        tls::waitFor(interests, 60s);
    }

private:
    tls::Waker m_end;
    tls::Socket m_listener;
    std::thread m_thread;
};

class EveryTlsVersion : public Loopback, public testing::WithParamInterface<int> {
protected:
    /// A server that completes TLS in this version, answers with `words`, if any, and says nothing more.
    [[nodiscard]] std::unique_ptr<OddServer> serverThatSays(const std::function<std::string()>& words)
    {
        auto context = tls::Context::forServer(acceptorSettings().trust, venueIdentity());
        EXPECT_TRUE(context);
        EXPECT_EQ(SSL_CTX_set_max_proto_version((*context)->native(), GetParam()), 1);
        auto server =
            std::make_unique<OddServer>([context = *context, words](tls::Socket socket, const tls::Waker& end) {
                tls::Stream stream(context, std::move(socket));
                ASSERT_TRUE(stream.handshake(20s, end));
                if (words) {
                    OddServer::wait(end, stream.interest(false));
                    ASSERT_TRUE(stream.write(words()));
                }
                OddServer::wait(end);
            });
        venuePort = server->port();
        return server;
    }
};

TEST_P(EveryTlsVersion, AServerThatIsSilentAfterTheHandshakeTimesOut)
{
    const auto server = serverThatSays({});
    auto settings = sessionSettings();
    settings.logonTimeout = 300ms;
    openDesk({settings});
    desk->start(deskIdentity());
    const auto waiting = reached(SessionPhase::Waiting);
    ASSERT_TRUE(waiting);
    EXPECT_EQ(waiting->reason->code, Errc::Timeout);
    EXPECT_NE(waiting->reason->detail.find("Logon"), std::string::npos);
}

TEST_P(EveryTlsVersion, AServerThatDoesNotAnswerTheLogoutCannotHoldUsBack)
{
    const auto server = serverThatSays(
        [this] { return framed("35=A|34=1|49=VENUE|56=DESK|52=" + sendingTime(clock.utc()) + "|98=0|108=30|"); });
    openDesk();
    desk->start(deskIdentity());
    ASSERT_TRUE(reached(SessionPhase::LoggedOn));
    const auto begin = clock.steady();
    desk->stop("the token is gone");
    ASSERT_TRUE(reached(SessionPhase::Stopped));
    EXPECT_LT(clock.steady() - begin, 15s);
}

TEST_P(EveryTlsVersion, AServerThatFallsSilentAfterItsLogonTimesOut)
{
    const auto server = serverThatSays(
        [this] { return framed("35=A|34=1|49=VENUE|56=DESK|52=" + sendingTime(clock.utc()) + "|98=0|108=1|"); });
    auto settings = sessionSettings();
    settings.heartBtInt = 1s;
    openDesk({settings});
    desk->start(deskIdentity());
    ASSERT_TRUE(reached(SessionPhase::LoggedOn));
    const auto waiting = reached(SessionPhase::Waiting);
    ASSERT_TRUE(waiting);
    EXPECT_EQ(waiting->reason->code, Errc::Timeout) << waiting->reason->detail;
}

INSTANTIATE_TEST_SUITE_P(Tls, EveryTlsVersion, testing::Values(TLS1_2_VERSION, TLS1_3_VERSION),
    [](const auto& version) { return version.param == TLS1_2_VERSION ? "Tls12" : "Tls13"; });

TEST_F(Loopback, AServerThatSpeaksNoTlsIsNamed)
{
    OddServer server([](tls::Socket socket, const tls::Waker& end) {
        OddServer::wait(end, {.handle = socket.handle(), .read = true});
        std::vector<tls::Interest> ready{{.handle = socket.handle(), .write = true}};
        tls::waitFor(ready, 20s);
        const std::string hello = "220 welcome, plain text here\r\n";
        ASSERT_EQ(::send(socket.handle(), hello.data(), hello.size(), 0), static_cast<ssize_t>(hello.size()));
        OddServer::wait(end, {.handle = socket.handle(), .read = true});
    });
    venuePort = server.port();
    openDesk();
    desk->start(deskIdentity());
    const auto waiting = reached(SessionPhase::Waiting);
    ASSERT_TRUE(waiting);
    EXPECT_EQ(waiting->reason->code, Errc::TlsNotSpoken) << waiting->reason->detail;
}

TEST_F(Loopback, AServerThatSendsNoFramesIsHungUpOn)
{
    auto context = tls::Context::forServer(acceptorSettings().trust, venueIdentity());
    ASSERT_TRUE(context);
    OddServer server([&](tls::Socket socket, const tls::Waker& end) {
        tls::Stream stream(*context, std::move(socket));
        ASSERT_TRUE(stream.handshake(20s, end));
        const std::string noise(1 << 16, 'x');
        for (int block = 0; block < 1024;) {
            const auto written = stream.write(noise);
            if (!written)
                return;
            block += *written > 0 ? 1 : 0;
            if (*written == 0)
                OddServer::wait(end, stream.interest(true));
        }
    });
    venuePort = server.port();
    openDesk();
    desk->start(deskIdentity());
    const auto waiting = reached(SessionPhase::Waiting);
    ASSERT_TRUE(waiting);
    EXPECT_EQ(waiting->reason->code, Errc::ProtocolViolation) << waiting->reason->detail;
}

TEST_F(Loopback, ATokenThatDoesNotAnswerOneSessionDoesNotDisturbAnother)
{
    auto settings = acceptorSettings();
    const rfq::SessionId secondAtVenue("second");
    settings.sessions.push_back({secondAtVenue, "VENUE", "DESK2", "desk-1", {}});
    openVenue(settings);
    auto second = sessionSettings("VENUE-Y");
    second.senderCompId = "DESK2";
    openDesk({sessionSettings("VENUE-X"), second});
    const auto held = heldIdentity(ca);
    desk->start(held.identity);
    for (int sessions = 0; sessions < 2; ++sessions)
        ASSERT_TRUE(venueEvents.next<fix::ClientLoggedOn>());

    held.token->hold();
    venue->drop(secondAtVenue);
    EXPECT_TRUE(held.token->waitForSignature(3)) << "the second is coming back, and waits for the token";
    for (int round = 0; round < 3; ++round) {
        desk->send(request("R" + std::to_string(round)));
        EXPECT_TRUE(clientMessage("R")) << "meanwhile on the first";
    }
    EXPECT_EQ(held.token->begun(), 3);
    held.token->release();
    EXPECT_TRUE(venueEvents.next<fix::ClientLoggedOn>());
    EXPECT_EQ(deskEvents.count<rfq::SessionChanged>([](const rfq::SessionChanged& change) {
        return change.session == rfq::SessionId("VENUE-X") && change.phase == SessionPhase::Waiting;
    }),
        0U);
}

TEST_F(Loopback, AClientThatNeverLogsOnIsSentAway)
{
    auto settings = acceptorSettings();
    settings.logonTimeout = 200ms;
    openVenue(settings);
    const tls::TrustPolicy trust{caFile, {}, {}, "localhost"};
    auto context = tls::Context::forClient(trust, deskIdentity());
    ASSERT_TRUE(context);
    const tls::Waker never;
    auto socket = tls::connectTo("127.0.0.1", venuePort, 20s, never);
    ASSERT_TRUE(socket);
    tls::Stream stream(*context, *std::move(socket));
    ASSERT_TRUE(stream.handshake(20s, never));
    const auto refused = venueEvents.next<fix::ClientRefused>();
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->reason.code, Errc::Timeout);
}

TEST_F(Loopback, AClientWithoutACertificateIsRefused)
{
    openVenue();
    const tls::Waker never;
    auto socket = tls::connectTo("127.0.0.1", venuePort, 20s, never);
    ASSERT_TRUE(socket);
    const std::string plain = "8=FIX.4.4\x01"
                              "9=5\x01";
    ASSERT_EQ(::send(socket->handle(), plain.data(), plain.size(), 0), static_cast<ssize_t>(plain.size()));
    const auto refused = venueEvents.next<fix::ClientRefused>();
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->reason.code, Errc::TlsNotSpoken) << refused->reason.detail;
}

TEST_F(Loopback, AClientIsNotReadWhileItsMessagesWait)
{
    constexpr std::size_t Most = 100;
    constexpr int Flood = 1'000; // what the buffers of both ends hold
    auto settings = acceptorSettings();
    settings.mostUndrained = Most;
    settings.sessions.push_back({rfq::SessionId("other"), "VENUE", "OTHER", "desk-2", {}});
    openVenue(settings);
    const tls::TrustPolicy trust{caFile, {}, {}, "localhost"};
    const auto say = [&](RawPeer& peer, const std::string& type, int number, const std::string& from,
                         const std::string& fields) {
        return peer.saySlowly("35=" + type + "|34=" + std::to_string(number) + "|49=" + from
            + "|56=VENUE|52=" + sendingTime(venueClock.utc()) + "|" + fields);
    };
    const auto ask = [&](RawPeer& peer, int number, const std::string& from) {
        return say(peer, "R", number, from, "131=R-" + std::to_string(number) + "|146=1|55=EUR/USD|38=1|15=EUR|");
    };
    const auto came = [this](const rfq::SessionId& session) {
        return venueEvents.count<fix::ClientMessage>(
            [&](const fix::ClientMessage& message) { return message.session == session; });
    };
    RawPeer flooder(venuePort, trust, deskIdentity());
    RawPeer other(venuePort, trust, deskIdentity("desk-2"));
    ASSERT_TRUE(flooder.connected() && other.connected());
    ASSERT_TRUE(say(flooder, "A", 1, "DESK", "98=0|108=30|") && say(other, "A", 1, "OTHER", "98=0|108=30|"));
    ASSERT_NE(flooder.hearUntil("35=A|").find("35=A|"), std::string::npos);
    ASSERT_NE(other.hearUntil("35=A|").find("35=A|"), std::string::npos);
    for (int i = 0; i < Flood; ++i)
        ASSERT_TRUE(ask(flooder, i + 2, "DESK")) << i;
    // In each round the venue looks at everybody.
    int number = 1;
    const auto goRound = [&](int rounds) {
        for (int i = 0; i < rounds; ++i) {
            ASSERT_TRUE(ask(other, ++number, "OTHER"));
            ASSERT_TRUE(venueEvents.next<fix::ClientMessage>(
                [](const fix::ClientMessage& message) { return message.session == rfq::SessionId("other"); }));
        }
    };
    for (std::size_t i = 0; i < Most; ++i)
        ASSERT_TRUE(venueEvents.next<fix::ClientMessage>());
    goRound(20);
    const std::size_t held = came(clientSession);
    EXPECT_LT(held, static_cast<std::size_t>(Flood)) << "the rest waits at the client's end";
    goRound(20);
    EXPECT_EQ(came(clientSession), held);
    while (came(clientSession) < static_cast<std::size_t>(Flood)) {
        venue->drained();
        if (!venueEvents.next<fix::ClientMessage>())
            break;
    }
    EXPECT_EQ(came(clientSession), static_cast<std::size_t>(Flood)) << "nothing of it is lost";
}

}
