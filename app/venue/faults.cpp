#include "app/venue/faults.h"

#include "app/venue/ticks.h"

#include <utility>

namespace venue {

using fix::maker::ReportOut;

namespace {

constexpr Ticks WorseBy = 10;
constexpr std::chrono::days DateSlip{7};
constexpr std::chrono::hours FarAhead{24};
constexpr std::chrono::seconds LongPast{5};

rfq::Date later(rfq::Date date)
{
    return rfq::Date(std::chrono::sys_days(date) + DateSlip);
}

std::string otherCurrency(const std::string& currency, const rfq::Instrument& instrument)
{
    return currency == instrument.base() ? instrument.terms() : instrument.base();
}

rfq::ExecutionReport atWorsePrice(
    rfq::ExecutionReport report, const rfq::Instrument& instrument, rfq::PriceSide dealtOn)
{
    const Ticks good = ticksOf(report.lastPx->value, instrument);
    report.lastPx = priceOf(dealtOn == rfq::PriceSide::Offer ? good + WorseBy : good - WorseBy, instrument);
    report.avgPx = report.lastPx;
    return report;
}

/// A further report on the same order.
rfq::ExecutionReport following(rfq::ExecutionReport report, const char* mark, char execType, char ordStatus)
{
    report.execId = rfq::ExecId(report.execId.text() + mark);
    report.execType = execType;
    report.ordStatus = ordStatus;
    return report;
}

rfq::ExecutionReport withoutFill(rfq::ExecutionReport report)
{
    report.lastPx.reset();
    report.lastQty.reset();
    return report;
}

std::vector<ReportOut> halfFilled(rfq::ExecutionReport report)
{
    const rfq::Decimal all = *report.quantity;
    const auto half = rfq::Decimal::multiply(all, rfq::Decimal(5, 1), 0);
    const auto rest = half ? rfq::Decimal::subtract(all, *half) : half;
    if (!rest)
        return {{.report = std::move(report)}};
    report.lastQty = *half;
    report.cumQty = *half;
    report.leavesQty = *rest;
    report.ordStatus = '1';
    rfq::ExecutionReport cancelled = withoutFill(following(report, "-c", '4', '4'));
    cancelled.leavesQty = rfq::Decimal();
    return {{.report = std::move(report)}, {.report = std::move(cancelled)}};
}

/// ExecType(150)=H.
ReportOut takenBack(const rfq::ExecutionReport& fill)
{
    ReportOut out{.report = following(fill, "-h", 'H', '4'), .refersTo = fill.execId};
    out.report.cumQty = rfq::Decimal();
    out.report.text = "trade cancelled";
    return out;
}

/// ExecType(150)=G.
ReportOut corrected(const rfq::ExecutionReport& fill, const rfq::Instrument& instrument, rfq::PriceSide dealtOn)
{
    ReportOut out{
        .report = following(atWorsePrice(fill, instrument, dealtOn), "-g", 'G', '2'), .refersTo = fill.execId};
    out.report.text = "price corrected";
    return out;
}

ReportOut contradiction(const rfq::ExecutionReport& fill)
{
    ReportOut out{.report = withoutFill(following(fill, "-r", '8', '8'))};
    out.report.cumQty = rfq::Decimal();
    out.report.avgPx = rfq::Price{rfq::Decimal(), "0"};
    out.report.rejectCode = "99";
    out.report.text = "rejected after all";
    return out;
}

/// What no specification of today has: a client must see the fill behind it.
ReportOut ofTheFuture(const rfq::ExecutionReport& fill)
{
    return {.report = fill, .more = {{167, "FXSPOT2"}, {423, "99"}, {2376, "77"}, {9702, "later"}}};
}

OrderTruth busted(OrderTruth truth)
{
    truth.state = OrderState::Busted;
    truth.cumQty = {};
    truth.avgPx.reset();
    truth.text = "trade cancelled";
    return truth;
}

}

void spoil(fix::maker::QuoteOut& quote, QuoteFault fault, const rfq::Instrument& instrument, rfq::UtcTime now)
{
    switch (fault) {
    case QuoteFault::None:
    case QuoteFault::WrongSide: // decided by keepSides()
        return;
    case QuoteFault::WithoutType:
        quote.type.reset();
        return;
    case QuoteFault::ZeroBid:
        if (quote.quote.bid)
            quote.quote.bid = priceOf(0, instrument);
        return;
    case QuoteFault::ZeroOffer:
        if (quote.quote.offer)
            quote.quote.offer = priceOf(0, instrument);
        return;
    case QuoteFault::Crossed:
        if (quote.quote.bid && quote.quote.offer)
            std::swap(quote.quote.bid, quote.quote.offer);
        return;
    case QuoteFault::WrongDate:
        quote.quote.valueDate = later(*quote.quote.valueDate);
        return;
    case QuoteFault::WrongCurrency:
        quote.currency = otherCurrency(quote.currency, instrument);
        return;
    case QuoteFault::UnknownRequest:
        quote.quote.rfq = rfq::RfqId(quote.quote.rfq.text() + "-x");
        return;
    case QuoteFault::AlreadyExpired:
        quote.quote.validUntil = now - LongPast;
        return;
    case QuoteFault::NoExpiry:
        quote.quote.validUntil.reset();
        return;
    case QuoteFault::FarExpiry:
        quote.quote.validUntil = now + FarAhead;
        return;
    }
}

void keepSides(fix::maker::QuoteOut& quote, rfq::RequestSide asked, QuoteFault fault, const rfq::Instrument& instrument)
{
    const bool wrong = fault == QuoteFault::WrongSide;
    const bool dealsBase = quote.currency == instrument.base();
    const bool wantsOffer = rfq::asks(asked, dealsBase ? rfq::Side::Buy : rfq::Side::Sell);
    const bool wantsBid = rfq::asks(asked, dealsBase ? rfq::Side::Sell : rfq::Side::Buy);
    const bool twoWay = wantsBid && wantsOffer;
    const bool showsOffer = twoWay ? !wrong : wantsOffer != wrong;
    const bool showsBid = twoWay || wantsBid != wrong;
    if (!showsOffer) {
        quote.quote.offer.reset();
        quote.quote.offerSize.reset();
    }
    if (!showsBid) {
        quote.quote.bid.reset();
        quote.quote.bidSize.reset();
    }
}

Spoiled spoiled(
    const rfq::ExecutionReport& fill, FillFault fault, const rfq::Instrument& instrument, rfq::PriceSide dealtOn)
{
    Spoiled all{.truth = dealtAs(fill), .now = {{.report = fill}}, .later = {}, .truthLater = {}};
    rfq::ExecutionReport& wrong = all.now.front().report;
    switch (fault) {
    case FillFault::None:
    case FillFault::Replayed: // what comes later is not about this order alone
    case FillFault::Resent:
        break;
    case FillFault::WorsePrice:
        wrong = atWorsePrice(fill, instrument, dealtOn);
        all.truth = dealtAs(wrong);
        break;
    case FillFault::LessQuantity:
        all.now = halfFilled(fill);
        all.truth = dealtAs(all.now.front().report);
        break;
    case FillFault::OtherSide:
        wrong.side = rfq::opposite(*fill.side);
        break;
    case FillFault::OtherDate:
        wrong.valueDate = later(*fill.valueDate);
        break;
    case FillFault::OtherOrder:
        wrong.clOrdId = rfq::ClOrdId(fill.clOrdId.text() + "-x");
        break;
    case FillFault::Doubled:
        all.now.push_back(all.now.front());
        break;
    case FillFault::PartialStatus:
        wrong.ordStatus = '1';
        break;
    case FillFault::PartialThenStatus:
        wrong.ordStatus = '1';
        all.later = {{.report = withoutFill(following(fill, "-i", 'I', '2'))}};
        break;
    case FillFault::CancelledLater:
        all.later = {takenBack(fill)};
        all.truthLater = busted(all.truth);
        break;
    case FillFault::CorrectedLater:
        all.later = {corrected(fill, instrument, dealtOn)};
        all.truthLater = dealtAs(all.later.front().report);
        break;
    case FillFault::RejectedLater:
        all.later = {contradiction(fill)};
        break;
    case FillFault::UnknownStatus:
        wrong.ordStatus = 'Z';
        break;
    case FillFault::UnknownFields:
        all.now = {ofTheFuture(fill)};
        break;
    }
    return all;
}

}
