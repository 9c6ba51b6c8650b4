/// Several tokens that fit the configuration: one is chosen, and no other ever takes its place.
#include "auth/identity_choice.h"
#include "tests/unit/auth/scripted_tokens.h"

#include <gtest/gtest.h>

namespace {

using base::Errc;
using rfq::ChoiceWeight;
using support::FakeToken;

rfq::TokenIdentity held(const std::string& fingerprint, const std::string& card, const std::string& serial = "1")
{
    rfq::TokenIdentity identity;
    identity.fingerprint = fingerprint;
    identity.card = card;
    identity.tokenSerial = serial;
    return identity;
}

TEST(TokenChoiceTest, OfSeveralTheOneThatWasChosenIsMeant)
{
    const std::vector fitting{held("aa", "one"), held("bb", "two")};
    for (const auto weight : {ChoiceWeight::LastUsed, ChoiceWeight::Chosen}) {
        EXPECT_EQ(*auth::chooseIdentity(fitting, {}, rfq::choiceOf(fitting[1], weight)), 1U);
        EXPECT_FALSE(auth::isMissing(fitting, {}, rfq::choiceOf(fitting[1], weight)));
    }
    EXPECT_FALSE(auth::chooseIdentity(fitting, {}, std::nullopt));
}

TEST(TokenChoiceTest, OneThatAPersonChoseIsNotReplacedByTheOnlyOther)
{
    const std::vector other{held("bb", "two")};
    const auto gone = held("aa", "one");
    const auto chosen = auth::chooseIdentity(other, {}, rfq::choiceOf(gone, ChoiceWeight::Chosen));
    ASSERT_FALSE(chosen);
    EXPECT_EQ(chosen.error().code, Errc::KeyNotFound);
    EXPECT_NE(chosen.error().detail.find("is not plugged in"), std::string::npos) << chosen.error().detail;
    EXPECT_TRUE(auth::isMissing(other, {}, rfq::choiceOf(gone, ChoiceWeight::Chosen)));
    EXPECT_EQ(*auth::chooseIdentity(other, {}, rfq::choiceOf(gone, ChoiceWeight::LastUsed)), 0U)
        << "where nobody ever had to choose, the only one that fits is it";
    EXPECT_FALSE(auth::chooseIdentity(
        std::vector{held("bb", "two"), held("cc", "three")}, {}, rfq::choiceOf(gone, ChoiceWeight::LastUsed)));
}

TEST(TokenChoiceTest, ACopyOfTheCertificateOnAnotherCardIsAnotherOne)
{
    const std::vector fitting{held("aa", "one"), held("aa", "two")};
    EXPECT_EQ(*auth::chooseIdentity(fitting, {}, rfq::choiceOf(fitting[1], ChoiceWeight::Chosen)), 1U);
    EXPECT_FALSE(auth::chooseIdentity(std::vector{fitting[0]}, {}, rfq::choiceOf(fitting[1], ChoiceWeight::Chosen)));
    const std::vector numberless{held("aa", "", "1"), held("aa", "", "2")};
    EXPECT_EQ(*auth::chooseIdentity(numberless, {}, rfq::choiceOf(numberless[1], ChoiceWeight::Chosen)), 1U);
}

TEST(TokenChoiceTest, WhatNothingTellsApartIsSaidToBeSo)
{
    const std::vector fitting{held("aa", ""), held("aa", "")};
    const auto chosen = auth::chooseIdentity(fitting, {}, rfq::choiceOf(fitting[0], ChoiceWeight::Chosen));
    ASSERT_FALSE(chosen);
    EXPECT_NE(chosen.error().detail.find("take out all but the one"), std::string::npos) << chosen.error().detail;
}

TEST(TokenChoiceTest, ARenewedCertificateOnTheSameCardIsTheOneThatWasChosen)
{
    const auto before = rfq::choiceOf(held("aa", "one"), ChoiceWeight::Chosen);
    EXPECT_EQ(*auth::chooseIdentity(std::vector{held("bb", "two"), held("dd", "one")}, {}, before), 1U);
    const std::vector two{held("dd", "one"), held("ee", "one")};
    EXPECT_FALSE(auth::chooseIdentity(two, {}, before)) << "which one of two is for a person to say";
    EXPECT_FALSE(auth::chooseIdentity(
        std::vector{held("dd", "", "1")}, {}, rfq::choiceOf(held("aa", "", "1"), ChoiceWeight::Chosen)))
        << "a card without a number is known by its certificate alone";
}

TEST(TokenChoiceTest, AConfiguredFingerprintIsNeverOverridden)
{
    const auto old = rfq::choiceOf(held("aa", "one"), ChoiceWeight::Chosen);
    EXPECT_EQ(*auth::chooseIdentity(std::vector{held("bb", "two")}, {{}, "BB"}, old), 0U);
    EXPECT_FALSE(auth::isMissing(std::vector{held("bb", "two")}, {{}, "BB"}, old));
}

class SeveralTokens : public ScriptedTokens {
protected:
    std::size_t plug(const std::string& serial, const std::string& name)
    {
        FakeToken token;
        token.serial = serial;
        auto options = trader();
        options.commonName = name;
        return m_plugged.add(token, m_ca, options);
    }
    std::size_t m_first = plug("1", "trader-7");
    std::size_t m_second = plug("2", "officer-2");
    Tokens m_tokens{settings()};

    /// As the page does it: from what was told.
    void choose(std::size_t index, ChoiceWeight weight = ChoiceWeight::Chosen)
    {
        const auto status = m_tokens.inspect();
        ASSERT_LT(index, status.candidates.size());
        m_tokens.service().choose(rfq::choiceOf(status.candidates[index].identity, weight));
    }
};

TEST_F(SeveralTokens, AllThatFitAreToldAndNoneIsGivenAPin)
{
    const auto status = m_tokens.inspect();
    EXPECT_EQ(codeOf(status.problem), Errc::KeyNotFound);
    EXPECT_FALSE(status.identity);
    EXPECT_FALSE(status.missing);
    ASSERT_EQ(status.candidates.size(), 2U);
    EXPECT_EQ(status.candidates[0].identity.commonName, "trader-7");
    EXPECT_EQ(status.candidates[1].identity.commonName, "officer-2");
    EXPECT_EQ(status.candidates[1].identity.tokenSerial, "2");
    EXPECT_NE(status.candidates[1].issuer.find("CN="), std::string::npos) << status.candidates[1].issuer;
    EXPECT_EQ(codeOf(m_tokens.unlock(Pin).error), Errc::KeyNotFound);
    EXPECT_EQ(m_plugged.logins(m_first) + m_plugged.logins(m_second), 0);
}

TEST_F(SeveralTokens, ThePinGoesToTheChosenOneOnly)
{
    choose(1);
    const auto seen = m_tokens.inspect();
    ASSERT_FALSE(seen.problem) << seen.problem->detail;
    EXPECT_EQ(seen.identity->commonName, "officer-2");
    EXPECT_EQ(seen.candidates.size(), 2U) << "another one can still be chosen";
    EXPECT_EQ(codeOf(m_tokens.unlock(WrongPin).error), Errc::PinWrong);
    ASSERT_FALSE(m_tokens.unlock(Pin).error);
    EXPECT_EQ(m_plugged.logins(m_first), 0);
    EXPECT_EQ(m_plugged.logins(m_second), 2);
}

TEST_F(SeveralTokens, AChosenOneThatIsGoneIsToldAndTheOtherIsNotGivenItsPin)
{
    choose(0);
    m_plugged.remove(m_first);
    const auto unlocked = m_tokens.unlock(Pin);
    EXPECT_EQ(codeOf(unlocked.error), Errc::KeyNotFound);
    EXPECT_EQ(m_plugged.logins(m_second), 0);
    const auto status = m_tokens.inspect();
    ASSERT_TRUE(status.missing);
    EXPECT_EQ(status.missing->name, "trader-7");
    ASSERT_EQ(status.candidates.size(), 1U) << "the other can be chosen, by a person";
    choose(0);
    EXPECT_FALSE(m_tokens.unlock(Pin).error);
    EXPECT_EQ(m_plugged.logins(m_second), 1);
}

TEST_F(SeveralTokens, TheOneThatSignedInStaysMeantWhenAnotherIsPluggedIn)
{
    m_plugged.remove(m_second);
    ASSERT_FALSE(m_tokens.unlock(Pin).error);
    m_plugged.insert(m_second);
    const auto again = m_tokens.unlock(Pin);
    ASSERT_FALSE(again.error) << again.error->detail;
    EXPECT_EQ(again.status.identity->commonName, "trader-7");
    EXPECT_EQ(m_plugged.logins(m_second), 0);
}

TEST_F(SeveralTokens, TheLastUsedOneIsPreselectedAndNothingMore)
{
    choose(0, ChoiceWeight::LastUsed);
    EXPECT_EQ(m_tokens.inspect().identity->commonName, "trader-7");
    m_plugged.remove(m_first);
    const auto status = m_tokens.inspect();
    ASSERT_FALSE(status.problem) << status.problem->detail;
    EXPECT_EQ(status.identity->commonName, "officer-2");
}

TEST_F(SeveralTokens, AConfiguredFingerprintDecidesWhateverWasChosen)
{
    const auto all = m_tokens.inspect().candidates;
    auto fixed = settings();
    fixed.fingerprint = all[0].identity.fingerprint;
    Tokens tokens(fixed);
    tokens.service().choose(rfq::choiceOf(all[1].identity, ChoiceWeight::Chosen));
    const auto status = tokens.inspect();
    ASSERT_FALSE(status.problem) << status.problem->detail;
    EXPECT_EQ(status.identity->commonName, "trader-7");
    EXPECT_TRUE(status.candidates.empty()) << "there is nothing to choose";
}

}
