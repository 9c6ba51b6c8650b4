#include "app/venue/dealer.h"

#include <gtest/gtest.h>

namespace {

using venue::Dealer;
using venue::DealerSettings;
using venue::PriceBasis;

venue::InstrumentSettings euroDollar()
{
    return {.instrument = {"EUR/USD", 4, 5, 2},
        .mid = venue::OwnMid{rfq::Decimal(115'000, 5)},
        .spreadPips = rfq::Decimal(10, 1),
        .movePips = rfq::Decimal(2, 1)};
}

DealerSettings plain()
{
    DealerSettings settings;
    settings.id = rfq::DealerId("LP");
    return settings;
}

venue::Ticks width(const Dealer& dealer, const PriceBasis& basis)
{
    const auto price = dealer.price(euroDollar(), basis);
    return price.offer - price.bid;
}

TEST(DealerTest, QuotesAroundTheMid)
{
    const auto price = Dealer(plain(), 1).price(euroDollar(), {.mid = 115'000, .baseAmount = 1'000'000});
    EXPECT_EQ(price, (venue::TwoWayPrice{114'995, 115'005}));
}

TEST(DealerTest, TheSpreadIsAPartOfThePairsUsualOne)
{
    DealerSettings settings = plain();
    settings.spreadPercent = 250;
    EXPECT_EQ(width(Dealer(settings, 1), {.mid = 115'000, .baseAmount = 1}), 25);
    settings.spreadPercent = 0;
    EXPECT_EQ(width(Dealer(settings, 1), {.mid = 115'000, .baseAmount = 1}), 1) << "never locked or crossed";
}

TEST(DealerTest, LargerAmountsAndLongerForwardsAreWider)
{
    const Dealer dealer(plain(), 1);
    EXPECT_EQ(width(dealer, {.mid = 115'000, .baseAmount = 9'999'999}), 10);
    EXPECT_EQ(width(dealer, {.mid = 115'000, .baseAmount = 10'000'000}), 12);
    EXPECT_EQ(width(dealer, {.mid = 115'000, .baseAmount = 50'000'000}), 20);
    EXPECT_EQ(width(dealer, {.mid = 115'000, .baseAmount = 1, .days = 300}), 20);
}

TEST(DealerTest, LeaningShiftsBothPricesTheSameWay)
{
    const auto price =
        Dealer(plain(), 1).price(euroDollar(), {.mid = 115'000, .baseAmount = 1, .days = 0, .leanPercent = 50});
    EXPECT_EQ(price, (venue::TwoWayPrice{115'000, 115'010}));
}

TEST(DealerTest, DeclinesWhatIsAboveItsLimit)
{
    Dealer dealer(plain(), 1);
    EXPECT_FALSE(dealer.passes(50'000'000));
    ASSERT_TRUE(dealer.passes(50'000'001));
    EXPECT_EQ(dealer.passes(50'000'001)->code, "3");
}

TEST(DealerTest, PassesAsOftenAsItsCharacterSays)
{
    DealerSettings settings = plain();
    settings.passing = {.percent = 65, .reasons = {{"10", "no appetite"}, {"11", "no line"}}};
    Dealer dealer(settings, 1);
    int passes = 0;
    int forCredit = 0;
    for (int i = 0; i < 1'000; ++i)
        if (const auto reason = dealer.passes(1)) {
            ++passes;
            forCredit += reason->code == "11" ? 1 : 0;
        }
    EXPECT_NEAR(passes, 650, 50);
    EXPECT_NEAR(forCredit, passes / 2, 50);
}

TEST(DealerTest, LastLookRejectsWhenThePriceMovedTooFarAgainstIt)
{
    DealerSettings settings = plain();
    settings.lastLook = venue::LastLook{.hold = {}, .rejectPercent = 0, .tolerancePips = rfq::Decimal(5, 1)};
    Dealer dealer(settings, 1);
    EXPECT_FALSE(dealer.looksAgain(euroDollar(), 5));
    EXPECT_EQ(dealer.looksAgain(euroDollar(), 6), "last look: the price has moved");
    EXPECT_FALSE(dealer.looksAgain(euroDollar(), -100)) << "a move in its favour is no reason";
}

TEST(DealerTest, ADealerWithoutLastLookNeverLooksAgain)
{
    EXPECT_FALSE(Dealer(plain(), 1).looksAgain(euroDollar(), 1'000));
}

TEST(DealerTest, DealersOfTheSameCharacterDoNotMoveTogether)
{
    DealerSettings one = plain();
    one.leanPercent = 100;
    DealerSettings two = one;
    two.id = rfq::DealerId("OTHER");
    Dealer first(one, 1);
    Dealer second(two, 1);
    int same = 0;
    for (int i = 0; i < 100; ++i)
        same += first.drawLean() == second.drawLean() ? 1 : 0;
    EXPECT_LT(same, 20);
}

TEST(DealerTest, DrawsStayInTheirRange)
{
    DealerSettings settings = plain();
    settings.delay = {std::chrono::milliseconds(60), std::chrono::milliseconds(180)};
    settings.leanPercent = 40;
    Dealer dealer(settings, 1);
    for (int i = 0; i < 500; ++i) {
        const auto delay = dealer.drawDelay();
        EXPECT_TRUE(delay >= settings.delay.least && delay <= settings.delay.most);
        EXPECT_LE(std::abs(dealer.drawLean()), 40);
    }
}

}
