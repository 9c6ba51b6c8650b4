#include "core/rfq/amount.h"

#include <gtest/gtest.h>

#include <string>

using base::Decimal;
using base::Errc;
using rfq::groupedAmount;
using rfq::parseAmount;
using rfq::shortAmount;

namespace {

std::string read(const char* text)
{
    const auto amount = parseAmount(text);
    return amount ? amount->text() : "refused";
}

TEST(Amount, IsReadAsTradersTypeIt)
{
    EXPECT_EQ(read("25m"), "25000000");
    EXPECT_EQ(read("1.5b"), "1500000000");
    EXPECT_EQ(read("500k"), "500000");
    EXPECT_EQ(read("25,000,000"), "25000000");
    EXPECT_EQ(read("25 000 000"), "25000000");
    EXPECT_EQ(read("  2.5M "), "2500000");
    EXPECT_EQ(read("25 m"), "25000000");
    EXPECT_EQ(read("1,250k"), "1250000");
    EXPECT_EQ(read("1000000.00"), "1000000");
    EXPECT_EQ(read("7"), "7");
    EXPECT_EQ(read("2909099.093b"), "2909099093000000");
}

TEST(Amount, IsRefusedWhereItIsNotAWholePositiveNumber)
{
    for (const char* text : {"", " ", "m", "0", "0m", "-5m", "1.5", "1.2345k", "25mm", "1e6", "25,00,000", ",500", "5,",
             "1,000 000", "1 2", "2 5m", "25x", "1.5.5m", "999999999999999999b", "nan", "+5m", "1.000,5m"})
        EXPECT_EQ(parseAmount(text).has_value(), false) << text;
    EXPECT_EQ(parseAmount("-5m").error().code, Errc::InvalidInput);
}

TEST(Amount, IsGroupedInThousands)
{
    EXPECT_EQ(groupedAmount(Decimal(25'000'000, 0)), "25,000,000");
    EXPECT_EQ(groupedAmount(Decimal(999, 0)), "999");
    EXPECT_EQ(groupedAmount(Decimal(1'000, 0)), "1,000");
    EXPECT_EQ(groupedAmount(Decimal(123'456'789, 2)), "1,234,567.89");
    EXPECT_EQ(groupedAmount(Decimal(-1'000, 0)), "-1,000");
    EXPECT_EQ(groupedAmount(Decimal(-100, 0)), "-100");
}

TEST(Amount, IsShortenedOnlyWhereNoDigitIsLost)
{
    EXPECT_EQ(shortAmount(Decimal(25'000'000, 0)), "25m");
    EXPECT_EQ(shortAmount(Decimal(1'500'000'000, 0)), "1.5b");
    EXPECT_EQ(shortAmount(Decimal(500'000, 0)), "500k");
    EXPECT_EQ(shortAmount(Decimal(25'000'001, 0)), "25,000,001");
    EXPECT_EQ(shortAmount(Decimal(10'000'000, 0)), "10m");
    EXPECT_EQ(shortAmount(Decimal(999, 0)), "999");
    EXPECT_EQ(shortAmount(Decimal(15, 1)), "1.5");
    for (const std::int64_t amount : {1LL, 999LL, 1'001LL, 12'345'678LL, 1'234'000LL, 100'000'000'000LL})
        EXPECT_EQ(parseAmount(shortAmount(Decimal(amount, 0))).value(), Decimal(amount, 0)) << amount;
}

}
