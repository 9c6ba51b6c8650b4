#include "core/fix/link_session.h"

/// The counterparty asks whether the token is still there (RFC 8446, 4.6.2). The signature runs on a thread of its own,
/// as in a handshake: a slow token delays this session and no other.
namespace fix {

using base::Errc;
using base::Error;
using namespace std::chrono;

namespace {

/// Long enough for a touch. After it the counterparty has given us up, too.
constexpr seconds TokenPatience{60};
/// A counterparty that asks more often keeps the token from the other sessions.
constexpr std::size_t MostAskedInAMinute = 10;
/// Numbers that no attempt to connect has.
constexpr std::uint64_t FirstAnswer = std::uint64_t{1} << 63U;

}

void LinkSession::answerIfAsked()
{
    if (!m_connection || !m_connection->isAsked())
        return;
    const base::SteadyTime now = m_context.clock.steady();
    std::erase_if(m_asked, [now](base::SteadyTime at) { return now - at > minutes(1); });
    if (m_asked.size() >= MostAskedInAMinute)
        return m_connection->end({Errc::ProtocolViolation,
            "the counterparty asked for our certificate more than " + std::to_string(MostAskedInAMinute)
                + " times in a minute"});
    m_asked.push_back(now);
    m_answerDue = now + TokenPatience;
    const std::uint64_t id = FirstAnswer + m_answers++;
    m_answerId = id;
    // std::function wants to be copied; a stream does not.
    const auto lent = std::make_shared<tls::Stream>(m_connection->lend());
    const auto work = [lent, timeout = m_settings.connectTimeout](
                          const tls::Waker& cancelled) -> base::Result<tls::Stream> {
        tls::Stream stream = std::move(*lent);
        if (const base::Status answered = stream.answerRequest(timeout, cancelled); !answered)
            return answered.error();
        return stream;
    };
    const auto done = [name = m_settings.name, id, post = m_context.post](base::Result<tls::Stream> result) {
        post({name, id, std::move(result)});
    };
    m_attempt = std::make_unique<Attempt>(work, done);
}

void LinkSession::takeBack(base::Result<tls::Stream> answered)
{
    m_answerDue.reset();
    m_answerId = 0;
    if (answered) {
        m_session->note("the counterparty asked for our certificate again, and the token signed");
        m_connection->takeBack(*std::move(answered));
    } else {
        m_session->note("the counterparty asked for our certificate again, in vain: " + answered.error().detail);
        m_connection->end(answered.error());
    }
    answerIfAsked(); // the next request may have come with what was read
    settle();
}

void LinkSession::checkAnswer(base::SteadyTime now)
{
    if (!m_answerDue || now < *m_answerDue)
        return;
    m_connection->end({Errc::Timeout,
        "the counterparty asked for our certificate again, and the token did not sign within "
            + std::to_string(TokenPatience.count()) + " s"});
}

void LinkSession::closeConnection()
{
    callOffAttempt();
    m_answerDue.reset();
    m_asked.clear();
    m_connection.reset();
}

}
