#include "app/process/file_limit.h"
#include "core/fix/handshakes.h"
#include "tests/session/loopback.h"
#include "tests/session/session_pair.h"
#include "tests/support/loopback_tls.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <string>

/// Clients that connect all at once, or connect and say nothing.
namespace {

using namespace session_test;

/// What came of handshakes, in order, waited for with a deadline.
class Results {
public:
    [[nodiscard]] fix::Handshakes::Done done()
    {
        return [this](const std::string&, base::Result<tls::Stream> result) {
            const std::lock_guard lock(m_mutex);
            m_results.push_back(std::move(result));
            m_came.notify_one();
        };
    }
    [[nodiscard]] std::optional<base::Result<tls::Stream>> next()
    {
        std::unique_lock lock(m_mutex);
        if (!m_came.wait_for(lock, 20s, [this] { return !m_results.empty(); }))
            return std::nullopt;
        auto result = std::move(m_results.front());
        m_results.pop_front();
        return result;
    }
    [[nodiscard]] bool isEmpty()
    {
        const std::lock_guard lock(m_mutex);
        return m_results.empty();
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_came;
    std::deque<base::Result<tls::Stream>> m_results;
};

class ManyHandshakes : public Loopback {
protected:
    void SetUp() override
    {
        auto server = tls::Context::forServer(acceptorSettings().trust, venueIdentity());
        ASSERT_TRUE(server) << server.error().detail;
        m_server = *std::move(server);
        const tls::TrustPolicy trust{caFile, {}, {}, "localhost"};
        auto client = tls::Context::forClient(trust, deskIdentity());
        ASSERT_TRUE(client) << client.error().detail;
        m_client = *std::move(client);
    }
    /// The client's end of one that has begun.
    [[nodiscard]] tls::Socket connect(fix::Handshakes& handshakes)
    {
        auto pair = support::connectedPair();
        handshakes.begin(m_server, std::move(pair.server));
        return std::move(pair.client);
    }
    [[nodiscard]] base::Status shake(tls::Socket socket)
    {
        return tls::Stream(m_client, std::move(socket)).handshake(20s, m_never);
    }

    Results results;

private:
    tls::Waker m_never;
    std::shared_ptr<tls::Context> m_server;
    std::shared_ptr<tls::Context> m_client;
};

TEST_F(ManyHandshakes, WhoSaysNothingHoldsNobodyElse)
{
    fix::Handshakes handshakes({.most = 100, .patience = 60s, .crowdedPatience = 1ms}, results.done());
    std::vector<tls::Socket> silent;
    while (silent.size() < 90)
        silent.push_back(connect(handshakes));
    for (int i = 0; i < 5; ++i) {
        EXPECT_TRUE(shake(connect(handshakes)));
        const auto result = results.next();
        ASSERT_TRUE(result);
        EXPECT_TRUE(*result) << "there is room: nobody is late yet";
    }
    EXPECT_TRUE(results.isEmpty());
}

TEST_F(ManyHandshakes, WhoSaysNothingGivesWayOnceAllPlacesAreTaken)
{
    fix::Handshakes handshakes({.most = 8, .patience = 60s, .crowdedPatience = 100ms}, results.done());
    std::vector<tls::Socket> silent;
    while (silent.size() < 8)
        silent.push_back(connect(handshakes));
    const auto sentAway = results.next();
    ASSERT_TRUE(sentAway) << "the places stay taken";
    ASSERT_FALSE(*sentAway);
    EXPECT_EQ(sentAway->error().code, Errc::Timeout);
    EXPECT_FALSE(handshakes.isFull());
    EXPECT_TRUE(shake(connect(handshakes)));
}

TEST_F(ManyHandshakes, WhoIsNeverDoneIsSentAway)
{
    fix::Handshakes handshakes({.most = 8, .patience = 100ms, .crowdedPatience = 60s}, results.done());
    const tls::Socket silent = connect(handshakes);
    const auto sentAway = results.next();
    ASSERT_TRUE(sentAway);
    ASSERT_FALSE(*sentAway);
    EXPECT_EQ(sentAway->error().code, Errc::Timeout);
}

TEST_F(ManyHandshakes, AreCalledOffAtTheEnd)
{
    tls::Socket silent;
    {
        fix::Handshakes handshakes({.most = 8, .patience = 60s, .crowdedPatience = 60s}, results.done());
        silent = connect(handshakes);
    }
    EXPECT_TRUE(results.isEmpty());
    EXPECT_FALSE(shake(std::move(silent)));
}

TEST_F(ManyHandshakes, ThreeHundredClientsAtOnceAreAllAnswered)
{
    constexpr int Clients = 300;
    app::allowManyFiles(); // four for each
    auto settings = acceptorSettings();
    settings.logDirectory.clear();
    settings.handshakeTimeout = 120s;
    settings.logonTimeout = 120s;
    settings.sessions.clear();
    const auto compIdOf = [](int i) { return "DESK" + std::to_string(i); };
    for (int i = 0; i < Clients; ++i)
        settings.sessions.push_back({rfq::SessionId(compIdOf(i)), "VENUE", compIdOf(i), "desk-1", {}});
    openVenue(settings);
    const tls::TrustPolicy trust{caFile, {}, {}, "localhost"};
    auto context = tls::Context::forClient(trust, deskIdentity());
    ASSERT_TRUE(context);
    const tls::Waker never;

    std::vector<tls::Stream> streams;
    for (int i = 0; i < Clients; ++i) {
        auto socket = tls::connectTo("127.0.0.1", venuePort, 20s, never);
        ASSERT_TRUE(socket) << "client " << i << ": " << socket.error().detail;
        streams.emplace_back(*context, *std::move(socket));
    }
    // The last one first: those who came before it have said nothing yet.
    for (int i = Clients - 1; i >= 0; --i) {
        tls::Stream& stream = streams[static_cast<std::size_t>(i)];
        const base::Status shaken = stream.handshake(20s, never);
        ASSERT_TRUE(shaken) << "client " << i << ": " << shaken.error().detail;
    }
    for (int i = Clients - 1; i >= 0; --i)
        ASSERT_TRUE(support::send(streams[static_cast<std::size_t>(i)],
            framed(
                "35=A|34=1|49=" + compIdOf(i) + "|56=VENUE|52=" + sendingTime(venueClock.utc()) + "|98=0|108=300|")));
    for (int i = 0; i < Clients; ++i) {
        const auto answer = support::receive(streams[static_cast<std::size_t>(i)], 20);
        EXPECT_NE(answer.bytes.find("35=A\x01"), std::string::npos) << "client " << i << ": " << answer.bytes;
        ASSERT_TRUE(venueEvents.next<fix::ClientLoggedOn>());
    }
    EXPECT_EQ(venueEvents.count<fix::ClientRefused>(), 0U);
}

}
