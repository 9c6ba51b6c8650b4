#include "core/fix/connection.h"

#include <array>

namespace fix {

using base::Errc;
using base::Error;
using namespace std::chrono;

namespace {

// One TLS record holds at most 16 KiB.
constexpr std::size_t ReadSize = 16U << 10U;
// Then the other sessions have their turn.
constexpr int MostReadsAtOnce = 32;
// Beyond what QuickFIX does on the wall clock: these fire only when that one jumps.
constexpr seconds HeartbeatSlack{2};
constexpr seconds SilenceSlack{2};

}

Connection::Connection(
    tls::Stream stream, FixSession& session, SessionRole role, ConnectionTimes times, const base::Clock& clock)
    : m_stream(std::move(stream))
    , m_session(session)
    , m_clock(clock)
    , m_logonTimeout(times.logon)
{
    const base::SteadyTime now = m_clock.steady();
    const bool waitsForVerdict = role == SessionRole::Initiator && m_stream.peer().protocol == "TLSv1.3";
    m_speakAt = waitsForVerdict ? now + times.grace : now;
    m_logonDue = m_speakAt + times.logon;
    m_lastRead = now;
    m_lastWritten = now;
    m_nextTime = now;
    m_session.connected();
}

Connection::~Connection()
{
    m_session.disconnected();
    if (!m_over)
        flush();
}

bool Connection::enqueue(std::string_view bytes)
{
    if (m_out.size() - m_sent + bytes.size() > OutputLimit)
        return false;
    m_out += bytes;
    return true;
}

void Connection::flush()
{
    while (m_sent < m_out.size()) {
        const auto written = m_stream.write(std::span(m_out).subspan(m_sent));
        if (!written)
            return end(written.error());
        if (*written == 0)
            return;
        m_sent += *written;
        m_lastWritten = m_clock.steady();
    }
    m_out.clear();
    m_sent = 0;
}

void Connection::deliver(std::string_view bytes)
{
    m_heard = true;
    m_session.receive(bytes);
    checkSession();
}

tls::Interest Connection::interest() const
{
    return m_stream.interest(m_sent < m_out.size());
}

void Connection::onReady(const tls::Interest& ready)
{
    if (m_over)
        return;
    if (ready.readable || ready.writable || m_stream.hasBuffered())
        read();
    if (m_over)
        return;
    if (!m_session.loggedOn() && m_stream.peerHasSpoken())
        onTime();
    checkSession();
}

void Connection::read()
{
    std::array<char, ReadSize> buffer; // NOLINT(*-member-init): read() fills what is used of it
    for (int reads = 0; reads < MostReadsAtOnce && !m_session.closing(); ++reads) {
        const auto outcome = m_stream.read(buffer);
        if (outcome.bytes > 0) {
            m_heard = true;
            m_lastRead = m_clock.steady();
            m_session.receive(std::string_view(buffer.data(), outcome.bytes));
            if (!m_stream.hasBuffered()) // what is still in the socket is announced by the next poll
                return;
        } else if (outcome.closed && !m_session.closing()) {
            return end(outcome.error.value_or(Error{Errc::ConnectionLost, "the counterparty closed the connection"}));
        } else {
            break;
        }
    }
    // What the poll does not announce is read in the next round, after the others.
    if (m_stream.hasBuffered())
        m_nextTime = m_clock.steady();
}

void Connection::onTime()
{
    if (m_over)
        return;
    if (m_stream.hasBuffered())
        read();
    const base::SteadyTime now = m_clock.steady();
    if (m_over)
        return;
    if (mayLogOn(now))
        m_session.tick();
    checkSilence(now);
    checkSession();
    m_nextTime = m_stream.hasBuffered() ? now : timeAfter(now);
}

void Connection::checkSession()
{
    if (m_over)
        return;
    flush();
    if (m_session.closing())
        end(*m_session.closing());
}

void Connection::checkSilence(base::SteadyTime now)
{
    if (m_over)
        return;
    if (!m_session.loggedOn()) {
        if (now >= m_logonDue && !m_session.closing())
            end({Errc::Timeout,
                "the counterparty did not answer the Logon within " + std::to_string(m_logonTimeout.count()) + " ms"});
        return;
    }
    const milliseconds interval = m_session.heartBtInt();
    if (interval == milliseconds(0))
        return;
    if (now - m_lastRead >= interval * 12 / 5 + SilenceSlack)
        return end({Errc::Timeout, "the counterparty is silent"});
    if (now - m_lastWritten >= interval + HeartbeatSlack)
        m_session.sendHeartbeat();
}

bool Connection::mayLogOn(base::SteadyTime now) const
{
    return m_session.loggedOn() || m_stream.peerHasSpoken() || now >= m_speakAt;
}

base::SteadyTime Connection::timeAfter(base::SteadyTime now) const
{
    if (!mayLogOn(now))
        return std::min(m_speakAt, m_logonDue);
    // QuickFIX counts whole seconds of the wall clock: just behind each of them its timers are on time.
    const auto utc = m_clock.utc();
    const auto second = now + (ceil<seconds>(utc + microseconds(1)) - utc) + milliseconds(1);
    return m_session.loggedOn() ? second : std::min(second, m_logonDue);
}

void Connection::end(Error reason)
{
    if (!m_over)
        m_over = std::move(reason);
}

}
