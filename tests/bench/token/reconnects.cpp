#include "core/fix/acceptor.h"
#include "core/fix/link.h"
#include "tests/bench/token/parts.h"
#include "tests/session/event_collector.h"
#include "tests/support/fake_tokens.h"

#include <algorithm>
#include <condition_variable>
#include <cstdio>
#include <fstream>
#include <mutex>
#include <optional>
#include <thread>

namespace bench {

namespace {

using namespace std::chrono_literals;
using session_test::EventCollector;

constexpr int Sessions = 20;
constexpr std::chrono::milliseconds Signature = 300ms;
constexpr std::chrono::seconds HeartBtInt = 1s;

/// The longest time between two messages of a client, in a message log of the venue: "HH:MM:SS.mmm" somewhere in each
/// line's stamp.
double longestSilence(const std::filesystem::path& log, base::UtcTime from)
{
    std::ifstream lines(log);
    std::optional<double> last;
    double longest = 0;
    const auto day = std::chrono::floor<std::chrono::days>(from);
    const double begin = Milliseconds(from - day).count();
    for (std::string line; std::getline(lines, line);) {
        const auto mark = line.find(" < ");
        int hours = 0;
        int minutes = 0;
        double seconds = 0;
        const auto time = line.find(':');
        if (mark == std::string::npos || time == std::string::npos || time < 2
            || std::sscanf(line.c_str() + time - 2, "%2d:%2d:%lf", &hours, &minutes, &seconds) != 3)
            continue;
        const double at = ((hours * 60 + minutes) * 60 + seconds) * 1000;
        if (at < begin)
            continue;
        if (last)
            longest = std::max(longest, at - *last);
        last = at;
    }
    if (!last)
        fail("the session that stays said nothing in " + log.string());
    return longest;
}

class World {
public:
    World()
        : m_caFile(m_files.write("ca.pem", m_ca.pem()).string())
    {
        fix::AcceptorSettings accepting;
        accepting.trust.caFile = m_caFile;
        accepting.storeDirectory = m_files.path() / "venue";
        accepting.logDirectory = m_files.path() / "venue-log";
        for (int i = 0; i <= Sessions; ++i)
            accepting.sessions.push_back({nameOf(i), "VENUE", "DESK" + std::to_string(i), "desk", {}});
        support::CertificateOptions options;
        options.dnsNames = {"localhost"};
        auto venue = fix::FixAcceptor::open(
            std::move(accepting), std::make_shared<tls::Identity>(m_ca.issue(options)), m_events.inbox(), m_clock);
        if (!venue)
            fail(venue.error().detail);
        m_venue = *std::move(venue);

        support::CertificateOptions client;
        client.commonName = "desk";
        client.purpose = support::Purpose::Client;
        m_slot = m_plugged.add({}, m_ca, client);
        const std::string module = support::FakeTokens::module();
        m_token.emplace(auth::TokenSettings{module, {module}, "01", {}, {}}, m_loop);
        std::vector<fix::SessionSettings> sessions;
        for (int i = 0; i <= Sessions; ++i)
            sessions.push_back(session(i));
        m_desk.emplace(std::move(sessions), m_deskEvents.inbox(), m_clock);
    }

    void connectAll()
    {
        m_desk->start(signIn(*m_token, m_loop));
        waitForLogons(Sessions + 1);
        auto slow = m_plugged.token(m_slot);
        slow.signDelay = Signature;
        m_plugged.change(m_slot, slow);
    }

    double reconnectAll()
    {
        m_from = m_clock.utc();
        const auto start = std::chrono::steady_clock::now();
        for (int i = 0; i < Sessions; ++i)
            m_venue->drop(nameOf(i));
        waitForLogons(Sessions);
        return Milliseconds(std::chrono::steady_clock::now() - start).count();
    }

    [[nodiscard]] base::Executor& desk() { return m_loop; }
    double silenceOfTheOther()
    {
        return longestSilence(m_files.path() / "venue-log" / (nameOf(Sessions).text() + ".log"), m_from);
    }

private:
    static rfq::SessionId nameOf(int number) { return rfq::SessionId("desk-" + std::to_string(number)); }

    fix::SessionSettings session(int number)
    {
        fix::SessionSettings settings;
        settings.name = rfq::SessionId("VENUE-" + std::to_string(number));
        settings.host = "127.0.0.1";
        settings.port = m_venue->port();
        settings.senderCompId = "DESK" + std::to_string(number);
        settings.targetCompId = "VENUE";
        settings.trust.caFile = m_caFile;
        settings.trust.serverName = "localhost";
        settings.heartBtInt = number == Sessions ? HeartBtInt : 30s;
        settings.reconnectFirst = 1ms;
        settings.reconnectMost = 10ms;
        settings.storeDirectory = m_files.path() / "desk";
        return settings;
    }

    void waitForLogons(int count)
    {
        m_logons += static_cast<std::size_t>(count);
        runUntil(m_loop, [this] { return m_events.count<fix::ClientLoggedOn>() >= m_logons; });
    }

    support::TestCa m_ca;
    support::TemporaryDirectory m_files;
    std::string m_caFile;
    base::SystemClock m_clock;
    support::FakeTokens m_plugged;
    std::size_t m_slot = 0;
    cli::RunLoop m_loop;
    EventCollector<fix::AcceptorEvent> m_events;
    EventCollector<rfq::VenueEvent> m_deskEvents;
    std::unique_ptr<fix::FixAcceptor> m_venue;
    std::optional<auth::TokenService> m_token;
    std::optional<fix::FixLink> m_desk;
    base::UtcTime m_from{};
    std::size_t m_logons = 0;
};

/// Posts to the desk's thread all the time, as quotes do, and keeps how long the slowest post lay there.
class Pulse {
public:
    explicit Pulse(base::Executor& desk)
        : m_thread([this, &desk] { run(desk); })
    {
    }
    ~Pulse()
    {
        {
            const std::lock_guard lock(m_mutex);
            m_ends = true;
        }
        m_wake.notify_all();
        m_thread.join();
    }
    Pulse(const Pulse&) = delete;
    Pulse& operator=(const Pulse&) = delete;

    /// On the desk's thread.
    [[nodiscard]] double slowest() const { return *m_slowest; }

private:
    void run(base::Executor& desk)
    {
        std::unique_lock lock(m_mutex);
        while (!m_wake.wait_for(lock, 5ms, [this] { return m_ends; })) {
            desk.post([slowest = m_slowest, posted = std::chrono::steady_clock::now()] {
                *slowest = std::max(*slowest, Milliseconds(std::chrono::steady_clock::now() - posted).count());
            });
        }
    }

    std::shared_ptr<double> m_slowest = std::make_shared<double>(0); ///< the desk's thread's; posts may outlive us
    std::mutex m_mutex;
    std::condition_variable m_wake;
    bool m_ends = false;
    std::thread m_thread; ///< last
};

}

void measureReconnects()
{
    World world;
    world.connectAll();
    const Pulse pulse(world.desk());
    const double took = world.reconnectAll();
    const double atLeast = Sessions * Milliseconds(Signature).count();
    row("20 sessions come back through a token of 300 ms: all", took, "ms");
    row("20 sessions come back through a token of 300 ms: all, of 20 x", took / atLeast * 100, "% ", "<= 110");
    row("the desk's thread meanwhile: longest wait of what comes to it", pulse.slowest(), "ms", "<= 50");
    row("the session that stayed, HeartBtInt 1 s: longest silence", world.silenceOfTheOther(), "ms", "<= 1200");
}

}
