/// A module that keeps a call for ever, as OpenSC and a program that holds the card do.
#include "tests/unit/auth/fake_pcsc.h"
#include "tests/unit/auth/scripted_tokens.h"

#include <gtest/gtest.h>

#include <thread>

namespace {

using base::Errc;
using namespace std::chrono_literals;

class TokenStuckTest : public ScriptedTokens {
protected:
    TokenStuckTest()
        : m_slot(m_plugged.add({}, m_ca, trader()))
    {
        auth::TokenSettings impatient = settings();
        impatient.patience = 3s;
        m_tokens.emplace(impatient, auth::ApproverSettings{}, [this, made = m_made] { return m_service.factory()(); });
    }
    ~TokenStuckTest() override
    {
        stuck(false);
        m_tokens.reset();
        const std::weak_ptr<int> alive = m_made;
        m_made.reset();
        while (!alive.expired())
            std::this_thread::yield();
    }

    void stuck(bool is)
    {
        auto token = m_plugged.token(m_slot);
        token.stuck = is;
        m_plugged.change(m_slot, token);
    }
    void look()
    {
        const auto problem = m_tokens->inspect().problem;
        ASSERT_FALSE(problem) << problem->detail;
    }
    void signIn()
    {
        const auto error = m_tokens->unlock(Pin).error;
        ASSERT_FALSE(error) << error->detail;
    }
    /// Until a late call has returned.
    void waitUntilItAnswers()
    {
        const auto deadline = std::chrono::steady_clock::now() + 20s;
        while (codeOf(m_tokens->inspect().problem) == Errc::TokenFailure && std::chrono::steady_clock::now() < deadline)
            std::this_thread::yield();
    }

    std::size_t m_slot;
    FakeService m_service;
    std::shared_ptr<int> m_made = std::make_shared<int>(); ///< lives as long as what the token thread uses
    std::optional<Tokens> m_tokens;
};

TEST_F(TokenStuckTest, ASignatureThatDoesNotComeEndsTheSignInAndEverythingElseIsRefusedAtOnce)
{
    ASSERT_NO_FATAL_FAILURE(signIn());
    const auto identity = m_tokens->identity();
    stuck(true);
    EXPECT_FALSE(signsAndVerifies(*identity));
    ASSERT_TRUE(m_tokens->desk().runUntil([&] { return !m_tokens->losses().empty(); }));
    EXPECT_EQ(m_tokens->losses()[0].code, Errc::TokenFailure);
    EXPECT_NE(m_tokens->losses()[0].detail.find("does not answer"), std::string::npos) << "it says what to do";
    EXPECT_FALSE(m_tokens->identity());
    EXPECT_EQ(codeOf(m_tokens->inspect().problem), Errc::TokenFailure);
    EXPECT_EQ(codeOf(m_tokens->unlock(Pin).error), Errc::TokenFailure);
    EXPECT_EQ(m_plugged.logins(m_slot), 1) << "the PIN waits for nothing";
    const auto listed = m_tokens->list();
    ASSERT_FALSE(listed);
    EXPECT_EQ(listed.error().code, Errc::TokenFailure);
    EXPECT_EQ(codeOf(m_tokens->changePin(Pin, "918273").result.error()), Errc::TokenFailure);
    EXPECT_FALSE(signsAndVerifies(*identity));

    stuck(false);
    waitUntilItAnswers();
    ASSERT_NO_FATAL_FAILURE(signIn());
    EXPECT_TRUE(signsAndVerifies(*m_tokens->identity()));
    EXPECT_FALSE(signsAndVerifies(*identity)) << "the old sign-in is over";
    EXPECT_EQ(m_tokens->losses().size(), 1U);
}

TEST_F(TokenStuckTest, ASignInThatComesTooLateIsNone)
{
    ASSERT_NO_FATAL_FAILURE(look());
    stuck(true);
    EXPECT_EQ(codeOf(m_tokens->unlock(Pin).error), Errc::TokenFailure);
    stuck(false);
    waitUntilItAnswers();
    EXPECT_FALSE(m_tokens->identity());
    EXPECT_FALSE(m_tokens->inspect().signedIn);
}

TEST_F(TokenStuckTest, TheDeskIsToldThatTheTokenAnswersAgain)
{
    int changes = 0;
    const auto watch = m_tokens->service().onChanged([&] { ++changes; });
    ASSERT_NO_FATAL_FAILURE(look());
    stuck(true);
    EXPECT_EQ(codeOf(m_tokens->inspect().problem), Errc::TokenFailure);
    ASSERT_TRUE(m_tokens->desk().runUntil([&] { return changes > 0; }));
    changes = 0;
    stuck(false);
    EXPECT_TRUE(m_tokens->desk().runUntil([&] { return changes > 0; }));
    ASSERT_NO_FATAL_FAILURE(look());
}

TEST_F(TokenStuckTest, TheServiceEndsWhileACallDoesNotReturn)
{
    stuck(true);
    EXPECT_EQ(codeOf(m_tokens->inspect().problem), Errc::TokenFailure);
    m_tokens->destroy();
}

}
