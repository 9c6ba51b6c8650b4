#include "core/fix/link_session.h"
#include "core/fix/tags.h"
#include "core/fix/taker_codec.h"

#include <charconv>

/// What goes over a session of the desk: commands out, events in.
namespace fix {

using base::Errc;
using base::Error;
using namespace std::chrono_literals;

namespace {

// An acceptance may still be on its way when a request ends; then the quote is refused as expired, not as unknown.
constexpr auto LedgerSlack = 60s;

std::uint64_t numberIn(std::string_view text)
{
    std::uint64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

}

void LinkSession::send(const rfq::SendRequest& command)
{
    const base::UtcTime now = m_context.clock.utc();
    const auto sent = write(taker::encode(command, m_settings.profile, now));
    if (!sent) {
        m_context.events.post(rfq::RequestNotSent{m_settings.name, command.request.id, sent.error()});
        return;
    }
    m_ledger.open(command, m_context.clock.steady() + (command.expires - now) + LedgerSlack);
    m_sentIds.note(*sent, command.request.id.text());
    m_context.events.post(rfq::RequestSent{m_settings.name, command.request.id});
}

void LinkSession::send(const rfq::SendAcceptance& command)
{
    const rfq::Acceptance& acceptance = command.acceptance;
    const auto notSent = [&](Error reason) {
        m_context.events.post(rfq::AcceptanceNotSent{m_settings.name, acceptance.id, std::move(reason)});
    };
    if (!m_context.seenOrders.insert(acceptance.id).second)
        return notSent({Errc::Duplicate, "ClOrdID " + acceptance.id.text() + " was used before"});
    if (const base::Status good = check(acceptance); !good)
        return notSent(good.error());
    // Exactly what is on disk, not composed again.
    const auto message = fromWireText(command.message);
    if (!message)
        return notSent({Errc::Internal, "the message of acceptance " + acceptance.id.text() + " is not one"});
    const auto theirNext = static_cast<std::uint64_t>(m_session->nextTarget());
    const auto sent = write(*message);
    if (!sent)
        return notSent(sent.error());
    m_sentIds.note(*sent, acceptance.id.text());
    m_context.events.post(rfq::AcceptanceSent{m_settings.name, acceptance.id, *sent, theirNext, m_context.clock.utc()});
}

void LinkSession::send(const rfq::EndRequest& command)
{
    m_ledger.close(command.rfq);
    // Whether it arrives does not matter: the request ends by itself.
    if (m_session && m_session->loggedOn())
        static_cast<void>(write(taker::encode(command, m_settings.profile, m_context.clock.utc())));
}

void LinkSession::send(const rfq::AskOutcome& command)
{
    static_cast<void>(command);
}

void LinkSession::send(const rfq::SendDontKnow& command)
{
    static_cast<void>(command);
}

base::Status LinkSession::check(const rfq::Acceptance& acceptance) const
{
    if (!m_session || !m_session->loggedOn())
        return Error{Errc::NotConnected, "the session is not logged on"};
    if (m_context.clock.steady() >= acceptance.deadline)
        return Error{Errc::Expired, "the quote expired before the acceptance could be sent"};
    if (!m_ledger.isNewest(acceptance))
        return Error{Errc::Stale, "quote " + acceptance.quote.text() + " was replaced or withdrawn"};
    return base::Ok{};
}

base::Result<std::uint64_t> LinkSession::write(const WireMessage& message)
{
    if (!m_session || !m_connection)
        return Error{Errc::NotConnected, "the session is not connected"};
    auto sent = m_session->send(message);
    m_connection->flush();
    return sent;
}

void LinkSession::onMessage(const WireMessage& message)
{
    receive(message);
}

void LinkSession::onReject(const WireMessage& reject)
{
    receive(reject);
}

void LinkSession::receive(const WireMessage& message)
{
    auto decoded =
        taker::decode(message, m_settings.name, m_settings.profile, m_settings.soleDealer, m_context.clock.steady());
    if (!decoded) {
        onInboundRejected(message.type, decoded.error().detail, readable(message));
        return answer(message, "0", decoded.error().detail);
    }
    if (!*decoded) {
        if (message.type == "AJ") // a step of a negotiation that ends no quote
            return;
        onInboundRejected(message.type, "a desk has no use for this type", readable(message));
        return answer(message, "3", "unsupported message type");
    }
    if (auto* rejected = std::get_if<rfq::MessageRejected>(&**decoded); rejected && rejected->refId.empty())
        rejected->refId = m_sentIds.find(numberIn(message.find(tag::RefSeqNum).value_or("")));
    m_ledger.note(**decoded);
    m_context.events.post(**std::move(decoded));
}

void LinkSession::answer(const WireMessage& message, const char* businessReason, const std::string& text)
{
    // Nobody answers a refusal with a refusal.
    if (message.type == "j" || message.type == "3")
        return;
    WireMessage reject;
    reject.type = "j";
    reject.add(tag::RefMsgType, message.type);
    reject.add(tag::BusinessRejectReason, businessReason);
    if (!text.empty())
        reject.add(tag::Text, text);
    static_cast<void>(m_session->send(reject)); // the alarm has been raised; the counterparty's copy is a courtesy
}

void LinkSession::onInboundRejected(const std::string& type, const std::string& why, const std::string& raw)
{
    m_context.events.post(rfq::InboundRejected{m_settings.name, type, why, raw});
}

// Evidence of what the counterparty has and has not had. The message log keeps it; for the trader it becomes an event
// where the desk can draw a conclusion from it.

void LinkSession::onGapFilled(std::uint64_t first, std::uint64_t last)
{
    m_session->note("evidence: the counterparty has not had our MsgSeqNum " + std::to_string(first) + " to "
        + std::to_string(last) + ", and will not get them");
}

void LinkSession::onPeerExpects(std::uint64_t number)
{
    m_session->note("evidence: the counterparty has had all of ours below MsgSeqNum " + std::to_string(number));
}

void LinkSession::onNumbersReset()
{
    m_session->note("evidence: both sequence numbers start again at 1; what they told before is void");
}

}
