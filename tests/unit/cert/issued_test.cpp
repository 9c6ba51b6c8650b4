#include "auth/cert/issued.h"
#include "core/base/clock.h"
#include "tests/support/test_pki.h"

#include <gtest/gtest.h>

namespace {

using namespace std::chrono_literals;
using base::Errc;

support::CertificateOptions person()
{
    support::CertificateOptions options;
    options.commonName = "trader-7";
    options.purpose = support::Purpose::Client;
    return options;
}

class Issued : public testing::Test {
protected:
    base::Status check(const support::CertificateOptions& options, const std::string& caFile)
    {
        return cert::checkIssued(*m_ca.issue(options).certificate, caFile, base::SystemClock().utc());
    }

    support::TestCa m_ca;
    support::TemporaryDirectory m_directory;
    std::string m_caFile = m_directory.write("ca.pem", m_ca.pem());
};

TEST_F(Issued, APersonsCertificateIsAcceptedWithAndWithoutItsAuthority)
{
    EXPECT_TRUE(check(person(), m_caFile));
    EXPECT_TRUE(check(person(), {}));
}

TEST_F(Issued, WhatNoSessionCouldUseIsRefused)
{
    auto late = person();
    late.notBefore = -2h;
    late.notAfter = -1h;
    EXPECT_EQ(check(late, {}).error().code, Errc::CertificateExpired);
    auto early = person();
    early.notBefore = 1h;
    EXPECT_EQ(check(early, {}).error().code, Errc::CertificateExpired);
    auto authority = person();
    authority.purpose = support::Purpose::Ca;
    EXPECT_EQ(check(authority, {}).error().code, Errc::CertificateWrongUsage);
    auto server = person();
    server.purpose = support::Purpose::Server;
    EXPECT_EQ(check(server, m_caFile).error().code, Errc::CertificateWrongUsage);
    const support::TestCa other("Other Root");
    EXPECT_EQ(check(person(), m_directory.write("other.pem", other.pem())).error().code, Errc::CertificateUntrusted);
    EXPECT_EQ(check(person(), "/nowhere/ca.pem").error().code, Errc::Configuration);
}

TEST_F(Issued, AnAuthorityWhoseClockIsAheadIsBelieved)
{
    auto ahead = person();
    ahead.notBefore = 4min;
    EXPECT_TRUE(check(ahead, m_caFile));
    EXPECT_TRUE(check(ahead, {}));
    ahead.notBefore = 6min;
    EXPECT_EQ(check(ahead, m_caFile).error().code, Errc::CertificateExpired);
}

TEST_F(Issued, WhatCameWithItLeadsUpToTheAuthority)
{
    support::CertificateOptions issuing;
    issuing.commonName = "Issuing CA";
    issuing.purpose = support::Purpose::Ca;
    auto issuer = m_ca.issue(issuing);
    const auto key = support::generateKey(support::KeyType::Ec256);
    const auto leaf = support::issueFrom(issuer, *key, person());
    const auto now = base::SystemClock().utc();
    EXPECT_EQ(cert::checkIssued(*leaf, m_caFile, now).error().code, Errc::CertificateUntrusted);
    std::vector<tls::CertificatePtr> came;
    came.push_back(std::move(issuer.certificate));
    EXPECT_TRUE(cert::checkIssued(*leaf, m_caFile, now, came));
}

TEST_F(Issued, TheOneForTheKeyIsFoundAmongSeveral)
{
    const auto mine = m_ca.issue(person());
    const auto other = m_ca.issue(person());
    const auto file =
        m_directory.write("all.pem", support::pemOf(*other.certificate) + support::pemOf(*mine.certificate));
    auto all = cert::readCertificates(file);
    ASSERT_TRUE(all);
    ASSERT_EQ(all->size(), 2U);
    const auto found = cert::certificateFor(*mine.key, *all);
    ASSERT_TRUE(found);
    EXPECT_EQ(tls::fingerprint(**found), tls::fingerprint(*mine.certificate));
    const auto stranger = support::generateKey(support::KeyType::Ec256);
    EXPECT_EQ(cert::certificateFor(*stranger, *cert::readCertificates(file)).error().code, Errc::KeyNotFound);
}

TEST_F(Issued, AFileThatIsNoneIsRefused)
{
    EXPECT_EQ(cert::readCertificates("/nowhere/x.pem").error().code, Errc::Io);
    EXPECT_EQ(cert::readCertificates(m_directory.write("x", "x")).error().code, Errc::InvalidInput);
    EXPECT_EQ(cert::readCertificates(m_directory.write("empty", "")).error().code, Errc::InvalidInput);
    EXPECT_EQ(cert::readPublicKey(m_caFile).error().code, Errc::InvalidInput);
}

}
