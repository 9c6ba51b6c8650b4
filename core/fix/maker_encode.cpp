#include "core/fix/dialect.h"
#include "core/fix/maker_codec.h"
#include "core/fix/maker_writer.h"
#include "core/fix/tags.h"

// Fields stand in the order of the specification: inside groups it matters.
namespace fix::maker {

namespace {

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
