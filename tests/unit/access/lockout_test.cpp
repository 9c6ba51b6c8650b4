#include "core/access/lockout.h"
#include "tests/support/fake_clock.h"
#include "tests/unit/access/access_world.h"

using namespace access_test;
using namespace std::chrono_literals;

namespace {

constexpr LockoutAnswer Proceed{Verdict::Proceed, 0s};
constexpr LockoutAnswer Locked{Verdict::Locked, 0s};

LockoutAnswer waiting(std::chrono::seconds wait)
{
    return {Verdict::Wait, wait};
}

/// Shows no certificate, as whoever has only a user name does.
Origin stranger(std::string_view from, const std::string& user = "alice")
{
    return {.user = user, .certificate = {}, .address = address(from)};
}

Origin holder(const std::string& certificate, std::string_view from = "192.0.2.1")
{
    return {.user = "alice", .certificate = certificate, .address = address(from)};
}

class ALockout : public testing::Test {
protected:
    FailureNews fail(const Origin& origin, int times)
    {
        FailureNews news;
        for (int i = 0; i < times; ++i)
            news = m_lockout.failed(origin);
        return news;
    }
    support::FakeClock m_clock;
    Lockout m_lockout{m_clock};
};

TEST_F(ALockout, LetsPeopleMistype)
{
    EXPECT_EQ(m_lockout.ask(holder("a1")), Proceed);
    EXPECT_EQ(fail(holder("a1"), 3).delay, 0s);
    EXPECT_EQ(m_lockout.ask(holder("a1")), Proceed);
}

TEST_F(ALockout, DoublesTheDelayWithEachFailure)
{
    fail(holder("a1"), 3);
    for (const auto delay : {1s, 2s, 4s, 8s, 16s}) {
        const auto news = m_lockout.failed(holder("a1"));
        EXPECT_EQ(news.delay, delay);
        EXPECT_EQ(m_lockout.ask(holder("a1")), waiting(delay));
        m_clock.advance(delay - 1ms);
        EXPECT_EQ(m_lockout.ask(holder("a1")), waiting(1s));
        m_clock.advance(1ms);
        EXPECT_EQ(m_lockout.ask(holder("a1")), Proceed);
    }
}

TEST_F(ALockout, NeverDelaysAStrangerForLongerThanTheLongest)
{
    EXPECT_EQ(fail(stranger("203.0.113.5"), 5'000).delay, 900s);
    EXPECT_EQ(m_lockout.ask(stranger("203.0.113.5")), waiting(900s));
}

TEST_F(ALockout, LocksACertificateUntilAPersonUnlocksIt)
{
    EXPECT_FALSE(fail(holder("a1"), 9).locked);
    const auto news = m_lockout.failed(holder("a1"));
    EXPECT_TRUE(news.locked);
    EXPECT_EQ(news.failures, 10);
    EXPECT_FALSE(m_lockout.failed(holder("a1")).locked) << "only once news";
    m_clock.advance(std::chrono::hours(1'000));
    EXPECT_EQ(m_lockout.ask(holder("a1", "198.51.100.9")), Locked);
    m_lockout.succeeded(holder("a1"));
    EXPECT_EQ(m_lockout.ask(holder("a1")), Locked) << "success cannot come from one that is locked";
    EXPECT_EQ(m_lockout.lockedCertificates(), std::vector<std::string>{"a1"});
    EXPECT_TRUE(m_lockout.unlock("a1"));
    EXPECT_FALSE(m_lockout.unlock("a1"));
    EXPECT_EQ(m_lockout.ask(holder("a1")), Proceed);
}

TEST_F(ALockout, CanBeToldToLock)
{
    m_lockout.lock("a1");
    EXPECT_EQ(m_lockout.ask(holder("a1")), Locked);
    EXPECT_EQ(m_lockout.ask(holder("b2")), Proceed);
}

TEST_F(ALockout, ForgetsAfterSuccess)
{
    fail(holder("a1"), 6);
    m_lockout.succeeded(holder("a1"));
    EXPECT_EQ(m_lockout.ask(holder("a1")), Proceed);
    EXPECT_EQ(fail(holder("a1"), 3).delay, 0s);
}

TEST_F(ALockout, ForgetsWithTime)
{
    fail(holder("a1"), 9);
    m_clock.advance(1h);
    EXPECT_EQ(m_lockout.failed(holder("a1")).failures, 1);
}

TEST_F(ALockout, CannotBeUsedAgainstAVictimByName)
{
    for (int i = 0; i < 200; ++i)
        fail(stranger("203.0.113." + std::to_string(i)), 20);
    EXPECT_EQ(m_lockout.ask(holder("a1")), Proceed) << "alice proves her certificate";
    EXPECT_EQ(m_lockout.ask(stranger("198.51.100.1")).verdict, Verdict::Wait) << "others who only claim to be alice";
    EXPECT_EQ(m_lockout.ask(stranger("198.51.100.1", "bob")), Proceed);
}

TEST_F(ALockout, CannotBeUsedAgainstAVictimBehindTheSameAddress)
{
    fail(stranger("192.0.2.1"), 50);
    EXPECT_EQ(m_lockout.ask(holder("a1", "192.0.2.1")), Proceed);
    EXPECT_EQ(m_lockout.ask(stranger("192.0.2.1", "bob")).verdict, Verdict::Wait);
}

TEST_F(ALockout, CannotBeUsedAgainstAVictimWithACertificateOfOnesOwn)
{
    Origin insider = holder("ee", "192.0.2.1");
    EXPECT_TRUE(fail(insider, 10).locked);
    EXPECT_EQ(m_lockout.ask(insider), Locked);
    EXPECT_EQ(m_lockout.ask(holder("a1", "192.0.2.1")), Proceed);
    EXPECT_EQ(m_lockout.ask(stranger("192.0.2.1")), Proceed);
}

TEST_F(ALockout, TakesTheAddressesOfOneCustomerForOne)
{
    for (int i = 1; i <= 5; ++i)
        m_lockout.failed(stranger("2001:db8:1:2::" + std::to_string(i), "user" + std::to_string(i)));
    EXPECT_EQ(m_lockout.ask(stranger("2001:db8:1:2:ffff::", "user9")), waiting(2s));
    EXPECT_EQ(m_lockout.ask(stranger("2001:db8:1:3::1", "user9")), Proceed);
}

TEST_F(ALockout, RemembersBoundedlyManyUnderTenThousandBadLogons)
{
    fail(stranger("203.0.113.5", "victim"), 8);
    m_lockout.lock("a1");
    for (int i = 0; i < 10'000; ++i) {
        const std::string from =
            "10." + std::to_string(i / 65'536) + "." + std::to_string(i / 256 % 256) + "." + std::to_string(i % 256);
        m_lockout.failed({.user = std::string(10'000, 'x') + std::to_string(i),
            .certificate = i % 2 == 0 ? "" : "c" + std::to_string(i),
            .address = address(from)});
        m_clock.advance(1ms);
    }
    EXPECT_LE(m_lockout.size(), 2 * LockoutRules{}.most);
    EXPECT_EQ(m_lockout.ask(stranger("203.0.113.5", "other")), waiting(6s)) << "the telling ones stay";
    EXPECT_EQ(m_lockout.ask(holder("a1")), Locked);
}

}
