#include "ui/models/rfq_view.h"

#include "ui/models/outcome_view.h"
#include "ui/models/recovery_words.h"
#include "ui/models/words.h"

#include <QCoreApplication>

#include <algorithm>

namespace ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ui::RfqView)
};

using Kind = QuoteLineView::Kind;

Kind kindOf(rfq::DealerState state)
{
    using rfq::DealerState;
    switch (state) {
    case DealerState::Asked:
        return Kind::Waiting;
    case DealerState::Firm:
        return Kind::Firm;
    case DealerState::Indicative:
    case DealerState::Invalid:
        return Kind::NotFirm;
    case DealerState::Withdrawn:
    case DealerState::Expired:
    case DealerState::Stale:
    case DealerState::LostSession:
        return Kind::Gone;
    case DealerState::NoSession:
    case DealerState::Passed:
    case DealerState::Rejected:
    case DealerState::NoResponse:
        return Kind::Silent;
    }
    return Kind::Silent;
}

/// Why the line cannot be clicked, or what it waits for.
QString reasonOf(const rfq::DealerLine& line)
{
    using rfq::DealerState;
    // That they have passed is said already; why is what is missing.
    const bool isPlain = line.state == DealerState::Passed && line.category == rfq::RejectCategory::Passed;
    const auto theirWords = refusalText(isPlain ? rfq::RejectCategory::Unknown : line.category, line.code, line.text);
    switch (line.state) {
    case DealerState::Asked:
        return Words::tr("waiting for a price");
    case DealerState::NoSession:
        return Words::tr("its session was not logged on");
    case DealerState::Indicative:
        return Words::tr("not a price to deal on");
    case DealerState::Firm:
        return {};
    case DealerState::Invalid:
        return line.quote && !line.quote->problem.empty() ? text(line.quote->problem)
                                                          : Words::tr("does not fit the request");
    case DealerState::Withdrawn:
        return line.text.empty() ? Words::tr("taken back by the dealer") : text(line.text);
    case DealerState::Expired:
        return Words::tr("its time is over");
    case DealerState::Stale:
        return line.quote && !line.quote->problem.empty() ? text(line.quote->problem)
                                                          : Words::tr("too old to be trusted");
    case DealerState::Passed:
    case DealerState::Rejected:
        return theirWords.isEmpty() ? Words::tr("no reason given") : theirWords;
    case DealerState::NoResponse:
        return Words::tr("did not answer in time");
    case DealerState::LostSession:
        return Words::tr("its session went down");
    }
    return {};
}

const rfq::Price* bestPrice(const rfq::Rfq& rfq, rfq::PriceSide priceSide)
{
    const auto* line = rfq::bestLine(rfq, sideOn(rfq.request, priceSide));
    if (!line || !line->quote || !line->quote->price(priceSide))
        return nullptr;
    return &*line->quote->price(priceSide);
}

std::optional<PriceView> priceView(const rfq::Rfq& rfq, const rfq::DealerLine& line, rfq::PriceSide priceSide)
{
    const auto& request = rfq.request;
    const auto side = sideOn(request, priceSide);
    if (!rfq::asks(request.side, side) || !line.quote || !line.quote->price(priceSide))
        return std::nullopt;
    const auto& price = *line.quote->price(priceSide);
    PriceView view;
    view.click = {request.id, line.dealer, line.quote->id, side, price, {}};
    view.parts = priceParts(price, request.instrument);
    const auto* best = bestPrice(rfq, priceSide);
    if (!best)
        return view;
    const auto* bestDealer = rfq::bestLine(rfq, side);
    view.best = bestDealer->dealer == line.dealer && line.state == rfq::DealerState::Firm;
    const bool comparable = kindOf(line.state) == Kind::Firm;
    view.behind = comparable && !view.best ? pipsBehind(price, *best, request.instrument) : QString();
    return view;
}

struct Ending {
    QString state;
    QString reason;
};

/// What a trade made of the prices that were on the table. Absent where this line had none to deal on.
std::optional<Ending> endingOf(const rfq::Rfq& rfq, const rfq::DealerLine& line)
{
    if (!rfq.trade || rfq.acceptances.empty() || !line.quote || line.state != rfq::DealerState::Expired)
        return std::nullopt;
    const auto& taken = rfq.acceptances.back().acceptance;
    if (line.dealer == rfq.trade->dealer)
        return Ending{Words::tr("dealt"), Words::tr("you dealt on this price")};
    if (line.quote->type == rfq::QuoteType::Indicative)
        return Ending{stateText(rfq::DealerState::Indicative), Words::tr("not a price to deal on")};
    const auto& theirs = line.quote->price(rfq::priceSideFor(rfq.request, taken.side));
    if (!theirs)
        return std::nullopt;
    return Ending{Words::tr("not taken"), Words::tr("you dealt elsewhere")};
}

QuoteLineView lineView(const rfq::Rfq& rfq, const rfq::DealerLine& line, const rfq::DeskSettings& settings)
{
    QuoteLineView view;
    view.dealer = line.dealer;
    view.name = dealerName(settings, line.dealer);
    view.kind = kindOf(line.state);
    view.state = stateText(line.state);
    view.reason = reasonOf(line);
    if (const auto ending = endingOf(rfq, line)) {
        view.state = ending->state;
        view.reason = ending->reason;
    }
    if (view.kind == Kind::Waiting || view.kind == Kind::Silent || !line.quote)
        return view;
    view.bid = priceView(rfq, line, rfq::PriceSide::Bid);
    view.offer = priceView(rfq, line, rfq::PriceSide::Offer);
    view.received = line.quote->received;
    view.deadline = line.quote->deadline;
    return view;
}

QString progressOf(const rfq::Rfq& rfq)
{
    const auto waiting = std::ranges::count(rfq.dealers, rfq::DealerState::Asked, &rfq::DealerLine::state);
    const auto all = static_cast<int>(rfq.dealers.size());
    if (rfq.dealers.empty())
        return {};
    return Words::tr("%1 of %2 answered").arg(all - static_cast<int>(waiting)).arg(all);
}

}

bool operator==(const PriceView& a, const PriceView& b)
{
    const auto key = [](const rfq::Click& c) { return std::tie(c.rfq, c.dealer, c.quote, c.side, c.price.text); };
    return key(a.click) == key(b.click) && a.parts == b.parts && a.behind == b.behind && a.best == b.best;
}

const rfq::Dealer* findDealer(const rfq::DeskSettings& settings, const rfq::DealerId& dealer)
{
    const auto it = std::ranges::find(settings.dealers, dealer, &rfq::Dealer::id);
    return it == settings.dealers.end() ? nullptr : &*it;
}

QString dealerName(const rfq::DeskSettings& settings, const rfq::DealerId& dealer)
{
    const auto* known = findDealer(settings, dealer);
    return text(known && !known->name.empty() ? known->name : dealer.text());
}

rfq::Side sideOn(const rfq::Request& request, rfq::PriceSide priceSide)
{
    return rfq::priceSideFor(request, rfq::Side::Buy) == priceSide ? rfq::Side::Buy : rfq::Side::Sell;
}

QString stateOf(const rfq::Rfq& rfq)
{
    using rfq::AcceptanceState;
    const auto last = rfq.acceptances.empty() ? AcceptanceState::NotSent : rfq.acceptances.back().state;
    const bool special = last == AcceptanceState::Closed || last == AcceptanceState::Busted;
    return special ? stateText(last) : stateText(rfq.state);
}

QString termsText(const rfq::Acceptance& acceptance)
{
    return Words::tr("%1 %2 %3 at %4")
        .arg(sideText(acceptance.side), amountText(acceptance.quantity), text(acceptance.currency),
            text(acceptance.price.text));
}

QString dealText(const rfq::Acceptance& acceptance, const QString& dealer)
{
    return Words::tr("%1 with %2").arg(termsText(acceptance), dealer);
}

RfqView viewOf(const rfq::Rfq& rfq, const rfq::RfqService& service)
{
    const auto& request = rfq.request;
    const auto& settings = service.settings();
    RfqView view;
    view.id = request.id;
    view.instrument = text(request.instrument.symbol);
    view.sentence = requestSentence(request);
    view.state = stateOf(rfq);
    view.progress = progressOf(rfq);
    view.side = request.side;
    view.showsBid = rfq::asks(request.side, sideOn(request, rfq::PriceSide::Bid));
    view.showsOffer = rfq::asks(request.side, sideOn(request, rfq::PriceSide::Offer));
    view.over = rfq::isOver(rfq.state);
    view.unknown = rfq.state == rfq::RfqState::Unknown;
    view.expires = rfq.expires;
    const auto preferred = request.side == rfq::RequestSide::Sell ? rfq::Side::Sell : rfq::Side::Buy;
    for (const auto& line : rfq::sortedByPrice(rfq, preferred))
        view.lines.push_back(lineView(rfq, line, settings));
    view.outcome = outcomeOf(rfq, service);
    return view;
}

}
