#include "app/config/instrument_catalogue.h"
#include "app/venue/catalogue_reader.h"
#include "app/venue/forward.h"
#include "app/venue/market.h"
#include "tests/support/fake_clock.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>

namespace {

using namespace std::chrono_literals;
using venue::Market;
using venue::Ticks;

class MarketTest : public testing::Test {
protected:
    [[nodiscard]] Market market(std::uint64_t seed) const { return {settings, seed, clock.steady()}; }
    [[nodiscard]] base::SteadyTime after(std::chrono::seconds time) const { return clock.steady() + time; }

    support::FakeClock clock;
    venue::MarketSettings settings = venue::builtInCatalogue().value().market;
};

TEST_F(MarketTest, TheCatalogueQuotesEveryPairTheDeskKnowsWithItsConventions)
{
    ASSERT_EQ(settings.instruments.size(), 12U);
    for (const rfq::Instrument& known : config::instrumentCatalogue()) {
        const auto match = std::find_if(settings.instruments.begin(), settings.instruments.end(),
            [&](const venue::InstrumentSettings& entry) { return entry.instrument == known; });
        EXPECT_NE(match, settings.instruments.end()) << known.symbol;
    }
}

TEST_F(MarketTest, YenPairsHaveTwoDecimalsAPipAndThreeAPrice)
{
    Market opened = market(1);
    EXPECT_EQ(
        venue::priceOf(opened.spotMid("USD/JPY", clock.steady()), opened.find("USD/JPY")->instrument).text, "156.412");
    EXPECT_EQ(
        venue::priceOf(opened.spotMid("EUR/USD", clock.steady()), opened.find("EUR/USD")->instrument).text, "1.15342");
}

TEST_F(MarketTest, TheSameSeedGivesTheSamePrices)
{
    Market one = market(42);
    Market two = market(42);
    Market other = market(43);
    bool differs = false;
    for (int i = 1; i <= 50; ++i) {
        EXPECT_EQ(one.spotMid("EUR/USD", after(i * 1s)), two.spotMid("EUR/USD", after(i * 1s)));
        differs = differs || one.spotMid("EUR/USD", after(i * 1s)) != other.spotMid("EUR/USD", after(i * 1s));
    }
    EXPECT_TRUE(differs);
}

TEST_F(MarketTest, APriceDoesNotDependOnHowOftenAnybodyAsks)
{
    Market asked = market(42);
    Market ignored = market(42);
    for (int i = 1; i < 100; ++i) {
        (void)asked.spotMid("EUR/USD", after(i * 1s));
        (void)asked.spotMid("GBP/JPY", after(i * 1s));
    }
    for (const auto& entry : settings.instruments)
        EXPECT_EQ(
            asked.spotMid(entry.instrument.symbol, after(100s)), ignored.spotMid(entry.instrument.symbol, after(100s)));
}

TEST_F(MarketTest, PricesMoveButStayNearWhereTheyStarted)
{
    Market opened = market(1);
    const Ticks start = opened.spotMid("EUR/USD", clock.steady());
    bool moved = false;
    for (int i = 1; i < 1'000; ++i) {
        const Ticks mid = opened.spotMid("EUR/USD", after(i * 60s));
        moved = moved || mid != start;
        EXPECT_LT(std::abs(mid - start), 2 * 150 + 2) << "after " << i << " minutes";
    }
    EXPECT_TRUE(moved);
}

TEST_F(MarketTest, CrossesFollowFromTheirLegs)
{
    Market opened = market(1);
    const auto at = after(3600s);
    const auto eurUsd = opened.spotMid("EUR/USD", at);
    const auto gbpUsd = opened.spotMid("GBP/USD", at);
    const auto usdJpy = opened.spotMid("USD/JPY", at);
    EXPECT_EQ(opened.spotMid("EUR/JPY", at), (eurUsd * usdJpy + 50'000) / 100'000);
    EXPECT_EQ(opened.spotMid("EUR/GBP", at), (eurUsd * 100'000 + gbpUsd / 2) / gbpUsd);
}

TEST_F(MarketTest, ForwardPointsFollowFromSimpleInterest)
{
    const venue::CurrencySettings eur{"EUR", rfq::Decimal(200, 2), 360};
    const venue::CurrencySettings usd{"USD", rfq::Decimal(400, 2), 360};
    // 1.10000 * (1 + 0.04 * 90/360) / (1 + 0.02 * 90/360) = 1.10547...
    EXPECT_EQ(venue::forwardPoints(110'000, eur, usd, 90), 547);
    EXPECT_EQ(venue::forwardPoints(110'000, eur, usd, 0), 0);
    // The other way round the forward is at a discount: 1.10000 * 1.005 / 1.01 = 1.09455...
    EXPECT_EQ(venue::forwardPoints(110'000, usd, eur, 90), -545);
}

TEST_F(MarketTest, DayCountBasisOfEachCurrencyIsItsOwn)
{
    const venue::CurrencySettings gbp{"GBP", rfq::Decimal(365, 2), 365};
    const venue::CurrencySettings usd{"USD", rfq::Decimal(360, 2), 360};
    EXPECT_EQ(venue::forwardPoints(130'000, gbp, usd, 200), 0); // a hundredth of a percent per day on both
}

TEST_F(MarketTest, ADistanceInPipsIsNeverRoundedToNothing)
{
    const rfq::Instrument pair{"EUR/USD", 4, 5, 2};
    EXPECT_EQ(venue::ticksOfPips(rfq::Decimal(4, 1), pair), 4);
    EXPECT_EQ(venue::ticksOfPips(rfq::Decimal(1, 2), pair), 1);
    EXPECT_EQ(venue::ticksOfPips(rfq::Decimal(0, 0), pair), 0);
    EXPECT_EQ(venue::ticksOfPips(rfq::Decimal(18, 0), pair), 180);
}

}
