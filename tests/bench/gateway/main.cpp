// bench_gateway [ROUNDS]: from the request handed to the desk's FIX thread to its quote, through a gateway and
// directly, interleaved in one process: one request each way, in turn. Real TLS on the loopback interface; the same
// venue, whose dealer quotes at once.
#include "app/venue/access_recorder.h"
#include "app/venue/doorbell.h"
#include "app/venue/settings_reader.h"
#include "app/venue/venue_server.h"
#include "core/base/clock.h"
#include "core/fix/link.h"
#include "core/rfq/ids.h"
#include "core/tls/identity.h"
#include "tests/support/test_pki.h"

#include <algorithm>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace {

using namespace std::chrono_literals;

constexpr int RequestsPerRound = 100;
constexpr auto Patience = 20s;

const rfq::SessionId Direct("DIRECT");
const rfq::SessionId Through("THROUGH");

[[noreturn]] void fail(const std::string& what)
{
    std::fprintf(stderr, "bench_gateway: %s\n", what.c_str());
    std::exit(1);
}

class NoLog final : public venue::EventLog {
public:
    void record(std::string_view, std::initializer_list<Field>) override { }
};

/// countersign-venue without its main(), on a thread of its own.
class Server {
public:
    Server(const std::filesystem::path& config, const base::Clock& clock)
    {
        auto settings = venue::readSettings(config);
        if (!settings)
            fail(settings.error().detail);
        auto book = venue::OrderBook::open(settings->listener.store);
        if (!book)
            fail(book.error().detail);
        m_book = *std::move(book);
        auto server = venue::VenueServer::open(*settings, m_doorbell, m_log, m_recorder, clock, *m_book);
        if (!server)
            fail(server.error().detail);
        m_server = *std::move(server);
        m_thread = std::thread([this] { m_server->run(); });
    }
    ~Server()
    {
        m_doorbell.close();
        m_thread.join();
    }
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;
    [[nodiscard]] std::uint16_t port() const { return m_server->port(); }

private:
    NoLog m_log;
    venue::AccessRecorder m_recorder{m_log, nullptr};
    venue::Doorbell m_doorbell;
    std::unique_ptr<venue::OrderBook> m_book;
    std::unique_ptr<venue::VenueServer> m_server;
    std::thread m_thread;
};

/// A desk's link to both, whose events are waited for.
class Desk {
public:
    Desk(std::vector<fix::SessionSettings> sessions, std::shared_ptr<const tls::Identity> identity,
        const base::Clock& clock)
        : m_clock(clock)
        , m_ids(clock)
        , m_events([this] {
            const std::lock_guard lock(m_mutex);
            m_rung = true;
            m_wake.notify_one();
        })
        , m_link(std::move(sessions), m_events, clock)
    {
        m_link.start(std::move(identity));
    }

    void waitForLogon(const rfq::SessionId& session)
    {
        if (m_loggedOn.contains(session))
            return;
        waitFor([&](const rfq::VenueEvent&) { return m_loggedOn.contains(session); });
    }

    /// Until it is quoted there: the gateway has to have reached the venue.
    void waitForQuotes(const rfq::SessionId& session)
    {
        while (!ask(session)) { }
    }

    /// Microseconds from the request to the first quote on it; absent where it was declined.
    [[nodiscard]] std::optional<double> ask(const rfq::SessionId& session)
    {
        rfq::SendRequest send;
        send.session = session;
        send.request.id = m_ids.nextRfq();
        send.request.instrument.symbol = "EUR/USD";
        send.request.quantity = base::Decimal::parse("5000000").value();
        send.request.currency = "EUR";
        send.request.settlement = {rfq::Tenor::Broken, valueDate()};
        send.dealers = {rfq::DealerId("FIRM")};
        send.request.dealers = send.dealers;
        send.expires = m_clock.utc() + 30s;
        const rfq::RfqId id = send.request.id;
        const auto began = m_clock.steady();
        m_link.send(std::move(send));
        bool isQuoted = false;
        waitFor([&](const rfq::VenueEvent& event) {
            const auto* no = std::get_if<rfq::RequestDeclined>(&event);
            const auto* quote = std::get_if<rfq::QuoteReceived>(&event);
            isQuoted = isQuoted || (quote && quote->quote.rfq == id);
            return isQuoted || (no && no->rfq == id);
        });
        const std::chrono::duration<double, std::micro> took = m_clock.steady() - began;
        m_link.send(rfq::EndRequest{session, id, "EUR/USD"});
        return isQuoted ? std::optional(took.count()) : std::nullopt;
    }

private:
    /// A week and more ahead, no weekend.
    [[nodiscard]] rfq::Date valueDate() const
    {
        auto day = std::chrono::floor<std::chrono::days>(m_clock.utc()) + std::chrono::days(8);
        while (std::chrono::weekday(day) == std::chrono::Saturday || std::chrono::weekday(day) == std::chrono::Sunday)
            day += std::chrono::days(1);
        return rfq::Date(day);
    }

    void waitFor(const std::function<bool(const rfq::VenueEvent&)>& done)
    {
        const auto until = m_clock.steady() + Patience;
        while (true) {
            {
                std::unique_lock lock(m_mutex);
                if (!m_wake.wait_until(lock, until, [this] { return m_rung; }))
                    fail("what was waited for never came");
                m_rung = false;
            }
            bool came = false;
            for (const rfq::VenueEvent& event : m_events.drain()) {
                if (const auto* change = std::get_if<rfq::SessionChanged>(&event);
                    change && change->phase == rfq::SessionPhase::LoggedOn)
                    m_loggedOn.insert(change->session);
                came = done(event) || came;
            }
            if (came)
                return;
        }
    }

    const base::Clock& m_clock;
    rfq::TimeSeededIds m_ids;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    bool m_rung = false;
    std::set<rfq::SessionId> m_loggedOn;
    base::Inbox<rfq::VenueEvent> m_events;
    fix::FixLink m_link;
};

double percentile(std::vector<double> values, double share)
{
    std::sort(values.begin(), values.end());
    return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
}

std::string listener(const std::string& store)
{
    return "[listener]\ncertificate = \"server.pem\"\nkey = \"server.key\"\nclient_authority = \"ca.pem\"\nstore = \""
        + store + "\"\n";
}

std::string session(const std::string& ours, const std::string& theirs)
{
    return "[[sessions]]\nname = \"" + theirs + "\"\nkind = \"venue\"\nsender_comp_id = \"" + ours
        + "\"\ntarget_comp_id = \"" + theirs + "\"\ncertificate_name = \"client\"\n";
}

constexpr const char* Dealers = R"(
[currencies]
USD = { rate_percent = "3.85" }
EUR = { rate_percent = "1.95" }
[[instruments]]
symbol = "EUR/USD"
mid = "1.15342"
spread_pips = "0.4"
move_pips = "0.2"
[[dealers]]
id = "FIRM"
name = "Firm Bank"
spread_percent = 100
lean_percent = 10
most = 50_000_000
delay = { least = "0ms", most = "0ms" }
life = { least = "4s", most = "4s" }
)";

fix::SessionSettings deskSession(
    const rfq::SessionId& name, std::uint16_t port, const std::string& target, const support::TemporaryDirectory& files)
{
    fix::SessionSettings made;
    made.name = name;
    made.host = "localhost";
    made.port = port;
    made.senderCompId = "DESK";
    made.targetCompId = target;
    made.trust.caFile = (files.path() / "ca.pem").string();
    made.trust.serverName = "localhost";
    made.storeDirectory = files.path() / "desk-store";
    return made;
}

}

int main(int argc, char** argv)
{
    const int rounds = argc > 1 ? std::atoi(argv[1]) : 7;
    const base::SystemClock clock;
    const support::TemporaryDirectory files;
    const support::TestCa ca;
    support::CertificateOptions server;
    server.dnsNames = {"localhost"};
    const tls::Identity serverIdentity = ca.issue(server);
    support::CertificateOptions client;
    client.commonName = "client";
    client.purpose = support::Purpose::Client;
    const auto clientIdentity = std::make_shared<const tls::Identity>(ca.issue(client));
    files.write("ca.pem", ca.pem());
    files.write("server.pem", support::pemOf(*serverIdentity.certificate));
    files.write("server.key", support::pemOf(*serverIdentity.key));
    files.write("client.pem", support::pemOf(*clientIdentity->certificate));
    files.write("client.key", support::pemOf(*clientIdentity->key));
    files.write("dealers.toml", Dealers);

    std::vector<double> direct;
    std::vector<double> through;
    {
        const Server bank(files.write("bank.toml",
                              "catalogue = \"dealers.toml\"\n" + listener("bank-store") + session("BANK", "DESK")
                                  + session("BANK", "GATE")),
            clock);
        const Server gate(files.write("gate.toml",
                              listener("gate-store") + session("GATE", "DESK")
                                  + "[gateway]\ncertificate = \"client.pem\"\nkey = \"client.key\"\n[[upstream]]\nname "
                                    "= \"BANK\"\nhost = "
                                    "\"localhost\"\nport = "
                                  + std::to_string(bank.port())
                                  + "\nsender_comp_id = \"GATE\"\ntarget_comp_id = \"BANK\"\nca = \"ca.pem\"\ndealers "
                                    "= [\"FIRM\"]\n"),
            clock);
        Desk desk({deskSession(Direct, bank.port(), "BANK", files), deskSession(Through, gate.port(), "GATE", files)},
            clientIdentity, clock);
        desk.waitForLogon(Direct);
        desk.waitForLogon(Through);
        desk.waitForQuotes(Through);
        for (int i = 0; i < rounds * RequestsPerRound; ++i) {
            for (const auto& [session, times] : {std::pair(Direct, &direct), std::pair(Through, &through)}) {
                const auto took = desk.ask(session);
                if (!took)
                    fail(session.text() + ": declined");
                times->push_back(*took);
            }
        }
    }
    std::printf(
        "request to quote: %zu requests each way, in turn, over TLS on the loopback interface\n", direct.size());
    const auto row = [](const char* what, double value, const char* unit, const char* target) {
        std::printf("%-62s %13.2f %s %14s\n", what, value, unit, target);
    };
    row("directly p50", percentile(direct, 0.5), "us", "");
    row("directly p99", percentile(direct, 0.99), "us", "");
    row("through the gateway p50", percentile(through, 0.5), "us", "");
    row("through the gateway p99", percentile(through, 0.99), "us", "");
    row("through the gateway / directly, p50", percentile(through, 0.5) / percentile(direct, 0.5), "x ", "<= 2.5");
    return 0;
}
