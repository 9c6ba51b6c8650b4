#include "tests/unit/rfq/adversary.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <tuple>

namespace {

using support::Adversary;
using support::Venue;

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define COUNTERSIGN_SLOW_BUILD 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define COUNTERSIGN_SLOW_BUILD 1
#endif

/// 16 cases of 640 seeds of 400 events: 4,096,000 events in one run of the program. A build with sanitizers, which is
/// many times slower, takes every sixteenth seed of each case.
constexpr std::uint64_t SeedsPerCase = 640;
constexpr int StepsPerSeed = 400;
#ifdef COUNTERSIGN_SLOW_BUILD
constexpr std::uint64_t Stride = 16;
#else
constexpr std::uint64_t Stride = 1;
#endif
constexpr std::size_t SeedsRun = (SeedsPerCase + Stride - 1) / Stride;

void add(Adversary::Depth& sum, const Adversary::Depth& more)
{
    sum.sent += more.sent;
    sum.trades += more.trades;
    sum.unknown += more.unknown;
    sum.notReceived += more.notReceived;
    sum.closed += more.closed;
    sum.busted += more.busted;
    sum.incidents += more.incidents;
    sum.twins += more.twins;
    sum.restarts += more.restarts;
}

struct Invariants : testing::TestWithParam<std::tuple<Venue, std::uint64_t>> { };

TEST_P(Invariants, HoldAgainstAnyOrderOfEvents)
{
    const auto [venue, part] = GetParam();
    Adversary::Depth depth;
    for (std::uint64_t i = 0; i < SeedsPerCase; i += Stride) {
        const std::uint64_t seed = 1 + part * SeedsPerCase + i;
        Adversary adversary(seed, venue);
        for (int step = 0; step < StepsPerSeed; ++step) {
            const std::string broken = adversary.step();
            ASSERT_EQ(broken, "") << "seed " << seed << ", step " << step;
        }
        add(depth, adversary.depth());
    }
    if (Stride > 1) {
        // So few seeds scatter: what each case must reach is known of the whole run only.
        EXPECT_GT(depth.sent, SeedsRun);
        EXPECT_GT(depth.trades, SeedsRun / 2);
        EXPECT_GT(depth.restarts, 0U);
        return;
    }
    // The adversary must get deep enough to mean something.
    EXPECT_GT(depth.sent, 2 * SeedsRun);
    EXPECT_GT(depth.trades, SeedsRun);
    EXPECT_GT(depth.unknown, SeedsRun / 8);
    EXPECT_GT(depth.notReceived, SeedsRun / 40);
    EXPECT_GT(depth.closed, SeedsRun / 40);
    EXPECT_GT(depth.busted, SeedsRun / 8);
    EXPECT_GT(depth.incidents, SeedsRun / 2);
    EXPECT_GT(depth.restarts, SeedsRun / 2);
}
INSTANTIATE_TEST_SUITE_P(Seeds, Invariants,
    testing::Combine(testing::Values(Venue::Honest, Venue::Lying), testing::Range<std::uint64_t>(0, 8)),
    [](const auto& tested) {
        return (std::get<0>(tested.param) == Venue::Honest ? "honest_" : "lying_")
            + std::to_string(std::get<1>(tested.param));
    });

}
