#include "core/fix/dialect.h"
#include "core/fix/fix_time.h"
#include "core/fix/maker_codec.h"
#include "core/fix/tags.h"

// Fields stand in the order of the specification: inside groups it matters.
namespace fix::maker {

namespace {

/// A message under construction, for values that may be absent: a field without value is not written.
class Writer {
public:
    explicit Writer(std::string_view type) { m_message.type = type; }

    Writer& put(int tag, const std::string& text)
    {
        if (!text.empty())
            m_message.add(tag, text);
        return *this;
    }
    Writer& put(int tag, const std::optional<rfq::Price>& price) { return price ? put(tag, price->text) : *this; }
    Writer& put(int tag, const std::optional<rfq::Decimal>& value) { return value ? put(tag, value->text()) : *this; }
    Writer& put(int tag, const std::optional<rfq::Date>& date) { return date ? put(tag, formatDate(*date)) : *this; }
    Writer& put(int tag, const std::optional<rfq::UtcTime>& time)
    {
        return time ? put(tag, formatUtcTimestamp(*time)) : *this;
    }
    Writer& put(int tag, const std::optional<rfq::Side>& side) { return side ? put(tag, sideText(*side)) : *this; }
    Writer& put(int tag, const char* text) { return put(tag, std::string(text)); }
    Writer& put(int tag, char code) { return code != 0 ? put(tag, std::string(1, code)) : *this; }
    Writer& dealer(const rfq::DealerId& dealer)
    {
        if (!dealer.empty())
            addDealers(m_message, {dealer});
        return *this;
    }

    [[nodiscard]] WireMessage done() { return std::move(m_message); }

private:
    WireMessage m_message;
};

const char* quoteTypeText(rfq::QuoteType type)
{
    switch (type) {
    case rfq::QuoteType::Indicative:
        return "0";
    case rfq::QuoteType::Tradeable:
        return "1";
    case rfq::QuoteType::RestrictedTradeable:
        return "2";
    case rfq::QuoteType::Counter:
        return "3";
    }
    return "";
}

}

WireMessage encode(const QuoteOut& out, rfq::UtcTime now)
{
    const rfq::Quote& quote = out.quote;
    Writer writer(msg::Quote);
    writer.put(tag::QuoteReqId, quote.rfq.text()).put(tag::QuoteId, quote.id.text());
    if (out.type)
        writer.put(tag::QuoteType, quoteTypeText(*out.type));
    writer.dealer(quote.dealer)
        .put(tag::Symbol, out.symbol)
        .put(tag::SettlDate, quote.valueDate)
        .put(tag::Currency, out.currency)
        .put(tag::BidPx, quote.bid)
        .put(tag::OfferPx, quote.offer)
        .put(tag::BidSize, quote.bidSize)
        .put(tag::OfferSize, quote.offerSize)
        .put(tag::ValidUntilTime, quote.validUntil)
        .put(tag::TransactTime, std::optional(now));
    return writer.done();
}

WireMessage quoteCancel(
    const rfq::RfqId& rfq, const rfq::QuoteId& quote, const rfq::DealerId& dealer, const std::string& symbol)
{
    Writer writer(msg::QuoteCancel);
    writer.put(tag::QuoteReqId, rfq.text())
        .put(tag::QuoteId, quote.text())
        .put(tag::QuoteCancelType, "1")
        .dealer(dealer)
        .put(tag::NoQuoteEntries, "1")
        .put(tag::Symbol, symbol);
    return writer.done();
}

WireMessage requestReject(const rfq::RfqId& rfq, const rfq::DealerId& dealer, const std::string& symbol,
    const std::string& code, const std::string& text)
{
    Writer writer(msg::QuoteRequestReject);
    writer.put(tag::QuoteReqId, rfq.text())
        .put(tag::QuoteRequestRejectReason, code)
        .put(tag::NoRelatedSym, "1")
        .put(tag::Symbol, symbol)
        .dealer(dealer)
        .put(tag::Text, text);
    return writer.done();
}

WireMessage encode(const rfq::ExecutionReport& report)
{
    Writer writer(msg::ExecutionReport);
    writer.put(tag::OrderId, report.orderId.text())
        .put(tag::ClOrdId, report.clOrdId.text())
        .put(tag::ExecId, report.execId.text())
        .put(tag::ExecType, report.execType)
        .put(tag::OrdStatus, report.ordStatus)
        .put(tag::OrdRejReason, report.rejectCode)
        .put(tag::SettlDate, report.valueDate)
        .put(tag::Symbol, report.symbol)
        .put(tag::Side, report.side)
        .put(tag::OrderQty, report.quantity)
        .put(tag::Currency, report.currency)
        .put(tag::LastQty, report.lastQty)
        .put(tag::LastPx, report.lastPx)
        .put(tag::LeavesQty, report.leavesQty.text())
        .put(tag::CumQty, report.cumQty.text())
        .put(tag::AvgPx, report.avgPx ? report.avgPx->text : "0")
        .put(tag::TransactTime, report.transactTime)
        .put(tag::Text, report.text);
    return writer.done();
}

WireMessage businessReject(
    const std::string& refMsgType, const std::string& refId, const std::string& reason, const std::string& text)
{
    Writer writer(msg::BusinessMessageReject);
    writer.put(tag::RefMsgType, refMsgType)
        .put(tag::BusinessRejectRefId, refId)
        .put(tag::BusinessRejectReason, reason)
        .put(tag::Text, text);
    return writer.done();
}

}
