#include "core/rfq/request_moves.h"

#include "core/rfq/quote_rules.h"
#include "core/rfq/request_rules.h"

#include <utility>

namespace rfq {

namespace {

std::string subjectOf(const Rfq& rfq)
{
    return "request " + rfq.request.id.text();
}

}

RequestMoves::RequestMoves(DeskState& desk)
    : m_desk(desk)
{
}

bool RequestMoves::move(Rfq& rfq, RequestEvent event)
{
    const auto next = nextState(rfq.state, event);
    if (!next) {
        refuse(rfq, {}, {subjectOf(rfq), nameOf(rfq.state), nameOf(event), {}});
        return false;
    }
    if (*next != rfq.state)
        enter(rfq, *next);
    return true;
}

bool RequestMoves::move(Rfq& rfq, DealerLine& line, DealerEvent event)
{
    const auto next = nextState(line.state, event);
    if (!next) {
        refuse(rfq, line.dealer,
            {"dealer " + line.dealer.text() + " in " + subjectOf(rfq), nameOf(line.state), nameOf(event), {}});
        return false;
    }
    if (std::exchange(line.state, *next) != *next)
        m_desk.touch(rfq);
    return true;
}

bool RequestMoves::moveQuote(Rfq& rfq, DealerLine& line, QuoteEvent event)
{
    Quote& quote = *line.quote;
    const auto next = nextState(quote.state, event);
    if (!next) {
        refuse(rfq, line.dealer,
            {"quote " + quote.id.text() + " of " + line.dealer.text(), nameOf(quote.state), nameOf(event),
                "for " + subjectOf(rfq)});
        return false;
    }
    if (std::exchange(quote.state, *next) != *next)
        m_desk.touch(rfq);
    return true;
}

void RequestMoves::settle(Rfq& rfq)
{
    // What is over changes only by what was dealt.
    if (isOver(rfq.state) && !rfq.trade)
        return;
    if (const auto event = eventOf(rfq, m_desk.clock.steady()))
        move(rfq, *event);
}

void RequestMoves::refuseLate(const Rfq& rfq, const DealerId& dealer, const char* what, std::string text)
{
    refuse(rfq, dealer, {subjectOf(rfq), nameOf(rfq.state), what, dealer.text() + ": " + std::move(text)});
}

void RequestMoves::enter(Rfq& rfq, RfqState state)
{
    rfq.state = state;
    m_desk.touch(rfq);
    if (!isOver(state)) {
        m_desk.live.insert(rfq.request.id);
        return;
    }
    m_desk.live.erase(rfq.request.id);
    conclude(rfq);
    m_desk.record(RequestClosed{rfq.request.id, state, m_desk.clock.utc()});
}

/// Nothing more is expected of any dealer.
void RequestMoves::conclude(Rfq& rfq)
{
    for (DealerLine& line : rfq.dealers) {
        if (line.quote && isLive(line.quote->state))
            moveQuote(rfq, line, QuoteEvent::RequestOver);
        move(rfq, line, DealerEvent::RequestOver);
    }
}

void RequestMoves::refuse(const Rfq& rfq, const DealerId& dealer, Refusal refusal)
{
    if (m_refused.emplace(rfq.request.id, dealer, refusal.event).second)
        m_desk.refuse(std::move(refusal.subject), refusal.state, refusal.event, std::move(refusal.text));
}

}
