#include "app/venue/catalogue_reader.h"

#include <algorithm>
#include <array>

namespace venue {

namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

constexpr std::array<std::pair<std::string_view, Firmness>, 4> FirmnessNames{{{"tradeable", Firmness::Tradeable},
    {"restricted", Firmness::Restricted}, {"indicative", Firmness::Indicative}, {"unstated", Firmness::Unstated}}};

/// A table { least = "...", most = "..." }.
DurationRange readRange(const store::TomlTable& table, milliseconds least, milliseconds most)
{
    const store::TomlValue from = table.required("least");
    const store::TomlValue to = table.required("most");
    const DurationRange range{from.duration(least, most).value_or(least), to.duration(least, most).value_or(most)};
    if (range.most < range.least)
        to.refuse("no less than 'least'");
    return range;
}

int percentage(const store::TomlValue& value, int most, int usual)
{
    return static_cast<int>(value.integer(0, most).value_or(usual));
}

/// A whole amount of base currency above zero.
rfq::Decimal amount(const store::TomlValue& value, const rfq::Decimal& usual)
{
    constexpr std::int64_t Most = 1'000'000'000'000;
    return rfq::Decimal(value.integer(1, Most).value_or(usual.mantissa()), 0);
}

std::optional<LastLook> readLastLook(const store::TomlTable& table)
{
    if (!table.present())
        return std::nullopt;
    LastLook look;
    look.hold = readRange(table.table("hold"), 0ms, 60s);
    look.rejectPercent = percentage(table.optional("reject_percent"), 100, look.rejectPercent);
    const store::TomlValue tolerance = table.required("tolerance_pips");
    look.tolerancePips = tolerance.decimal().value_or(rfq::Decimal());
    if (look.tolerancePips.isNegative() || look.tolerancePips > rfq::Decimal(1'000, 0)) {
        tolerance.refuse("a number from 0 to 1000");
        look.tolerancePips = {};
    }
    return look;
}

Passing readPassing(const store::TomlTable& table)
{
    Passing passing;
    if (!table.present())
        return passing;
    passing.percent = static_cast<int>(table.required("percent").integer(0, 100).value_or(0));
    for (const store::TomlTable& reason : table.tables("reasons")) {
        const store::TomlValue code = reason.required("code");
        passing.reasons.push_back(
            {std::to_string(code.integer(1, 999).value_or(10)), reason.required("text").text().value_or("")});
    }
    if (passing.reasons.empty())
        table.required("reasons").refuse("at least one { code, text }");
    return passing;
}

std::vector<std::string> readSymbols(const store::TomlValue& value, const MarketSettings& market)
{
    const std::vector<std::string> symbols = value.texts().value_or(std::vector<std::string>{});
    const auto isKnown = [&](const std::string& symbol) {
        return std::any_of(market.instruments.begin(), market.instruments.end(),
            [&](const InstrumentSettings& entry) { return entry.instrument.symbol == symbol; });
    };
    if (!std::all_of(symbols.begin(), symbols.end(), isKnown))
        value.refuse("symbols of [[instruments]] only");
    return symbols;
}

DealerSettings readDealer(const store::TomlTable& table, const MarketSettings& market)
{
    DealerSettings dealer;
    dealer.id = rfq::DealerId(table.required("id").text().value_or(""));
    dealer.name = table.required("name").text().value_or("");
    dealer.symbols = readSymbols(table.optional("symbols"), market);
    dealer.firmness = table.optional("quotes").choice<Firmness>(FirmnessNames).value_or(dealer.firmness);
    dealer.spreadPercent = percentage(table.optional("spread_percent"), 10'000, dealer.spreadPercent);
    dealer.sizeStep = amount(table.optional("size_step"), dealer.sizeStep);
    dealer.sizeStepPercent = percentage(table.optional("size_step_percent"), 1'000, dealer.sizeStepPercent);
    dealer.leanPercent = percentage(table.optional("lean_percent"), 100, dealer.leanPercent);
    dealer.most = amount(table.optional("most"), dealer.most);
    dealer.delay = readRange(table.table("delay"), 0ms, 60s);
    dealer.life = readRange(table.table("life"), 100ms, 1h);
    dealer.requote = table.optional("requote").duration(10ms, 1min);
    dealer.lastLook = readLastLook(table.table("last_look"));
    dealer.passing = readPassing(table.table("pass"));
    return dealer;
}

}

std::vector<DealerSettings> readDealers(const store::TomlTable& root, const MarketSettings& market)
{
    const std::vector<store::TomlTable> tables = root.tables("dealers");
    if (tables.empty())
        root.required("dealers").refuse("at least one [[dealers]] table");
    std::vector<DealerSettings> dealers;
    for (const store::TomlTable& table : tables) {
        DealerSettings dealer = readDealer(table, market);
        const bool twice = std::any_of(
            dealers.begin(), dealers.end(), [&](const DealerSettings& other) { return other.id == dealer.id; });
        if (twice)
            table.required("id").refuse("an id that no other dealer has");
        dealers.push_back(std::move(dealer));
    }
    return dealers;
}

}
