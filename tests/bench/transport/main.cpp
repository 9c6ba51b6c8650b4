#include "core/fix/framer.h"
#include "core/fix/link.h"
#include "core/fix/quickfix.h"
#include "tests/bench/transport/quote_feed.h"
#include "tests/bench/transport/receivers.h"
#include "tests/support/key_signer.h"
#include "tests/support/test_pki.h"

#include <algorithm>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <mutex>
#include <unistd.h>

/// The transport's figures, each as a ratio or a bound, measured in one interleaved run.
namespace {

using namespace std::chrono_literals;
using bench::Latencies;

double median(std::vector<double> values)
{
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return values.empty() ? 0 : *middle;
}

double p50Micros(const Latencies& latencies)
{
    return median({latencies.begin(), latencies.end()}) / 1000;
}

struct World {
    support::TestCa ca;
    support::TemporaryDirectory files;
    std::string caFile = files.write("ca.pem", ca.pem()).string();
    std::shared_ptr<const tls::Identity> client;
    std::string certificateFile;
    std::string keyFile;

    World()
    {
        support::CertificateOptions options;
        options.commonName = "desk-1";
        options.purpose = support::Purpose::Client;
        options.keyType = support::KeyType::Rsa2048; // stock QuickFIX 1.15.1 knows no other
        auto identity = ca.issue(options);
        certificateFile = files.write("desk.pem", support::pemOf(*identity.certificate)).string();
        keyFile = files.write("desk.key", support::pemOf(*identity.key)).string();
        client = std::make_shared<tls::Identity>(std::move(identity));
    }
    [[nodiscard]] std::shared_ptr<tls::Context> server() const
    {
        support::CertificateOptions options;
        options.commonName = "venue";
        options.dnsNames = {"localhost"};
        tls::TrustPolicy trust;
        trust.caFile = caFile;
        return *tls::Context::forServer(trust, std::make_shared<tls::Identity>(ca.issue(options)));
    }
    [[nodiscard]] bench::Access access(std::uint16_t port, const std::string& scratch) const
    {
        const auto directory = files.path() / scratch;
        std::filesystem::create_directories(directory);
        return {port, caFile, certificateFile, keyFile, client, directory};
    }
};

void row(const std::string& what, const std::string& value, const std::string& target)
{
    std::printf("%-62s %16s %14s\n", what.c_str(), value.c_str(), target.c_str());
}

std::string number(double value, int decimals, const char* unit = "")
{
    char text[64];
    std::snprintf(text, sizeof text, "%.*f%s", decimals, value, unit);
    return text;
}

void measureLatency(const World& world, int rounds)
{
    using Receive = Latencies (*)(const bench::Access&, int);
    const std::vector<std::pair<std::string, Receive>> receivers{{"ours", bench::receiveWithOurs},
        {"stock", bench::receiveWithStock}, {"raw", bench::receiveRaw}, {"link", bench::receiveWithLink}};
    bench::QuoteFeed feed(world.server());
    for (const int perSecond : {1'000, 10'000}) {
        std::map<std::string, std::vector<double>> p50;
        std::vector<double> toStock;
        std::vector<double> toRaw;
        for (int round = 0; round < rounds; ++round) {
            // Another order each time, so that none always follows the same one.
            for (std::size_t i = 0; i < receivers.size(); ++i) {
                const auto& [name, receive] = receivers[(i + static_cast<std::size_t>(round)) % receivers.size()];
                const int quotes = perSecond; // one second
                feed.plan({perSecond, quotes});
                const std::string scratch = name + std::to_string(perSecond) + "-" + std::to_string(round);
                p50[name].push_back(p50Micros(receive(world.access(feed.port(), scratch), quotes)));
            }
            toStock.push_back(p50["ours"].back() / p50["stock"].back());
            toRaw.push_back(p50["ours"].back() / p50["raw"].back());
        }
        const std::string rate = " at " + std::to_string(perSecond / 1000) + "k quotes/s";
        row("socket to callback p50, raw OpenSSL loop" + rate, number(median(p50["raw"]), 1, " us"), "");
        row("socket to callback p50, stock ThreadedSSLSocketInitiator" + rate, number(median(p50["stock"]), 1, " us"),
            "");
        row("socket to callback p50, ours" + rate, number(median(p50["ours"]), 1, " us"), "");
        row("socket to decoded event p50, FixLink" + rate, number(median(p50["link"]), 1, " us"), "");
        row("ours / stock" + rate, number(median(toStock), 2), "<= 1.10");
        row("ours / raw" + rate, number(median(toRaw), 2), perSecond == 10'000 ? "<= 2.2" : "");
    }
}

double residentMiB()
{
    long pages = 0;
    long resident = 0;
    std::ifstream("/proc/self/statm") >> pages >> resident;
    return static_cast<double>(resident) * static_cast<double>(::sysconf(_SC_PAGESIZE)) / (1 << 20);
}

/// 64 MiB through `feed`, a block at a time; how much memory is in use afterwards.
template <typename Feed>
double growth(Feed feed)
{
    const std::string block(64 << 10, 'x');
    const double before = residentMiB();
    for (int i = 0; i < 1024; ++i)
        feed(block);
    return residentMiB() - before;
}

void measureMemory()
{
    fix::Framer framer;
    int dropped = 0;
    const double ours = growth([&](const std::string& block) {
        framer.add(block);
        if (!framer.next()) { // the session drops the connection; the peer comes again
            framer.clear();
            ++dropped;
        }
    });
    FIX::Parser parser;
    const double stock = growth([&](const std::string& block) {
        parser.addToStream(block);
        std::string message;
        static_cast<void>(parser.readFixMessage(message));
    });
    row("memory after 64 MiB of unframed input, stock parser", number(stock, 1, " MiB"), "");
    row("memory after 64 MiB of unframed input, ours", number(ours, 1, " MiB"), "<= 8 MiB");
    row("  connections dropped meanwhile", std::to_string(dropped), "");
}

/// Half a second for each signature, as a smart card takes.
class SlowSigner final : public tls::Signer {
public:
    explicit SlowSigner(tls::KeyPtr key)
        : m_signer(std::move(key))
    {
    }
    base::Result<std::vector<std::uint8_t>> sign(Scheme scheme, std::span<const std::uint8_t> input) override
    {
        std::unique_lock lock(m_mutex);
        m_never.wait_for(lock, 500ms);
        return m_signer.sign(scheme, input);
    }
    [[nodiscard]] int signatures()
    {
        const std::lock_guard lock(m_mutex);
        return m_signer.signatures();
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_never;
    support::KeySigner m_signer;
};

void measureJitter(const World& world, int beats)
{
    support::CertificateOptions options;
    options.commonName = "desk-1";
    options.purpose = support::Purpose::Client;
    auto identity = world.ca.issue(options);
    const auto signer = std::make_shared<SlowSigner>(std::move(identity.key));
    identity.key = *tls::delegatingKey(*identity.certificate, signer);

    bench::QuoteFeed steady(world.server());
    steady.plan({1, 0});
    const base::SystemClock clock;
    base::Inbox<rfq::VenueEvent>* inbox = nullptr;
    std::mutex mutex;
    std::condition_variable loggedOn;
    bool isUp = false;
    base::Inbox<rfq::VenueEvent> events([&] {
        for (const rfq::VenueEvent& event : inbox->drain()) {
            const auto* change = std::get_if<rfq::SessionChanged>(&event);
            const std::lock_guard lock(mutex);
            if (change && change->session.text() == "steady" && change->phase == rfq::SessionPhase::LoggedOn) {
                isUp = true;
                loggedOn.notify_one();
            }
        }
    });
    inbox = &events;
    fix::SessionSettings calm;
    calm.name = rfq::SessionId("steady");
    calm.host = "127.0.0.1";
    calm.port = steady.port();
    calm.senderCompId = "DESK";
    calm.targetCompId = "VENUE";
    calm.trust = {world.caFile, {}, {}, "localhost"};
    calm.heartBtInt = 1s;
    calm.storeDirectory = world.files.path() / "jitter";
    // Signs, is told another name, and tries again.
    fix::SessionSettings restless = calm;
    restless.name = rfq::SessionId("restless");
    bench::QuoteFeed other(world.server());
    other.plan({1, 0});
    restless.port = other.port();
    restless.targetCompId = "SOMEBODY-ELSE";
    fix::FixLink link({calm, restless}, events, clock);
    link.start(std::make_shared<tls::Identity>(std::move(identity)));
    {
        std::unique_lock lock(mutex);
        loggedOn.wait_for(lock, 20s, [&] { return isUp; });
    }
    std::vector<std::int64_t> arrivals;
    std::mutex never;
    std::condition_variable tick;
    while (arrivals.size() < static_cast<std::size_t>(beats) + 1) {
        link.retry(rfq::SessionId("restless"));
        std::unique_lock lock(never);
        tick.wait_for(lock, 100ms);
        arrivals = steady.heartbeats();
    }
    std::vector<double> deviations;
    for (std::size_t i = 1; i < arrivals.size(); ++i)
        deviations.push_back(std::abs(static_cast<double>(arrivals[i] - arrivals[i - 1]) / 1e6 - 1000));
    row("heartbeat jitter beside a 500 ms signer, worst of " + std::to_string(deviations.size()),
        number(*std::max_element(deviations.begin(), deviations.end()), 1, " ms"), "< 50 ms");
    row("  signatures meanwhile", std::to_string(signer->signatures()), "");
}

}

int main(int argc, char** argv)
{
    const int rounds = argc > 1 ? std::max(1, std::atoi(argv[1])) : 7;
    tls::ignoreBrokenPipes();
    const World world;
    row("figure", "measured", "target");
    measureMemory();
    measureJitter(world, rounds);
    measureLatency(world, rounds);
    return 0;
}
