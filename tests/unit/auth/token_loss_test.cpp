#include "tests/unit/auth/fake_pcsc.h"
#include "tests/unit/auth/scripted_tokens.h"

#include <gtest/gtest.h>

namespace {

using base::Errc;
using support::FakeToken;

using TokenLossTest = ScriptedTokens;

TEST_F(TokenLossTest, RemovalIsNoticedAtTheNextSignatureAndToldOnce)
{
    const auto slot = m_plugged.add({}, m_ca, trader());
    Tokens tokens(settings());
    ASSERT_FALSE(tokens.unlock(Pin).error);
    const auto identity = tokens.identity();
    m_plugged.remove(slot);
    EXPECT_FALSE(signsAndVerifies(*identity));
    EXPECT_FALSE(tokens.identity()) << "the identity is dropped at once";
    EXPECT_FALSE(signsAndVerifies(*identity));
    EXPECT_EQ(codeOf(tokens.inspect().problem), Errc::TokenAbsent);
    ASSERT_EQ(tokens.losses().size(), 1U);
    EXPECT_EQ(tokens.losses()[0].code, Errc::TokenAbsent);
}

TEST_F(TokenLossTest, RemovalIsNoticedByInspectionAndToldOnce)
{
    const auto slot = m_plugged.add({}, m_ca, trader());
    Tokens tokens(settings());
    ASSERT_FALSE(tokens.unlock(Pin).error);
    m_plugged.remove(slot);
    const auto status = tokens.inspect();
    EXPECT_FALSE(status.signedIn);
    EXPECT_EQ(codeOf(status.problem), Errc::TokenAbsent);
    EXPECT_FALSE(tokens.identity());
    EXPECT_FALSE(tokens.inspect().signedIn);
    EXPECT_EQ(tokens.losses().size(), 1U);
}

TEST_F(TokenLossTest, AReinsertedTokenNeedsThePinAgainAndOldKeysStayDead)
{
    const auto slot = m_plugged.add({}, m_ca, trader());
    Tokens tokens(settings());
    ASSERT_FALSE(tokens.unlock(Pin).error);
    const auto old = tokens.identity();
    m_plugged.remove(slot);
    m_plugged.insert(slot);
    EXPECT_FALSE(signsAndVerifies(*old)) << "out and in again between two looks";
    EXPECT_FALSE(tokens.identity());
    EXPECT_FALSE(tokens.inspect().signedIn);
    ASSERT_FALSE(tokens.unlock(Pin).error);
    EXPECT_TRUE(signsAndVerifies(*tokens.identity()));
    EXPECT_FALSE(signsAndVerifies(*old));
    EXPECT_TRUE(tokens.identity()) << "a dead key's attempt must not end the new sign-in";
    EXPECT_EQ(tokens.losses().size(), 1U);
}

TEST_F(TokenLossTest, WhereNothingIsSeenItIsToldWhetherTheServiceAnswersAtAll)
{
    FakeService service;
    Tokens tokens(settings(), {}, service.factory());
    const auto empty = tokens.inspect();
    EXPECT_EQ(codeOf(empty.problem), Errc::TokenAbsent);
    EXPECT_FALSE(empty.noService);
    service.stop();
    const auto mute = tokens.inspect();
    EXPECT_EQ(codeOf(mute.problem), Errc::TokenAbsent);
    EXPECT_TRUE(mute.noService);
    EXPECT_NE(mute.problem->detail.find("does not tell its readers: no service"), std::string::npos)
        << mute.problem->detail;
    service.start();
    EXPECT_FALSE(tokens.inspect().noService);
}

/// Codes that modules were seen to answer with once the token or the login is gone.
class LostCode : public ScriptedTokens, public testing::WithParamInterface<unsigned long> { };

TEST_P(LostCode, AtASignatureEndsTheSignIn)
{
    const auto slot = m_plugged.add({}, m_ca, trader());
    Tokens tokens(settings());
    ASSERT_FALSE(tokens.unlock(Pin).error);
    FakeToken changed = m_plugged.token(slot);
    changed.signError = GetParam();
    m_plugged.change(slot, changed);
    EXPECT_FALSE(signsAndVerifies(*tokens.identity()));
    EXPECT_FALSE(tokens.identity());
    EXPECT_FALSE(tokens.inspect().signedIn);
    ASSERT_EQ(tokens.losses().size(), 1U);
    EXPECT_EQ(tokens.losses()[0].code, Errc::TokenAbsent);
    changed.signError.reset();
    m_plugged.change(slot, changed);
    EXPECT_FALSE(tokens.unlock(Pin).error) << "a new unlock starts afresh";
    EXPECT_TRUE(signsAndVerifies(*tokens.identity()));
}

INSTANTIATE_TEST_SUITE_P(Seen, LostCode, testing::Values(0x30, 0x31, 0x32, 0x60, 0x82, 0xB0, 0xB3, 0xE0, 0xE1, 0x101));

TEST_F(TokenLossTest, ASignatureThatFailsOtherwiseKeepsTheSignIn)
{
    const auto slot = m_plugged.add({}, m_ca, trader());
    Tokens tokens(settings());
    ASSERT_FALSE(tokens.unlock(Pin).error);
    FakeToken changed = m_plugged.token(slot);
    changed.signError = 0x06; // CKR_FUNCTION_FAILED: a touch that did not come
    m_plugged.change(slot, changed);
    EXPECT_FALSE(signsAndVerifies(*tokens.identity()));
    EXPECT_TRUE(tokens.identity());
    changed.signError.reset();
    m_plugged.change(slot, changed);
    EXPECT_TRUE(signsAndVerifies(*tokens.identity()));
    EXPECT_TRUE(tokens.losses().empty());
}

}
