#include "auth/cert/certificate_work.h"
#include "auth/cert/tokens.h"
#include "auth/cert/unlocked_token.h"
#include "tests/support/fake_tokens.h"
#include "tests/support/soft_token.h"

#include <gtest/gtest.h>

namespace {

using base::Errc;
using cert::Replace;
using support::KeyType;

constexpr const char* Pin = "123456";

support::CertificateOptions trader(KeyType type = KeyType::Ec256)
{
    support::CertificateOptions options;
    options.commonName = "trader-7";
    options.purpose = support::Purpose::Client;
    options.keyType = type;
    return options;
}

base::SecretBytes secret(const std::string& text)
{
    base::SecretBytes bytes;
    EXPECT_TRUE(bytes.append(text));
    return bytes;
}

/// Tokens of one module and one of them unlocked.
struct Desk {
    explicit Desk(const std::string& module, auth::CardTimer timer = {})
        : tokens(*cert::Tokens::load({module, {module}, "01", {}, {}}, std::move(timer)))
    {
    }
    base::Result<std::shared_ptr<const cert::UnlockedToken>> unlock(
        const std::string& pin = Pin, rfq::LastTry lastTry = rfq::LastTry::NotConfirmed, const std::string& serial = {})
    {
        return tokens.unlock(serial, secret(pin), lastTry);
    }
    cert::Tokens tokens;
    base::SystemClock clock;
};

class OnSoftToken : public testing::TestWithParam<cert::KeyKind> {
protected:
    support::TestCa m_ca;
    support::SoftToken m_soft;
};

TEST_P(OnSoftToken, AKeyIsMadeAndNeverLeaves)
{
    {
        Desk desk(support::SoftToken::module());
        const auto token = desk.unlock();
        ASSERT_TRUE(token) << token.error().detail;
        const auto made = cert::request(**token, {"0a", GetParam(), {}}, "CN=trader-7");
        ASSERT_TRUE(made) << made.error().detail;
        EXPECT_EQ(made->place.keyId, "0a");
        const auto again = cert::request(**token, {"0a", GetParam(), {}}, "CN=trader-7");
        EXPECT_EQ(again.error().code, Errc::Duplicate);
        // The only key need not be named.
        EXPECT_TRUE(cert::request(**token, {{}, std::nullopt, {}}, "CN=trader-7"));
    }
    EXPECT_TRUE(m_soft.privateKeyFlag(CKA_SENSITIVE, {0x0a}));
    EXPECT_FALSE(m_soft.privateKeyFlag(CKA_EXTRACTABLE, {0x0a}));
    EXPECT_FALSE(m_soft.isLoggedIn());
}

TEST_P(OnSoftToken, MakingAKeyAndSigningWithItAreTimed)
{
    int begun = 0;
    int lasting = 0;
    Desk desk(support::SoftToken::module(), [&]() -> std::shared_ptr<const void> {
        ++begun;
        ++lasting;
        return {&lasting, [&](const void*) { --lasting; }};
    });
    const auto token = desk.unlock();
    ASSERT_TRUE(token) << token.error().detail;
    EXPECT_EQ(begun, 0) << "nothing waits for a touch yet";
    ASSERT_TRUE((*token)->generate(GetParam(), {0x0a}));
    EXPECT_EQ(begun, 1);
    ASSERT_TRUE(cert::request(**token, {"0a", std::nullopt, {}}, "CN=trader-7"));
    EXPECT_EQ(begun, 2);
    EXPECT_EQ(lasting, 0);
}

INSTANTIATE_TEST_SUITE_P(
    Kinds, OnSoftToken, testing::Values(cert::KeyKind::EcP256, cert::KeyKind::EcP384, cert::KeyKind::Rsa2048));

class Store : public testing::Test {
protected:
    support::TestCa m_ca;
    support::SoftToken m_soft;
    tls::KeyPtr m_public = m_soft.generateKey(KeyType::Ec256, {0x01});
};

TEST_F(Store, TheOldCertificateGoesOnlyWhenItMay)
{
    const auto first = m_ca.issueFor(*m_public, trader());
    const auto second = m_ca.issueFor(*m_public, trader());
    Desk desk(support::SoftToken::module());
    const auto token = desk.unlock();
    ASSERT_TRUE(token);
    const auto now = desk.clock.utc();
    ASSERT_TRUE((*token)->store(*first, {0x01}, Replace::OnlyExpired, now));
    EXPECT_TRUE((*token)->store(*first, {0x01}, Replace::OnlyExpired, now)) << "the same once more changes nothing";
    EXPECT_EQ((*token)->store(*second, {0x01}, Replace::OnlyExpired, now).error().code, Errc::Duplicate);
    ASSERT_TRUE((*token)->store(*second, {0x01}, Replace::AlsoValid, now));
    const auto left = (*token)->certificates({0x01});
    ASSERT_TRUE(left);
    ASSERT_EQ(left->size(), 1U);
    EXPECT_EQ(tls::fingerprint(*left->front()), tls::fingerprint(*second));
    // Once it has expired, nobody needs to be asked.
    EXPECT_TRUE((*token)->store(*first, {0x01}, Replace::OnlyExpired, now + std::chrono::hours(48)));
}

TEST_F(Store, AKeyThatWantsThePinEachTimeGetsIt)
{
    const auto key = m_soft.generateKey(KeyType::Ec256, {0x02}, support::KeyUse::SignWithPinEachTime);
    Desk desk(support::SoftToken::module());
    const auto token = desk.unlock();
    ASSERT_TRUE(token);
    const auto made = cert::request(**token, {"02", std::nullopt, {}}, "CN=trader-7");
    EXPECT_TRUE(made) << made.error().detail;
}

TEST_F(Store, SeveralKeysAndSeveralTokensMustBeNamed)
{
    const auto more = m_soft.generateKey(KeyType::Ec256, {0x02});
    {
        Desk desk(support::SoftToken::module());
        const auto token = desk.unlock();
        ASSERT_TRUE(token);
        EXPECT_EQ((*token)->chooseKey({}).error().code, Errc::KeyNotFound);
        EXPECT_EQ(*(*token)->chooseKey("02"), cert::Bytes{0x02});
    }
    const support::SoftToken beside(m_soft, "beside", "654321");
    Desk desk(support::SoftToken::module());
    EXPECT_EQ(desk.unlock().error().code, Errc::KeyNotFound);
    EXPECT_EQ(desk.unlock(Pin, rfq::LastTry::NotConfirmed, "none").error().code, Errc::TokenAbsent);
}

/// A token as a PIV card is: it counts tries, it can be taken out, and only the maker's tool writes to it.
class OnCard : public testing::Test {
protected:
    support::TestCa m_ca;
    support::FakeTokens m_plugged;
    std::size_t m_slot = m_plugged.add({}, m_ca, trader());
};

TEST_F(OnCard, ThePinIsTriedOnlyAsOftenAsItMay)
{
    Desk desk(support::FakeTokens::module());
    EXPECT_EQ(desk.unlock("999999").error().code, Errc::PinWrong);
    EXPECT_EQ(desk.unlock("999999").error().code, Errc::PinWrong);
    EXPECT_EQ(desk.unlock("999999").error().code, Errc::PinLastTry);
    EXPECT_EQ(m_plugged.logins(m_slot), 2);
    EXPECT_EQ(desk.unlock("999999", rfq::LastTry::Confirmed).error().code, Errc::PinBlocked);
    EXPECT_EQ(desk.unlock().error().code, Errc::PinBlocked);
    EXPECT_EQ(m_plugged.logins(m_slot), 3);
}

TEST_F(OnCard, ACardThatIsTakenOutSignsNothing)
{
    Desk desk(support::FakeTokens::module());
    const auto token = desk.unlock();
    ASSERT_TRUE(token) << token.error().detail;
    m_plugged.remove(m_slot);
    EXPECT_EQ(cert::request(**token, {"01", std::nullopt, {}}, "CN=trader-7").error().code, Errc::TokenAbsent);
    EXPECT_EQ(desk.unlock().error().code, Errc::TokenAbsent);
}

TEST_F(OnCard, WhatOnlyTheMakersToolMayDoIsSaidClearly)
{
    Desk desk(support::FakeTokens::module());
    const auto token = desk.unlock();
    ASSERT_TRUE(token);
    EXPECT_TRUE(cert::request(**token, {"01", std::nullopt, {}}, "CN=trader-7"));
    const auto made = cert::request(**token, {"02", cert::KeyKind::EcP256, {}}, "CN=trader-7");
    EXPECT_EQ(made.error().code, Errc::Unsupported);
    EXPECT_NE(made.error().detail.find("docs/certificates.md"), std::string::npos);
    const auto key = (*token)->publicKey({0x01});
    ASSERT_TRUE(key);
    const auto next = m_ca.issueFor(**key, trader());
    EXPECT_EQ((*token)->store(*next, {0x01}, Replace::AlsoValid, desk.clock.utc()).error().code, Errc::Unsupported);
}

}
