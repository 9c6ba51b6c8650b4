#include "tests/unit/auth/approval_fixture.h"

#include <gtest/gtest.h>

#include <future>

namespace {

using base::Errc;
using rfq::LastTry;
using support::FakeToken;

using ApprovalTest = ApprovalFixture;

TEST_F(ApprovalTest, ASecondPersonSignsAndTheRecordProvesIt)
{
    plugSecond();
    Tokens tokens(traderSettings(), approvers());
    ASSERT_FALSE(tokens.unlock(Pin).error);
    const auto before = base::SystemClock().utc();
    const auto approved = approve(tokens);
    ASSERT_FALSE(approved.error) << approved.error->detail;
    EXPECT_EQ(approved.approval.person, (rfq::Person{"desk-head-1", fingerprint(Second)}));
    EXPECT_EQ(approved.approval.statement, Words);
    EXPECT_EQ(approved.approval.certificate, m_plugged.token(Second).certificatePem);
    EXPECT_GE(approved.approval.time, before);
    EXPECT_LE(approved.approval.time, base::SystemClock().utc());
    EXPECT_EQ(approved.pin, rfq::PinState{});
    const auto proof = auth::verifyApproval(approved.approval, m_caFile);
    EXPECT_TRUE(proof) << proof.error().detail;
    EXPECT_EQ(m_plugged.logins(Second), 1);
}

TEST_F(ApprovalTest, TheTraderStaysSignedInAndSignsMeanwhileAndAfterwards)
{
    auto slow = secondToken();
    slow.signDelay = std::chrono::milliseconds(100);
    plugSecond(slow, head());
    Tokens tokens(traderSettings(), approvers());
    ASSERT_FALSE(tokens.unlock(Pin).error);
    const auto identity = tokens.identity();
    int answers = 0;
    tokens.service().approve(Words, first(), fingerprint(Second), Tokens::secret(SecondPin), LastTry::NotConfirmed,
        [&](const base::Result<rfq::Approval>& approval, const rfq::PinState&) {
            ++answers;
            EXPECT_TRUE(approval) << approval.error().detail;
        });
    EXPECT_TRUE(signsAndVerifies(*identity)) << "asked while the second person's token works";
    EXPECT_TRUE(tokens.desk().runUntil([&] { return answers == 1; }));
    EXPECT_TRUE(signsAndVerifies(*identity));
    EXPECT_EQ(tokens.identity(), identity);
    EXPECT_TRUE(tokens.inspect().signedIn);
    EXPECT_EQ(approve(tokens, WrongPin).error->code, Errc::PinWrong);
    EXPECT_TRUE(signsAndVerifies(*identity)) << "a wrong PIN of somebody else is not the trader's";
    EXPECT_EQ(m_plugged.logins(Trader), 1);
    EXPECT_TRUE(tokens.losses().empty());
}

TEST_F(ApprovalTest, ASecondPersonsCardThatWaitsForATouchIsTold)
{
    auto slow = secondToken();
    slow.signDelay = std::chrono::milliseconds(500);
    plugSecond(slow, head());
    auto settings = traderSettings();
    settings.touchAfter = std::chrono::milliseconds(50);
    Tokens tokens(settings, approvers());
    ASSERT_FALSE(approve(tokens).error);
    EXPECT_EQ(tokens.works(), (std::vector{rfq::CardWork::Slow, rfq::CardWork::Done})) << "before the answer";
}

TEST_F(ApprovalTest, EachApprovalNeedsThePinAgain)
{
    plugSecond();
    Tokens tokens(traderSettings(), approvers());
    ASSERT_FALSE(approve(tokens).error);
    EXPECT_EQ(codeOf(approve(tokens, WrongPin).error), Errc::PinWrong) << "nothing of the first login is left";
    EXPECT_EQ(m_plugged.logins(Second), 2);
}

TEST_F(ApprovalTest, WorksWhileNobodyIsSignedIn)
{
    plugSecond();
    Tokens tokens(traderSettings(), approvers());
    EXPECT_FALSE(approve(tokens).error);
    EXPECT_FALSE(tokens.inspect().signedIn);
    EXPECT_FALSE(tokens.identity());
    EXPECT_FALSE(tokens.unlock(Pin).error);
}

TEST_F(ApprovalTest, NobodyApprovesTheirOwnRequest)
{
    plugSecond(secondToken(), trader()); // the same name on another certificate
    Tokens tokens(traderSettings(), approvers());
    ASSERT_FALSE(tokens.unlock(Pin).error);
    const auto expectRefusal = [&](const rfq::Person& asks, std::size_t slot) {
        const auto refused = tokens.approve(Words, asks, fingerprint(slot), SecondPin);
        ASSERT_EQ(codeOf(refused.error), Errc::Refused);
        EXPECT_NE(refused.error->detail.find("second person"), std::string::npos) << refused.error->detail;
    };
    expectRefusal(first(), Trader);
    expectRefusal(first(), Second);
    // Whoever is named as the first person: who is signed in asks, too.
    expectRefusal({"somebody", std::string(64, 'a')}, Second);
    // The same certificate under another name in the question.
    expectRefusal({"somebody", fingerprint(Second)}, Second);
    EXPECT_EQ(m_plugged.logins(Second), 0);
    EXPECT_EQ(m_plugged.logins(Trader), 1);
    EXPECT_EQ(codeOf(tokens.candidates(first()).error()), Errc::TokenAbsent);
}

TEST_F(ApprovalTest, ACertificateWithoutANameIsNobodys)
{
    auto nameless = head();
    nameless.commonName = "";
    m_plugged.add(secondToken(), m_ca, nameless);
    Tokens tokens(traderSettings(), approvers());
    EXPECT_EQ(codeOf(approve(tokens).error), Errc::Refused);
    EXPECT_EQ(m_plugged.logins(Second), 0);
}

TEST_F(ApprovalTest, AWrongPinIsToldWithTheTriesLeftWhereTheyAreKnown)
{
    plugSecond();
    Tokens tokens(traderSettings(), approvers());
    const auto once = approve(tokens, WrongPin);
    EXPECT_EQ(codeOf(once.error), Errc::PinWrong);
    EXPECT_EQ(once.pin, rfq::PinState{}) << "a flag that says 'few' is not a number";
    const auto twice = approve(tokens, WrongPin);
    EXPECT_EQ(codeOf(twice.error), Errc::PinWrong);
    EXPECT_EQ(twice.pin, (rfq::PinState{1, true, false}));
    EXPECT_EQ(m_plugged.triesLeft(Second), 1);
    EXPECT_EQ(m_plugged.triesLeft(Trader), 3);
}

TEST_F(ApprovalTest, TheLastTryIsNotUsedWithoutConfirmation)
{
    auto token = secondToken();
    token.tries = 1;
    plugSecond(token, head());
    Tokens tokens(traderSettings(), approvers());
    const auto refused = approve(tokens);
    EXPECT_EQ(codeOf(refused.error), Errc::PinLastTry);
    EXPECT_EQ(refused.pin, (rfq::PinState{1, true, false}));
    EXPECT_EQ(m_plugged.logins(Second), 0) << "the token must not have seen the PIN";
    const auto confirmed = approve(tokens, SecondPin, LastTry::Confirmed);
    EXPECT_FALSE(confirmed.error);
    EXPECT_EQ(confirmed.pin, rfq::PinState{});
    EXPECT_EQ(m_plugged.triesLeft(Second), 3);
}

TEST_F(ApprovalTest, TheLastWrongTryBlocksAndABlockedTokenIsNotTriedAgain)
{
    auto token = secondToken();
    token.tries = 1;
    plugSecond(token, head());
    Tokens tokens(traderSettings(), approvers());
    const auto last = approve(tokens, WrongPin, LastTry::Confirmed);
    EXPECT_EQ(codeOf(last.error), Errc::PinBlocked);
    EXPECT_EQ(last.pin, (rfq::PinState{0, false, true}));
    const auto again = approve(tokens, SecondPin, LastTry::Confirmed);
    EXPECT_EQ(codeOf(again.error), Errc::PinBlocked);
    EXPECT_TRUE(again.pin.blocked);
    EXPECT_EQ(m_plugged.logins(Second), 1);
}

TEST_F(ApprovalTest, APinOfImpossibleLengthCostsNoTry)
{
    plugSecond();
    Tokens tokens(traderSettings(), approvers());
    for (const char* pin : {"", "12345", "123456789"})
        EXPECT_EQ(codeOf(approve(tokens, pin).error), Errc::InvalidInput) << pin;
    EXPECT_EQ(m_plugged.logins(Second), 0);
}

TEST_F(ApprovalTest, NeedsWordsAndWhoAsks)
{
    plugSecond();
    Tokens tokens(traderSettings(), approvers());
    const std::string second = fingerprint(Second);
    EXPECT_EQ(codeOf(tokens.approve("", first(), second, SecondPin).error), Errc::InvalidInput);
    EXPECT_EQ(codeOf(tokens.approve(Words, {}, second, SecondPin).error), Errc::InvalidInput);
    EXPECT_EQ(codeOf(tokens.approve(Words, {"", fingerprint(0)}, second, SecondPin).error), Errc::InvalidInput);
    EXPECT_EQ(m_plugged.logins(Second), 0);
}

TEST_F(ApprovalTest, OneCertificateOnTwoTokensIsNotGuessed)
{
    plugSecond();
    FakeToken copy = m_plugged.token(Second);
    copy.serial = "3";
    m_plugged.add(copy);
    Tokens tokens(traderSettings(), approvers());
    EXPECT_EQ(codeOf(approve(tokens).error), Errc::KeyNotFound);
    EXPECT_EQ(m_plugged.logins(Second) + m_plugged.logins(Second + 1), 0);
}

TEST_F(ApprovalTest, WithoutPrivateKeyOrWithAnothersThereIsNoApproval)
{
    plugSecond();
    Tokens tokens(traderSettings(), approvers());
    FakeToken token = m_plugged.token(Second);
    token.hasKey = false;
    m_plugged.change(Second, token);
    EXPECT_EQ(codeOf(approve(tokens).error), Errc::KeyNotFound);
    token.hasKey = true;
    token.maySign = false;
    m_plugged.change(Second, token);
    EXPECT_EQ(codeOf(approve(tokens).error), Errc::KeyNotFound);
    token.maySign = true;
    token.keyPem = support::pemOf(*support::generateKey(support::KeyType::Ec256));
    m_plugged.change(Second, token);
    const auto forged = approve(tokens);
    ASSERT_EQ(codeOf(forged.error), Errc::KeyNotFound);
    EXPECT_NE(forged.error->detail.find("does not belong"), std::string::npos) << forged.error->detail;
}

TEST_F(ApprovalTest, NoErrorTextHoldsThePin)
{
    const std::string secret = "7130492";
    auto token = secondToken();
    token.loginError = 0x05;
    plugSecond(token, head());
    Tokens tokens(traderSettings(), approvers());
    for (int i = 0; i < 5; ++i) {
        const auto refused = approve(tokens, secret, LastTry::Confirmed);
        ASSERT_TRUE(refused.error);
        EXPECT_EQ(refused.error->detail.find(secret), std::string::npos) << refused.error->detail;
        token = m_plugged.token(Second);
        token.loginError.reset();
        m_plugged.change(Second, token);
    }
}

TEST_F(ApprovalTest, WhatIsStillQueuedAtTheEndIsAnsweredOnceWithoutAPinBeingSpent)
{
    auto slow = secondToken();
    slow.signDelay = std::chrono::milliseconds(1'000); // the end comes while the first is under way
    plugSecond(slow, head());
    Tokens tokens(traderSettings(), approvers());
    std::vector<std::optional<base::Error>> answers;
    const auto ask = [&](const char* pin) {
        tokens.service().approve(Words, first(), fingerprint(Second), Tokens::secret(pin), LastTry::NotConfirmed,
            [&](const base::Result<rfq::Approval>& result, const rfq::PinState&) {
                answers.push_back(result ? std::nullopt : std::optional(result.error()));
            });
    };
    ask(SecondPin);
    ask(WrongPin);
    std::optional<Errc> candidates;
    tokens.service().candidates(
        first(), [&](const base::Result<std::vector<rfq::TokenIdentity>>& all) { candidates = all.error().code; });
    tokens.destroy();
    EXPECT_TRUE(tokens.desk().runUntil([&] { return candidates.has_value(); }));
    ASSERT_EQ(answers.size(), 2U);
    EXPECT_EQ(codeOf(answers[1]), Errc::Cancelled);
    EXPECT_EQ(candidates, Errc::Cancelled);
    EXPECT_EQ(m_plugged.triesLeft(Second), 3);
}

}
