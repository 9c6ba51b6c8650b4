#pragma once

#include "core/siem/delivery_window.h"
#include "core/siem/entry.h"
#include "core/siem/trail_feed.h"
#include "core/tls/stream.h"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>

namespace siem {

/// Where the trail goes, and with how much patience.
struct CollectorSettings {
    std::string host;
    std::uint16_t port = 6514; ///< syslog-tls
    Format format = Format::Structured;
    Origin origin;
    std::filesystem::path trail;
    std::filesystem::path position; ///< the file that keeps how far the trail was delivered
    std::chrono::milliseconds connectTimeout{10'000};
    std::chrono::milliseconds retryFirst{500}; ///< doubled after each failure,
    std::chrono::milliseconds retryMost{60'000}; ///< up to this
    std::chrono::milliseconds settle{10'000}; ///< how long a connection must stand until what was written counts
    std::chrono::milliseconds silence{30'000}; ///< a network that acknowledges nothing for so long is away
    std::chrono::milliseconds farewell{2'000}; ///< for what is left when the program ends
};

/// What became of the connection to the collector.
struct CollectorNews {
    std::optional<base::Error> problem; ///< absent: it is up
    std::uint64_t delivered = 0; ///< the last record that counts as delivered
};

/// Sends the trail to a syslog collector over mutual TLS (RFC 5425), in order and at least once: after a lost
/// connection, from the last record that counts as delivered. Owns a thread. While the collector is away nothing is
/// held in memory: the trail is the spool.
class Forwarder {
public:
    /// On the forwarder's thread; told once for each change.
    using Told = std::function<void(const CollectorNews&)>;

    /// `clock` outlives the forwarder.
    Forwarder(CollectorSettings settings, std::shared_ptr<tls::Context> context, const base::Clock& clock, Told told);
    /// Sends what is left, where the collector is there and takes it in time.
    ~Forwarder();
    Forwarder(const Forwarder&) = delete;
    Forwarder& operator=(const Forwarder&) = delete;

    /// The trail has grown. Any thread; never blocks.
    void wake() { m_grown.wake(); }

private:
    /// Bytes that wait for the connection to take them.
    struct Outgoing {
        std::string bytes;
        std::size_t taken = 0;
        std::uint64_t number = 0; ///< the last record among them
        [[nodiscard]] bool empty() const { return taken == bytes.size(); }
    };
    void run();
    [[nodiscard]] base::Status begin();
    [[nodiscard]] base::Status connectAndServe();
    [[nodiscard]] base::Status serve(tls::Stream& stream);
    [[nodiscard]] base::Status exchange(tls::Stream& stream, Outgoing& outgoing);
    [[nodiscard]] base::Status refill(Outgoing& outgoing);
    [[nodiscard]] base::Status keepPosition(const tls::Stream& stream);
    void await(const tls::Stream& stream, const Outgoing& outgoing);
    void tellUp();
    void tellDown(const base::Error& problem);
    [[nodiscard]] bool isStopping() const { return m_stopping.load(); }

    const CollectorSettings m_settings;
    const std::shared_ptr<tls::Context> m_context;
    const base::Clock& m_clock;
    const Told m_told;
    tls::Waker m_grown;
    tls::Waker m_stop;
    std::atomic<bool> m_stopping = false;

    // Only the thread's:
    TrailFeed m_feed;
    DeliveryWindow m_window;
    audit::Position m_position;
    bool m_hasPosition = false; ///< the file was read
    bool m_isUp = false;
    std::optional<base::Error> m_lastTold;
    std::optional<base::SteadyTime> m_farewellEnds;

    std::thread m_thread; ///< last
};

}
