#include "core/rfq/positions.h"

#include <algorithm>
#include <map>

namespace rfq {

namespace {

/// Terms currency divided by the price, exact to the cent of base currency.
Decimal baseAmount(
    const Instrument& instrument, const std::string& currency, const Decimal& quantity, const Price& price)
{
    if (currency == instrument.base())
        return quantity;
    return Decimal::divide(quantity, price.value, 2).value_or(Decimal());
}

Decimal signedBase(
    const Instrument& instrument, const std::string& currency, Side side, const Decimal& quantity, const Price& price)
{
    const bool buysBase = (side == Side::Buy) == (currency == instrument.base());
    const Decimal amount = baseAmount(instrument, currency, quantity, price);
    return buysBase ? amount : Decimal::subtract(Decimal(), amount).value_or(Decimal());
}

class Positions {
public:
    void add(const std::string& symbol, const Decimal& amount)
    {
        PositionRange& range = at(symbol);
        range.least = sum(range.least, amount);
        range.most = sum(range.most, amount);
    }
    void addUncertain(const std::string& symbol, const Decimal& amount, const ClOrdId& id)
    {
        PositionRange& range = at(symbol);
        Decimal& widened = amount.isNegative() ? range.least : range.most;
        widened = sum(widened, amount);
        range.unknown.push_back(id);
    }
    [[nodiscard]] std::vector<PositionRange> take() const
    {
        std::vector<PositionRange> all;
        for (const auto& [symbol, range] : m_ranges)
            all.push_back(range);
        return all;
    }

private:
    static Decimal sum(const Decimal& a, const Decimal& b) { return Decimal::add(a, b).value_or(a); }
    PositionRange& at(const std::string& symbol)
    {
        PositionRange& range = m_ranges[symbol];
        range.symbol = symbol;
        return range;
    }
    std::map<std::string, PositionRange> m_ranges;
};

}

std::vector<PositionRange> positionsOf(const DeskState& desk)
{
    const Date today = tradeDate(desk.clock.utc());
    Positions positions;
    for (const Trade& trade : desk.trades) {
        if (trade.state != TradeState::Busted && tradeDate(trade.time) == today)
            positions.add(trade.instrument.symbol,
                signedBase(trade.instrument, trade.currency, trade.side, trade.quantity, trade.price));
    }
    for (const auto& [id, flight] : desk.flights) {
        const Rfq* rfq = desk.find(flight.rfq);
        if (!rfq)
            continue;
        for (const AcceptanceLine& line : rfq->acceptances) {
            const Acceptance& acceptance = line.acceptance;
            if (acceptance.id != id)
                continue;
            const Decimal amount = signedBase(
                acceptance.instrument, acceptance.currency, acceptance.side, acceptance.quantity, acceptance.price);
            const bool closedAsTraded =
                line.state == AcceptanceState::Closed && line.closing && line.closing->verdict == Verdict::Traded;
            if (line.state == AcceptanceState::Unknown)
                positions.addUncertain(acceptance.instrument.symbol, amount, id);
            else if (closedAsTraded && tradeDate(line.time) == today)
                positions.add(acceptance.instrument.symbol, amount);
        }
    }
    return positions.take();
}

}
