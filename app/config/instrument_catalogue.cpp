#include "app/config/instrument_catalogue.h"

namespace config {

namespace {

rfq::Instrument pair(const char* symbol)
{
    return {.symbol = symbol, .pipDecimals = 4, .priceDecimals = 5, .spotDays = 2};
}

rfq::Instrument yenPair(const char* symbol)
{
    return {.symbol = symbol, .pipDecimals = 2, .priceDecimals = 3, .spotDays = 2};
}

/// The Canadian dollar settles against the US dollar one business day after the trade.
rfq::Instrument nextDayPair(const char* symbol)
{
    return {.symbol = symbol, .pipDecimals = 4, .priceDecimals = 5, .spotDays = 1};
}

}

std::vector<rfq::Instrument> instrumentCatalogue()
{
    return {pair("EUR/USD"), pair("GBP/USD"), yenPair("USD/JPY"), pair("USD/CHF"), pair("AUD/USD"),
        nextDayPair("USD/CAD"), pair("NZD/USD"), pair("EUR/GBP"), yenPair("EUR/JPY"), pair("EUR/CHF"),
        yenPair("GBP/JPY"), pair("EUR/SEK")};
}

}
