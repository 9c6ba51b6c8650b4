#include "core/pep/client_action.h"

#include "core/base/overloaded.h"
#include "core/fix/fix_time.h"
#include "core/fix/tags.h"

#include <array>
#include <utility>

namespace pep {

namespace {

namespace tag = fix::tag;

// The first one that a message has names it.
constexpr std::array IdTags{tag::ClOrdId, tag::QuoteRespId, tag::QuoteReqId, tag::MassStatusReqId, tag::TradeRequestId,
    tag::QuoteId, tag::ExecId, tag::UserRequestId};

std::string_view textOf(const fix::WireMessage& message, int tag)
{
    return message.find(tag).value_or(std::string_view());
}

std::string_view idOf(const fix::WireMessage& message)
{
    for (const int tag : IdTags)
        if (const auto id = textOf(message, tag); !id.empty())
            return id;
    return {};
}

std::string_view settlementOf(const fix::WireMessage& message)
{
    const auto date = textOf(message, tag::SettlDate);
    return date.empty() ? textOf(message, tag::SettlType) : date;
}

stepup::Side sideOf(rfq::Side side)
{
    return side == rfq::Side::Buy ? stepup::Side::Buy : stepup::Side::Sell;
}

std::optional<stepup::Side> sideOf(rfq::RequestSide side)
{
    switch (side) {
    case rfq::RequestSide::Buy:
        return stepup::Side::Buy;
    case rfq::RequestSide::Sell:
        return stepup::Side::Sell;
    case rfq::RequestSide::TwoWay:
        return std::nullopt;
    }
    return std::nullopt;
}

void read(ClientAction& action, const fix::maker::QuoteRequest& request)
{
    action.instrument = request.symbol;
    action.side = sideOf(request.side);
    action.currency = request.currency;
    action.quantity = request.quantity;
    for (const auto& dealer : request.dealers)
        action.dealers.push_back(dealer.text());
}

void read(ClientAction& action, const fix::maker::Order& order)
{
    action.instrument = order.symbol;
    action.side = sideOf(order.side);
    action.currency = order.currency;
    action.quantity = order.quantity;
    action.price = order.price.value;
    if (order.dealer)
        action.dealers.push_back(order.dealer->text());
    action.quote = order.quote.text();
    action.acceptance = order.clOrdId.text();
    action.grant = order.grant;
}

}

Intent intentOf(const fix::maker::ClientRequest& request)
{
    return std::visit(base::Overloaded{
                          [](const fix::maker::QuoteRequest&) { return Intent::Ask; },
                          [](const fix::maker::Order&) { return Intent::Deal; },
                          [](const fix::maker::Unsupported&) { return Intent::Other; },
                          [](const auto&) { return Intent::Inform; },
                      },
        request);
}

ClientAction unreadAction(const fix::WireMessage& message)
{
    ClientAction action;
    action.type = message.type;
    action.id = idOf(message);
    return action;
}

ClientAction clientAction(const fix::WireMessage& message, const fix::maker::ClientRequest& request)
{
    ClientAction action = unreadAction(message);
    action.intent = intentOf(request);
    std::visit(base::Overloaded{
                   [&](const fix::maker::QuoteRequest& asked) { read(action, asked); },
                   [&](const fix::maker::Order& order) {
                       read(action, order);
                       action.settlement = settlementOf(message);
                       action.account = textOf(message, tag::Account);
                   },
                   [](const auto&) {},
               },
        request);
    return action;
}

}
