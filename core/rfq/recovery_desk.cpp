#include "core/rfq/recovery_desk.h"

#include "core/rfq/fill_rules.h"
#include "core/rfq/inquiry_rules.h"

#include <algorithm>
#include <utility>

namespace rfq {

using base::Errc;
using base::Error;

namespace {

/// Whether a trade that names no order of ours is on the accepted terms.
bool looksLike(const ExecutionReport& report, const Acceptance& acceptance)
{
    const auto price = report.lastPx ? report.lastPx : report.avgPx;
    return report.symbol == acceptance.instrument.symbol && report.side == acceptance.side
        && report.cumQty == acceptance.quantity && price && price->value == acceptance.price.value;
}

}

RecoveryDesk::RecoveryDesk(DeskState& desk, AcceptanceMoves& moves)
    : m_desk(desk)
    , m_moves(moves)
{
}

void RecoveryDesk::sessionUp(const SessionId& session)
{
    for (AcceptanceLine* line : unknownOf(session)) {
        Climb& climb = m_climbs[line->acceptance.id];
        climb.nextRound = m_desk.clock.steady();
    }
}

void RecoveryDesk::sessionLost(const SessionId& session)
{
    for (AcceptanceLine* line : unknownOf(session)) {
        line->asking.reset();
        Climb& climb = m_climbs[line->acceptance.id];
        climb.answerDue.reset();
        climb.nextRound.reset();
        m_moves.touch(*line);
    }
}

void RecoveryDesk::expected(const PeerExpects& event)
{
    for (AcceptanceLine* line : unknownOf(event.session)) {
        if (!line->seqNum)
            continue;
        const std::string text = "NextExpectedMsgSeqNum(789) is " + std::to_string(event.number)
            + ", the acceptance went out as MsgSeqNum " + std::to_string(*line->seqNum);
        m_moves.learn(*line, event.number > *line->seqNum ? EvidenceKind::Received : EvidenceKind::Missed, text);
    }
}

void RecoveryDesk::gapFilled(const GapFilled& event)
{
    for (AcceptanceLine* line : unknownOf(event.session)) {
        if (line->seqNum && event.first <= *line->seqNum && *line->seqNum <= event.last)
            m_moves.learn(*line, EvidenceKind::Missed,
                "they asked again for our messages " + std::to_string(event.first) + " to " + std::to_string(event.last)
                    + ", the acceptance among them as " + std::to_string(*line->seqNum) + "; it was not sent again");
    }
}

void RecoveryDesk::numbersReset(const NumbersReset& event)
{
    for (AcceptanceLine* line : unknownOf(event.session)) {
        line->theirNext = 0;
        if (line->seqNum)
            m_moves.learn(*line, EvidenceKind::NumbersReset,
                "the acceptance went out as MsgSeqNum " + std::to_string(*line->seqNum)
                    + "; the numbers began again after it");
        line->seqNum.reset();
        m_desk.record(AcceptanceWritten{line->acceptance.id, 0, 0, m_desk.clock.utc()});
    }
}

void RecoveryDesk::answered(const InquiryAnswered& event)
{
    if (event.meaning == EvidenceKind::Unsupported)
        m_unsupported[event.session].insert(event.inquiry);
    for (AcceptanceLine* line : unknownOf(event.session)) {
        const bool meant = event.clOrdId.empty() ? line->asking == event.inquiry : line->acceptance.id == event.clOrdId;
        if (meant)
            m_moves.learn(*line, event.meaning, std::string(nameOf(event.inquiry)) + ": " + event.text);
    }
}

void RecoveryDesk::captured(const TradeCaptured& event)
{
    for (AcceptanceLine* line : unknownOf(event.report.session)) {
        if (looksLike(event.report, line->acceptance))
            m_moves.learn(*line, EvidenceKind::Candidate, summary(event.report));
    }
}

void RecoveryDesk::quoteStatus(const QuoteStatusReceived& event)
{
    for (AcceptanceLine* line : unknownOf(event.session)) {
        if (line->asking != Inquiry::QuoteStatus || !event.quote || *event.quote != line->acceptance.quote)
            continue;
        m_moves.learn(*line, EvidenceKind::QuoteStatus,
            "QuoteStatus(297) " + event.status + (event.text.empty() ? "" : " \"" + event.text + "\""));
    }
}

void RecoveryDesk::refused(const MessageRejected& event)
{
    const auto inquiry = inquiryOf(event.refMsgType);
    if (!inquiry)
        return;
    // 380=3 and 373=11: the message type is not supported, now or later. Anything else may be a passing mood.
    const bool forGood = event.sessionLevel ? event.code == "11" : event.code == "3";
    answered({event.session, *inquiry, {}, forGood ? EvidenceKind::Unsupported : EvidenceKind::Silence,
        "refused with reason " + event.code + (event.text.empty() ? "" : " \"" + event.text + "\"")});
}

void RecoveryDesk::look()
{
    for (const ClOrdId& id : std::set<ClOrdId>(m_desk.unknown)) {
        AcceptanceLine* line = m_desk.acceptance(id);
        if (!line)
            continue;
        const auto [climb, isNew] = m_climbs.try_emplace(id);
        if (isNew || climb->second.since == SteadyTime{}) {
            climb->second.since = m_desk.clock.steady();
            climb->second.nextRound = climb->second.since;
        }
        lookAt(*line, climb->second);
    }
    std::erase_if(m_climbs, [&](const auto& climb) { return !m_desk.unknown.contains(climb.first); });
}

void RecoveryDesk::lookAt(AcceptanceLine& line, Climb& climb)
{
    const SessionId& session = line.acceptance.session;
    const Profile& profile = m_desk.profile(session);
    if (provesNotReceived(line, profile, m_unsupported[session], deniedAfterGrace(line, climb))) {
        m_moves.move(line, AcceptanceEvent::NotReceived, {{}, "it never reached the counterparty's application"});
        return;
    }
    if (!m_desk.isLoggedOn(session))
        return;
    weigh(line, climb);
    const SteadyTime now = m_desk.clock.steady();
    if (climb.answerDue && *climb.answerDue <= now) {
        m_moves.learn(line, EvidenceKind::Silence, std::string(nameOf(*climb.last)) + " was not answered");
        askNext(line, climb);
    }
    if (climb.nextRound && *climb.nextRound <= now)
        beginRound(line, climb);
}

void RecoveryDesk::weigh(AcceptanceLine& line, Climb& climb)
{
    const bool asked = climb.answerDue.has_value();
    const Flight& flight = m_desk.flights.at(line.acceptance.id);
    const bool answered = std::exchange(climb.answers, flight.answers) != flight.answers;
    if (!asked || !answered)
        return;
    // Who has it and has not decided is asked again soon, and nobody else needs to be.
    if (flight.answeredPending)
        rest(line, climb, m_desk.profile(line.acceptance.session).inquiryPatience);
    else
        askNext(line, climb);
}

void RecoveryDesk::beginRound(AcceptanceLine& line, Climb& climb)
{
    climb.nextRound.reset();
    climb.last.reset();
    askNext(line, climb);
}

void RecoveryDesk::askNext(AcceptanceLine& line, Climb& climb)
{
    const SessionId& session = line.acceptance.session;
    const Profile& profile = m_desk.profile(session);
    const auto inquiry = nextInquiry(profile, m_unsupported[session], climb.last, line);
    if (!inquiry) {
        if (!std::exchange(line.exhausted, true))
            m_moves.touch(line);
        return rest(line, climb, pauseAfterRound(line, climb));
    }
    if (!climb.last && line.evidence.empty())
        m_desk.notify(noticeOf(NoticeCode::OutcomeAsked, Severity::Info, line.acceptance));
    climb.last = inquiry;
    climb.answerDue = m_desk.clock.steady() + profile.inquiryPatience;
    line.asking = inquiry;
    m_moves.learn(line, EvidenceKind::Asked, nameOf(*inquiry));
    climb.answers = m_desk.flights.at(line.acceptance.id).answers;
    m_moves.touch(line);
    m_desk.link.send(AskOutcome{line.acceptance, *inquiry, line.theirNext});
}

void RecoveryDesk::rest(AcceptanceLine& line, Climb& climb, std::chrono::nanoseconds pause)
{
    climb.answerDue.reset();
    climb.nextRound = m_desk.clock.steady() + pause;
    if (std::exchange(line.asking, std::nullopt))
        m_moves.touch(line);
}

std::chrono::nanoseconds RecoveryDesk::pauseAfterRound(const AcceptanceLine& line, const Climb& climb) const
{
    const std::chrono::nanoseconds usual = m_desk.profile(line.acceptance.session).inquiryRetry;
    // Who knows no such order is asked once more as soon as that is an answer.
    const std::chrono::nanoseconds untilGrace = graceEnd(line, climb) - m_desk.clock.steady();
    const bool denied = m_desk.flights.at(line.acceptance.id).denied.has_value();
    return denied && untilGrace > std::chrono::nanoseconds(0) ? std::min(usual, untilGrace) : usual;
}

SteadyTime RecoveryDesk::graceEnd(const AcceptanceLine& line, const Climb& climb) const
{
    // Where this process did not send it, the time of sending is another clock's: counted from here.
    return line.sent.value_or(climb.since) + m_desk.profile(line.acceptance.session).statusGrace;
}

bool RecoveryDesk::deniedAfterGrace(const AcceptanceLine& line, const Climb& climb) const
{
    const auto& denied = m_desk.flights.at(line.acceptance.id).denied;
    return denied && *denied >= graceEnd(line, climb);
}

std::optional<SteadyTime> RecoveryDesk::nextDeadline() const
{
    std::optional<SteadyTime> next;
    const auto consider = [&](const std::optional<SteadyTime>& due) {
        if (due && (!next || *due < *next))
            next = due;
    };
    for (const auto& [id, climb] : m_climbs) {
        const Flight& flight = m_desk.flights.at(id);
        const Rfq* rfq = std::as_const(m_desk).find(flight.rfq);
        const AcceptanceLine* line = rfq ? openAcceptance(*rfq) : nullptr;
        if (!line || !m_desk.isLoggedOn(line->acceptance.session))
            continue;
        consider(climb.answerDue);
        consider(climb.nextRound);
    }
    return next;
}

base::Result<AcceptanceLine*> RecoveryDesk::unknownLine(const ClOrdId& id)
{
    AcceptanceLine* line = m_desk.acceptance(id);
    if (!line)
        return Error{Errc::NotFound, "no acceptance " + id.text()};
    if (line->state != AcceptanceState::Unknown)
        return Error{Errc::Refused, "the outcome of " + id.text() + " is known: it was " + nameOf(line->state)};
    return line;
}

base::Status RecoveryDesk::ask(const ClOrdId& id)
{
    const auto line = unknownLine(id);
    if (!line)
        return line.error();
    const SessionId& session = (*line)->acceptance.session;
    if (!m_desk.isLoggedOn(session))
        return Error{Errc::NotConnected, "session " + session.text() + " is not logged on"};
    Climb& climb = m_climbs[id];
    if (!climb.answerDue)
        climb.nextRound = m_desk.clock.steady();
    look();
    return base::Ok{};
}

base::Status RecoveryDesk::checkConsent(
    const Person& trader, const Approval& approval, const std::string& statement) const
{
    if (m_desk.trader.name.empty() || !(trader == m_desk.trader))
        return Error{Errc::Refused, "the trader who asks is not the one who is signed in"};
    if (isSamePerson(approval.person, trader))
        return Error{Errc::Refused, approval.person.name + " cannot be both persons"};
    if (approval.signature.empty() || approval.statement != statement)
        return Error{Errc::InvalidInput, "what was signed is not this decision"};
    return base::Ok{};
}

base::Status RecoveryDesk::close(Closing closing)
{
    const auto found = unknownLine(closing.clOrdId);
    if (!found)
        return found.error();
    AcceptanceLine& line = **found;
    if (closing.reason.empty() || closing.reference.empty())
        return Error{Errc::InvalidInput, "a reason and the counterparty's reference are needed"};
    const std::string statement =
        closingStatement(line.acceptance, closing.verdict, closing.reason, closing.reference, closing.trader);
    if (const base::Status consent = checkConsent(closing.trader, closing.approval, statement); !consent)
        return consent;
    closing.time = m_desk.clock.utc();
    m_desk.record(OutcomeClosed{closing});
    line.closing = closing;
    const std::string text = std::string(closing.verdict == Verdict::Traded ? "traded" : "not traded")
        + " according to " + closing.reference + "; decided by " + closing.trader.name + " and "
        + closing.approval.person.name;
    m_moves.move(line, AcceptanceEvent::Closed, {{}, text});
    Notice notice = noticeOf(NoticeCode::OutcomeClosed, Severity::Warning, line.acceptance);
    notice.raw = text;
    m_desk.notify(std::move(notice));
    return base::Ok{};
}

base::Status RecoveryDesk::allowTwin(TwinConsent consent)
{
    const auto found = unknownLine(consent.unknown);
    if (!found)
        return found.error();
    if (consent.reason.empty())
        return Error{Errc::InvalidInput, "a reason is needed"};
    const Acceptance& acceptance = (*found)->acceptance;
    const std::string statement = twinStatement(acceptance, consent.reason, consent.trader);
    if (const base::Status good = checkConsent(consent.trader, consent.approval, statement); !good)
        return good;
    consent.time = m_desk.clock.utc();
    m_desk.twinConsents.insert(consent.unknown);
    m_desk.changes.dealing = true;
    Notice notice = noticeOf(NoticeCode::TwinAllowed, Severity::Warning, acceptance);
    notice.raw = consent.reason + "; allowed by " + consent.trader.name + " and " + consent.approval.person.name;
    m_desk.record(TwinAllowed{std::move(consent)});
    m_desk.notify(std::move(notice));
    return base::Ok{};
}

std::vector<AcceptanceLine*> RecoveryDesk::unknownOf(const SessionId& session)
{
    std::vector<AcceptanceLine*> lines;
    for (const ClOrdId& id : m_desk.unknown) {
        AcceptanceLine* line = m_desk.acceptance(id);
        if (line && line->acceptance.session == session)
            lines.push_back(line);
    }
    return lines;
}

}
