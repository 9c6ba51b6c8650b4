#include "app/config/instrument_catalogue.h"
#include "app/venue/catalogue_reader.h"

#include <algorithm>

namespace venue {

namespace {

constexpr std::int64_t HighestMid = 1'000'000;
constexpr std::int64_t MostPips = 1'000;
constexpr std::int64_t MostRate = 100;

bool isCurrency(const std::string& code)
{
    return code.size() == 3 && std::all_of(code.begin(), code.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

bool isPair(const std::string& symbol)
{
    return symbol.size() == 7 && symbol[3] == '/' && isCurrency(symbol.substr(0, 3)) && isCurrency(symbol.substr(4))
        && symbol.substr(0, 3) != symbol.substr(4);
}

/// A decimal that is neither negative nor above `most`; zero where there is none.
rfq::Decimal decimalUpTo(const store::TomlValue& value, std::int64_t most)
{
    const auto number = value.decimal();
    if (!number)
        return {};
    if (number->isNegative() || *number > rfq::Decimal(most, 0)) {
        value.refuse("a number from 0 to " + std::to_string(most));
        return {};
    }
    return *number;
}

std::vector<CurrencySettings> readCurrencies(const store::TomlTable& table)
{
    std::vector<CurrencySettings> currencies;
    for (const std::string& code : table.keys()) {
        const store::TomlTable entry = table.table(code);
        const store::TomlValue rate = entry.required("rate_percent");
        CurrencySettings currency{.code = code, .ratePercent = {}};
        if (const auto percent = rate.decimal()) {
            const rfq::Decimal bound(MostRate, 0);
            const bool fits = *percent <= bound && percent->negated() <= bound && percent->scale() <= 6;
            if (fits)
                currency.ratePercent = *percent;
            else
                rate.refuse("a number from -100 to 100 with at most 6 decimals");
        }
        const store::TomlValue basis = entry.optional("year_days");
        currency.yearDays = static_cast<int>(basis.integer(360, 365).value_or(currency.yearDays));
        if (currency.yearDays != 360 && currency.yearDays != 365)
            basis.refuse("360 or 365");
        currencies.push_back(currency);
    }
    return currencies;
}

/// Conventions come from the catalogue of pairs; a pair that is not there must bring its own.
rfq::Instrument readConventions(const store::TomlTable& table, const std::string& symbol)
{
    const std::vector<rfq::Instrument> known = config::instrumentCatalogue();
    const auto found =
        std::find_if(known.begin(), known.end(), [&](const rfq::Instrument& i) { return i.symbol == symbol; });
    const bool isKnown = found != known.end();
    rfq::Instrument instrument = isKnown ? *found : rfq::Instrument{.symbol = symbol};
    const auto read = [&](const char* key, int least, int most, int usual) {
        const store::TomlValue value = isKnown ? table.optional(key) : table.required(key);
        return static_cast<int>(value.integer(least, most).value_or(usual));
    };
    instrument.pipDecimals = read("pip_decimals", 0, 6, instrument.pipDecimals);
    instrument.priceDecimals = read("price_decimals", 0, 8, instrument.priceDecimals);
    instrument.spotDays = read("spot_days", 0, 3, instrument.spotDays);
    if (instrument.priceDecimals < instrument.pipDecimals) {
        table.optional("price_decimals").refuse("at least pip_decimals");
        instrument.priceDecimals = instrument.pipDecimals;
    }
    return instrument;
}

std::variant<OwnMid, CrossOf> readMid(const store::TomlTable& table)
{
    const store::TomlValue cross = table.optional("cross");
    if (cross.present()) {
        const auto legs = cross.texts();
        if (legs && legs->size() == 2)
            return CrossOf{legs->front(), legs->back()};
        if (legs)
            cross.refuse("two pairs");
        return CrossOf{};
    }
    const store::TomlValue mid = table.required("mid");
    const rfq::Decimal start = decimalUpTo(mid, HighestMid);
    if (mid.present() && start.isZero())
        mid.refuse("a price above 0");
    return OwnMid{start};
}

const InstrumentSettings* findPair(const std::vector<InstrumentSettings>& instruments, const std::string& symbol)
{
    const auto found = std::find_if(instruments.begin(), instruments.end(),
        [&](const InstrumentSettings& entry) { return entry.instrument.symbol == symbol; });
    return found == instruments.end() ? nullptr : &*found;
}

/// A/B must follow from A/C and C/B, or from A/C and B/C, and both must be quoted by themselves.
bool makesCross(const InstrumentSettings& cross, const CrossOf& legs, const std::vector<InstrumentSettings>& all)
{
    const InstrumentSettings* first = findPair(all, legs.first);
    const InstrumentSettings* second = findPair(all, legs.second);
    if (!first || !second || std::holds_alternative<CrossOf>(first->mid)
        || std::holds_alternative<CrossOf>(second->mid))
        return false;
    const rfq::Instrument& a = first->instrument;
    const rfq::Instrument& b = second->instrument;
    const rfq::Instrument& pair = cross.instrument;
    if (a.base() != pair.base())
        return false;
    const bool chained = a.terms() == b.base() && b.terms() == pair.terms();
    const bool common = a.terms() == b.terms() && b.base() == pair.terms();
    return chained || common;
}

void checkReferences(const std::vector<store::TomlTable>& tables, const MarketSettings& market)
{
    const auto hasRate = [&](const std::string& code) {
        return std::any_of(market.currencies.begin(), market.currencies.end(),
            [&](const CurrencySettings& currency) { return currency.code == code; });
    };
    for (std::size_t i = 0; i < tables.size(); ++i) {
        const InstrumentSettings& entry = market.instruments[i];
        const std::string& symbol = entry.instrument.symbol;
        if (!isPair(symbol))
            continue;
        if (!hasRate(entry.instrument.base()) || !hasRate(entry.instrument.terms()))
            tables[i].required("symbol").refuse("a pair whose currencies both have a [currencies.CODE] table");
        if (findPair(market.instruments, symbol) != &entry)
            tables[i].required("symbol").refuse("a pair that is listed once");
        const auto* legs = std::get_if<CrossOf>(&entry.mid);
        if (legs && !legs->first.empty() && !makesCross(entry, *legs, market.instruments))
            tables[i].required("cross").refuse("two pairs with a mid of their own from which " + symbol + " follows");
    }
}

}

MarketSettings readMarket(const store::TomlTable& root)
{
    MarketSettings market;
    market.currencies = readCurrencies(root.table("currencies"));
    const std::vector<store::TomlTable> tables = root.tables("instruments");
    if (tables.empty())
        root.required("instruments").refuse("at least one [[instruments]] table");
    for (const store::TomlTable& table : tables) {
        const store::TomlValue symbol = table.required("symbol");
        const auto text = symbol.text();
        if (text && !isPair(*text))
            symbol.refuse("a currency pair such as \"EUR/USD\"");
        market.instruments.push_back({
            .instrument = readConventions(table, text.value_or("")),
            .mid = readMid(table),
            .spreadPips = decimalUpTo(table.required("spread_pips"), MostPips),
            .movePips = decimalUpTo(table.optional("move_pips"), MostPips),
        });
    }
    checkReferences(tables, market);
    return market;
}

}
