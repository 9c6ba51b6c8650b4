#include "core/fix/connection.h"

#include <algorithm>
#include <array>
#include <utility>

namespace fix {

using base::Errc;
using base::Error;

namespace {

// One TLS record holds at most 16 KiB.
constexpr std::size_t ReadSize = 16U << 10U;
// Then the other sessions have their turn.
constexpr int MostReadsAtOnce = 32;

}

Connection::Connection(tls::Stream stream, FixSession& session, SessionRole role, const base::Clock& clock)
    : m_stream(std::move(stream))
    , m_session(session)
    , m_clock(clock)
{
    const base::SteadyTime now = m_clock.steady();
    const bool waitsForVerdict = role == SessionRole::Initiator && m_stream.peer().protocol == "TLSv1.3";
    m_speakAt = waitsForVerdict ? now + VerdictPatience : now;
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
    if (m_isLent)
        return;
    while (m_sent < m_out.size()) {
        const auto written = m_stream.write(std::span(m_out).subspan(m_sent));
        if (!written)
            return end(written.error());
        if (*written == 0)
            return;
        m_sent += *written;
    }
    m_out.clear();
    m_sent = 0;
    if (std::exchange(m_wantsToAsk, false))
        if (const base::Status asked = m_stream.askForCertificate(); !asked)
            m_askFailure = asked.error();
}

void Connection::askForCertificate()
{
    m_askFailure.reset();
    m_wantsToAsk = true;
    flush();
}

tls::Stream Connection::lend()
{
    m_isLent = true;
    return std::move(m_stream);
}

void Connection::takeBack(tls::Stream stream)
{
    m_stream = std::move(stream);
    m_isLent = false;
    // What the peer said meanwhile counts before its silence is judged.
    read();
    checkSession();
}

void Connection::deliver(std::string_view bytes)
{
    m_heard = true;
    m_session.receive(bytes);
    checkSession();
}

tls::Interest Connection::interest() const
{
    if (m_isLent)
        return {};
    tls::Interest wanted = m_stream.interest(m_sent < m_out.size());
    wanted.read = wanted.read && !m_isHeld;
    return wanted;
}

void Connection::onReady(const tls::Interest& ready)
{
    if (m_over || m_isLent)
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
    for (int reads = 0; reads < MostReadsAtOnce && !m_session.closing() && !m_isHeld; ++reads) {
        const auto outcome = m_stream.read(buffer);
        if (outcome.bytes > 0) {
            m_heard = true;
            m_session.receive(std::string_view(buffer.data(), outcome.bytes));
            if (!m_stream.hasBuffered()) // what is still in the socket is announced by the next poll
                return;
        } else if (outcome.closed && !m_session.closing()) {
            // After its Logout it is meant to.
            return end(m_session.leaving().value_or(
                outcome.error.value_or(Error{Errc::ConnectionLost, "the counterparty closed the connection"})));
        } else {
            break;
        }
    }
}

void Connection::onTime()
{
    if (m_over || m_isLent)
        return;
    if (m_stream.hasBuffered())
        read();
    if (m_over)
        return;
    if (mayLogOn(m_clock.steady()))
        m_session.tick();
    checkSession();
}

base::SteadyTime Connection::nextTime() const
{
    if (m_isLent)
        return base::SteadyTime::max();
    // What the poll does not announce is read in the next round, after the others.
    if (m_stream.hasBuffered() && !m_isHeld)
        return base::SteadyTime::min();
    if (m_session.loggedOn() || m_session.leaving() || m_stream.peerHasSpoken())
        return m_session.nextTime();
    return std::max(m_speakAt, m_session.nextTime());
}

void Connection::checkSession()
{
    if (m_over)
        return;
    flush();
    if (m_session.closing())
        end(*m_session.closing());
}

bool Connection::mayLogOn(base::SteadyTime now) const
{
    return m_session.loggedOn() || m_stream.peerHasSpoken() || now >= m_speakAt;
}

void Connection::end(Error reason)
{
    if (!m_over)
        m_over = std::move(reason);
}

}
