#include "app/desk_core/access_desk.h"

#include <utility>

/// Armed tickets: the right to deal by one click, approved beforehand with a touch.
namespace app {

using base::Errc;
using base::Error;
using rfq::ArmPhase;

namespace {

bool isOnItsWay(ArmPhase phase)
{
    return phase == ArmPhase::Asking || phase == ArmPhase::StepUp || phase == ArmPhase::Answering;
}

}

base::Result<rfq::ArmId> AccessDesk::arm(rfq::ArmScope scope)
{
    const rfq::SessionId session = scope.session;
    const auto found = m_lines.find(session);
    if (found == m_lines.end())
        return Error{Errc::Refused, "session " + session.text() + " has no access policy: there is nothing to arm"};
    Line& line = found->second;
    const auto& state = m_states[session];
    const bool letIn =
        state.phase == rfq::AccessPhase::Decided && state.notice && state.notice->outcome == rfq::AccessOutcome::Allow;
    if (line.connection == 0 || !letIn || !m_present)
        return Error{Errc::NotConnected, "session " + session.text() + " is not open for dealing"};
    if (const auto before = m_tickets.find(session); before != m_tickets.end() && isOnItsWay(before->second.phase))
        return Error{Errc::Duplicate, "a ticket is being armed there already"};
    auto ticket = ticketFor(scope, line.peer, line.clock.at(m_clock.steady()));
    if (!ticket)
        return ticket.error();
    const auto payload = stepup::payloadText(stepup::DeskPayload(stepup::ApprovalRequest{*ticket}));
    if (!payload)
        return payload.error();
    line.arming.reset();
    line.usedUp.reset();
    line.spent.clear();
    rfq::ArmedTicket shown;
    shown.id = rfq::ArmId("ARM-" + std::to_string(++m_lastArm));
    shown.left = scope.maxQuantity;
    shown.usesLeft = scope.uses;
    shown.scope = std::move(scope);
    line.arming = Arming{say(session, fix::UserRequestType::Status, *payload), *std::move(ticket), {}, 0};
    m_tickets[session] = shown;
    changed();
    return shown.id;
}

void AccessDesk::ticketAnswered(const rfq::SessionId& session, const fix::AccessAnswered& event)
{
    const std::string& words = event.response.text;
    if (!event.notice)
        return endTicket(session, ArmPhase::Refused, Error{Errc::Refused, words});
    const stepup::Notice& notice = *event.notice;
    if (notice.about != stepup::NoticeAbout::Action) {
        // The policy has judged the session anew instead.
        endTicket(session, ArmPhase::Refused, Error{Errc::Refused, words});
        return decided(session, event);
    }
    m_tickets[session].notice = accessNoticeOf(notice, words);
    if (notice.outcome == stepup::AccessOutcome::Allow && notice.grant)
        return armed(session, *notice.grant);
    if (notice.outcome == stepup::AccessOutcome::StepUp && notice.challenge)
        return askTicketTouch(session, notice);
    std::string why = words;
    if (notice.refusal)
        why += " (" + *notice.refusal + ')';
    endTicket(session, ArmPhase::Refused, Error{Errc::Refused, why});
}

void AccessDesk::askTicketTouch(const rfq::SessionId& session, const stepup::Notice& notice)
{
    Line& line = m_lines.at(session);
    const auto now = m_clock.steady();
    const stepup::Challenge& challenge = *notice.challenge;
    auto task = auth::taskFor(
        challenge, line.arming->ticket, connectionOf(line), endOf(challenge, notice.evaluatedAt, now), now);
    if (!task)
        return endTicket(session, ArmPhase::Refused, task.error());
    m_tickets[session].phase = ArmPhase::StepUp;
    line.arming->touch = m_touch.ask(*std::move(task),
        [this, session, challenge, alive = std::weak_ptr(m_alive)](const base::Result<stepup::Assertion>& outcome) {
            if (!alive.expired())
                ticketTouched(session, challenge, outcome);
        });
}

void AccessDesk::ticketTouched(
    const rfq::SessionId& session, const stepup::Challenge& challenge, const base::Result<stepup::Assertion>& outcome)
{
    Line& line = m_lines.at(session);
    if (!line.arming)
        return;
    line.arming->touch = 0;
    if (!outcome)
        endTicket(session, ArmPhase::Refused, outcome.error());
    else if (line.connection == 0 || !m_present)
        endTicket(session, ArmPhase::Refused, Error{Errc::ConnectionLost, "the session has ended"});
    else if (const auto payload = answerTo(challenge, *outcome); !payload)
        endTicket(session, ArmPhase::Refused, payload.error());
    else {
        m_tickets[session].phase = ArmPhase::Answering;
        line.arming->request = say(session, fix::UserRequestType::LogOn, *payload);
    }
    changed();
}

void AccessDesk::armed(const rfq::SessionId& session, const std::string& grant)
{
    Line& line = m_lines.at(session);
    rfq::ArmedTicket& shown = m_tickets[session];
    const auto now = m_clock.steady();
    const auto left = line.arming->ticket.to - line.clock.at(now);
    if (left <= std::chrono::microseconds(0))
        return endTicket(session, ArmPhase::Refused, Error{Errc::Expired, "its time was over when it was armed"});
    line.arming->grant = grant;
    line.arming->request.clear();
    shown.phase = ArmPhase::Armed;
    shown.ends = now + left;
}

void AccessDesk::endTicket(const rfq::SessionId& session, ArmPhase phase, std::optional<Error> why)
{
    Line& line = m_lines.at(session);
    if (line.arming)
        m_touch.withdraw(line.arming->touch);
    line.arming.reset();
    line.usedUp.reset();
    line.spent.clear();
    rfq::ArmedTicket& shown = m_tickets[session];
    shown.phase = phase;
    shown.problem = std::move(why);
}

void AccessDesk::disarm(const rfq::SessionId& session)
{
    const auto found = m_tickets.find(session);
    if (found == m_tickets.end() || !m_lines.at(session).arming)
        return;
    endTicket(session, ArmPhase::Over, Error{Errc::Cancelled, "it was disarmed"});
    changed();
}

void AccessDesk::dropTickets()
{
    for (auto& [session, line] : m_lines) {
        if (line.arming)
            endTicket(session, ArmPhase::Over, Error{Errc::Cancelled, "the right to deal was given up"});
        line.usedUp.reset();
        line.spent.clear();
    }
}

void AccessDesk::tick()
{
    m_touch.tick();
    if (m_alsoTick)
        m_alsoTick();
    endLateApprovals();
    for (const auto& [session, ticket] : m_tickets) {
        if (ticket.phase != ArmPhase::Armed || m_clock.steady() < ticket.ends)
            continue;
        endTicket(session, ArmPhase::Over, Error{Errc::Expired, "its time is over"});
        changed();
    }
}

std::string AccessDesk::grantFor(const rfq::Acceptance& acceptance) const
{
    const auto line = m_lines.find(acceptance.session);
    const auto ticket = m_tickets.find(acceptance.session);
    if (line == m_lines.end() || !line->second.arming || ticket == m_tickets.end())
        return {};
    return rfq::covers(ticket->second, acceptance, m_clock.steady()) ? line->second.arming->grant : std::string();
}

base::Status AccessDesk::spend(const rfq::Acceptance& acceptance, const std::string& grant)
{
    const auto line = m_lines.find(acceptance.session);
    if (line == m_lines.end() || !line->second.arming || line->second.arming->grant != grant)
        return Error{Errc::Expired, "the armed ticket was given up before the acceptance could be sent"};
    rfq::ArmedTicket& ticket = m_tickets[acceptance.session];
    if (const base::Status good = rfq::covers(ticket, acceptance, m_clock.steady()); !good)
        return good;
    const auto left = base::Decimal::subtract(ticket.left, acceptance.quantity);
    if (!left)
        return left.error();
    ticket.left = *left;
    --ticket.usesLeft;
    line->second.spent[acceptance.id] = acceptance.quantity;
    if (ticket.usesLeft == 0 || ticket.left.isZero()) {
        line->second.usedUp = std::exchange(line->second.arming, std::nullopt);
        ticket.phase = ArmPhase::Over;
        ticket.problem.reset();
    }
    changed();
    return base::Ok{};
}

void AccessDesk::giveBack(const rfq::Acceptance& notSent)
{
    const auto found = m_lines.find(notSent.session);
    if (found == m_lines.end())
        return;
    Line& line = found->second;
    const auto spent = line.spent.extract(notSent.id);
    if (spent.empty())
        return;
    rfq::ArmedTicket& ticket = m_tickets[notSent.session];
    const auto left = base::Decimal::add(ticket.left, spent.mapped());
    if (!left || m_clock.steady() >= ticket.ends)
        return;
    if (line.usedUp) {
        line.arming = std::exchange(line.usedUp, std::nullopt);
        ticket.phase = ArmPhase::Armed;
    }
    ticket.left = *left;
    ++ticket.usesLeft;
    changed();
}

}
