#include "tests/unit/rfq/adversary.h"

#include <gtest/gtest.h>

namespace {

TEST(Invariants, HoldAgainstAnyOrderOfEvents)
{
    constexpr std::uint64_t Seeds = 500;
    constexpr int StepsPerSeed = 500;
    std::size_t sent = 0;
    std::size_t traded = 0;
    std::size_t unknown = 0;
    for (std::uint64_t seed = 1; seed <= Seeds; ++seed) {
        support::Adversary adversary(seed);
        for (int step = 0; step < StepsPerSeed; ++step) {
            const std::string broken = adversary.step();
            ASSERT_EQ(broken, "") << "seed " << seed << ", step " << step;
        }
        sent += adversary.acceptancesSent();
        traded += adversary.tradesSeen();
        unknown += adversary.unknownsSeen();
    }
    // The adversary must get deep enough to mean something.
    RecordProperty("acceptances", static_cast<int>(sent));
    RecordProperty("trades", static_cast<int>(traded));
    RecordProperty("unknown", static_cast<int>(unknown));
    EXPECT_GT(sent, Seeds);
    EXPECT_GT(traded, Seeds / 2);
    EXPECT_GT(unknown, Seeds / 2);
}

}
