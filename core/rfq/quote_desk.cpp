#include "core/rfq/quote_desk.h"

#include "core/rfq/quote_rules.h"

#include <optional>
#include <string_view>

namespace rfq {

namespace {

/// What a quote in this state says about its dealer.
DealerEvent dealerEventFor(QuoteState state)
{
    switch (state) {
    case QuoteState::Firm:
        return DealerEvent::FirmQuote;
    case QuoteState::Indicative:
        return DealerEvent::IndicativeQuote;
    case QuoteState::Invalid:
        return DealerEvent::InvalidQuote;
    case QuoteState::Replaced:
    case QuoteState::Withdrawn:
        return DealerEvent::QuoteWithdrawn;
    case QuoteState::Expired:
        return DealerEvent::QuoteExpired;
    case QuoteState::Stale:
        return DealerEvent::StaleQuote;
    }
    return DealerEvent::InvalidQuote;
}

/// What QuoteStatus(297) does to the quote. FIX 4.4 and 5.0 SP2 values; absent: nothing.
std::optional<QuoteEvent> endingOf(std::string_view status)
{
    // 1-4 and 17 cancelled, 5 rejected, 6 removed, 9 not found, 11 pass, 14 and 15 cancelled by lock or cross, 22
    // traded and removed
    for (const std::string_view ended : {"1", "2", "3", "4", "5", "6", "9", "11", "14", "15", "17", "22"}) {
        if (status == ended)
            return QuoteEvent::Withdrawn;
    }
    return status == "7" ? std::optional(QuoteEvent::TimedOut) : std::nullopt;
}

}

QuoteDesk::QuoteDesk(DeskState& desk, RequestMoves& moves, RequestDesk& requests)
    : m_desk(desk)
    , m_moves(moves)
    , m_requests(requests)
{
}

void QuoteDesk::received(const QuoteReceived& event)
{
    const Quote& raw = event.quote;
    Rfq* rfq = m_desk.find(raw.rfq);
    if (!rfq) {
        reportStray(raw, NoticeCode::QuoteUnknownRequest, "this desk has no such request");
        return;
    }
    const SteadyTime now = m_desk.clock.steady();
    DealerLine* line = lineOf(*rfq, raw.dealer);
    if (isOver(rfq->state) || rfq->expires <= now) {
        if (wasAsked(line, raw))
            m_moves.refuseLate(*rfq, raw.dealer, "late quote", "QuoteID " + raw.id.text());
        return;
    }
    if (!wasAsked(line, raw)) {
        reportStray(raw, NoticeCode::QuoteInvalid, "this dealer was not asked over this session");
        return;
    }
    Quote quote = judgedQuote(event, {rfq->request, m_desk.profile(raw.session), rfq->expires, now});
    if (!isFirstSight(quote)) {
        // The same quote again, or an old one: its life is not extended and it never becomes clickable again.
        if (event.possDup || (line->quote && sameTerms(quote, *line->quote)))
            return;
        quote.state = QuoteState::Invalid;
        quote.problem = "the dealer used QuoteID " + quote.id.text() + " before for another quote";
    } else if (line->state == DealerState::LostSession) {
        quote.state = QuoteState::Stale;
        quote.problem = "the session went down during this request";
    }
    place(*rfq, *line, std::move(quote));
}

bool QuoteDesk::wasAsked(const DealerLine* line, const Quote& quote) const
{
    return line && line->state != DealerState::NoSession && m_desk.sessionOf(quote.dealer) == quote.session;
}

bool QuoteDesk::isFirstSight(const Quote& quote)
{
    return m_seen[quote.rfq].emplace(quote.dealer, quote.id).second;
}

void QuoteDesk::place(Rfq& rfq, DealerLine& line, Quote quote)
{
    const bool invalidNow = quote.state == QuoteState::Invalid && line.state != DealerState::Invalid;
    if (!m_moves.move(rfq, line, dealerEventFor(quote.state)))
        return;
    if (invalidNow) {
        Notice notice = noticeOf(NoticeCode::QuoteInvalid, Severity::Warning, rfq.request.id);
        notice.session = quote.session;
        notice.dealer = quote.dealer;
        notice.raw = quote.problem;
        m_desk.notify(std::move(notice));
    }
    if (line.quote)
        m_moves.moveQuote(rfq, line, QuoteEvent::Replaced);
    line.code.clear();
    line.text.clear();
    line.category = RejectCategory::None;
    line.quote = std::move(quote);
    m_desk.touch(rfq);
    m_requests.settle(rfq);
}

void QuoteDesk::reportStray(const Quote& quote, NoticeCode code, const char* why)
{
    const auto [last, first] = m_lastStray.emplace(quote.session, quote.rfq);
    if (!first && last->second == quote.rfq)
        return;
    last->second = quote.rfq;
    Notice notice = noticeOf(code, Severity::Warning, quote.rfq);
    notice.session = quote.session;
    notice.dealer = quote.dealer;
    notice.raw = "QuoteID " + quote.id.text() + ": " + why;
    m_desk.notify(std::move(notice));
}

void QuoteDesk::withdrawn(const QuoteWithdrawn& event)
{
    end(event, QuoteEvent::Withdrawn);
}

void QuoteDesk::status(const QuoteStatusReceived& event)
{
    const auto ending = endingOf(event.status);
    if (!ending)
        return;
    if (!event.quote && !event.rfq.empty() && (event.status == "5" || event.status == "11")) {
        const bool passed = event.status == "11";
        m_requests.declined({event.session, event.rfq, event.dealer, passed ? "10" : event.rejectCode, event.text},
            passed ? RejectField::QuoteRequestRejectReason : RejectField::QuoteRejectReason);
        return;
    }
    end({event.session, event.rfq, event.dealer, event.quote, event.text}, *ending);
}

void QuoteDesk::end(const QuoteWithdrawn& event, QuoteEvent how)
{
    const std::set<RfqId> live = event.rfq.empty() ? m_desk.live : std::set<RfqId>{event.rfq};
    for (const RfqId& id : live) {
        Rfq* rfq = m_desk.find(id);
        if (rfq && !isOver(rfq->state))
            endIn(*rfq, event, how);
    }
}

void QuoteDesk::endIn(Rfq& rfq, const QuoteWithdrawn& event, QuoteEvent how)
{
    for (DealerLine& line : rfq.dealers) {
        const bool dealerMeant = event.dealer.empty() || event.dealer == line.dealer;
        if (!dealerMeant || !line.quote || line.quote->session != event.session)
            continue;
        const bool live = isLive(line.quote->state);
        if (event.quote ? *event.quote != line.quote->id : !live)
            continue;
        if (!m_moves.moveQuote(rfq, line, how) || !live)
            continue;
        m_moves.move(rfq, line, dealerEventFor(line.quote->state));
        line.text = event.text;
    }
    m_requests.settle(rfq);
}

void QuoteDesk::expire()
{
    const SteadyTime now = m_desk.clock.steady();
    for (const RfqId& id : m_desk.live) {
        Rfq& rfq = m_desk.rfqs.at(id);
        for (DealerLine& line : rfq.dealers) {
            if (!line.quote || !isLive(line.quote->state) || line.quote->deadline > now)
                continue;
            m_moves.moveQuote(rfq, line, QuoteEvent::TimedOut);
            m_moves.move(rfq, line, DealerEvent::QuoteExpired);
        }
    }
    std::erase_if(m_seen, [&](const auto& entry) { return !m_desk.live.contains(entry.first); });
}

std::optional<SteadyTime> QuoteDesk::nextDeadline() const
{
    std::optional<SteadyTime> next;
    for (const RfqId& id : m_desk.live) {
        for (const DealerLine& line : m_desk.rfqs.at(id).dealers) {
            if (line.quote && isLive(line.quote->state) && (!next || line.quote->deadline < *next))
                next = line.quote->deadline;
        }
    }
    return next;
}

}
