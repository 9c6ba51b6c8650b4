#pragma once

#include "core/tls/context.h"
#include "core/tls/stream.h"

#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace bench {

/// Nanoseconds of the monotonic clock, as the feed writes them into QuoteID(117) of each quote.
[[nodiscard]] std::int64_t nanoseconds();

/// 35=S of some 270 bytes with the moment of sending as its QuoteID(117).
[[nodiscard]] std::string quoteMessage(int seqNum, std::int64_t sentAt);

struct FeedPlan {
    int perSecond = 1000;
    int quotes = 1000;
};

/// A venue of a few lines on TLS: answers Logon, Logout and everything else with a Heartbeat, and once logged on sends
/// quotes at an even pace. One connection after the other; each starts at MsgSeqNum 1.
class QuoteFeed {
public:
    explicit QuoteFeed(std::shared_ptr<tls::Context> context);
    ~QuoteFeed();
    QuoteFeed(const QuoteFeed&) = delete;
    QuoteFeed& operator=(const QuoteFeed&) = delete;

    [[nodiscard]] std::uint16_t port() const { return tls::localPort(m_listener); }
    /// For the connections to come.
    void plan(FeedPlan plan);
    /// When the latest connection's Heartbeats(0) arrived.
    [[nodiscard]] std::vector<std::int64_t> heartbeats();

private:
    void run();
    void serve(tls::Stream& stream);
    void answer(tls::Stream& stream, const std::string& message, int& seqNum);

    std::shared_ptr<tls::Context> m_context;
    tls::Socket m_listener;
    tls::Waker m_end;
    std::mutex m_mutex;
    FeedPlan m_plan;
    std::vector<std::int64_t> m_heartbeats;
    std::thread m_thread;
};

}
