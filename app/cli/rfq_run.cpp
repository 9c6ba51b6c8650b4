#include "app/cli/rfq_run.h"

#include "app/cli/desk_lookup.h"
#include "app/cli/outcome_events.h"
#include "app/cli/run_loop.h"
#include "core/rfq/amount.h"

#include <algorithm>
#include <utility>

namespace cli {

using base::Errc;

namespace {

rfq::Side sideOf(rfq::RequestSide side)
{
    return side == rfq::RequestSide::Sell ? rfq::Side::Sell : rfq::Side::Buy;
}

bool mayStillQuote(const rfq::DealerLine& line)
{
    return line.state == rfq::DealerState::Asked;
}

}

RfqRun::RfqRun(RfqCommand command, rfq::RfqService& service, Reporter& reporter, const base::Clock& clock,
    const rfq::AccessControl* access)
    : m_command(std::move(command))
    , m_service(service)
    , m_reporter(reporter)
    , m_clock(clock)
    , m_access(access)
    , m_started(clock.steady())
    , m_watch(reporter)
{
}

std::optional<ExitCode> RfqRun::step()
{
    m_service.tick();
    // The outcome first: what the losing quotes do after it is no news.
    if (m_phase == Phase::Accepting) {
        if (const auto code = outcome(*m_service.find(m_rfq)))
            return code;
    }
    reportChanges();
    if (m_phase == Phase::Connecting)
        return connect();
    if (m_phase == Phase::Approving)
        return approve(*m_service.find(m_rfq));
    return m_phase == Phase::Quoting ? quote(*m_service.find(m_rfq)) : std::nullopt;
}

void RfqRun::interrupt()
{
    m_interrupted = true;
    if (m_recoverUntil)
        m_recoverUntil = m_clock.steady();
    // Refused while an acceptance is in flight: the run then goes on until its outcome is known.
    if (m_phase != Phase::Connecting)
        (void)m_service.end(m_rfq);
}

base::SteadyTime RfqRun::nextStep() const
{
    const base::SteadyTime pulse = m_clock.steady() + Pulse;
    const auto deadline = m_service.nextDeadline();
    return deadline && *deadline < pulse ? *deadline : pulse;
}

void RfqRun::reportChanges()
{
    const rfq::Changes changes = m_service.takeChanges();
    for (const rfq::SessionId& session : changes.sessions)
        m_reporter.report(sessionEvent(m_service.sessions().at(session)));
    if (!m_rfq.empty() && changes.rfqs.contains(m_rfq)) {
        if (const rfq::Rfq* rfq = m_service.find(m_rfq))
            reportRfq(*rfq);
    }
    for (const rfq::Notice& notice : changes.notices) {
        if (notice.severity == rfq::Severity::Alarm)
            m_reporter.report(alarmEvent(notice));
    }
}

void RfqRun::reportRfq(const rfq::Rfq& rfq)
{
    for (const rfq::DealerLine& line : rfq.dealers) {
        const auto known = m_reported.find(line.dealer);
        const bool isNews = known == m_reported.end() ? line.state != rfq::DealerState::Asked : known->second != line;
        if (!isNews)
            continue;
        m_reported.insert_or_assign(line.dealer, line);
        m_quoted = m_quoted || line.quote.has_value();
        m_reporter.report(quoteEvent(rfq, line));
        if (line.state == rfq::DealerState::Firm && !m_firstFirm)
            m_firstFirm = m_clock.steady();
    }
}

std::vector<rfq::DealerId> RfqRun::dealers() const
{
    std::vector<rfq::DealerId> chosen;
    for (const std::string& id : m_command.dealers)
        chosen.emplace_back(id);
    if (chosen.empty()) {
        for (const rfq::Dealer& dealer : m_service.settings().dealers)
            chosen.push_back(dealer.id);
    }
    return chosen;
}

std::optional<ExitCode> RfqRun::connect()
{
    if (m_interrupted)
        return finish(ExitCode::NoAcceptableQuote, "Interrupted before anything was asked");
    std::string refusals;
    bool settled = true;
    bool anyUp = false;
    const auto chosen = dealers();
    for (const rfq::Dealer& dealer : m_service.settings().dealers) {
        if (std::find(chosen.begin(), chosen.end(), dealer.id) == chosen.end())
            continue;
        const auto session = m_service.sessions().find(dealer.session);
        const bool up = m_service.isLoggedOn(dealer.session);
        const bool refused =
            session != m_service.sessions().end() && session->second.phase == rfq::SessionPhase::Refused;
        anyUp = anyUp || up;
        settled = settled && (up || refused);
        if (!up && session != m_service.sessions().end() && session->second.reason
            && refusals.find(session->second.reason->detail) == std::string::npos)
            refusals += (refusals.empty() ? "" : "; ") + session->second.reason->detail;
    }
    if (!settled && m_clock.steady() < m_started + SessionPatience)
        return std::nullopt;
    if (!anyUp && !chosen.empty())
        return finish(ExitCode::NotConnected,
            "No session could be opened" + (refusals.empty() ? std::string() : ": " + refusals));

    rfq::RequestDraft draft;
    draft.symbol = m_command.symbol;
    draft.side = m_command.side;
    draft.quantity = m_command.quantity;
    draft.currency =
        m_command.currency.empty() ? m_command.symbol.substr(0, m_command.symbol.find('/')) : m_command.currency;
    draft.settlement = m_command.settlement;
    draft.limit = m_command.limit;
    draft.dealers = chosen;
    draft.life = m_command.life;
    const auto rfq = m_service.request(draft);
    if (!rfq) {
        const bool unreachable = rfq.error().code == Errc::NotConnected || rfq.error().code == Errc::TokenAbsent;
        return finish(unreachable ? ExitCode::NotConnected : ExitCode::Usage, "Not asked: " + rfq.error().detail);
    }
    m_rfq = *rfq;
    m_phase = Phase::Quoting;
    m_reporter.report(rfqEvent(*m_service.find(m_rfq)));
    return std::nullopt;
}

std::optional<ExitCode> RfqRun::quote(const rfq::Rfq& rfq)
{
    if (isOver(rfq.state) || rfq.state == rfq::RfqState::Suspended) {
        if (m_command.accept == AcceptMode::None && m_quoted && !m_interrupted)
            return finish(ExitCode::Done, "The request is over; nothing was to be accepted");
        return finish(ExitCode::NoAcceptableQuote,
            m_interrupted ? "Interrupted; nothing was dealt" : "No acceptable quote; nothing was dealt");
    }
    if (m_command.accept == AcceptMode::Best && readyToAccept(rfq))
        acceptBest(rfq);
    return std::nullopt;
}

bool RfqRun::readyToAccept(const rfq::Rfq& rfq)
{
    if (!m_firstFirm || m_interrupted)
        return false;
    const bool everyoneAnswered = std::none_of(rfq.dealers.begin(), rfq.dealers.end(), mayStillQuote);
    return everyoneAnswered || m_clock.steady() >= *m_firstFirm + m_command.wait;
}

void RfqRun::acceptBest(const rfq::Rfq& rfq)
{
    const rfq::Side side = sideOf(m_command.side);
    const rfq::DealerLine* best = bestLine(rfq, side);
    if (!best || !best->quote)
        return;
    const rfq::Quote& quote = *best->quote;
    const auto& price = quote.price(priceSideFor(rfq.request, side));
    if (!price)
        return;
    // A program has seen a quote from the moment it arrived. What is refused now (replaced, outside the limit) is tried
    // again with what is best at the next step.
    const rfq::Click click{m_rfq, best->dealer, quote.id, side, *price, quote.received};
    if (m_service.accept(click)) {
        m_phase = Phase::Accepting;
        m_reportedState.reset();
    }
}

std::optional<ExitCode> RfqRun::outcome(const rfq::Rfq& rfq)
{
    if (rfq.acceptances.empty())
        return std::nullopt;
    const rfq::AcceptanceLine& line = rfq.acceptances.back();
    m_watch.look(line);
    const bool isNews = std::exchange(m_reportedState, line.state) != line.state;
    if (!isNews && line.state != rfq::AcceptanceState::Unknown)
        return std::nullopt;
    switch (line.state) {
    case rfq::AcceptanceState::Intended:
    case rfq::AcceptanceState::Sent:
    case rfq::AcceptanceState::Held:
        m_reporter.report(acceptEvent(line));
        return std::nullopt;
    case rfq::AcceptanceState::Unknown:
        return unknown(line, isNews);
    case rfq::AcceptanceState::Filled:
    case rfq::AcceptanceState::PartlyFilled:
        return traded(rfq, line);
    case rfq::AcceptanceState::Rejected:
    case rfq::AcceptanceState::NotDone:
        m_reporter.report(rejectEvent(line));
        if (approvalOf(line.acceptance)) {
            m_phase = Phase::Approving;
            return std::nullopt;
        }
        return finish(ExitCode::Rejected, "Rejected; nothing was dealt");
    case rfq::AcceptanceState::NotReceived:
        m_reporter.report(rejectEvent(line));
        return finish(ExitCode::Rejected, "The dealer never received it; nothing was dealt");
    case rfq::AcceptanceState::NotSent:
        m_reporter.report(rejectEvent(line));
        m_phase = approvalOf(line.acceptance) ? Phase::Approving : Phase::Quoting;
        return std::nullopt;
    case rfq::AcceptanceState::Closed:
        m_reporter.report(outcomeEvent(line));
        return finish(ExitCode::UnknownOutcome, "Two persons decided it: " + line.text);
    case rfq::AcceptanceState::Busted:
        m_reporter.report(outcomeEvent(line));
        return finish(ExitCode::UnknownOutcome, "The dealer took the deal back: call the dealer");
    }
    return std::nullopt;
}

/// What became of the touch that this refusal asks for; null where it asks for none.
const rfq::QuoteApproval* RfqRun::approvalOf(const rfq::Acceptance& refused) const
{
    if (!m_access)
        return nullptr;
    const auto found = m_access->approvals().find(refused.session);
    const bool isIt = found != m_access->approvals().end() && found->second.rfq == refused.rfq
        && found->second.quote == refused.quote && found->second.side == refused.side;
    return isIt ? &found->second : nullptr;
}

std::optional<ExitCode> RfqRun::approve(const rfq::Rfq& rfq)
{
    const rfq::Acceptance& refused = rfq.acceptances.back().acceptance;
    const rfq::QuoteApproval* approval = approvalOf(refused);
    if (m_interrupted)
        return finish(ExitCode::NoAcceptableQuote, "Interrupted; nothing was dealt");
    if (!approval || m_clock.steady() >= approval->ends)
        return finish(ExitCode::NoAcceptableQuote,
            "The quote ended before a touch had approved it; nothing was dealt. --arm asks for the touch before the "
            "request");
    switch (approval->phase) {
    case rfq::QuoteApprovalPhase::Asking:
    case rfq::QuoteApprovalPhase::StepUp:
    case rfq::QuoteApprovalPhase::Answering:
        return std::nullopt;
    case rfq::QuoteApprovalPhase::Approved:
        return acceptApproved(rfq, refused);
    case rfq::QuoteApprovalPhase::Refused:
        return finish(ExitCode::Rejected,
            "Not approved with a touch" + (approval->problem ? ": " + approval->problem->detail : std::string())
                + "; nothing was dealt");
    }
    return std::nullopt;
}

/// Exactly what was touched for: the same quote at the same price, under every guard as it is now.
std::optional<ExitCode> RfqRun::acceptApproved(const rfq::Rfq& rfq, const rfq::Acceptance& refused)
{
    const auto line = std::find_if(rfq.dealers.begin(), rfq.dealers.end(), [&](const rfq::DealerLine& one) {
        return one.dealer == refused.dealer && one.quote && one.quote->id == refused.quote;
    });
    if (line == rfq.dealers.end())
        return finish(ExitCode::NoAcceptableQuote,
            "The quote that was approved with a touch is not there any more; nothing was dealt");
    const rfq::Click click{m_rfq, refused.dealer, refused.quote, refused.side, refused.price, line->quote->received};
    if (const auto accepted = m_service.accept(click); !accepted)
        return finish(ExitCode::NoAcceptableQuote,
            "The quote that was approved with a touch cannot be accepted any more: " + accepted.error().detail
                + "; nothing was dealt");
    m_phase = Phase::Accepting;
    m_reportedState.reset();
    return std::nullopt;
}

std::optional<ExitCode> RfqRun::unknown(const rfq::AcceptanceLine& line, bool isNews)
{
    if (isNews) {
        m_reporter.report(unknownEvent(line, phoneOf(m_service, line.acceptance.dealer)));
        m_recoverUntil = m_clock.steady() + (m_interrupted ? std::chrono::milliseconds(0) : m_command.recover);
    }
    if (m_recoverUntil && m_clock.steady() < *m_recoverUntil)
        return std::nullopt;
    return finish(ExitCode::UnknownOutcome, "The outcome is unknown: ask the dealer before you deal again");
}

ExitCode RfqRun::traded(const rfq::Rfq& rfq, const rfq::AcceptanceLine& line)
{
    if (!rfq.trade)
        return finish(ExitCode::UnknownOutcome, "Filled, but the trade is not on record");
    m_reporter.report(tradeEvent(*rfq.trade));
    if (!rfq.trade->discrepancy.empty())
        return finish(ExitCode::UnknownOutcome, "The fill differs from what was accepted: call the dealer");
    if (line.state == rfq::AcceptanceState::PartlyFilled)
        return finish(ExitCode::UnknownOutcome,
            "Only " + rfq::groupedAmount(rfq.trade->quantity) + " of " + rfq::groupedAmount(line.acceptance.quantity)
                + " " + line.acceptance.currency + " was dealt; nothing more comes");
    return finish(ExitCode::Done, "Traded as accepted");
}

ExitCode RfqRun::finish(ExitCode code, const std::string& reason)
{
    for (const rfq::Notice& notice : m_service.takeChanges().notices) {
        if (notice.severity == rfq::Severity::Alarm)
            m_reporter.report(alarmEvent(notice));
    }
    m_reporter.report(endEvent(code, reason));
    return code;
}

}
