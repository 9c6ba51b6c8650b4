#include "core/tls/certificate_policies.h"
#include "core/tls/verify.h"
#include "tests/support/test_pki.h"

#include <gtest/gtest.h>
#include <openssl/conf.h>
#include <openssl/err.h>
#include <openssl/x509v3.h>

#include <memory>
#include <set>
#include <string>

namespace {

using namespace std::chrono_literals;
using base::Errc;

support::CertificateOptions person()
{
    support::CertificateOptions options;
    options.commonName = "desk-head-1";
    options.purpose = support::Purpose::Client;
    return options;
}

/// A person's certificate outside of a connection: the rules are those of a server for its clients.
class PersonCertificate : public testing::Test {
protected:
    void expectRefusal(X509& certificate, Errc code, const std::string& words)
    {
        const auto judged = tls::verifyClientCertificate(certificate, m_trust, m_now);
        ASSERT_FALSE(judged);
        EXPECT_EQ(judged.error().code, code) << judged.error().detail;
        EXPECT_NE(judged.error().detail.find(words), std::string::npos) << judged.error().detail;
        EXPECT_EQ(ERR_peek_error(), 0U);
    }

    support::TestCa m_ca;
    support::TemporaryDirectory m_files;
    tls::TrustPolicy m_trust{m_files.write("ca.pem", m_ca.pem()), {}, {}, {}};
    tls::Identity m_person = m_ca.issue(person());
    base::UtcTime m_now = base::SystemClock().utc();
};

TEST_F(PersonCertificate, OfTheAuthorityIsGood)
{
    const auto judged = tls::verifyClientCertificate(*m_person.certificate, m_trust, m_now);
    EXPECT_TRUE(judged) << judged.error().detail;
    m_trust.crlFile = m_files.write("crl.pem", m_ca.crl({m_ca.issue(person()).certificate.get()}));
    EXPECT_TRUE(tls::verifyClientCertificate(*m_person.certificate, m_trust, m_now)) << "somebody else was revoked";
}

TEST_F(PersonCertificate, OfAnIntermediateThatIsTheConfiguredAuthorityIsGood)
{
    auto issuing = person();
    issuing.commonName = "Issuing";
    issuing.purpose = support::Purpose::Ca;
    const tls::Identity intermediate = m_ca.issue(issuing);
    const auto key = support::generateKey(support::KeyType::Ec256);
    const auto certificate = support::issueFrom(intermediate, *key, person());
    expectRefusal(*certificate, Errc::CertificateUntrusted, "CN=Issuing");
    m_trust.caFile = m_files.write("issuing.pem", support::pemOf(*intermediate.certificate));
    EXPECT_TRUE(tls::verifyClientCertificate(*certificate, m_trust, m_now));
}

TEST_F(PersonCertificate, IsJudgedByTheDateThatIsGiven)
{
    m_now += 48h;
    expectRefusal(*m_person.certificate, Errc::CertificateExpired, "expired on 20");
    m_now -= 96h;
    expectRefusal(*m_person.certificate, Errc::CertificateExpired, "not valid before 20");
}

TEST_F(PersonCertificate, OfAnotherAuthorityOrOfItselfIsRefused)
{
    const support::TestCa other("Another Root");
    expectRefusal(*other.issue(person()).certificate, Errc::CertificateUntrusted, "CN=Another Root");
    expectRefusal(*support::selfSigned(person()).certificate, Errc::CertificateUntrusted, "self-signed");
}

/// The same name on the authority does not make it the authority.
TEST_F(PersonCertificate, OfAnImpostorOfTheAuthorityIsRefused)
{
    const support::TestCa impostor;
    expectRefusal(*impostor.issue(person()).certificate, Errc::CertificateUntrusted, "CN=desk-head-1");
}

TEST_F(PersonCertificate, ForAServerIsRefused)
{
    auto wrong = person();
    wrong.purpose = support::Purpose::Server;
    expectRefusal(*m_ca.issue(wrong).certificate, Errc::CertificateWrongUsage, "TLS server");
}

TEST_F(PersonCertificate, ThatWasRevokedIsRefused)
{
    m_trust.crlFile = m_files.write("crl.pem", m_ca.crl({m_person.certificate.get()}));
    expectRefusal(*m_person.certificate, Errc::CertificateRevoked, "was revoked by its issuer");
}

TEST_F(PersonCertificate, CannotBeCheckedWithAListThatIsOutOfDateOrSomebodyElses)
{
    m_trust.crlFile = m_files.write("crl.pem", support::TestCa("Another Root").crl({}));
    expectRefusal(*m_person.certificate, Errc::RevocationUnknown, "has no list of");
    auto old = person();
    old.notAfter = 96h;
    m_person = m_ca.issue(old);
    m_trust.crlFile = m_files.write("crl.pem", m_ca.crl({}));
    m_now += 48h;
    expectRefusal(*m_person.certificate, Errc::RevocationUnknown, "is out of date");
}

TEST_F(PersonCertificate, ThatIsNotPinnedIsRefused)
{
    m_trust.pins = {std::string(64, '0')};
    expectRefusal(*m_person.certificate, Errc::CertificateNotPinned, "not one of the pinned");
}

TEST_F(PersonCertificate, NeedsFilesThatAreThere)
{
    m_trust.crlFile = "/nonexistent/crl.pem";
    expectRefusal(*m_person.certificate, Errc::Configuration, "/nonexistent/crl.pem");
    m_trust = {"/nonexistent/ca.pem", {}, {}, {}};
    expectRefusal(*m_person.certificate, Errc::Configuration, "/nonexistent/ca.pem");
    m_trust.caFile.clear();
    expectRefusal(*m_person.certificate, Errc::Configuration, "no file of trusted authorities");
}

/// Deliberately issued with too small a key: a server's connection would refuse it, so does this.
TEST_F(PersonCertificate, OfAWeakKeyIsRefused)
{
    const tls::KeyPtr weak(EVP_RSA_gen(1024));
    expectRefusal(*m_ca.issueFor(*weak, person()), Errc::CertificateUntrusted, "too weak");
}

TEST_F(PersonCertificate, NamesThePoliciesThatItWasIssuedUnder)
{
    EXPECT_TRUE(tls::policiesOf(*m_person.certificate).empty());
    // Without a configuration, be it an empty one, OpenSSL has no words for them.
    const std::unique_ptr<CONF, decltype(&NCONF_free)> configuration(NCONF_new(nullptr), NCONF_free);
    X509V3_CTX context{};
    X509V3_set_ctx(&context, nullptr, m_person.certificate.get(), nullptr, nullptr, 0);
    X509V3_set_nconf(&context, configuration.get());
    X509_EXTENSION* policies = X509V3_EXT_nconf_nid(
        configuration.get(), &context, NID_certificate_policies, "1.3.6.1.4.1.32473.7,2.23.140.1.2.2");
    ASSERT_TRUE(policies);
    EXPECT_EQ(X509_add_ext(m_person.certificate.get(), policies, -1), 1);
    X509_EXTENSION_free(policies);
    EXPECT_EQ(tls::policiesOf(*m_person.certificate), (std::set<std::string>{"1.3.6.1.4.1.32473.7", "2.23.140.1.2.2"}));
}

}
