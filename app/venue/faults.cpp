#include "app/venue/faults.h"

#include "app/venue/ticks.h"

#include <utility>

namespace venue {

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

std::vector<rfq::ExecutionReport> halfFilled(rfq::ExecutionReport report)
{
    const rfq::Decimal all = *report.quantity;
    const auto half = rfq::Decimal::multiply(all, rfq::Decimal(5, 1), 0);
    const auto rest = half ? rfq::Decimal::subtract(all, *half) : half;
    if (!rest)
        return {std::move(report)};
    report.lastQty = *half;
    report.cumQty = *half;
    report.leavesQty = *rest;
    report.ordStatus = '1';
    rfq::ExecutionReport cancelled = report;
    cancelled.execId = rfq::ExecId(report.execId.text() + "-c");
    cancelled.execType = '4';
    cancelled.ordStatus = '4';
    cancelled.leavesQty = rfq::Decimal();
    cancelled.lastPx.reset();
    cancelled.lastQty.reset();
    return {std::move(report), std::move(cancelled)};
}

rfq::ExecutionReport takenBack(rfq::ExecutionReport report)
{
    report.execId = rfq::ExecId(report.execId.text() + "-h");
    report.execType = 'H';
    report.ordStatus = '4';
    report.cumQty = rfq::Decimal();
    report.text = "trade cancelled";
    return report;
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

std::vector<rfq::ExecutionReport> spoiled(
    const rfq::ExecutionReport& fill, FillFault fault, const rfq::Instrument& instrument, rfq::PriceSide dealtOn)
{
    rfq::ExecutionReport wrong = fill;
    switch (fault) {
    case FillFault::None:
        return {fill};
    case FillFault::WorsePrice:
        return {atWorsePrice(fill, instrument, dealtOn)};
    case FillFault::LessQuantity:
        return halfFilled(fill);
    case FillFault::OtherSide:
        wrong.side = rfq::opposite(*fill.side);
        return {wrong};
    case FillFault::OtherDate:
        wrong.valueDate = later(*fill.valueDate);
        return {wrong};
    case FillFault::OtherOrder:
        wrong.clOrdId = rfq::ClOrdId(fill.clOrdId.text() + "-x");
        return {wrong};
    case FillFault::Doubled:
        return {fill, fill};
    case FillFault::PartialStatus:
        wrong.ordStatus = '1';
        return {wrong};
    case FillFault::CancelledLater:
        return {fill, takenBack(fill)};
    }
    return {fill};
}

}
