#include "auth/approval.h"
#include "tests/support/soft_token.h"
#include "tests/unit/auth/token_fixture.h"

#include <gtest/gtest.h>

namespace {

using base::Errc;
using support::KeyType;
using support::SoftToken;

const std::string Words = "I close request R-17 at VENUE-X as not done.";
const std::string TraderPin = "123456";
const std::string SecondPin = "765432";
const SoftToken::KeyId TraderId{0x01};
const SoftToken::KeyId OtherId{0x02};

support::CertificateOptions person(const std::string& name, KeyType type = KeyType::Ec256)
{
    support::CertificateOptions options;
    options.commonName = name;
    options.purpose = support::Purpose::Client;
    options.keyType = type;
    return options;
}

/// Two real tokens in one module: the trader's and that of somebody else.
class TwoSoftTokens : public testing::Test {
protected:
    TwoSoftTokens()
        : m_trader(m_traders.enrol(m_ca, person("trader-7"), TraderId))
    {
    }

    [[nodiscard]] auth::TokenSettings settings() const
    {
        return {SoftToken::module(), {SoftToken::module()}, {}, tls::fingerprint(*m_trader), {}};
    }
    [[nodiscard]] auth::ApproverSettings approvers() const { return {m_caFile, {}, {}}; }
    [[nodiscard]] rfq::Person first() const { return {"trader-7", tls::fingerprint(*m_trader)}; }

    void expectApproval(const Tokens::Approved& approved, X509& certificate) const
    {
        ASSERT_FALSE(approved.error) << approved.error->detail;
        EXPECT_EQ(approved.approval.person.fingerprint, tls::fingerprint(certificate));
        const auto proof = auth::verifyApproval(approved.approval, m_caFile);
        EXPECT_TRUE(proof) << proof.error().detail;
    }

    support::TestCa m_ca;
    support::TemporaryDirectory m_files;
    std::string m_caFile = m_files.write("approvers.pem", m_ca.pem());
    SoftToken m_traders{"trader", TraderPin};
    SoftToken m_seconds{m_traders, "supervisor", SecondPin};
    tls::CertificatePtr m_trader;
};

struct ApproverKey {
    KeyType type;
    const char* name;
};

std::ostream& operator<<(std::ostream& out, const ApproverKey& key)
{
    return out << key.name;
}

class SoftApprovalKey : public TwoSoftTokens, public testing::WithParamInterface<ApproverKey> { };

TEST_P(SoftApprovalKey, SignsOnceAndIsLoggedOutWhileTheTraderStays)
{
    const auto head = m_seconds.enrol(m_ca, person("desk-head-1", GetParam().type), TraderId);
    Tokens tokens(settings(), approvers());
    ASSERT_FALSE(tokens.unlock(TraderPin).error);
    EXPECT_TRUE(m_traders.isLoggedIn()) << "the question itself must be able to say yes";

    const auto candidates = tokens.candidates(first());
    ASSERT_TRUE(candidates) << candidates.error().detail;
    ASSERT_EQ(candidates->size(), 1U);
    EXPECT_EQ((*candidates)[0].fingerprint, tls::fingerprint(*head));
    EXPECT_EQ((*candidates)[0].tokenLabel, "supervisor");

    const std::string chosen = (*candidates)[0].fingerprint;
    expectApproval(tokens.approve(Words, first(), chosen, SecondPin), *head);
    EXPECT_FALSE(m_seconds.isLoggedIn());
    EXPECT_EQ(codeOf(tokens.approve(Words, first(), chosen, TraderPin).error), Errc::PinWrong);
    EXPECT_FALSE(m_seconds.isLoggedIn());
    EXPECT_TRUE(m_traders.isLoggedIn());
    EXPECT_TRUE(signsAndVerifies(*tokens.identity()));
    EXPECT_TRUE(tokens.inspect().signedIn);
    EXPECT_TRUE(tokens.losses().empty());
}

INSTANTIATE_TEST_SUITE_P(Types, SoftApprovalKey,
    testing::Values(ApproverKey{KeyType::Ec256, "EcP256"}, ApproverKey{KeyType::Ec384, "EcP384"},
        ApproverKey{KeyType::Rsa2048, "Rsa2048"}),
    [](const auto& parameter) { return parameter.param.name; });

TEST_F(TwoSoftTokens, AKeyThatWantsThePinForEachSignatureGetsIt)
{
    const auto key = m_seconds.generateKey(KeyType::Ec256, TraderId, support::KeyUse::SignWithPinEachTime);
    const auto head = m_ca.issueFor(*key, person("desk-head-1"));
    m_seconds.importCertificate(*head, TraderId);
    EXPECT_TRUE(m_seconds.privateKeyFlag(0x202, TraderId)) << "CKA_ALWAYS_AUTHENTICATE";
    Tokens tokens(settings(), approvers());
    ASSERT_FALSE(tokens.unlock(TraderPin).error);
    expectApproval(tokens.approve(Words, first(), tls::fingerprint(*head), SecondPin), *head);
    EXPECT_FALSE(m_seconds.isLoggedIn());
}

TEST_F(TwoSoftTokens, TheRightOneOfSeveralKeysSigns)
{
    const auto other = m_seconds.enrol(m_ca, person("desk-head-2"), OtherId);
    const auto head = m_seconds.enrol(m_ca, person("desk-head-1", KeyType::Rsa2048), TraderId);
    Tokens tokens(settings(), approvers());
    ASSERT_FALSE(tokens.unlock(TraderPin).error);
    expectApproval(tokens.approve(Words, first(), tls::fingerprint(*head), SecondPin), *head);
    expectApproval(tokens.approve(Words, first(), tls::fingerprint(*other), SecondPin), *other);
}

/// A login counts for the whole token: on the trader's, the second person would sign with the trader's PIN.
TEST_F(TwoSoftTokens, ASecondPersonOnTheTradersTokenIsRefusedWithTheReason)
{
    const auto head = m_traders.enrol(m_ca, person("desk-head-1"), OtherId);
    Tokens tokens(settings(), approvers());
    ASSERT_FALSE(tokens.unlock(TraderPin).error);
    const auto refused = tokens.approve(Words, first(), tls::fingerprint(*head), TraderPin);
    ASSERT_EQ(codeOf(refused.error), Errc::Refused);
    EXPECT_NE(refused.error->detail.find("token of their own"), std::string::npos) << refused.error->detail;
    EXPECT_EQ(codeOf(tokens.candidates(first()).error()), Errc::Refused);
    EXPECT_TRUE(signsAndVerifies(*tokens.identity()));
}

TEST_F(TwoSoftTokens, ACopyOfTheCertificateOnTheTradersTokenIsNotMeant)
{
    const auto head = m_seconds.enrol(m_ca, person("desk-head-1"), TraderId);
    m_traders.importCertificate(*head, OtherId);
    Tokens tokens(settings(), approvers());
    ASSERT_FALSE(tokens.unlock(TraderPin).error);
    const auto candidates = tokens.candidates(first());
    ASSERT_TRUE(candidates) << candidates.error().detail;
    EXPECT_EQ(candidates->size(), 1U);
    expectApproval(tokens.approve(Words, first(), tls::fingerprint(*head), SecondPin), *head);
}

TEST_F(TwoSoftTokens, AnAuthoritysCertificateIsNoCandidate)
{
    auto authority = person("desk-head-1");
    authority.purpose = support::Purpose::Ca;
    m_seconds.importCertificate(*m_ca.issue(authority).certificate, TraderId);
    Tokens tokens(settings(), approvers());
    EXPECT_EQ(codeOf(tokens.candidates(first()).error()), Errc::TokenAbsent);
}

}
