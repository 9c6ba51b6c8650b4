/// A card that waits for a touch tells nobody; that its signature takes long does.
#include "auth/signature_watch.h"
#include "tests/unit/auth/scripted_tokens.h"

#include <gtest/gtest.h>

#include <future>
#include <thread>

namespace {

using rfq::CardWork;
using support::FakeToken;
using namespace std::chrono_literals;

class SlowSignature : public ScriptedTokens {
protected:
    [[nodiscard]] static auth::TokenSettings impatient(std::chrono::milliseconds touchAfter)
    {
        auto with = settings();
        with.touchAfter = touchAfter;
        return with;
    }
    std::size_t plug(std::chrono::milliseconds signDelay)
    {
        FakeToken token;
        token.signDelay = signDelay;
        return m_plugged.add(token, m_ca, trader());
    }
    const std::vector<CardWork> m_told{CardWork::Slow, CardWork::Done};
};

TEST_F(SlowSignature, IsToldWhileTheKeyIsProvedAtSignInAndOverWithIt)
{
    plug(500ms);
    Tokens tokens(impatient(50ms));
    ASSERT_FALSE(tokens.unlock(Pin).error);
    EXPECT_EQ(tokens.works(), m_told) << "before the answer";
}

TEST_F(SlowSignature, IsToldWhileItLastsWhoeverAskedForIt)
{
    const auto slot = plug(0ms);
    Tokens tokens(impatient(50ms));
    ASSERT_FALSE(tokens.unlock(Pin).error);
    auto stuck = m_plugged.token(slot);
    stuck.stuck = true;
    m_plugged.change(slot, stuck);
    const auto identity = tokens.identity();
    const std::size_t before = tokens.works().size();
    auto made = std::async(std::launch::async, [&] { return signsAndVerifies(*identity); });
    EXPECT_TRUE(tokens.desk().runUntil([&] { return tokens.works().size() == before + 1; }));
    EXPECT_EQ(tokens.works().back(), CardWork::Slow) << "while the card still waits";
    stuck.stuck = false;
    m_plugged.change(slot, stuck);
    EXPECT_TRUE(tokens.desk().runUntil([&] { return tokens.works().size() == before + 2; }));
    EXPECT_EQ(tokens.works().back(), CardWork::Done);
    EXPECT_TRUE(made.get());
}

TEST_F(SlowSignature, OneThatTakesItsUsualTimeIsNotToldOf)
{
    plug(0ms);
    Tokens tokens(impatient(30s));
    ASSERT_FALSE(tokens.unlock(Pin).error);
    EXPECT_TRUE(signsAndVerifies(*tokens.identity()));
    EXPECT_FALSE(tokens.inspect().problem);
    EXPECT_TRUE(tokens.works().empty());
}

TEST(SignatureWatchTest, EachSignatureHasItsOwnTime)
{
    std::vector<CardWork> told;
    std::promise<void> slow;
    auth::SignatureWatch watch(20ms, [&](CardWork work) {
        told.push_back(work);
        if (work == CardWork::Slow)
            slow.set_value();
    });
    for (int i = 0; i < 100; ++i)
        static_cast<void>(watch.begin());
    const std::size_t before = told.size(); // on a busy machine some of them may have been slow
    if (before == 0) {
        const auto timed = watch.begin();
        slow.get_future().wait();
    }
    EXPECT_EQ(told.size() % 2, 0U) << "every Slow has its Done";
    EXPECT_EQ(told.back(), CardWork::Done);
}

}
