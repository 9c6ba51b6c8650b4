#include "core/fix/dialect.h"
#include "core/fix/field_reader.h"
#include "core/fix/maker_codec.h"
#include "core/fix/tags.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace fix::maker {

namespace {

base::Result<ClientRequest> decoded(const FieldReader& reader, ClientRequest request)
{
    if (reader.error())
        return *reader.error();
    return request;
}

/// Two-way where Side(54) is absent, undisclosed (7) or, as one large venue writes it, 0.
rfq::RequestSide requestSide(FieldReader& reader)
{
    const auto text = reader.find(tag::Side);
    if (!text || text == "7" || text == "0")
        return rfq::RequestSide::TwoWay;
    const auto side = sideIn(text);
    if (!side)
        reader.fail(tag::Side, "is neither buy, sell nor undisclosed");
    return side == rfq::Side::Sell ? rfq::RequestSide::Sell : rfq::RequestSide::Buy;
}

rfq::Side dealtSide(FieldReader& reader)
{
    const auto side = sideIn(reader.find(tag::Side));
    if (!side)
        reader.fail(tag::Side, reader.find(tag::Side) ? "is neither buy nor sell" : "is missing");
    return side.value_or(rfq::Side::Buy);
}

/// OrderQty(38), or CashOrderQty(152) as some takers write an amount of currency.
rfq::Decimal dealtQuantity(FieldReader& reader)
{
    const int tag = !reader.find(tag::OrderQty) && reader.find(tag::CashOrderQty) ? tag::CashOrderQty : tag::OrderQty;
    const std::string text = reader.required(tag);
    const auto quantity = reader.quantity(tag);
    if (quantity && quantity->isZero())
        reader.fail(tag, "is zero");
    return quantity.value_or(rfq::Decimal());
}

/// Currency(15); the base currency where it is absent.
std::string dealtCurrency(FieldReader& reader, const std::string& symbol)
{
    const auto currency = reader.find(tag::Currency);
    if (currency)
        return std::string(*currency);
    const std::size_t slash = symbol.find('/');
    if (slash == std::string::npos)
        reader.fail(tag::Currency, "is missing");
    return symbol.substr(0, slash);
}

std::vector<rfq::DealerId> askedDealers(const WireMessage& message)
{
    std::vector<rfq::DealerId> dealers;
    for (const Party& party : partiesOf(message)) {
        if ((party.role == role::LiquidityProvider || party.role == role::ExecutionVenue) && !party.id.empty())
            dealers.emplace_back(std::string(party.id));
    }
    return dealers;
}

base::Result<ClientRequest> decodeQuoteRequest(const WireMessage& message)
{
    FieldReader reader(message);
    QuoteRequest request;
    request.rfq = rfq::RfqId(reader.required(tag::QuoteReqId));
    const auto symbols = std::count_if(
        message.fields.begin(), message.fields.end(), [](const auto& field) { return field.first == tag::Symbol; });
    if (symbols > 1)
        reader.fail(tag::NoRelatedSym, "one instrument per request");
    request.symbol = reader.required(tag::Symbol);
    request.side = requestSide(reader);
    request.quantity = dealtQuantity(reader);
    request.currency = dealtCurrency(reader, request.symbol);
    request.settlDate = reader.date(tag::SettlDate);
    request.settlType = reader.text(tag::SettlType);
    request.dealers = askedDealers(message);
    request.expires = reader.time(tag::ExpireTime);
    return decoded(reader, std::move(request));
}

/// By which an acceptance says what it commits to. One that says it twice says two things, and whoever reads on, an
/// enforcement point, a dealer, a counterparty behind a gateway, could each believe another one.
constexpr std::array SaidOnce{tag::Account, tag::ClOrdId, tag::Currency, tag::OrderQty, tag::OrdType, tag::Price,
    tag::Side, tag::Symbol, tag::SettlType, tag::SettlDate, tag::QuoteId, tag::QuoteReqId, tag::BidPx, tag::OfferPx,
    tag::CashOrderQty, tag::QuoteRespId, tag::QuoteRespType, tag::StepUpGrant};

void refuseSaidTwice(const WireMessage& message, FieldReader& reader)
{
    std::array<bool, SaidOnce.size()> said{};
    for (const auto& [tag, text] : message.fields)
        for (std::size_t i = 0; i < SaidOnce.size(); ++i)
            if (tag == SaidOnce[i] && std::exchange(said[i], true))
                reader.fail(tag, "is there twice");
}

/// What D and AJ have in common.
Order orderIn(const WireMessage& message, FieldReader& reader)
{
    refuseSaidTwice(message, reader);
    Order order;
    if (const auto dealers = askedDealers(message); !dealers.empty())
        order.dealer = dealers.front();
    order.clOrdId = rfq::ClOrdId(reader.required(tag::ClOrdId));
    order.quote = rfq::QuoteId(reader.required(tag::QuoteId));
    if (const auto id = reader.find(tag::QuoteReqId))
        order.rfq = rfq::RfqId(std::string(*id));
    order.symbol = reader.required(tag::Symbol);
    order.side = dealtSide(reader);
    order.quantity = dealtQuantity(reader);
    order.currency = dealtCurrency(reader, order.symbol);
    order.settlDate = reader.date(tag::SettlDate);
    order.grant = reader.text(tag::StepUpGrant);
    return order;
}

rfq::Price dealtPrice(FieldReader& reader, int tag)
{
    const std::string text = reader.required(tag);
    return reader.price(tag).value_or(rfq::Price());
}

base::Result<ClientRequest> decodeNewOrder(const WireMessage& message)
{
    FieldReader reader(message);
    if (reader.required(tag::OrdType) != "D")
        reader.fail(tag::OrdType, "only D (previously quoted) is dealt on");
    Order order = orderIn(message, reader);
    order.price = dealtPrice(reader, tag::Price);
    const char timeInForce = reader.code(tag::TimeInForce);
    order.timeInForce = timeInForce == 0 ? '0' : timeInForce; // absent means day
    return decoded(reader, std::move(order));
}

/// Price(44), or the one of BidPx(132) and OfferPx(133) that is hit or lifted.
int hitPriceTag(const FieldReader& reader)
{
    if (reader.find(tag::Price))
        return tag::Price;
    if (reader.find(tag::BidPx) && !reader.find(tag::OfferPx))
        return tag::BidPx;
    if (reader.find(tag::OfferPx) && !reader.find(tag::BidPx))
        return tag::OfferPx;
    return tag::Price;
}

base::Result<ClientRequest> decodeQuoteResponse(const WireMessage& message)
{
    FieldReader reader(message);
    if (reader.required(tag::QuoteRespType) != "1" && !reader.error())
        return ClientRequest(Unsupported{message.type});
    Order order = orderIn(message, reader);
    order.respId = reader.required(tag::QuoteRespId);
    order.price = dealtPrice(reader, hitPriceTag(reader));
    return decoded(reader, std::move(order));
}

base::Result<ClientRequest> decodeQuoteCancel(const WireMessage& message)
{
    FieldReader reader(message);
    return decoded(reader, EndOfRequest{rfq::RfqId(reader.required(tag::QuoteReqId))});
}

base::Result<ClientRequest> decodeOrderStatus(const WireMessage& message)
{
    FieldReader reader(message);
    OrderStatusRequest request;
    request.clOrdId = rfq::ClOrdId(reader.required(tag::ClOrdId));
    request.reqId = reader.text(tag::OrdStatusReqId);
    request.symbol = reader.text(tag::Symbol);
    request.side = sideIn(reader.find(tag::Side));
    return decoded(reader, std::move(request));
}

base::Result<ClientRequest> decodeMassStatus(const WireMessage& message)
{
    FieldReader reader(message);
    MassStatusRequest request;
    request.reqId = reader.required(tag::MassStatusReqId);
    const std::string type = reader.required(tag::MassStatusReqType);
    if (type == "1")
        request.symbol = reader.required(tag::Symbol);
    else if (type != "7")
        reader.fail(tag::MassStatusReqType, "only 1 (orders of one instrument) and 7 (all orders) are answered");
    return decoded(reader, std::move(request));
}

base::Result<ClientRequest> decodeTradeCapture(const WireMessage& message)
{
    FieldReader reader(message);
    TradeCaptureRequest request;
    request.reqId = reader.required(tag::TradeRequestId);
    request.type = reader.required(tag::TradeRequestType);
    request.clOrdId = rfq::ClOrdId(reader.text(tag::ClOrdId));
    request.orderId = rfq::OrderId(reader.text(tag::OrderId));
    request.execId = rfq::ExecId(reader.text(tag::ExecId));
    request.symbol = reader.text(tag::Symbol);
    return decoded(reader, std::move(request));
}

base::Result<ClientRequest> decodeQuoteStatus(const WireMessage& message)
{
    FieldReader reader(message);
    QuoteStatusRequest request;
    request.reqId = reader.text(tag::QuoteStatusReqId);
    request.quote = rfq::QuoteId(reader.required(tag::QuoteId));
    request.symbol = reader.text(tag::Symbol);
    return decoded(reader, std::move(request));
}

base::Result<ClientRequest> decodeDontKnowTrade(const WireMessage& message)
{
    FieldReader reader(message);
    DontKnowTrade doubt;
    doubt.orderId = rfq::OrderId(reader.required(tag::OrderId));
    doubt.execId = rfq::ExecId(reader.required(tag::ExecId));
    doubt.reason = reader.text(tag::DkReason);
    doubt.text = reader.text(tag::Text);
    return decoded(reader, std::move(doubt));
}

struct Decoder {
    std::string_view type;
    base::Result<ClientRequest> (*decode)(const WireMessage&);
};

constexpr std::array Decoders{
    Decoder{msg::QuoteRequest, decodeQuoteRequest},
    Decoder{msg::NewOrderSingle, decodeNewOrder},
    Decoder{msg::QuoteResponse, decodeQuoteResponse},
    Decoder{msg::QuoteCancel, decodeQuoteCancel},
    Decoder{msg::OrderStatusRequest, decodeOrderStatus},
    Decoder{msg::OrderMassStatusRequest, decodeMassStatus},
    Decoder{msg::TradeCaptureReportRequest, decodeTradeCapture},
    Decoder{msg::QuoteStatusRequest, decodeQuoteStatus},
    Decoder{msg::DontKnowTrade, decodeDontKnowTrade},
};

}

base::Result<ClientRequest> decode(const WireMessage& message)
{
    for (const Decoder& decoder : Decoders) {
        if (decoder.type == message.type)
            return decoder.decode(message);
    }
    return ClientRequest(Unsupported{message.type});
}

}
