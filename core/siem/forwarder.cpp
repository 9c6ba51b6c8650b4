#include "core/siem/forwarder.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

namespace siem {

namespace {

using base::Errc;
using base::Error;
using std::chrono::milliseconds;

constexpr std::size_t BatchSize = 64; ///< frames in memory at a time
constexpr milliseconds IdleLook{5'000}; ///< at the trail, also where nobody wakes us

milliseconds until(base::SteadyTime time, base::SteadyTime now)
{
    return std::max(std::chrono::ceil<milliseconds>(time - now), milliseconds(0));
}

}

Forwarder::Forwarder(
    CollectorSettings settings, std::shared_ptr<tls::Context> context, const base::Clock& clock, Told told)
    : m_settings(std::move(settings))
    , m_context(std::move(context))
    , m_clock(clock)
    , m_told(std::move(told))
    , m_feed(m_settings.trail, m_settings.origin, m_settings.format)
    , m_window(m_settings.settle)
    , m_thread([this] { run(); })
{
}

Forwarder::~Forwarder()
{
    m_stopping = true;
    m_stop.wake();
    m_thread.join();
}

void Forwarder::run()
{
    tls::ignoreBrokenPipes(); // a collector that goes is an error of a write, and no death
    milliseconds delay = m_settings.retryFirst;
    while (!isStopping()) {
        m_isUp = false;
        const base::Status served = connectAndServe();
        const bool isCancelled = !served && served.error().code == Errc::Cancelled; // by our own end
        if (served || isCancelled)
            return;
        tellDown(served.error());
        if (m_isUp)
            delay = m_settings.retryFirst;
        std::vector<tls::Interest> interests{{.handle = m_stop.handle(), .read = true}};
        tls::waitFor(interests, delay);
        delay = std::min(delay * 2, m_settings.retryMost);
    }
}

base::Status Forwarder::begin()
{
    if (!m_hasPosition) {
        const auto position = audit::readPosition(m_settings.position);
        if (!position)
            return position.error();
        m_position = *position;
        m_hasPosition = true;
    }
    m_window.clear();
    base::Status started = m_feed.startBehind(m_position);
    if (!started && started.error().code == Errc::Stale) {
        tellDown(started.error());
        m_position = {};
        return base::Ok{};
    }
    return started;
}

base::Status Forwarder::connectAndServe()
{
    if (base::Status begun = begin(); !begun)
        return begun;
    auto socket = tls::connectTo(m_settings.host, m_settings.port, m_settings.connectTimeout, m_stop);
    if (!socket)
        return socket.error();
    tls::giveUpAfter(*socket, m_settings.silence);
    tls::Stream stream(m_context, *std::move(socket));
    if (base::Status shaken = stream.handshake(m_settings.connectTimeout, m_stop); !shaken)
        return shaken;
    return serve(stream);
}

/// Ok only when everything was said before the program ends.
base::Status Forwarder::serve(tls::Stream& stream)
{
    Outgoing outgoing;
    for (;;) {
        m_grown.clear(); // before the trail is read: what comes later wakes again
        const bool isLast = isStopping(); // likewise: the trail may have grown up to that moment
        if (isLast && !m_farewellEnds)
            m_farewellEnds = m_clock.steady() + m_settings.farewell;
        if (base::Status moved = exchange(stream, outgoing); !moved)
            return moved;
        if (base::Status kept = keepPosition(stream); !kept)
            return kept;
        if (isLast) {
            const base::SteadyTime now = m_clock.steady();
            if ((outgoing.empty() && !m_window.isOverdue(now)) || now >= *m_farewellEnds) {
                stream.close();
                return base::Ok{};
            }
        }
        await(stream, outgoing);
    }
}

/// Writes until the connection or the trail has nothing more, and reads what the collector says: nothing, or its end.
base::Status Forwarder::exchange(tls::Stream& stream, Outgoing& outgoing)
{
    for (;;) {
        if (m_farewellEnds && m_clock.steady() >= *m_farewellEnds)
            return base::Ok{};
        std::array<char, 512> said{};
        const tls::Stream::ReadOutcome heard = stream.read(said);
        if (heard.closed || heard.error)
            return heard.error.value_or(Error{Errc::ConnectionLost, "the collector closed the connection"});
        if (stream.peerHasSpoken())
            tellUp();
        if (outgoing.empty()) {
            if (base::Status filled = refill(outgoing); !filled)
                return filled;
            if (outgoing.empty())
                return base::Ok{};
        }
        const auto taken = stream.write(std::string_view(outgoing.bytes).substr(outgoing.taken));
        if (!taken)
            return taken.error();
        if (*taken == 0)
            return base::Ok{};
        outgoing.taken += *taken;
        if (outgoing.empty()) {
            const auto sent = stream.sent();
            if (!sent)
                return Error{Errc::ConnectionLost, "the connection to the collector is gone"};
            m_window.written(outgoing.number, sent->given, m_clock.steady());
        }
    }
}

base::Status Forwarder::refill(Outgoing& outgoing)
{
    const auto frames = m_feed.next(BatchSize);
    if (!frames)
        return frames.error();
    outgoing = {};
    for (const TrailFeed::Frame& frame : *frames) {
        outgoing.bytes += frame.bytes;
        outgoing.number = frame.number;
    }
    return base::Ok{};
}

base::Status Forwarder::keepPosition(const tls::Stream& stream)
{
    const auto sent = stream.sent();
    if (!sent)
        return Error{Errc::ConnectionLost, "the connection to the collector is gone"};
    const auto settled = m_window.settled(sent->acknowledged, m_clock.steady());
    if (!settled)
        return base::Ok{};
    const auto position = m_feed.positionOf(*settled);
    if (!position)
        return position.error();
    m_position = *position;
    tellUp();
    return audit::writePosition(m_settings.position, m_position);
}

void Forwarder::await(const tls::Stream& stream, const Outgoing& outgoing)
{
    const base::SteadyTime now = m_clock.steady();
    milliseconds wait = IdleLook;
    if (const auto settling = m_window.nextSettling(now))
        wait = std::min(wait, until(*settling, now));
    if (m_farewellEnds)
        wait = std::min(wait, until(*m_farewellEnds, now));
    if (stream.hasBuffered())
        wait = milliseconds(0);
    std::vector<tls::Interest> interests{
        stream.interest(!outgoing.empty()), {.handle = m_grown.handle(), .read = outgoing.empty()}};
    if (!m_farewellEnds)
        interests.push_back({.handle = m_stop.handle(), .read = true});
    tls::waitFor(interests, wait);
}

void Forwarder::tellUp()
{
    if (std::exchange(m_isUp, true))
        return;
    m_lastTold.reset();
    m_told({std::nullopt, m_position.number});
}

void Forwarder::tellDown(const Error& problem)
{
    if (m_lastTold == problem)
        return;
    m_lastTold = problem;
    m_told({problem, m_position.number});
}

}
