#include "tests/bench/transport/quote_feed.h"

#include "core/fix/fix_time.h"
#include "core/fix/framer.h"
#include "core/fix/raw_message.h"
#include "core/fix/tags.h"

#include <array>
#include <cstdio>
#include <sys/timerfd.h>
#include <unistd.h>

namespace bench {

using namespace std::chrono_literals;

namespace {

std::string framed(const std::string& type, int seqNum, const std::string& target, const std::string& body)
{
    std::string fields = "35=" + type
        + "\x01"
          "34="
        + std::to_string(seqNum)
        + "\x01"
          "49=VENUE\x01"
          "56="
        + target
        + "\x01"
          "52="
        + fix::formatUtcTimestamp(base::SystemClock().utc()) + "\x01" + body;
    std::string message = "8=FIX.4.4\x01"
                          "9="
        + std::to_string(fields.size()) + "\x01" + fields;
    unsigned sum = 0;
    for (const char c : message)
        sum += static_cast<unsigned char>(c);
    std::array<char, 16> trailer{};
    std::snprintf(trailer.data(), trailer.size(), "10=%03u\x01", sum % 256);
    return message + trailer.data();
}

/// Ticks at an even pace without burning a core.
class Pace {
public:
    explicit Pace(int perSecond)
        : m_handle(::timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC))
    {
        const long interval = 1'000'000'000L / perSecond;
        const itimerspec spec{{interval / 1'000'000'000L, interval % 1'000'000'000L}, {0, interval % 1'000'000'000L}};
        ::timerfd_settime(m_handle, 0, &spec, nullptr);
    }
    ~Pace() { ::close(m_handle); }
    Pace(const Pace&) = delete;
    Pace& operator=(const Pace&) = delete;

    [[nodiscard]] int handle() const { return m_handle; }
    [[nodiscard]] std::uint64_t due() const
    {
        std::uint64_t ticks = 0;
        return ::read(m_handle, &ticks, sizeof ticks) == sizeof ticks ? ticks : 0;
    }

private:
    int m_handle;
};

void writeAll(tls::Stream& stream, const std::string& bytes)
{
    std::size_t done = 0;
    while (done < bytes.size()) {
        const auto written = stream.write(std::span(bytes).subspan(done));
        if (!written)
            return;
        done += *written;
        if (*written == 0) {
            std::vector<tls::Interest> interests{stream.interest(true)};
            tls::waitFor(interests, 1s);
        }
    }
}

}

std::int64_t nanoseconds()
{
    return std::chrono::steady_clock::now().time_since_epoch().count();
}

std::string quoteMessage(int seqNum, std::int64_t sentAt)
{
    return framed("S", seqNum, "DESK",
        "131=Q7F3K2-20261124-000017\x01"
        "117="
            + std::to_string(sentAt)
            + "\x01"
              "537=1\x01"
              "55=EUR/USD\x01"
              "167=FOR\x01"
              "460=4\x01"
              "15=EUR\x01"
              "64=20261127\x01"
              "132=1.15342\x01"
              "133=1.15351\x01"
              "134=25000000\x01"
              "135=25000000\x01"
              "62=20261124-08:00:12.500\x01"
              "60=20261124-08:00:07.480\x01"
              "453=1\x01"
              "448=LPA\x01"
              "447=D\x01"
              "452=35\x01"
              "58=all-in\x01");
}

QuoteFeed::QuoteFeed(std::shared_ptr<tls::Context> context)
    : m_context(std::move(context))
    , m_listener(*tls::listenOn("127.0.0.1", 0))
    , m_thread([this] { run(); })
{
}

QuoteFeed::~QuoteFeed()
{
    m_end.wake();
    m_thread.join();
}

void QuoteFeed::plan(FeedPlan plan)
{
    const std::lock_guard lock(m_mutex);
    m_plan = plan;
    m_heartbeats.clear();
}

std::vector<std::int64_t> QuoteFeed::heartbeats()
{
    const std::lock_guard lock(m_mutex);
    return m_heartbeats;
}

void QuoteFeed::run()
{
    while (true) {
        std::vector<tls::Interest> interests{
            {.handle = m_end.handle(), .read = true}, {.handle = m_listener.handle(), .read = true}};
        tls::waitFor(interests, 60s);
        if (interests[0].readable)
            return;
        tls::Socket socket = tls::acceptFrom(m_listener);
        if (!socket.isOpen())
            continue;
        tls::Stream stream(m_context, std::move(socket));
        if (stream.handshake(10s, m_end))
            serve(stream);
    }
}

void QuoteFeed::serve(tls::Stream& stream)
{
    FeedPlan plan;
    {
        const std::lock_guard lock(m_mutex);
        plan = m_plan;
    }
    const Pace pace(plan.perSecond);
    fix::Framer framer;
    int seqNum = 1;
    int left = plan.quotes;
    std::array<char, 16 << 10> buffer{};
    while (true) {
        const bool feeds = seqNum > 1 && left > 0;
        std::vector<tls::Interest> interests{{.handle = m_end.handle(), .read = true}, stream.interest(false),
            {.handle = feeds ? pace.handle() : -1, .read = feeds}};
        tls::waitFor(interests, 60s);
        if (interests[0].readable)
            return;
        for (auto due = feeds ? pace.due() : 0; due > 0 && left > 0; --due, --left)
            writeAll(stream, quoteMessage(seqNum++, nanoseconds()));
        if (!interests[1].readable && !stream.hasBuffered())
            continue;
        const auto outcome = stream.read(buffer);
        if (outcome.closed)
            return;
        framer.add({buffer.data(), outcome.bytes});
        for (auto message = framer.next(); message && *message; message = framer.next())
            answer(stream, **message, seqNum);
        if (seqNum == 2)
            static_cast<void>(pace.due()); // what passed before the Logon is no debt
    }
}

void QuoteFeed::answer(tls::Stream& stream, const std::string& message, int& seqNum)
{
    const auto parts = fix::takeApart(message);
    if (!parts)
        return;
    const std::string target(parts->find(fix::tag::SenderCompId));
    const std::string& type = parts->body.type;
    if (type == "0") {
        const std::lock_guard lock(m_mutex);
        m_heartbeats.push_back(nanoseconds());
    }
    std::string body;
    if (type == "A") {
        body = "98=0\x01"
               "108="
            + std::string(parts->body.find(108).value_or("30")) + "\x01";
        body += parts->body.find(141) ? "141=Y\x01" : "";
    }
    writeAll(stream, framed(type == "A" || type == "5" ? type : "0", seqNum++, target, body));
}

}
