#include "tests/unit/auth/scripted_tokens.h"

#include <gtest/gtest.h>

#include <utility>
#include <vector>

/// Tokens that are not as one would like, and what is said of them.
namespace {

using base::Errc;
using support::FakeToken;

using OddTokenTest = ScriptedTokens;

TEST_F(OddTokenTest, AnRsaKeyThatTheTokenPadsForByItselfIsRefusedInWords)
{
    FakeToken token;
    token.saysRsa = true;
    m_plugged.add(token, m_ca, trader());
    Tokens tokens(settings());
    const auto refused = tokens.unlock(Pin);
    ASSERT_EQ(codeOf(refused.error), Errc::Unsupported) << refused.error->detail;
    EXPECT_NE(refused.error->detail.find("use an EC key"), std::string::npos);
}

TEST_F(OddTokenTest, ATokenThatCannotBeReadIsNotInTheWayOfTheOneThatIsMeant)
{
    FakeToken broken;
    broken.unreadable = true;
    broken.serial = "9";
    m_plugged.add(broken, m_ca, trader());
    {
        Tokens tokens(settings());
        EXPECT_EQ(codeOf(tokens.unlock(Pin).error), Errc::TokenFailure) << "nothing else is there";
        EXPECT_EQ(codeOf(tokens.list().error()), Errc::TokenFailure);
    }
    FakeToken good;
    good.serial = "2";
    m_plugged.add(good, m_ca, trader());
    Tokens tokens(settings());
    const auto unlocked = tokens.unlock(Pin);
    ASSERT_FALSE(unlocked.error) << unlocked.error->detail;
    EXPECT_EQ(unlocked.status.identity->tokenSerial, "2");
    EXPECT_EQ(tokens.list()->size(), 1U);
}

TEST_F(OddTokenTest, WhatAPersonCanDoAboutATokensNoIsSaid)
{
    for (const auto& [code, words] : std::vector<std::pair<unsigned long, std::string>>{
             {0xa3, "PIN to be changed"}, {0x102, "no PIN yet"}, {0x50, "called off"}}) {
        FakeToken token;
        token.loginError = code;
        const auto slot = m_plugged.add(token, m_ca, trader());
        Tokens tokens(settings());
        const auto refused = tokens.unlock(Pin);
        ASSERT_TRUE(refused.error);
        EXPECT_NE(refused.error->detail.find(words), std::string::npos) << refused.error->detail;
        m_plugged.remove(slot);
    }
}

}
