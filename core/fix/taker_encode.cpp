#include "core/fix/taker_encode.h"

#include "core/fix/dialect.h"
#include "core/fix/fix_time.h"
#include "core/fix/tags.h"
#include "core/fix/taker_codec.h"

// Fields stand in the order of the specification: inside groups it matters.
namespace fix::taker {

WireMessage messageOf(std::string_view type)
{
    WireMessage message;
    message.type = type;
    return message;
}

rfq::Side wireSide(rfq::Side side, const rfq::Profile& profile, const std::string& symbol, const std::string& currency)
{
    // A currency that is neither base nor terms never gets here: the desk refuses such a request.
    return translated(side, profile.sideReference, symbol, currency).value_or(side);
}

void addAccount(WireMessage& message, const rfq::Profile& profile)
{
    if (!profile.account.empty())
        message.add(tag::Account, profile.account);
}

void addDealer(WireMessage& message, const rfq::DealerId& dealer, const rfq::Profile& profile)
{
    if (profile.dealerNaming == rfq::DealerNaming::Parties)
        addDealers(message, {dealer});
}

namespace {

void addSide(WireMessage& message, const rfq::Request& request, const rfq::Profile& profile)
{
    if (request.side == rfq::RequestSide::TwoWay)
        return; // Side absent asks for both prices
    const auto side = request.side == rfq::RequestSide::Buy ? rfq::Side::Buy : rfq::Side::Sell;
    message.add(tag::Side, sideText(wireSide(side, profile, request.instrument.symbol, request.currency)));
}

void addSettlement(WireMessage& message, const rfq::Settlement& settlement)
{
    message.add(tag::SettlType, settlTypeText(settlement.tenor));
    message.add(tag::SettlDate, formatDate(settlement.date));
}

void addGrant(WireMessage& message, const rfq::Acceptance& acceptance)
{
    if (!acceptance.grant.empty())
        message.add(tag::StepUpGrant, acceptance.grant);
}

WireMessage newOrderSingle(const rfq::Acceptance& acceptance, const rfq::Profile& profile)
{
    WireMessage message = messageOf(msg::NewOrderSingle);
    message.add(tag::ClOrdId, acceptance.id.text());
    addDealer(message, acceptance.dealer, profile);
    addAccount(message, profile);
    addSettlement(message, acceptance.settlement);
    message.add(tag::HandlInst, "1");
    message.add(tag::Symbol, acceptance.instrument.symbol);
    message.add(
        tag::Side, sideText(wireSide(acceptance.side, profile, acceptance.instrument.symbol, acceptance.currency)));
    message.add(tag::TransactTime, formatUtcTimestamp(acceptance.time));
    message.add(tag::OrderQty, acceptance.quantity.text());
    message.add(tag::OrdType, "D");
    message.add(tag::Price, acceptance.price.text);
    message.add(tag::Currency, acceptance.currency);
    message.add(tag::QuoteId, acceptance.quote.text());
    message.add(tag::TimeInForce, std::string(1, profile.timeInForce));
    addGrant(message, acceptance);
    return message;
}

WireMessage quoteResponse(const rfq::Acceptance& acceptance, const rfq::Profile& profile)
{
    // QuoteReqID(131) is not in a FIX 4.4 QuoteResponse: QuoteID says what is hit.
    WireMessage message = messageOf(msg::QuoteResponse);
    message.add(tag::QuoteRespId, acceptance.id.text());
    message.add(tag::QuoteId, acceptance.quote.text());
    message.add(tag::QuoteRespType, "1");
    message.add(tag::ClOrdId, acceptance.id.text());
    addDealer(message, acceptance.dealer, profile);
    message.add(tag::Symbol, acceptance.instrument.symbol);
    message.add(
        tag::Side, sideText(wireSide(acceptance.side, profile, acceptance.instrument.symbol, acceptance.currency)));
    message.add(tag::OrderQty, acceptance.quantity.text());
    addSettlement(message, acceptance.settlement);
    message.add(tag::Currency, acceptance.currency);
    addAccount(message, profile);
    message.add(tag::TransactTime, formatUtcTimestamp(acceptance.time));
    message.add(tag::Price, acceptance.price.text);
    addGrant(message, acceptance);
    return message;
}

}

WireMessage encode(const rfq::SendRequest& command, const rfq::Profile& profile, rfq::UtcTime now)
{
    const rfq::Request& request = command.request;
    WireMessage message = messageOf(msg::QuoteRequest);
    message.add(tag::QuoteReqId, request.id.text());
    message.add(tag::NoRelatedSym, "1");
    message.add(tag::Symbol, request.instrument.symbol);
    message.add(tag::Product, "4");
    message.add(tag::SecurityType, "FOR");
    message.add(tag::QuoteRequestType, "1");
    message.add(tag::QuoteType, "1");
    addSide(message, request, profile);
    message.add(tag::OrderQty, request.quantity.text());
    addSettlement(message, request.settlement);
    message.add(tag::Currency, request.currency);
    addAccount(message, profile);
    message.add(tag::OrdType, "D");
    message.add(tag::ExpireTime, formatUtcTimestamp(command.expires));
    message.add(tag::TransactTime, formatUtcTimestamp(now));
    if (profile.dealerNaming == rfq::DealerNaming::Parties)
        addDealers(message, command.dealers);
    return message;
}

WireMessage encode(const rfq::Acceptance& acceptance, const rfq::Profile& profile)
{
    switch (profile.acceptStyle) {
    case rfq::AcceptStyle::PreviouslyQuoted:
        break;
    case rfq::AcceptStyle::QuoteResponse:
        return quoteResponse(acceptance, profile);
    }
    return newOrderSingle(acceptance, profile);
}

WireMessage encode(const rfq::EndRequest& command, const rfq::Profile&, rfq::UtcTime)
{
    WireMessage message = messageOf(msg::QuoteCancel);
    message.add(tag::QuoteReqId, command.rfq.text());
    message.add(tag::QuoteId, "*");
    message.add(tag::QuoteCancelType, "4");
    message.add(tag::NoQuoteEntries, "1");
    message.add(tag::Symbol, command.symbol);
    return message;
}

}
