#include "app/venue/outcome_chase.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace venue {

using rfq::EvidenceKind;
using rfq::Inquiry;

OutcomeChase::OutcomeChase(Relay& relay, NeverReceived neverReceived)
    : m_relay(relay)
    , m_neverReceived(std::move(neverReceived))
{
}

void OutcomeChase::begin(const rfq::Acceptance& acceptance, const Forward& forward, rfq::SteadyTime firstQuestion)
{
    Pursuit pursuit;
    pursuit.line.acceptance = acceptance;
    pursuit.line.message = forward.message;
    if (forward.seqNum > 0)
        pursuit.line.seqNum = forward.seqNum;
    pursuit.line.theirNext = forward.theirNext;
    pursuit.since = m_relay.floor.clock.steady();
    pursuit.nextRound = firstQuestion;
    m_pursued.insert_or_assign(acceptance.id, std::move(pursuit));
}

void OutcomeChase::written(const rfq::ClOrdId& id, std::uint64_t seqNum, std::uint64_t theirNext)
{
    const auto found = m_pursued.find(id);
    if (found == m_pursued.end())
        return;
    found->second.line.seqNum = seqNum;
    found->second.line.theirNext = theirNext;
    found->second.since = m_relay.floor.clock.steady();
}

void OutcomeChase::ask(const rfq::ClOrdId& id)
{
    const auto found = m_pursued.find(id);
    if (found != m_pursued.end() && !found->second.answerDue)
        found->second.nextRound = m_relay.floor.clock.steady();
}

bool OutcomeChase::isAsking(const rfq::ClOrdId& id, Inquiry inquiry) const
{
    const auto found = m_pursued.find(id);
    return found != m_pursued.end() && found->second.line.asking == inquiry;
}

std::optional<rfq::ClOrdId> OutcomeChase::pursuedOn(const rfq::QuoteStatusReceived& event) const
{
    if (!event.quote)
        return std::nullopt;
    for (const auto& [id, pursuit] : m_pursued) {
        const rfq::Acceptance& acceptance = pursuit.line.acceptance;
        if (acceptance.session == event.session && acceptance.quote == *event.quote
            && (event.rfq.empty() || event.rfq == acceptance.rfq)
            && (event.dealer.empty() || event.dealer == acceptance.dealer))
            return id;
    }
    return std::nullopt;
}

void OutcomeChase::learn(const rfq::ClOrdId& id, EvidenceKind kind, const std::string& text)
{
    const auto found = m_pursued.find(id);
    if (found != m_pursued.end())
        learn(found->second, kind, text);
}

void OutcomeChase::learn(Pursuit& pursuit, EvidenceKind kind, const std::string& text)
{
    const rfq::SteadyTime now = m_relay.floor.clock.steady();
    pursuit.line.evidence.push_back({m_relay.floor.clock.utc(), kind, text});
    if (rfq::isAnswer(kind)) {
        pursuit.answered = true;
        pursuit.pending = kind == EvidenceKind::Pending || kind == EvidenceKind::PartFill;
    }
    if (kind == EvidenceKind::UnknownOrder)
        pursuit.denied = now;
    m_relay.floor.log.record("outcome-evidence",
        {{"upstream", pursuit.line.acceptance.session.text()}, {"forwarded", pursuit.line.acceptance.id.text()},
            {"kind", rfq::nameOf(kind)}, {"text", text}});
}

void OutcomeChase::upstreamUp(const rfq::SessionId& upstream)
{
    for (auto& [id, pursuit] : m_pursued)
        if (pursuit.line.acceptance.session == upstream)
            pursuit.nextRound = m_relay.floor.clock.steady();
}

void OutcomeChase::upstreamLost(const rfq::SessionId& upstream)
{
    for (auto& [id, pursuit] : m_pursued) {
        if (pursuit.line.acceptance.session != upstream)
            continue;
        pursuit.line.asking.reset();
        pursuit.answerDue.reset();
        pursuit.nextRound.reset();
    }
}

void OutcomeChase::apply(const rfq::PeerExpects& event)
{
    for (auto& [id, pursuit] : m_pursued) {
        const auto& seqNum = pursuit.line.seqNum;
        if (pursuit.line.acceptance.session == event.session && seqNum)
            learn(pursuit, event.number > *seqNum ? EvidenceKind::Received : EvidenceKind::Missed,
                "NextExpectedMsgSeqNum(789) is " + std::to_string(event.number)
                    + ", the acceptance went out as MsgSeqNum " + std::to_string(*seqNum));
    }
}

void OutcomeChase::apply(const rfq::GapFilled& event)
{
    for (auto& [id, pursuit] : m_pursued) {
        const auto& seqNum = pursuit.line.seqNum;
        if (pursuit.line.acceptance.session == event.session && seqNum && event.first <= *seqNum
            && *seqNum <= event.last)
            learn(pursuit, EvidenceKind::Missed,
                "they asked again for our messages " + std::to_string(event.first) + " to " + std::to_string(event.last)
                    + ", the acceptance among them; it was not sent again");
    }
}

void OutcomeChase::apply(const rfq::NumbersReset& event)
{
    for (auto& [id, pursuit] : m_pursued) {
        if (pursuit.line.acceptance.session != event.session)
            continue;
        pursuit.line.seqNum.reset();
        pursuit.line.theirNext = 0;
        learn(pursuit, EvidenceKind::NumbersReset, "the numbers began again after the acceptance");
    }
}

void OutcomeChase::apply(const rfq::InquiryAnswered& event)
{
    if (event.meaning == EvidenceKind::Unsupported)
        m_unsupported[event.session].insert(event.inquiry);
    for (auto& [id, pursuit] : m_pursued) {
        const rfq::AcceptanceLine& line = pursuit.line;
        const bool meant = event.clOrdId.empty() ? line.asking == event.inquiry : id == event.clOrdId;
        if (line.acceptance.session == event.session && meant)
            learn(pursuit, event.meaning, std::string(rfq::nameOf(event.inquiry)) + ": " + event.text);
    }
}

void OutcomeChase::apply(const rfq::QuoteStatusReceived& event)
{
    for (auto& [id, pursuit] : m_pursued) {
        const rfq::AcceptanceLine& line = pursuit.line;
        if (line.acceptance.session == event.session && line.asking == Inquiry::QuoteStatus && event.quote
            && *event.quote == line.acceptance.quote)
            learn(pursuit, EvidenceKind::QuoteStatus,
                "QuoteStatus(297) " + event.status + (event.text.empty() ? "" : " \"" + event.text + "\""));
    }
}

void OutcomeChase::apply(const rfq::MessageRejected& event)
{
    const auto inquiry = rfq::inquiryOf(event.refMsgType);
    if (!inquiry)
        return;
    // 380=3 and 373=11: the message type is not supported, now or later. Anything else may be a passing mood.
    const bool forGood = event.sessionLevel ? event.code == "11" : event.code == "3";
    apply(rfq::InquiryAnswered{event.session, *inquiry, {}, forGood ? EvidenceKind::Unsupported : EvidenceKind::Silence,
        "refused with reason " + event.code});
}

void OutcomeChase::runDue()
{
    std::vector<std::pair<rfq::Acceptance, std::string>> never;
    for (auto& [id, pursuit] : m_pursued) {
        if (isProven(pursuit))
            never.emplace_back(pursuit.line.acceptance, pursuit.line.evidence.back().text);
        else if (m_relay.isUp(pursuit.line.acceptance.session))
            look(pursuit);
    }
    for (const auto& [acceptance, why] : never) {
        m_pursued.erase(acceptance.id);
        m_neverReceived(acceptance, why);
    }
}

void OutcomeChase::look(Pursuit& pursuit)
{
    const rfq::SteadyTime now = m_relay.floor.clock.steady();
    if (pursuit.answerDue && pursuit.answered) {
        if (pursuit.pending) {
            // Who has it and has not decided is asked again soon, and nothing else.
            pursuit.answerDue.reset();
            pursuit.line.asking.reset();
            pursuit.nextRound = now + m_relay.profileOf(pursuit.line.acceptance.session).inquiryPatience;
        } else {
            askNext(pursuit);
        }
    } else if (pursuit.answerDue && *pursuit.answerDue <= now) {
        learn(pursuit, EvidenceKind::Silence, std::string(rfq::nameOf(*pursuit.last)) + " was not answered");
        askNext(pursuit);
    }
    if (pursuit.nextRound && *pursuit.nextRound <= now) {
        pursuit.nextRound.reset();
        pursuit.last.reset();
        askNext(pursuit);
    }
}

void OutcomeChase::askNext(Pursuit& pursuit)
{
    const rfq::SteadyTime now = m_relay.floor.clock.steady();
    const rfq::SessionId& upstream = pursuit.line.acceptance.session;
    const rfq::Profile& profile = m_relay.profileOf(upstream);
    const auto inquiry = rfq::nextInquiry(profile, m_unsupported[upstream], pursuit.last, pursuit.line);
    pursuit.answered = false;
    pursuit.pending = false;
    if (!inquiry) {
        pursuit.answerDue.reset();
        pursuit.line.asking.reset();
        pursuit.nextRound = now + pause(pursuit);
        return;
    }
    pursuit.last = inquiry;
    pursuit.line.asking = inquiry;
    pursuit.answerDue = now + profile.inquiryPatience;
    learn(pursuit, EvidenceKind::Asked, rfq::nameOf(*inquiry));
    m_relay.link.send(rfq::AskOutcome{pursuit.line.acceptance, *inquiry, pursuit.line.theirNext});
}

std::chrono::nanoseconds OutcomeChase::pause(const Pursuit& pursuit) const
{
    const std::chrono::nanoseconds usual = m_relay.profileOf(pursuit.line.acceptance.session).inquiryRetry;
    // Who knows no such order is asked once more as soon as that is an answer.
    const std::chrono::nanoseconds untilGrace = graceEnd(pursuit) - m_relay.floor.clock.steady();
    return pursuit.denied && untilGrace > std::chrono::nanoseconds(0) ? std::min(usual, untilGrace) : usual;
}

rfq::SteadyTime OutcomeChase::graceEnd(const Pursuit& pursuit) const
{
    return pursuit.since + m_relay.profileOf(pursuit.line.acceptance.session).statusGrace;
}

bool OutcomeChase::isProven(const Pursuit& pursuit) const
{
    const rfq::SessionId& upstream = pursuit.line.acceptance.session;
    const auto unsupported = m_unsupported.find(upstream);
    return rfq::provesNotReceived(pursuit.line, m_relay.profileOf(upstream),
        unsupported == m_unsupported.end() ? std::set<Inquiry>() : unsupported->second,
        pursuit.denied && *pursuit.denied >= graceEnd(pursuit));
}

std::optional<base::SteadyTime> OutcomeChase::nextDue() const
{
    std::optional<base::SteadyTime> next;
    for (const auto& [id, pursuit] : m_pursued) {
        if (!m_relay.isUp(pursuit.line.acceptance.session))
            continue;
        for (const auto& due : {pursuit.answerDue, pursuit.nextRound})
            if (due && (!next || *due < *next))
                next = due;
    }
    return next;
}

}
