#include "auth/cert/expiry.h"

#include <gtest/gtest.h>

namespace {

using namespace std::chrono_literals;
using cert::Expiry;
using std::chrono::days;

const base::UtcTime Now = std::chrono::sys_days(std::chrono::year(2026) / 11 / 24) + 8h;

TEST(Expiry, EachStepBeginsExactlyThere)
{
    EXPECT_EQ(cert::expiryOf(Now + days(30) + 1us, Now), Expiry::Fine);
    EXPECT_EQ(cert::expiryOf(Now + days(30), Now), Expiry::Month);
    EXPECT_EQ(cert::expiryOf(Now + days(7) + 1us, Now), Expiry::Month);
    EXPECT_EQ(cert::expiryOf(Now + days(7), Now), Expiry::Week);
    EXPECT_EQ(cert::expiryOf(Now + 24h + 1us, Now), Expiry::Week);
    EXPECT_EQ(cert::expiryOf(Now + 24h, Now), Expiry::Day);
    EXPECT_EQ(cert::expiryOf(Now, Now), Expiry::Day);
    EXPECT_EQ(cert::expiryOf(Now - 1us, Now), Expiry::Expired);
}

TEST(Expiry, IsSaidInWholeDaysAndHours)
{
    EXPECT_EQ(cert::expiryInWords(Now + days(6) + 23h, Now), "expires in 6 days");
    EXPECT_EQ(cert::expiryInWords(Now + 25h, Now), "expires in 1 day");
    EXPECT_EQ(cert::expiryInWords(Now + 5h + 59min, Now), "expires in 5 hours");
    EXPECT_EQ(cert::expiryInWords(Now + 1min, Now), "expires in 0 hours");
    EXPECT_EQ(cert::expiryInWords(Now - 1s, Now), "has expired");
}

}
