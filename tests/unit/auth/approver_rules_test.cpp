#include "tests/unit/auth/approval_fixture.h"

#include <gtest/gtest.h>

#include <functional>

namespace {

using namespace std::chrono_literals;
using base::Errc;
using support::FakeToken;

using ApproverRules = ApprovalFixture;

/// Why a certificate does not approve: what is different from one that does.
struct Flaw {
    const char* name;
    Errc code;
    const char* words;
    std::function<void(support::CertificateOptions&)> in = [](support::CertificateOptions&) {};
    bool otherAuthority = false;
};

std::ostream& operator<<(std::ostream& out, const Flaw& flaw)
{
    return out << flaw.name;
}

class FlawedCertificate : public ApprovalFixture, public testing::WithParamInterface<Flaw> { };

TEST_P(FlawedCertificate, IsNoCandidateAndDoesNotCostAPin)
{
    auto options = head();
    GetParam().in(options);
    const support::TestCa other("Another Root");
    m_plugged.add(secondToken(), GetParam().otherAuthority ? other : m_ca, options);
    Tokens tokens(traderSettings(), approvers());
    const auto refused = approve(tokens);
    ASSERT_EQ(codeOf(refused.error), GetParam().code) << refused.error->detail;
    EXPECT_NE(refused.error->detail.find(GetParam().words), std::string::npos) << refused.error->detail;
    EXPECT_EQ(m_plugged.logins(Second), 0);

    const auto none = tokens.candidates(first());
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().code, Errc::Refused);
    EXPECT_NE(none.error().detail.find(GetParam().words), std::string::npos) << none.error().detail;
}

INSTANTIATE_TEST_SUITE_P(Flaws, FlawedCertificate,
    testing::Values(
        Flaw{"Expired", Errc::CertificateExpired, "expired on 20", [](auto& options) { options.notAfter = -60s; }},
        Flaw{"NotYetValid", Errc::CertificateExpired, "not valid before 20",
            [](auto& options) { options.notBefore = 1h; }},
        Flaw{"OfAnotherAuthority", Errc::CertificateUntrusted, "Another Root", [](auto&) {}, true},
        Flaw{"ForAServer", Errc::CertificateWrongUsage, "TLS server",
            [](auto& options) { options.purpose = support::Purpose::Server; }}),
    [](const auto& parameter) { return parameter.param.name; });

TEST_F(ApproverRules, ARevokedCertificateIsRefused)
{
    plugSecond();
    auto revoking = approvers();
    revoking.crlFile = m_files.write("crl.pem", m_ca.crl({m_plugged.certificate(Second).get()}));
    Tokens tokens(traderSettings(), revoking);
    EXPECT_EQ(codeOf(approve(tokens).error), Errc::CertificateRevoked);
    EXPECT_EQ(m_plugged.logins(Second), 0);
    revoking.crlFile = m_files.write("other.pem", m_ca.crl({m_plugged.certificate(Trader).get()}));
    Tokens others(traderSettings(), revoking);
    EXPECT_FALSE(approve(others).error) << "the list names somebody else";
}

TEST_F(ApproverRules, WithAListOnlyThoseOnItApprove)
{
    plugSecond();
    auto listed = approvers();
    listed.fingerprints = {std::string(64, 'a')};
    Tokens strangers(traderSettings(), listed);
    const auto refused = approve(strangers);
    ASSERT_EQ(codeOf(refused.error), Errc::Refused);
    EXPECT_NE(refused.error->detail.find("approvers.fingerprints"), std::string::npos) << refused.error->detail;
    EXPECT_EQ(codeOf(strangers.candidates(first()).error()), Errc::Refused);
    EXPECT_EQ(m_plugged.logins(Second), 0);
    listed.fingerprints.insert(fingerprint(Second));
    Tokens tokens(traderSettings(), listed);
    EXPECT_FALSE(approve(tokens).error);
}

TEST_F(ApproverRules, WithoutTheSectionNobodyApprovesAndTheAnswerSaysWhatToConfigure)
{
    plugSecond();
    Tokens tokens(traderSettings());
    const auto refused = approve(tokens);
    ASSERT_EQ(codeOf(refused.error), Errc::Refused);
    EXPECT_NE(refused.error->detail.find("[approvers]"), std::string::npos) << refused.error->detail;
    EXPECT_EQ(codeOf(tokens.candidates(first()).error()), Errc::Refused);
    EXPECT_EQ(m_plugged.logins(Second), 0);
}

TEST_F(ApproverRules, FilesThatAreGoneAreAnErrorOfTheConfiguration)
{
    plugSecond();
    auto settings = approvers();
    settings.crlFile = "/nonexistent/crl.pem";
    Tokens withoutList(traderSettings(), settings);
    EXPECT_EQ(codeOf(approve(withoutList).error), Errc::Configuration);
    EXPECT_EQ(codeOf(withoutList.candidates(first()).error()), Errc::Configuration);
    Tokens withoutAuthority(traderSettings(), {"/nonexistent/ca.pem", {}, {}});
    EXPECT_EQ(codeOf(approve(withoutAuthority).error), Errc::Configuration);
    EXPECT_EQ(m_plugged.logins(Second), 0);
}

TEST_F(ApproverRules, CandidatesAreTheOthersWhoMayAndOneIsSeenWhenPluggedInLater)
{
    Tokens tokens(traderSettings(), approvers());
    ASSERT_FALSE(tokens.unlock(Pin).error);
    EXPECT_EQ(codeOf(tokens.candidates(first()).error()), Errc::TokenAbsent);
    plugSecond();
    auto other = secondToken();
    other.serial = "3";
    other.keyId = "0a";
    auto options = head();
    options.commonName = "desk-head-2";
    const auto third = m_plugged.add(other, m_ca, options);
    const auto found = tokens.candidates(first());
    ASSERT_TRUE(found) << found.error().detail;
    ASSERT_EQ(found->size(), 2U);
    EXPECT_EQ((*found)[0].commonName, "desk-head-1");
    EXPECT_EQ((*found)[0].fingerprint, fingerprint(Second));
    EXPECT_EQ((*found)[0].tokenLabel, "supervisor");
    EXPECT_EQ((*found)[0].tokenSerial, "2");
    EXPECT_EQ((*found)[0].keyId, "01");
    EXPECT_EQ((*found)[1].fingerprint, fingerprint(third));
    EXPECT_EQ((*found)[1].keyId, "0a");
    // Asked by one of them, the trader is a candidate where the trader is not signed in.
    tokens.service().signOut();
    const auto byHead = tokens.candidates({"desk-head-1", fingerprint(Second)});
    ASSERT_TRUE(byHead);
    EXPECT_EQ(byHead->size(), 2U);
    EXPECT_EQ((*byHead)[0].commonName, "trader-7");
    EXPECT_EQ(m_plugged.logins(Second), 0);
}

TEST_F(ApproverRules, LookingForCandidatesKeepsTheTraderSignedIn)
{
    plugSecond();
    Tokens tokens(traderSettings(), approvers());
    ASSERT_FALSE(tokens.unlock(Pin).error);
    for (int i = 0; i < 3; ++i)
        EXPECT_TRUE(tokens.candidates(first()));
    EXPECT_TRUE(signsAndVerifies(*tokens.identity()));
    EXPECT_TRUE(tokens.losses().empty());
}

TEST_F(ApproverRules, ATokenPulledBeforeItsPinIsAskedForIsNotFound)
{
    plugSecond();
    Tokens tokens(traderSettings(), approvers());
    ASSERT_FALSE(tokens.unlock(Pin).error);
    ASSERT_TRUE(tokens.candidates(first()));
    m_plugged.remove(Second);
    EXPECT_EQ(codeOf(approve(tokens).error), Errc::KeyNotFound);
    EXPECT_TRUE(signsAndVerifies(*tokens.identity()));
    m_plugged.insert(Second);
    EXPECT_FALSE(approve(tokens).error);
}

/// Codes that modules were seen to answer with once the token is gone.
class PulledToken : public ApprovalFixture, public testing::WithParamInterface<unsigned long> { };

TEST_P(PulledToken, MidWayEndsTheApprovalAndNotTheTradersSignIn)
{
    plugSecond();
    Tokens tokens(traderSettings(), approvers());
    ASSERT_FALSE(tokens.unlock(Pin).error);
    FakeToken token = m_plugged.token(Second);
    token.loginError = GetParam();
    m_plugged.change(Second, token);
    EXPECT_EQ(codeOf(approve(tokens).error), Errc::TokenAbsent) << "at the PIN";
    token.loginError.reset();
    token.signError = GetParam();
    m_plugged.change(Second, token);
    EXPECT_EQ(codeOf(approve(tokens).error), Errc::TokenAbsent) << "at the signature";
    EXPECT_TRUE(signsAndVerifies(*tokens.identity()));
    EXPECT_TRUE(tokens.losses().empty());
    token.signError.reset();
    m_plugged.change(Second, token);
    EXPECT_FALSE(approve(tokens).error) << "the next one starts afresh";
}

INSTANTIATE_TEST_SUITE_P(Seen, PulledToken, testing::Values(0x30, 0x31, 0x32, 0xB3, 0xE0, 0x101));

TEST_F(ApproverRules, WhereTokensAreSwappedInOneReaderTheTraderIsSignedOutAndTheSecondMaySign)
{
    Tokens tokens(traderSettings(), approvers());
    ASSERT_FALSE(tokens.unlock(Pin).error);
    const rfq::Person asks = first();
    m_plugged.remove(Trader);
    const auto issued = m_ca.issue(head());
    FakeToken second = secondToken();
    second.keyPem = support::pemOf(*issued.key);
    second.certificatePem = support::pemOf(*issued.certificate);
    m_plugged.change(Trader, second);
    m_plugged.insert(Trader);
    const auto approved = tokens.approve(Words, asks, tls::fingerprint(*issued.certificate), SecondPin);
    EXPECT_FALSE(approved.error) << approved.error->detail;
    EXPECT_FALSE(tokens.identity());
    EXPECT_FALSE(tokens.inspect().signedIn);
    EXPECT_EQ(tokens.losses().size(), 1U);
}

/// The record, as somebody finds it years later.
class ApprovalRecord : public ApprovalFixture {
protected:
    ApprovalRecord()
    {
        plugSecond();
        Tokens tokens(traderSettings(), approvers());
        auto approved = approve(tokens);
        EXPECT_FALSE(approved.error);
        m_record = std::move(approved.approval);
    }
    [[nodiscard]] std::optional<Errc> judge(const rfq::Approval& record) const
    {
        const auto judged = auth::verifyApproval(record, m_caFile);
        return judged ? std::nullopt : std::optional(judged.error().code);
    }

    rfq::Approval m_record;
};

TEST_F(ApprovalRecord, CountsToTheLastBitOfWordsSignatureAndCertificate)
{
    ASSERT_EQ(judge(m_record), std::nullopt);
    for (std::string rfq::Approval::*part :
        {&rfq::Approval::statement, &rfq::Approval::signature, &rfq::Approval::certificate}) {
        for (std::size_t bit = 0; bit < 8 * (m_record.*part).size(); ++bit) {
            rfq::Approval turned = m_record;
            char& letter = (turned.*part)[bit / 8];
            letter = static_cast<char>(static_cast<unsigned char>(letter) ^ (1U << bit % 8));
            ASSERT_NE(judge(turned), std::nullopt) << "bit " << bit;
        }
    }
}

TEST_F(ApprovalRecord, NamesThePersonOfItsCertificate)
{
    auto other = m_record;
    other.person.name = "desk-head-2";
    EXPECT_EQ(judge(other), Errc::Refused);
    other = m_record;
    other.person.fingerprint = std::string(64, '0');
    EXPECT_EQ(judge(other), Errc::Refused);
    const auto substitute = m_ca.issue(head());
    other = m_record;
    other.certificate = support::pemOf(*substitute.certificate);
    other.person.fingerprint = tls::fingerprint(*substitute.certificate);
    EXPECT_EQ(judge(other), Errc::Refused) << "a good certificate of that name that did not sign";
}

TEST_F(ApprovalRecord, IsOfATimeAtWhichTheCertificateWasValid)
{
    auto other = m_record;
    other.time += std::chrono::hours(24 * 365);
    EXPECT_EQ(judge(other), Errc::CertificateExpired);
    other.time = m_record.time - std::chrono::hours(24);
    EXPECT_EQ(judge(other), Errc::CertificateExpired);
}

TEST_F(ApprovalRecord, IsOfACertificateOfTheAuthority)
{
    const support::TestCa other("Another Root");
    const auto judged = auth::verifyApproval(m_record, m_files.write("other.pem", other.pem()));
    ASSERT_FALSE(judged);
    EXPECT_EQ(judged.error().code, Errc::CertificateUntrusted);
    EXPECT_EQ(auth::verifyApproval(m_record, "/nonexistent.pem").error().code, Errc::Configuration);
}

}
