#include "core/fix/dialect.h"
#include "core/fix/link_session.h"
#include "core/fix/tags.h"
#include "core/fix/taker_codec.h"

#include <algorithm>
#include <charconv>

/// What goes over a session of the desk: commands out, events in.
namespace fix {

using base::Errc;
using base::Error;
using namespace std::chrono_literals;

namespace {

// An acceptance may still be on its way when a request ends; then the quote is refused as expired, not as unknown.
constexpr auto LedgerSlack = 60s;
// Less is the jitter of the line.
constexpr auto ClockTolerance = 50ms;

std::uint64_t refSeqNumIn(std::string_view text)
{
    std::uint64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

rfq::InquiryAnswered notAsked(const rfq::AskOutcome& command, const Error& why)
{
    return {command.acceptance.session, command.inquiry, command.acceptance.id, rfq::EvidenceKind::Silence,
        "not asked: " + why.detail};
}

}

void LinkSession::send(const rfq::SendRequest& command)
{
    const base::UtcTime now = m_context.clock.utc();
    const WireMessage message = taker::encode(command, m_settings.profile, now);
    const auto sent = write(message);
    if (!sent) {
        m_context.events.post(rfq::RequestNotSent{m_settings.name, command.request.id, sent.error()});
        return;
    }
    m_ledger.open(command, m_context.clock.steady() + (command.expires - now) + LedgerSlack);
    m_sentIds.note({*sent, message.type, command.request.id.text()});
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
    m_sentIds.note({*sent, message->type, acceptance.id.text()});
    m_context.events.post(rfq::AcceptanceSent{m_settings.name, acceptance.id, *sent, theirNext, m_context.clock.utc()});
}

void LinkSession::send(const rfq::EndRequest& command)
{
    m_ledger.close(command.rfq);
    const WireMessage message = taker::encode(command, m_settings.profile, m_context.clock.utc());
    // Whether it arrives does not matter: the request ends by itself.
    if (const auto sent = write(message))
        m_sentIds.note({*sent, message.type, command.rfq.text()});
}

void LinkSession::send(const rfq::AskOutcome& command)
{
    const auto message = taker::encode(command, m_settings.profile, m_context.clock.utc());
    if (!message)
        return askForReplay(command);
    const auto sent = write(*message);
    if (!sent)
        return post({notAsked(command, sent.error())});
    std::string id = taker::inquiryId(*message, command.inquiry);
    m_sentIds.note({*sent, message->type, id});
    m_inquiries.open(command, std::move(id));
}

void LinkSession::askForReplay(const rfq::AskOutcome& command)
{
    if (!m_session || !m_connection)
        return post({notAsked(command, {Errc::NotConnected, "the session is not connected"})});
    if (const base::Status passes = m_gate.mayWrite(msg::OrderStatusRequest); !passes)
        return post({notAsked(command, passes.error())});
    if (command.replayFrom >= static_cast<std::uint64_t>(m_session->nextTarget()))
        return post({{m_settings.name, command.inquiry, command.acceptance.id, rfq::EvidenceKind::NoTrade,
            "they have sent nothing since the acceptance"}});
    // A new replay takes the place of the running one, for whose sake it begins where that one did.
    const std::uint64_t running = m_inquiries.replayFrom().value_or(command.replayFrom);
    const base::Status asked = m_session->requestReplay(std::min(running, command.replayFrom));
    m_connection->flush();
    if (!asked)
        return post({notAsked(command, asked.error())});
    m_inquiries.open(command, {});
}

void LinkSession::send(const rfq::SendDontKnow& command)
{
    const WireMessage message = taker::encode(command, m_settings.profile);
    const auto sent = write(message);
    if (sent)
        m_sentIds.note({*sent, message.type, command.report.execId.text()});
    else
        // The desk has it on record as sent: a person must know that it was not.
        m_context.events.post(rfq::MessageRejected{
            m_settings.name, message.type, command.report.execId.text(), {}, "not sent: " + sent.error().detail});
}

base::Status LinkSession::check(const rfq::Acceptance& acceptance) const
{
    if (!m_session || !m_session->loggedOn())
        return Error{Errc::NotConnected, "the session is not logged on"};
    if (const base::Status passes = m_gate.mayWrite(msg::NewOrderSingle); !passes)
        return passes;
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
    if (const base::Status passes = m_gate.mayWrite(message.type); !passes)
        return passes.error();
    auto sent = m_session->send(message);
    m_connection->flush();
    return sent;
}

void LinkSession::onMessage(const WireMessage& message)
{
    if (!isHeldBack(message))
        receive(message);
}

void LinkSession::onReject(const WireMessage& reject)
{
    if (!isHeldBack(reject))
        receive(reject);
}

void LinkSession::receive(const WireMessage& message)
{
    auto decoded =
        taker::decode(message, m_settings.name, m_settings.profile, m_settings.soleDealer, m_context.clock.steady());
    if (!decoded) {
        m_inquiries.noteUnreadable(message);
        onInboundRejected(message.type, decoded.error().detail, readable(message));
        return answer(message, "0", decoded.error().detail);
    }
    std::optional<rfq::VenueEvent> event = *std::move(decoded);
    if (!event && !taker::reads(message.type)) {
        onInboundRejected(message.type, "a desk has no use for this type", readable(message));
        return answer(message, "3", "unsupported message type");
    }
    std::vector<rfq::InquiryAnswered> answers = m_inquiries.note(message, event);
    if (event) {
        if (auto* rejected = std::get_if<rfq::MessageRejected>(&*event))
            complete(*rejected, message);
        m_ledger.note(*event);
        m_context.events.post(*std::move(event));
    }
    post(std::move(answers)); // behind the last report of their list
}

void LinkSession::complete(rfq::MessageRejected& rejected, const WireMessage& message) const
{
    const SentMessage* sent = m_sentIds.find(refSeqNumIn(message.find(tag::RefSeqNum).value_or("")));
    if (!sent)
        return;
    if (rejected.refMsgType.empty())
        rejected.refMsgType = sent->type;
    if (rejected.refId.empty())
        rejected.refId = sent->id;
}

void LinkSession::post(std::vector<rfq::InquiryAnswered> answers)
{
    for (rfq::InquiryAnswered& answer : answers)
        m_context.events.post(std::move(answer));
}

void LinkSession::measureClock()
{
    const auto offset = m_session ? m_session->clockOffset() : std::nullopt;
    if (!offset || (m_clockOffset && std::chrono::abs(*offset - *m_clockOffset) <= ClockTolerance))
        return;
    m_clockOffset = offset;
    m_context.events.post(rfq::ClockMeasured{m_settings.name, *offset});
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

// Evidence of what the counterparty has and has not had: the desk draws the conclusions, the message log keeps it.

void LinkSession::onGapFilled(std::uint64_t first, std::uint64_t last)
{
    m_session->note("evidence: the counterparty lacks our MsgSeqNum " + std::to_string(first) + " to "
        + std::to_string(last) + " and got a gap fill for them");
    m_context.events.post(rfq::GapFilled{m_settings.name, first, last});
}

void LinkSession::onPeerExpects(std::uint64_t number)
{
    m_session->note("evidence: the counterparty has had all of ours below MsgSeqNum " + std::to_string(number));
    m_context.events.post(rfq::PeerExpects{m_settings.name, number});
}

void LinkSession::onNumbersReset()
{
    m_session->note("evidence: both sequence numbers start again at 1; what they told before is void");
    m_context.events.post(rfq::NumbersReset{m_settings.name});
}

void LinkSession::onReplayOver(ReplayEnd how)
{
    post(m_inquiries.replayOver(how));
}

}
