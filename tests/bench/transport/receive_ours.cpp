#include "core/fix/connection.h"
#include "core/fix/link.h"
#include "tests/bench/transport/quote_feed.h"
#include "tests/bench/transport/receivers.h"

#include <algorithm>
#include <charconv>
#include <condition_variable>
#include <mutex>
#include <stdexcept>

namespace bench {

using namespace std::chrono_literals;

namespace {

std::int64_t stampIn(std::string_view text)
{
    std::int64_t stamp = 0;
    std::from_chars(text.data(), text.data() + text.size(), stamp);
    return stamp;
}

tls::TrustPolicy trustOf(const Access& access)
{
    tls::TrustPolicy trust;
    trust.caFile = access.caFile;
    trust.serverName = "localhost";
    return trust;
}

class Collector final : public fix::SessionListener {
public:
    bool onBytes(std::string_view bytes) override { return connection != nullptr && connection->enqueue(bytes); }
    void onLoggedOn() override { }
    void onLoggedOff() override { }
    void onMessage(const fix::WireMessage& message) override
    {
        const std::int64_t now = nanoseconds();
        latencies.push_back(now - stampIn(message.find(117).value_or("")));
    }
    void onReject(const fix::WireMessage& /*reject*/) override { }
    void onInboundRejected(const std::string& type, const std::string& why, const std::string& /*raw*/) override
    {
        throw std::runtime_error("rejected " + type + ": " + why);
    }
    void onGapFilled(std::uint64_t /*first*/, std::uint64_t /*last*/) override { }
    void onPeerExpects(std::uint64_t /*number*/) override { }
    void onNumbersReset() override { }

    fix::Connection* connection = nullptr;
    Latencies latencies;
};

}

Latencies receiveWithOurs(const Access& access, int quotes)
{
    const base::SystemClock clock;
    Collector collector;
    auto session =
        fix::FixSession::open({fix::SessionRole::Initiator, "ours", "DESK", "VENUE", 30s, fix::SequenceReset::Never, {},
                                  access.scratch, {}, 10s, fix::NextExpected::Omitted, {}},
            collector, clock);
    const tls::Waker never;
    auto socket = tls::connectTo("127.0.0.1", access.port, 5s, never);
    auto context = tls::Context::forClient(trustOf(access), access.identity);
    if (!session || !socket || !context)
        throw std::runtime_error("cannot set up our session");
    tls::Stream stream(*context, *std::move(socket));
    if (const auto secured = stream.handshake(5s, never); !secured)
        throw std::runtime_error(secured.error().detail);
    fix::Connection connection(std::move(stream), **session, fix::SessionRole::Initiator, clock);
    collector.connection = &connection;
    collector.latencies.reserve(static_cast<std::size_t>(quotes));
    while (!connection.over() && collector.latencies.size() < static_cast<std::size_t>(quotes)) {
        const auto due = std::clamp(connection.nextTime(), clock.steady(), clock.steady() + 1s);
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(due - clock.steady());
        std::vector<tls::Interest> interests{connection.interest()};
        tls::waitFor(interests, std::max(0ms, left));
        connection.onReady(interests[0]);
        if (clock.steady() >= connection.nextTime())
            connection.onTime();
    }
    if (connection.over())
        throw std::runtime_error(connection.over()->detail);
    return collector.latencies;
}

Latencies receiveWithLink(const Access& access, int quotes)
{
    const base::SystemClock clock;
    std::mutex mutex;
    std::condition_variable done;
    Latencies latencies;
    latencies.reserve(static_cast<std::size_t>(quotes));
    base::Inbox<rfq::VenueEvent>* inbox = nullptr;
    // Drained where it is posted: what is measured ends with the event, not with a wake-up.
    base::Inbox<rfq::VenueEvent> events([&] {
        for (const rfq::VenueEvent& event : inbox->drain()) {
            const std::int64_t now = nanoseconds();
            const auto* quote = std::get_if<rfq::QuoteReceived>(&event);
            if (quote == nullptr)
                continue;
            const std::lock_guard lock(mutex);
            latencies.push_back(now - stampIn(quote->quote.id.text()));
            if (latencies.size() == static_cast<std::size_t>(quotes))
                done.notify_one();
        }
    });
    inbox = &events;
    fix::SessionSettings settings;
    settings.name = rfq::SessionId("link");
    settings.host = "127.0.0.1";
    settings.port = access.port;
    settings.senderCompId = "DESK";
    settings.targetCompId = "VENUE";
    settings.trust = trustOf(access);
    settings.storeDirectory = access.scratch;
    fix::FixLink link({settings}, events, clock);
    link.start(access.identity);
    std::unique_lock lock(mutex);
    done.wait_for(lock, 120s, [&] { return latencies.size() == static_cast<std::size_t>(quotes); });
    return latencies;
}

}
