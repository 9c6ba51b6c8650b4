#include "app/desk_core/access_desk.h"
#include "core/fix/fix_time.h"

#include <algorithm>
#include <utility>

/// One quote, approved with a touch.
namespace app {

using base::Errc;
using base::Error;
using rfq::QuoteApprovalPhase;

namespace {

/// No finger is that quick.
constexpr std::chrono::milliseconds ShortestTouch{1'000};

bool isSame(const rfq::QuoteApproval& approval, const rfq::Acceptance& acceptance)
{
    return approval.quote == acceptance.quote && approval.side == acceptance.side && approval.rfq == acceptance.rfq;
}

}

void AccessDesk::approveQuote(const rfq::Acceptance& refused)
{
    const rfq::SessionId& session = refused.session;
    const auto found = m_lines.find(session);
    const auto now = m_clock.steady();
    if (found == m_lines.end() || found->second.connection == 0 || !m_present || !rfq::mayDeal(m_states[session])
        || now + ShortestTouch >= refused.deadline)
        return;
    // Once for each quote: what is refused again is refused for another reason.
    if (const auto before = m_approvals.find(session); before != m_approvals.end() && isSame(before->second, refused))
        return;
    if (refused.currency != refused.instrument.base())
        return; // what is signed names an amount in the base currency, as for a ticket
    dropApproval(session);
    Line& line = found->second;
    stepup::AcceptQuote quote{.quoteId = refused.quote.text(),
        .dealer = refused.dealer.text(),
        .instrument = refused.instrument.symbol,
        .settlement = fix::formatDate(refused.settlement.date),
        .account = line.peer.account,
        .side = refused.side == rfq::Side::Buy ? stepup::Side::Buy : stepup::Side::Sell,
        .currency = refused.currency,
        .quantity = refused.quantity,
        .price = refused.price.value,
        .validUntil = std::chrono::floor<std::chrono::seconds>(line.clock.at(refused.deadline))};
    const auto payload = stepup::payloadText(stepup::DeskPayload(stepup::ApprovalRequest{quote}));
    if (!payload)
        return;
    line.approving = Approving{say(session, fix::UserRequestType::Status, *payload), std::move(quote), 0};
    m_approvals[session] = {refused.rfq, refused.quote, refused.side, QuoteApprovalPhase::Asking, refused.deadline, {}};
    changed();
}

void AccessDesk::quoteAnswered(const rfq::SessionId& session, const fix::AccessAnswered& event)
{
    if (!event.notice)
        return notApproved(session, {Errc::Refused, event.response.text});
    const stepup::Notice& notice = *event.notice;
    if (notice.about != stepup::NoticeAbout::Action) {
        // The policy has judged the session anew instead.
        notApproved(session, {Errc::Refused, event.response.text});
        return decided(session, event);
    }
    if (notice.outcome == stepup::AccessOutcome::StepUp && notice.challenge)
        return askQuoteTouch(session, notice);
    if (notice.outcome != stepup::AccessOutcome::Allow || notice.refusal)
        return notApproved(session, {Errc::Refused, event.response.text});
    m_lines.at(session).approving.reset();
    m_approvals[session].phase = QuoteApprovalPhase::Approved;
}

void AccessDesk::askQuoteTouch(const rfq::SessionId& session, const stepup::Notice& notice)
{
    Line& line = m_lines.at(session);
    rfq::QuoteApproval& approval = m_approvals[session];
    const auto now = m_clock.steady();
    const stepup::Challenge& challenge = *notice.challenge;
    auto task = auth::taskFor(challenge, line.approving->quote, connectionOf(line),
        std::min(endOf(challenge, notice.evaluatedAt, now), approval.ends), now);
    if (!task)
        return notApproved(session, task.error());
    approval.phase = QuoteApprovalPhase::StepUp;
    line.approving->touch = m_touch.ask(*std::move(task),
        [this, session, challenge, alive = std::weak_ptr(m_alive)](const base::Result<stepup::Assertion>& outcome) {
            if (!alive.expired())
                quoteTouched(session, challenge, outcome);
        });
}

void AccessDesk::quoteTouched(
    const rfq::SessionId& session, const stepup::Challenge& challenge, const base::Result<stepup::Assertion>& outcome)
{
    Line& line = m_lines.at(session);
    if (!line.approving)
        return;
    line.approving->touch = 0;
    rfq::QuoteApproval& approval = m_approvals[session];
    if (!outcome)
        notApproved(session, outcome.error());
    else if (m_clock.steady() >= approval.ends)
        notApproved(session, {Errc::Expired, "the quote has expired meanwhile"});
    else if (line.connection == 0 || !m_present)
        notApproved(session, {Errc::ConnectionLost, "the session has ended"});
    else if (const auto payload = answerTo(challenge, *outcome); !payload)
        notApproved(session, payload.error());
    else {
        approval.phase = QuoteApprovalPhase::Answering;
        line.approving->request = say(session, fix::UserRequestType::LogOn, *payload);
    }
    changed();
}

void AccessDesk::notApproved(const rfq::SessionId& session, Error why)
{
    Line& line = m_lines.at(session);
    if (line.approving)
        m_touch.withdraw(line.approving->touch);
    line.approving.reset();
    rfq::QuoteApproval& approval = m_approvals[session];
    approval.phase = QuoteApprovalPhase::Refused;
    approval.problem = std::move(why);
}

void AccessDesk::dropApproval(const rfq::SessionId& session)
{
    Line& line = m_lines.at(session);
    if (line.approving)
        m_touch.withdraw(line.approving->touch);
    line.approving.reset();
    m_approvals.erase(session);
}

void AccessDesk::endLateApprovals()
{
    const auto now = m_clock.steady();
    std::vector<rfq::SessionId> late;
    for (const auto& [session, approval] : m_approvals) {
        if (now >= approval.ends)
            late.push_back(session);
    }
    for (const rfq::SessionId& session : late)
        dropApproval(session);
    if (!late.empty())
        changed();
}

bool AccessDesk::isRefused(const rfq::Acceptance& acceptance) const
{
    const auto found = m_approvals.find(acceptance.session);
    return found != m_approvals.end() && isSame(found->second, acceptance)
        && found->second.phase != QuoteApprovalPhase::Approved;
}

void AccessDesk::useApproval(const rfq::Acceptance& acceptance)
{
    const auto found = m_approvals.find(acceptance.session);
    if (found == m_approvals.end() || !isSame(found->second, acceptance)
        || found->second.phase != QuoteApprovalPhase::Approved)
        return;
    // Kept, so that it is not asked for again should this one be refused too.
    found->second.phase = QuoteApprovalPhase::Refused;
    found->second.problem = Error{Errc::Duplicate, "the approval was used"};
    changed();
}

}
