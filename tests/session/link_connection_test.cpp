#include "tests/session/loopback.h"

#include <condition_variable>
#include <fstream>
#include <sstream>
#include <sys/socket.h>
#include <thread>

/// How sessions connect, fail, wait and come back.
namespace {

using namespace session_test;

TEST_F(Loopback, TellsTheFactsOfTheConnection)
{
    openVenue();
    openDesk();
    desk->start(deskIdentity());
    ASSERT_TRUE(reached(SessionPhase::Connecting));
    ASSERT_TRUE(reached(SessionPhase::Securing));
    const auto change = reached(SessionPhase::LoggedOn);
    ASSERT_TRUE(change);
    ASSERT_TRUE(change->connection);
    EXPECT_EQ(change->connection->tlsVersion, "TLSv1.3");
    EXPECT_NE(change->connection->peerSubject.find("venue"), std::string::npos);
    const auto client = venueEvents.next<fix::ClientLoggedOn>();
    ASSERT_TRUE(client);
    EXPECT_EQ(client->peer.commonName, "desk-1");
}

TEST_F(Loopback, ACertificateThatTheVenueRefusesStopsTheSessionAndUsesNoNumber)
{
    auto settings = acceptorSettings();
    settings.trust.caFile = otherCaFile;
    openVenue(settings);
    openDesk();
    const auto stranger = deskIdentity();
    for (int round = 0; round < 3; ++round) {
        round == 0 ? desk->start(stranger) : desk->retry(rfq::SessionId("VENUE-X"));
        const auto refused = reached(SessionPhase::Refused);
        ASSERT_TRUE(refused);
        ASSERT_TRUE(refused->reason);
        EXPECT_EQ(refused->reason->code, Errc::CertificateRefused) << refused->reason->detail;
        EXPECT_FALSE(refused->retryAt);
        EXPECT_EQ(storedSender(), 1);
    }
    EXPECT_EQ(changesInto(SessionPhase::Connecting), 3U);
    EXPECT_EQ(changesInto(SessionPhase::Waiting), 0U);
}

TEST_F(Loopback, AnUnknownCompIdIsRefusedByBothEnds)
{
    openVenue();
    auto settings = sessionSettings();
    settings.senderCompId = "NOBODY";
    openDesk({settings});
    desk->start(deskIdentity());
    const auto refused = reached(SessionPhase::Refused);
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->reason->code, Errc::LogonRefused);
    EXPECT_NE(refused->reason->detail.find("unknown CompID"), std::string::npos) << refused->reason->detail;
    const auto client = venueEvents.next<fix::ClientRefused>();
    ASSERT_TRUE(client);
    EXPECT_EQ(client->reason.code, Errc::LogonRefused);
}

TEST_F(Loopback, ACertificateSpeaksOnlyForItsOwnCompId)
{
    openVenue();
    openDesk();
    desk->start(deskIdentity("desk-2"));
    const auto refused = reached(SessionPhase::Refused);
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->reason->code, Errc::LogonRefused);
    const auto client = venueEvents.next<fix::ClientRefused>();
    ASSERT_TRUE(client);
    EXPECT_EQ(client->reason.code, Errc::CertificateWrongName);
    EXPECT_EQ(venueEvents.count<fix::ClientLoggedOn>(), 0U);
}

TEST_F(Loopback, ACertificateMustBeOneOfThePinnedOnes)
{
    const auto identity = deskIdentity();
    auto settings = acceptorSettings();
    settings.sessions[0].certificatePins = {std::string(64, '0')};
    openVenue(settings);
    openDesk();
    desk->start(identity);
    ASSERT_TRUE(reached(SessionPhase::Refused));
    const auto client = venueEvents.next<fix::ClientRefused>();
    ASSERT_TRUE(client);
    EXPECT_EQ(client->reason.code, Errc::CertificateNotPinned);
}

TEST_F(Loopback, ARefusedLogonCanBePutRightWithoutTouchingTheNumbers)
{
    openVenue();
    openDesk();
    desk->start(deskIdentity("desk-2"));
    ASSERT_TRUE(reached(SessionPhase::Refused));
    desk->start(deskIdentity());
    EXPECT_TRUE(reached(SessionPhase::LoggedOn));
}

TEST_F(Loopback, ASecondConnectionOfASessionIsRefusedAndTheFirstGoesOn)
{
    logOn();
    EventCollector<rfq::VenueEvent> otherEvents;
    auto settings = sessionSettings();
    settings.storeDirectory = files.path() / "other";
    fix::FixLink other({settings}, otherEvents.inbox(), clock);
    other.start(deskIdentity());
    const auto client = venueEvents.next<fix::ClientRefused>();
    ASSERT_TRUE(client);
    EXPECT_EQ(client->reason.code, Errc::Duplicate);
    desk->send(request());
    EXPECT_TRUE(clientMessage("R"));
}

TEST_F(Loopback, AConnectionThatBreaksComesBackByItself)
{
    logOn();
    venue->drop(clientSession);
    const auto waiting = reached(SessionPhase::Waiting);
    ASSERT_TRUE(waiting);
    EXPECT_EQ(waiting->reason->code, Errc::ConnectionLost) << waiting->reason->detail;
    EXPECT_TRUE(waiting->retryAt);
    EXPECT_FALSE(waiting->connection);
    ASSERT_TRUE(reached(SessionPhase::LoggedOn));
    desk->send(request());
    EXPECT_TRUE(clientMessage("R"));
}

TEST_F(Loopback, AVenueThatComesBackLaterIsFound)
{
    logOn();
    venue.reset();
    const std::uint16_t port = venuePort;
    ASSERT_TRUE(reached(SessionPhase::Waiting));
    const auto refused = deskEvents.next<rfq::SessionChanged>([](const rfq::SessionChanged& change) {
        return change.reason && change.reason->code == Errc::ConnectionRefused;
    });
    EXPECT_TRUE(refused);
    openVenue(port);
    EXPECT_TRUE(reached(SessionPhase::LoggedOn));
}

TEST_F(Loopback, StopLogsOutAndNothingReconnects)
{
    logOn();
    desk->stop("the token is gone");
    ASSERT_TRUE(reached(SessionPhase::Stopped));
    const auto off = venueEvents.next<fix::ClientLoggedOff>();
    ASSERT_TRUE(off);
    EXPECT_NE(off->reason.find("the token is gone"), std::string::npos) << off->reason;
    desk->retry(rfq::SessionId("VENUE-X"));
    desk->start(deskIdentity());
    ASSERT_TRUE(reached(SessionPhase::LoggedOn));
    EXPECT_EQ(changesInto(SessionPhase::Connecting), 2U);
}

TEST_F(Loopback, TheVenueCanLogAClientOut)
{
    logOn();
    venue->logout(clientSession, "closed for the day");
    const auto waiting = reached(SessionPhase::Waiting);
    ASSERT_TRUE(waiting);
    EXPECT_NE(waiting->reason->detail.find("closed for the day"), std::string::npos) << waiting->reason->detail;
}

TEST_F(Loopback, NumbersThatNoLongerMatchStopTheSessionWithClearWords)
{
    logOn();
    desk.reset();
    venue.reset();
    std::filesystem::remove_all(files.path() / "venue");
    openVenue();
    openDesk();
    desk->start(deskIdentity());
    const auto refused = reached(SessionPhase::Refused);
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->reason->code, Errc::SequenceError) << refused->reason->detail;
}

TEST_F(Loopback, AStoreThatCannotBeMadeRefusesTheSession)
{
    openVenue();
    auto settings = sessionSettings();
    settings.storeDirectory = files.write("in-the-way", "x") / "store";
    openDesk({settings});
    desk->start(deskIdentity());
    const auto refused = reached(SessionPhase::Refused);
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->reason->code, Errc::Io);
}

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

TEST_F(Loopback, AServerThatIsSilentAfterTlsTimesOut)
{
    auto context = tls::Context::forServer(acceptorSettings().trust, venueIdentity());
    ASSERT_TRUE(context);
    OddServer server([&](tls::Socket socket, const tls::Waker& end) {
        tls::Stream stream(*context, std::move(socket));
        ASSERT_TRUE(stream.handshake(5s, end));
        OddServer::wait(end);
    });
    venuePort = server.port();
    auto settings = sessionSettings();
    settings.logonTimeout = 300ms;
    openDesk({settings});
    desk->start(deskIdentity());
    const auto waiting = reached(SessionPhase::Waiting);
    ASSERT_TRUE(waiting);
    EXPECT_EQ(waiting->reason->code, Errc::Timeout);
    EXPECT_NE(waiting->reason->detail.find("Logon"), std::string::npos);
}

TEST_F(Loopback, AServerThatSpeaksNoTlsIsNamed)
{
    OddServer server([](tls::Socket socket, const tls::Waker& end) {
        OddServer::wait(end, {.handle = socket.handle(), .read = true});
        std::vector<tls::Interest> ready{{.handle = socket.handle(), .write = true}};
        tls::waitFor(ready, 5s);
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
        ASSERT_TRUE(stream.handshake(5s, end));
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

/// Signs with a key in memory, but only after as long as a slow card takes.
class SlowSigner final : public tls::Signer {
public:
    SlowSigner(tls::KeyPtr key, std::chrono::milliseconds delay)
        : m_key(std::move(key))
        , m_delay(delay)
    {
    }

    base::Result<std::vector<std::uint8_t>> sign(Scheme /*scheme*/, std::span<const std::uint8_t> input) override
    {
        std::unique_lock lock(m_mutex);
        m_never.wait_for(lock, m_delay);
        const std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)> context(
            EVP_PKEY_CTX_new(m_key.get(), nullptr), EVP_PKEY_CTX_free);
        std::vector<std::uint8_t> signature(256);
        std::size_t size = signature.size();
        if (EVP_PKEY_sign_init(context.get()) != 1
            || EVP_PKEY_sign(context.get(), signature.data(), &size, input.data(), input.size()) != 1)
            return base::Error{Errc::TokenFailure, "cannot sign"};
        signature.resize(size);
        ++m_signatures;
        return signature;
    }
    [[nodiscard]] int signatures()
    {
        const std::lock_guard lock(m_mutex);
        return m_signatures;
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_never;
    tls::KeyPtr m_key;
    std::chrono::milliseconds m_delay;
    int m_signatures = 0;
};

TEST_F(Loopback, ASlowTokenOnOneSessionDoesNotDisturbAnother)
{
    auto settings = acceptorSettings();
    settings.sessions.push_back({rfq::SessionId("second"), "VENUE", "DESK2", "desk-1", {}});
    openVenue(settings);
    auto first = sessionSettings("VENUE-X");
    first.heartBtInt = 1s;
    auto second = sessionSettings("VENUE-Y");
    second.senderCompId = "DESK2";
    openDesk({first, second});

    auto issued = issueDesk();
    const auto signer = std::make_shared<SlowSigner>(std::move(issued.key), 500ms);
    auto key = tls::delegatingKey(*issued.certificate, signer);
    ASSERT_TRUE(key) << key.error().detail;
    issued.key = *std::move(key);
    desk->start(std::make_shared<tls::Identity>(std::move(issued)));
    ASSERT_TRUE(reached(SessionPhase::LoggedOn, "VENUE-X"));
    // The second is dropped again and again and signs half a second each time; requests on the first go out at once.
    for (int round = 0; round < 3; ++round) {
        venue->drop(rfq::SessionId("second"));
        const auto begin = clock.steady();
        desk->send(request("R" + std::to_string(round)));
        ASSERT_TRUE(clientMessage("R"));
        EXPECT_LT(clock.steady() - begin, 400ms);
    }
    EXPECT_GE(signer->signatures(), 1);
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
    auto socket = tls::connectTo("127.0.0.1", venuePort, 5s, never);
    ASSERT_TRUE(socket);
    tls::Stream stream(*context, *std::move(socket));
    ASSERT_TRUE(stream.handshake(5s, never));
    const auto refused = venueEvents.next<fix::ClientRefused>();
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->reason.code, Errc::Timeout);
}

TEST_F(Loopback, AClientWithoutACertificateIsRefused)
{
    openVenue();
    const tls::Waker never;
    auto socket = tls::connectTo("127.0.0.1", venuePort, 5s, never);
    ASSERT_TRUE(socket);
    const std::string plain = "8=FIX.4.4\x01"
                              "9=5\x01";
    ASSERT_EQ(::send(socket->handle(), plain.data(), plain.size(), 0), static_cast<ssize_t>(plain.size()));
    const auto refused = venueEvents.next<fix::ClientRefused>();
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->reason.code, Errc::TlsNotSpoken) << refused->reason.detail;
}

}
