#include "core/rfq/acceptance_moves.h"

#include "core/rfq/inquiry_rules.h"

#include <algorithm>
#include <utility>

namespace rfq {

AcceptanceMoves::AcceptanceMoves(DeskState& desk, RequestDesk& requests)
    : m_desk(desk)
    , m_requests(requests)
{
}

void AcceptanceMoves::begin(const AcceptanceLine& line)
{
    touch(line);
}

bool AcceptanceMoves::move(AcceptanceLine& line, AcceptanceEvent event, Words words)
{
    const auto next = nextState(line.state, event);
    if (!next) {
        m_desk.refuse("acceptance " + line.acceptance.id.text(), nameOf(line.state), nameOf(event), words.text);
        return false;
    }
    const bool resolved = line.state == AcceptanceState::Unknown && isOver(*next);
    line.state = *next;
    line.code = std::move(words.code);
    line.text = std::move(words.text);
    line.category = words.category;
    if (line.state == AcceptanceState::Unknown) {
        m_desk.unknown.insert(line.acceptance.id);
    } else {
        m_desk.unknown.erase(line.acceptance.id);
        m_desk.twinConsents.erase(line.acceptance.id);
        line.asking.reset();
        line.exhausted = false;
    }
    if (resolved)
        learn(line, line.state == AcceptanceState::Closed ? EvidenceKind::Closed : EvidenceKind::Decided,
            std::string(nameOf(line.state)) + (line.text.empty() ? "" : ": " + line.text));
    m_desk.record(
        AcceptanceMoved{line.acceptance.id, line.state, line.code, line.text, m_desk.clock.utc(), line.category});
    if (resolved)
        m_desk.notify(noticeOf(NoticeCode::OutcomeResolved, Severity::Info, line.acceptance));
    Rfq& rfq = m_desk.rfqs.at(line.acceptance.rfq);
    m_desk.touch(rfq);
    m_requests.settle(rfq);
    return true;
}

void AcceptanceMoves::learn(AcceptanceLine& line, EvidenceKind kind, std::string text)
{
    Flight& flight = m_desk.flights.at(line.acceptance.id);
    if (isAnswer(kind)) {
        ++flight.answers;
        flight.answeredPending = kind == EvidenceKind::Pending || kind == EvidenceKind::PartFill;
    }
    if (kind == EvidenceKind::UnknownOrder)
        flight.denied = m_desk.clock.steady();
    const bool known = std::any_of(line.evidence.begin(), line.evidence.end(),
        [&](const Evidence& evidence) { return evidence.kind == kind && evidence.text == text; });
    if (known)
        return;
    Evidence evidence{m_desk.clock.utc(), kind, std::move(text)};
    m_desk.record(EvidenceFound{line.acceptance.id, evidence});
    line.evidence.push_back(std::move(evidence));
    touch(line);
}

void AcceptanceMoves::touch(const AcceptanceLine& line)
{
    Rfq& rfq = m_desk.rfqs.at(line.acceptance.rfq);
    m_desk.touch(rfq);
    m_requests.settle(rfq);
}

}
