#include "core/base/decimal.h"

#include <gtest/gtest.h>

using base::Decimal;
using base::Errc;

namespace {

Decimal dec(const char* text)
{
    return Decimal::parse(text).value();
}

TEST(Decimal, KeepsTheDigitsAsWritten)
{
    for (const char* text : {"1.15342", "1.1500", "0", "0.00001", "25000000", "-12.5", "-0.05", "999999999999999999"})
        EXPECT_EQ(dec(text).text(), text);
}

TEST(Decimal, ReadsTheFormsThatFixAllows)
{
    EXPECT_EQ(dec(".5"), dec("0.5"));
    EXPECT_EQ(dec("5."), dec("5"));
    EXPECT_EQ(dec("00023.23"), dec("23.23"));
}

TEST(Decimal, RefusesWhatIsNotAFixNumber)
{
    for (const char* text : {"", "-", ".", "+1", "1e5", "1,5", " 1", "1 ", "0x10", "1.2.3", "--1", "nan"})
        EXPECT_EQ(Decimal::parse(text).error().code, Errc::InvalidInput) << text;
}

TEST(Decimal, RefusesMoreDigitsThanItHolds)
{
    EXPECT_FALSE(Decimal::parse("1000000000000000000"));
    EXPECT_FALSE(Decimal::parse("0.1234567890123456"));
    EXPECT_FALSE(Decimal::parse(std::string(400, '9')));
    EXPECT_TRUE(Decimal::parse("0.123456789012345"));
}

TEST(Decimal, ComparesByValue)
{
    EXPECT_EQ(dec("1.50"), dec("1.5"));
    EXPECT_LT(dec("1.15341"), dec("1.15342"));
    EXPECT_LT(dec("-1"), dec("0.000000000000001"));
    EXPECT_GT(dec("999999999999999999"), dec("0.999999999999999"));
}

TEST(Decimal, AddsAndSubtractsExactly)
{
    EXPECT_EQ(Decimal::add(dec("0.1"), dec("0.2")).value(), dec("0.3"));
    EXPECT_EQ(Decimal::subtract(dec("1.15342"), dec("1.1534")).value(), dec("0.00002"));
    EXPECT_FALSE(Decimal::add(dec("999999999999999999"), dec("1")));
}

TEST(Decimal, MultipliesRoundingHalfAwayFromZero)
{
    EXPECT_EQ(Decimal::multiply(dec("25000000"), dec("1.15342"), 2).value().text(), "28835500.00");
    EXPECT_EQ(Decimal::multiply(dec("0.5"), dec("0.05"), 2).value(), dec("0.03"));
    EXPECT_EQ(Decimal::multiply(dec("-0.5"), dec("0.05"), 2).value(), dec("-0.03"));
    EXPECT_EQ(Decimal::multiply(dec("0.000000000000001"), dec("0.000000000000001"), 0).value(), dec("0"));
    EXPECT_FALSE(Decimal::multiply(dec("999999999999999999"), dec("10"), 0));
}

TEST(Decimal, Rescales)
{
    EXPECT_EQ(dec("1.005").rescaled(2).value().text(), "1.01");
    EXPECT_EQ(dec("-1.005").rescaled(2).value().text(), "-1.01");
    EXPECT_EQ(dec("1.5").rescaled(4).value().text(), "1.5000");
    EXPECT_FALSE(dec("999999999999999999").rescaled(1));
    EXPECT_FALSE(dec("1").rescaled(16));
}

}
