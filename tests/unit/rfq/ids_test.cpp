#include "core/rfq/ids.h"
#include "tests/support/fake_clock.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace {

TEST(Ids, DoNotRepeatWithinARun)
{
    support::FakeClock clock;
    rfq::TimeSeededIds ids(clock);
    std::set<std::string> seen;
    for (int i = 0; i < 10'000; ++i) {
        EXPECT_TRUE(seen.insert(ids.nextRfq().text()).second);
        EXPECT_TRUE(seen.insert(ids.nextClOrd().text()).second);
    }
}

TEST(Ids, DoNotRepeatAcrossRestartsEvenInTheSameMillisecond)
{
    support::FakeClock clock;
    std::set<std::string> seen;
    for (int i = 0; i < 100; ++i) {
        rfq::TimeSeededIds ids(clock);
        EXPECT_TRUE(seen.insert(ids.nextClOrd().text()).second);
    }
}

TEST(Ids, FitIntoTheNarrowestVenueField)
{
    support::FakeClock clock;
    rfq::TimeSeededIds ids(clock);
    for (const std::string& id : {ids.nextRfq().text(), ids.nextClOrd().text()}) {
        EXPECT_EQ(id.size(), 20U);
        EXPECT_EQ(id.find_first_not_of("0123456789ABCDEFGHJKMNPQRSTVWXYZ"), std::string::npos) << id;
    }
}

}
