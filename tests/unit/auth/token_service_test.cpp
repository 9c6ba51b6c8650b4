#include "tests/unit/auth/scripted_tokens.h"

#include <gtest/gtest.h>

#include <future>

namespace {

using base::Errc;
using rfq::LastTry;
using support::FakeToken;

using TokenServiceTest = ScriptedTokens;

TEST_F(TokenServiceTest, TheRightPinGivesAnIdentityThatSigns)
{
    const auto slot = m_plugged.add({}, m_ca, trader());
    Tokens tokens(settings());
    EXPECT_FALSE(tokens.identity());
    const auto unlocked = tokens.unlock(Pin);
    ASSERT_FALSE(unlocked.error) << unlocked.error->detail;
    EXPECT_TRUE(unlocked.status.signedIn);
    ASSERT_TRUE(unlocked.status.identity);
    EXPECT_EQ(unlocked.status.identity->commonName, "trader-7");
    EXPECT_EQ(unlocked.status.identity->keyAlgorithm, "EC P-256");
    EXPECT_EQ(unlocked.status.identity->tokenLabel, "fake");
    ASSERT_TRUE(tokens.identity());
    EXPECT_EQ(tls::fingerprint(*tokens.identity()->certificate), tls::fingerprint(*m_plugged.certificate(slot)));
    EXPECT_TRUE(signsAndVerifies(*tokens.identity()));
    EXPECT_TRUE(tokens.inspect().signedIn);
}

TEST_F(TokenServiceTest, InspectionNeverGivesAPin)
{
    const auto slot = m_plugged.add({}, m_ca, trader());
    Tokens tokens(settings());
    for (int i = 0; i < 3; ++i)
        EXPECT_FALSE(tokens.inspect().problem);
    EXPECT_EQ(m_plugged.logins(slot), 0);
}

TEST_F(TokenServiceTest, AWrongPinIsToldWithTheTriesLeftWhereTheyAreKnown)
{
    const auto slot = m_plugged.add({}, m_ca, trader());
    Tokens tokens(settings());
    const auto first = tokens.unlock(WrongPin);
    EXPECT_EQ(codeOf(first.error), Errc::PinWrong);
    EXPECT_FALSE(first.status.pin.finalTry);
    EXPECT_FALSE(first.status.pin.triesLeft) << "a flag that says 'few' is not a number";
    EXPECT_FALSE(first.status.problem);
    const auto second = tokens.unlock(WrongPin);
    EXPECT_EQ(codeOf(second.error), Errc::PinWrong);
    EXPECT_TRUE(second.status.pin.finalTry);
    EXPECT_EQ(second.status.pin.triesLeft, 1);
    EXPECT_EQ(m_plugged.triesLeft(slot), 1);
    EXPECT_FALSE(tokens.identity());
}

TEST_F(TokenServiceTest, TheLastTryIsNotUsedWithoutConfirmation)
{
    FakeToken token;
    token.tries = 1;
    const auto slot = m_plugged.add(token, m_ca, trader());
    Tokens tokens(settings());
    EXPECT_TRUE(tokens.inspect().pin.finalTry);
    const auto refused = tokens.unlock(Pin);
    EXPECT_EQ(codeOf(refused.error), Errc::PinLastTry);
    EXPECT_EQ(m_plugged.logins(slot), 0) << "the token must not have seen the PIN";
    const auto confirmed = tokens.unlock(Pin, LastTry::Confirmed);
    EXPECT_FALSE(confirmed.error);
    EXPECT_EQ(confirmed.status.pin, rfq::PinState{});
    EXPECT_EQ(m_plugged.triesLeft(slot), 3);
}

TEST_F(TokenServiceTest, TheLastWrongTryBlocksAndABlockedTokenIsNotTriedAgain)
{
    FakeToken token;
    token.tries = 1;
    const auto slot = m_plugged.add(token, m_ca, trader());
    Tokens tokens(settings());
    const auto last = tokens.unlock(WrongPin, LastTry::Confirmed);
    EXPECT_EQ(codeOf(last.error), Errc::PinBlocked);
    EXPECT_TRUE(last.status.pin.blocked);
    EXPECT_EQ(last.status.pin.triesLeft, 0);
    EXPECT_EQ(codeOf(tokens.inspect().problem), Errc::PinBlocked);
    EXPECT_EQ(codeOf(tokens.unlock(Pin, LastTry::Confirmed).error), Errc::PinBlocked);
    EXPECT_EQ(m_plugged.logins(slot), 1);
}

TEST_F(TokenServiceTest, APinOfImpossibleLengthCostsNoTry)
{
    const auto slot = m_plugged.add({}, m_ca, trader());
    Tokens tokens(settings());
    for (const char* pin : {"", "12345", "123456789"}) {
        const auto refused = tokens.unlock(pin);
        EXPECT_EQ(codeOf(refused.error), Errc::InvalidInput) << pin;
        EXPECT_FALSE(refused.status.problem);
    }
    EXPECT_EQ(m_plugged.logins(slot), 0);
    EXPECT_EQ(m_plugged.triesLeft(slot), 3);
}

TEST_F(TokenServiceTest, AnExpiredCertificateCostsNoPin)
{
    auto options = trader();
    options.notAfter = std::chrono::seconds(-60);
    const auto slot = m_plugged.add({}, m_ca, options);
    Tokens tokens(settings());
    const auto status = tokens.inspect();
    EXPECT_EQ(codeOf(status.problem), Errc::CertificateExpired);
    EXPECT_TRUE(status.identity) << "the person must see whose certificate it is";
    EXPECT_EQ(codeOf(tokens.unlock(Pin).error), Errc::CertificateExpired);
    EXPECT_EQ(m_plugged.logins(slot), 0);
}

TEST_F(TokenServiceTest, ACertificateThatIsNotYetValidCostsNoPin)
{
    auto options = trader();
    options.notBefore = std::chrono::hours(1);
    const auto slot = m_plugged.add({}, m_ca, options);
    Tokens tokens(settings());
    EXPECT_EQ(codeOf(tokens.unlock(Pin).error), Errc::CertificateExpired);
    EXPECT_EQ(m_plugged.logins(slot), 0);
}

TEST_F(TokenServiceTest, AnUnusableChainFileCostsNoPin)
{
    const auto slot = m_plugged.add({}, m_ca, trader());
    auto chosen = settings();
    chosen.chainFile = "/nonexistent/chain.pem";
    Tokens tokens(chosen);
    EXPECT_EQ(codeOf(tokens.unlock(Pin).error), Errc::Configuration);
    EXPECT_EQ(m_plugged.logins(slot), 0);
}

TEST_F(TokenServiceTest, TheChainFileGoesWithTheIdentity)
{
    const support::TemporaryDirectory directory;
    m_plugged.add({}, m_ca, trader());
    auto chosen = settings();
    chosen.chainFile = directory.write("chain.pem", m_ca.pem());
    Tokens tokens(chosen);
    ASSERT_FALSE(tokens.unlock(Pin).error);
    ASSERT_EQ(tokens.identity()->chain.size(), 1U);
}

TEST_F(TokenServiceTest, NoTokenIsAnAnswerAndPluggingOneInIsSeen)
{
    FakeToken token;
    token.present = false;
    const auto slot = m_plugged.add(token, m_ca, trader());
    Tokens tokens(settings());
    EXPECT_EQ(codeOf(tokens.inspect().problem), Errc::TokenAbsent);
    EXPECT_EQ(codeOf(tokens.unlock(Pin).error), Errc::TokenAbsent);
    m_plugged.insert(slot);
    EXPECT_FALSE(tokens.inspect().problem);
    m_plugged.remove(slot);
    EXPECT_EQ(codeOf(tokens.inspect().problem), Errc::TokenAbsent);
    m_plugged.insert(slot);
    EXPECT_FALSE(tokens.unlock(Pin).error);
    EXPECT_TRUE(tokens.losses().empty()) << "nobody was signed in when it was gone";
}

TEST_F(TokenServiceTest, ATokenWithoutCertificateHasNoIdentity)
{
    FakeToken token;
    token.keyPem = support::pemOf(*support::generateKey(support::KeyType::Ec256));
    m_plugged.add(token);
    Tokens tokens(settings());
    EXPECT_EQ(codeOf(tokens.inspect().problem), Errc::KeyNotFound);
    EXPECT_EQ(codeOf(tokens.unlock(Pin).error), Errc::KeyNotFound);
}

TEST_F(TokenServiceTest, ACertificateWithoutItsPrivateKeyIsNoIdentity)
{
    FakeToken token;
    token.hasKey = false;
    m_plugged.add(token, m_ca, trader());
    Tokens tokens(settings());
    const auto unlocked = tokens.unlock(Pin);
    EXPECT_EQ(codeOf(unlocked.error), Errc::KeyNotFound);
    EXPECT_FALSE(unlocked.status.signedIn);
    EXPECT_FALSE(tokens.identity());
}

TEST_F(TokenServiceTest, AKeyThatDoesNotBelongToItsCertificateIsNoIdentity)
{
    FakeToken token;
    token.keyPem = support::pemOf(*support::generateKey(support::KeyType::Ec256));
    token.certificatePem = support::pemOf(*m_ca.issue(trader()).certificate);
    m_plugged.add(token);
    Tokens tokens(settings());
    EXPECT_EQ(codeOf(tokens.unlock(Pin).error), Errc::KeyNotFound);
    EXPECT_FALSE(tokens.identity());
}

TEST_F(TokenServiceTest, AKeyThatMayNotSignIsRefusedInWords)
{
    FakeToken token;
    token.maySign = false;
    m_plugged.add(token, m_ca, trader());
    Tokens tokens(settings());
    const auto refused = tokens.unlock(Pin);
    ASSERT_EQ(codeOf(refused.error), Errc::KeyNotFound);
    EXPECT_NE(refused.error->detail.find("may not sign"), std::string::npos) << refused.error->detail;
}

TEST_F(TokenServiceTest, TwoTokensWithOneLabelAreToldApartByFingerprint)
{
    FakeToken first;
    first.label = "same";
    first.serial = "1";
    FakeToken second = first;
    second.serial = "2";
    second.pin = "654321";
    m_plugged.add(first, m_ca, trader());
    const auto wanted = m_plugged.add(second, m_ca, trader());

    Tokens unclear(settings());
    EXPECT_EQ(codeOf(unclear.inspect().problem), Errc::KeyNotFound) << "two fit: never a guess";

    auto chosen = settings({});
    chosen.fingerprint = tls::fingerprint(*m_plugged.certificate(wanted));
    Tokens tokens(chosen);
    const auto unlocked = tokens.unlock(second.pin);
    ASSERT_FALSE(unlocked.error) << unlocked.error->detail;
    EXPECT_EQ(unlocked.status.identity->tokenSerial, "2");
    EXPECT_TRUE(signsAndVerifies(*tokens.identity()));
    EXPECT_EQ(m_plugged.logins(0), 0) << "the other token must not see the PIN";
}

TEST_F(TokenServiceTest, AWrongFingerprintOrKeyIdIsNotFoundAndNamesWhatIsThere)
{
    const auto slot = m_plugged.add({}, m_ca, trader());
    const std::string actual = tls::fingerprint(*m_plugged.certificate(slot));
    auto wrongFingerprint = settings("01");
    wrongFingerprint.fingerprint = std::string(64, 'a');
    for (const auto& chosen : {wrongFingerprint, settings("02")}) {
        Tokens tokens(chosen);
        const auto refused = tokens.unlock(Pin);
        ASSERT_EQ(codeOf(refused.error), Errc::KeyNotFound);
        EXPECT_NE(refused.error->detail.find(actual), std::string::npos) << refused.error->detail;
    }
    EXPECT_EQ(m_plugged.logins(slot), 0);
}

TEST_F(TokenServiceTest, ListShowsEveryTokensCertificates)
{
    FakeToken second;
    second.serial = "2";
    second.keyId = "0a";
    m_plugged.add({}, m_ca, trader());
    m_plugged.add(second, m_ca, trader());
    Tokens tokens(settings());
    const auto all = tokens.list();
    ASSERT_TRUE(all);
    ASSERT_EQ(all->size(), 2U);
    EXPECT_EQ((*all)[0].keyId, "01");
    EXPECT_EQ((*all)[1].keyId, "0a");
    EXPECT_EQ((*all)[1].tokenSerial, "2");
}

TEST_F(TokenServiceTest, ListingAndInspectingDoNotEndTheSignIn)
{
    m_plugged.add({}, m_ca, trader());
    Tokens tokens(settings());
    ASSERT_FALSE(tokens.unlock(Pin).error);
    EXPECT_TRUE(tokens.list());
    EXPECT_TRUE(tokens.inspect().signedIn);
    EXPECT_TRUE(signsAndVerifies(*tokens.identity()));
    EXPECT_TRUE(tokens.losses().empty());
}

TEST_F(TokenServiceTest, ALoginThatEndsOtherwiseIsATokenFailureThatKeepsTheTries)
{
    FakeToken token;
    token.loginError = 0x06;
    const auto slot = m_plugged.add(token, m_ca, trader());
    Tokens tokens(settings());
    const auto refused = tokens.unlock(Pin);
    EXPECT_EQ(codeOf(refused.error), Errc::TokenFailure);
    EXPECT_EQ(codeOf(refused.status.problem), Errc::TokenFailure);
    EXPECT_EQ(m_plugged.triesLeft(slot), 3);
}

TEST_F(TokenServiceTest, SignOutForgetsTheKey)
{
    const auto slot = m_plugged.add({}, m_ca, trader());
    Tokens tokens(settings());
    ASSERT_FALSE(tokens.unlock(Pin).error);
    const auto old = tokens.identity();
    tokens.service().signOut();
    EXPECT_FALSE(tokens.identity());
    EXPECT_FALSE(tokens.inspect().signedIn);
    EXPECT_FALSE(signsAndVerifies(*old));
    EXPECT_TRUE(tokens.losses().empty()) << "leaving is not losing";
    EXPECT_FALSE(tokens.unlock(Pin).error);
    EXPECT_EQ(m_plugged.logins(slot), 2) << "each sign-in verifies the PIN with the token";
}

TEST_F(TokenServiceTest, UnlockingAgainVerifiesThePinAgain)
{
    const auto slot = m_plugged.add({}, m_ca, trader());
    Tokens tokens(settings());
    ASSERT_FALSE(tokens.unlock(Pin).error);
    EXPECT_EQ(codeOf(tokens.unlock(WrongPin).error), Errc::PinWrong);
    EXPECT_EQ(m_plugged.logins(slot), 2);
    EXPECT_FALSE(tokens.identity());
}

TEST_F(TokenServiceTest, NoErrorTextHoldsThePin)
{
    const std::string secret = "7130492";
    FakeToken token;
    token.loginError = 0x05;
    const auto slot = m_plugged.add(token, m_ca, trader());
    Tokens tokens(settings());
    std::vector<std::string> texts;
    const auto collect = [&](const Tokens::Unlocked& unlocked) {
        ASSERT_TRUE(unlocked.error);
        texts.push_back(unlocked.error->detail);
        if (unlocked.status.problem)
            texts.push_back(unlocked.status.problem->detail);
    };
    collect(tokens.unlock(secret));
    token = m_plugged.token(slot);
    token.loginError.reset();
    m_plugged.change(slot, token);
    for (int i = 0; i < 4; ++i)
        collect(tokens.unlock(secret, LastTry::Confirmed));
    for (const auto& text : texts)
        EXPECT_EQ(text.find(secret), std::string::npos) << text;
}

TEST_F(TokenServiceTest, ASlowSignatureHoldsUpNeitherTheDeskNorTheEnd)
{
    FakeToken token;
    token.signDelay = std::chrono::milliseconds(200);
    m_plugged.add(token, m_ca, trader());
    Tokens tokens(settings());
    ASSERT_FALSE(tokens.unlock(Pin).error);
    const auto identity = tokens.identity();
    auto signature = std::async(std::launch::async, [&] { return signsAndVerifies(*identity); });
    tokens.service().inspect([](const rfq::TokenStatus&) {});
    tokens.destroy();
    (void)signature.get();
    EXPECT_FALSE(signsAndVerifies(*identity)) << "a key outlives its service, dead";
}

TEST_F(TokenServiceTest, WhatIsStillQueuedAtTheEndIsAnsweredWithoutAPinBeingSpent)
{
    FakeToken token;
    token.signDelay = std::chrono::milliseconds(1'000); // the end comes while the first is under way
    const auto slot = m_plugged.add(token, m_ca, trader());
    Tokens tokens(settings());
    std::vector<std::optional<base::Error>> answers;
    const auto remember = [&](const base::Status& result, const rfq::TokenStatus&) {
        answers.push_back(result ? std::nullopt : std::optional(result.error()));
    };
    tokens.service().unlock(Tokens::secret(Pin), LastTry::NotConfirmed, remember);
    tokens.service().unlock(Tokens::secret(WrongPin), LastTry::NotConfirmed, remember);
    tokens.destroy();
    EXPECT_TRUE(tokens.desk().runUntil([&] { return answers.size() == 2; }));
    EXPECT_EQ(codeOf(answers[1]), Errc::Cancelled);
    EXPECT_EQ(m_plugged.triesLeft(slot), 3);
}

}
