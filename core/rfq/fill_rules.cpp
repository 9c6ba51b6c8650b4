#include "core/rfq/fill_rules.h"

#include "core/rfq/value_date.h"

#include <optional>
#include <string_view>

namespace rfq {

namespace {

bool isOneOf(char value, std::string_view set)
{
    return value != 0 && set.find(value) != std::string_view::npos;
}

Outcome outcomeOfFill(const ExecutionReport& report, const Decimal& accepted)
{
    if (report.cumQty >= accepted)
        return Outcome::Filled;
    // 2 filled, 3 done for the day, 4 cancelled, 8 rejected, C expired: nothing more comes.
    const bool final = report.leavesQty.isZero() || isOneOf(report.ordStatus, "2348C");
    return final ? Outcome::PartlyFilled : Outcome::Partial;
}

std::optional<Price> reportedPrice(const ExecutionReport& report)
{
    const bool single = report.lastQty && *report.lastQty >= report.cumQty;
    const bool last = report.lastPx && report.lastPx->value.isPositive();
    if (single && last)
        return report.lastPx;
    if (report.avgPx && report.avgPx->value.isPositive())
        return report.avgPx;
    return last ? report.lastPx : std::nullopt;
}

const char* nameOf(Side side)
{
    return side == Side::Buy ? "buy" : "sell";
}

/// Collects "what: theirs instead of ours".
class Differences {
public:
    void add(const char* what, const std::string& theirs, const std::string& ours)
    {
        m_text += m_text.empty() ? "" : "; ";
        m_text += std::string(what) + " " + theirs + " instead of " + ours;
    }
    [[nodiscard]] std::string take() { return std::move(m_text); }

private:
    std::string m_text;
};

}

Outcome outcomeOf(const ExecutionReport& report, const Decimal& accepted)
{
    if (isOneOf(report.execType, "GH"))
        return Outcome::Corrected;
    if (report.cumQty.isPositive())
        return outcomeOfFill(report, accepted);
    if (saysUnknownOrder(report))
        return Outcome::Nothing;
    if (report.ordStatus == '8' || report.execType == '8')
        return Outcome::Rejected;
    if (isOneOf(report.ordStatus, "34C") || isOneOf(report.execType, "34C"))
        return Outcome::NotDone;
    if (isOneOf(report.ordStatus, "12") || isOneOf(report.execType, "F12"))
        return Outcome::Contradictory;
    if (isOneOf(report.ordStatus, "A0E") || isOneOf(report.execType, "A0E"))
        return Outcome::Pending;
    return Outcome::Nothing;
}

std::string differences(const ExecutionReport& report, const Acceptance& acceptance)
{
    Differences found;
    if (!report.symbol.empty() && report.symbol != acceptance.instrument.symbol)
        found.add("instrument", report.symbol, acceptance.instrument.symbol);
    if (report.side && *report.side != acceptance.side)
        found.add("side", nameOf(*report.side), nameOf(acceptance.side));
    if (!report.currency.empty() && report.currency != acceptance.currency)
        found.add("currency", report.currency, acceptance.currency);
    if (report.quantity && *report.quantity != acceptance.quantity)
        found.add("ordered amount", report.quantity->text(), acceptance.quantity.text());
    if (report.cumQty > acceptance.quantity)
        found.add("filled amount", report.cumQty.text(), acceptance.quantity.text());
    const auto price = reportedPrice(report);
    if (!price || price->value != acceptance.price.value)
        found.add("price", price ? price->text : "missing", acceptance.price.text);
    if (report.valueDate && *report.valueDate != acceptance.settlement.date)
        found.add("value date", isoDate(*report.valueDate), isoDate(acceptance.settlement.date));
    return found.take();
}

Trade tradeOf(const ExecutionReport& report, const Acceptance& acceptance, const Decimal& booked, UtcTime now)
{
    const auto rest = Decimal::subtract(report.cumQty, booked);
    Trade trade;
    trade.clOrdId = acceptance.id;
    trade.rfq = acceptance.rfq;
    // A status or a cancel that tells of a fill has an ExecID of its own, which is not the execution's.
    if (isOneOf(report.execType, "F12G"))
        trade.execId = report.execId;
    trade.orderId = report.orderId;
    trade.dealer = acceptance.dealer;
    trade.instrument = acceptance.instrument;
    trade.side = acceptance.side;
    trade.quantity = rest ? *rest : report.cumQty;
    trade.currency = acceptance.currency;
    trade.price = reportedPrice(report).value_or(acceptance.price);
    trade.settlement = acceptance.settlement;
    trade.time = report.transactTime.value_or(now);
    trade.discrepancy = differences(report, acceptance);
    return trade;
}

std::optional<Trade> dealOf(const RfqId& rfq, const std::vector<Trade>& trades)
{
    std::optional<Trade> deal;
    for (const Trade& trade : trades) {
        if (trade.rfq != rfq)
            continue;
        const bool counts = trade.state != TradeState::Busted;
        if (!deal || (counts && deal->state == TradeState::Busted)) {
            deal = trade;
        } else if (counts && trade.clOrdId == deal->clOrdId) {
            const Decimal sum = Decimal::add(deal->quantity, trade.quantity).value_or(trade.quantity);
            deal = trade;
            deal->quantity = sum;
        }
    }
    return deal;
}

char dontKnowReason(const ExecutionReport& report, const Acceptance* acceptance)
{
    constexpr char UnknownSymbol = 'A';
    constexpr char WrongSide = 'B';
    constexpr char QuantityExceedsOrder = 'C';
    constexpr char NoMatchingOrder = 'D';
    constexpr char PriceExceedsLimit = 'E';
    constexpr char Other = 'Z';
    if (!acceptance)
        return NoMatchingOrder;
    if (!report.symbol.empty() && report.symbol != acceptance->instrument.symbol)
        return UnknownSymbol;
    if (report.side && *report.side != acceptance->side)
        return WrongSide;
    if (report.cumQty > acceptance->quantity)
        return QuantityExceedsOrder;
    const auto price = reportedPrice(report);
    return price && price->value != acceptance->price.value ? PriceExceedsLimit : Other;
}

bool saysUnknownOrder(const ExecutionReport& report)
{
    return report.execType == 'I' && report.rejectCode == "5";
}

std::string summary(const ExecutionReport& report)
{
    std::string text = "ClOrdID " + report.clOrdId.text() + " OrderID " + report.orderId.text() + " ExecID "
        + report.execId.text() + " ExecType ";
    text += report.execType ? report.execType : '-';
    text += " OrdStatus ";
    text += report.ordStatus ? report.ordStatus : '-';
    text += " CumQty " + report.cumQty.text() + " LeavesQty " + report.leavesQty.text();
    if (const auto price = reportedPrice(report))
        text += " price " + price->text;
    return report.text.empty() ? text : text + " \"" + report.text + "\"";
}

}
