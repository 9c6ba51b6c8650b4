#include "core/base/clock.h"
#include "core/tls/revocation_lists.h"
#include "core/tls/verify.h"
#include "tests/support/test_crl.h"
#include "tests/unit/tls/tls_world.h"

#include <gtest/gtest.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <optional>

/// Revocation lists, read again while they are in use.
using namespace tls_test;
using base::Errc;
using namespace std::chrono_literals;

namespace {

/// The list in `pem`.
std::string derOf(const std::string& pem)
{
    const tls::BioPtr input(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    const tls::CrlPtr list(PEM_read_bio_X509_CRL(input.get(), nullptr, nullptr, nullptr));
    unsigned char* der = nullptr;
    const int size = i2d_X509_CRL(list.get(), &der);
    std::string text(reinterpret_cast<const char*>(der), size > 0 ? static_cast<std::size_t>(size) : 0);
    OPENSSL_free(der);
    return text;
}

class Revocation : public testing::Test {
protected:
    void writeList(const std::vector<X509*>& revoked, std::chrono::seconds until = 24h)
    {
        m_handshake.world.files.write("crl.pem", m_handshake.world.ca.crl(revoked, until));
    }

    /// Both ends, the server with a list.
    void open()
    {
        m_trader = X509_dup(m_handshake.clientIdentity.certificate.get());
        m_traderOwner.reset(m_trader);
        m_handshake.serverTrust.crlFile = m_handshake.world.files.path() / "crl.pem";
        m_client = m_handshake.clientContext();
        m_server = m_handshake.serverContext();
    }

    /// The lists as they are now would not be begun with.
    void expectRefusedFile(const std::string& why)
    {
        const auto judge = tls::Judge::of(m_handshake.serverTrust);
        ASSERT_FALSE(judge);
        EXPECT_EQ(judge.error().code, Errc::Configuration);
        EXPECT_NE(judge.error().detail.find(why), std::string::npos) << judge.error().detail;
    }

    base::Status next() { return support::shake(m_client, m_server).serverStatus; }

    Handshake m_handshake;
    X509* m_trader = nullptr;
    tls::CertificatePtr m_traderOwner;
    std::shared_ptr<tls::Context> m_client;
    std::shared_ptr<tls::Context> m_server;
};

TEST_F(Revocation, AListIsReadAgainWhenItChanges)
{
    writeList({});
    open();
    EXPECT_TRUE(next());
    writeList({m_trader});
    EXPECT_EQ(codeOf(next()), Errc::CertificateRevoked);
    writeList({});
    EXPECT_TRUE(next()) << "taken off the list";
}

TEST_F(Revocation, ADamagedOrMissingFileLeavesTheLastListInForce)
{
    writeList({});
    open();
    writeList({m_trader});
    EXPECT_EQ(codeOf(next()), Errc::CertificateRevoked);
    m_handshake.world.files.write("crl.pem", "-----BEGIN X509 CRL-----\nMII");
    EXPECT_EQ(codeOf(next()), Errc::CertificateRevoked);
    std::filesystem::remove(m_handshake.serverTrust.crlFile);
    EXPECT_EQ(codeOf(next()), Errc::CertificateRevoked);
    writeList({});
    EXPECT_TRUE(next());
}

TEST_F(Revocation, AListOutOfDateRefusesEverybodyAndSaysWhy)
{
    writeList({});
    open();
    EXPECT_TRUE(next());
    writeList({}, -1h);
    const auto refused = next();
    ASSERT_EQ(codeOf(refused), Errc::RevocationUnknown);
    EXPECT_NE(refused.error().detail.find("is out of date: it held until 20"), std::string::npos)
        << refused.error().detail;
    EXPECT_NE(refused.error().detail.find("crl.pem"), std::string::npos);
}

TEST_F(Revocation, AListOfAnotherAuthorityTellsNothing)
{
    writeList({});
    open();
    m_handshake.world.files.write("crl.pem", m_handshake.world.otherCa.crl({}));
    EXPECT_EQ(codeOf(next()), Errc::RevocationUnknown);
}

TEST_F(Revocation, AListUnderTheAuthoritysNameThatItDidNotSignTellsNothing)
{
    writeList({});
    open();
    m_handshake.world.files.write("crl.pem", support::TestCa("Venue Root").crl({}));
    const auto refused = next();
    ASSERT_EQ(codeOf(refused), Errc::RevocationUnknown);
    EXPECT_NE(refused.error().detail.find("was not signed by CN=Venue Root"), std::string::npos)
        << refused.error().detail;
}

/// What has changed since another list: nothing. Newer than any.
std::string emptyDelta(const support::TestCa& ca)
{
    return support::crlOf(ca.identity(), {}, 24h, [](X509_CRL& list) {
        const std::unique_ptr<ASN1_INTEGER, decltype(&ASN1_INTEGER_free)> since(ASN1_INTEGER_new(), ASN1_INTEGER_free);
        EXPECT_EQ(ASN1_INTEGER_set(since.get(), 1), 1);
        EXPECT_EQ(X509_CRL_add1_ext_i2d(&list, NID_delta_crl, since.get(), 1, 0), 1);
        const std::unique_ptr<ASN1_TIME, decltype(&ASN1_TIME_free)> now(X509_gmtime_adj(nullptr, -1), ASN1_TIME_free);
        EXPECT_EQ(X509_CRL_set1_lastUpdate(&list, now.get()), 1);
    });
}

TEST_F(Revocation, ADeltaListHidesNothingThatTheCompleteListRevokes)
{
    writeList({});
    open();
    const std::string complete = m_handshake.world.ca.crl({m_trader});
    const std::string delta = emptyDelta(m_handshake.world.ca);
    m_handshake.world.files.write("crl.pem", complete);
    EXPECT_EQ(codeOf(next()), Errc::CertificateRevoked);
    for (const std::string& lists : {complete + delta, delta + complete, delta}) {
        m_handshake.world.files.write("crl.pem", lists);
        EXPECT_EQ(codeOf(next()), Errc::CertificateRevoked) << "the last good lists stay in force";
        expectRefusedFile("holds a delta list of CN=Venue Root");
    }
}

TEST_F(Revocation, AListThatWouldNeverBeOutOfDateIsRefused)
{
    writeList({});
    open();
    m_handshake.world.files.write("crl.pem", support::crlOf(m_handshake.world.ca.identity(), {}, std::nullopt));
    expectRefusedFile("does not say until when it holds");
}

TEST_F(Revocation, AListIsTakenAsDistributionPointsHandItOut)
{
    writeList({});
    open();
    const std::string der = derOf(m_handshake.world.ca.crl({m_trader}));
    m_handshake.world.files.write("crl.pem", der);
    EXPECT_EQ(codeOf(next()), Errc::CertificateRevoked);
    for (const std::string& damaged : {der.substr(0, der.size() - 1), der + "x"}) {
        m_handshake.world.files.write("crl.pem", damaged);
        expectRefusedFile("found none");
    }
}

TEST_F(Revocation, AListForOtherCertificatesSaysThatItIs)
{
    writeList({});
    open();
    // Of authorities only (RFC 5280, 5.2.5).
    const auto ofAuthorities = [](X509_CRL& list) {
        const std::unique_ptr<ISSUING_DIST_POINT, decltype(&ISSUING_DIST_POINT_free)> point(
            ISSUING_DIST_POINT_new(), ISSUING_DIST_POINT_free);
        point->onlyCA = 0xff;
        EXPECT_EQ(X509_CRL_add1_ext_i2d(&list, NID_issuing_distribution_point, point.get(), 1, 0), 1);
    };
    m_handshake.world.files.write("crl.pem", support::crlOf(m_handshake.world.ca.identity(), {}, 24h, ofAuthorities));
    const auto refused = next();
    ASSERT_EQ(codeOf(refused), Errc::RevocationUnknown);
    EXPECT_NE(refused.error().detail.find("has a list of CN=Venue Root, but none that is about this certificate"),
        std::string::npos)
        << refused.error().detail;
}

TEST_F(Revocation, AFileThatCouldNotBeReadIsReadAgainThoughItLooksTheSame)
{
    const auto file = m_handshake.world.files.path() / "crl.pem";
    writeList({});
    open();
    EXPECT_TRUE(next());
    const std::string good = m_handshake.world.ca.crl({m_trader});
    std::string half = good;
    half.replace(half.size() / 2, 100, 100, '?');
    m_handshake.world.files.write("crl.pem", half);
    const auto time = std::filesystem::last_write_time(file);
    EXPECT_TRUE(next()) << "the last list stays in force";
    m_handshake.world.files.write("crl.pem", good);
    std::filesystem::last_write_time(file, time);
    EXPECT_EQ(codeOf(next()), Errc::CertificateRevoked);
}

/// A trader whom an intermediate has certified.
class RevokedBetween : public testing::Test {
protected:
    RevokedBetween()
    {
        support::CertificateOptions options;
        options.commonName = "Issuing CA";
        options.purpose = support::Purpose::Ca;
        auto issuer = m_world.ca.issue(options);
        m_issuerKey = std::move(issuer.key);
        m_between.push_back(std::move(issuer.certificate));
        m_key = support::generateKey(support::KeyType::Ec256);
        m_leaf = support::issueFrom(issuing(), *m_key, m_world.clientOptions());
    }

    tls::Identity issuing() const
    {
        X509_up_ref(m_between[0].get());
        EVP_PKEY_up_ref(m_issuerKey.get());
        return {tls::CertificatePtr(m_between[0].get()), {}, tls::KeyPtr(m_issuerKey.get())};
    }

    base::Status judge(const std::string& lists, const std::string& anchors)
    {
        tls::TrustPolicy trust;
        trust.caFile = m_world.files.write("anchors.pem", anchors);
        trust.crlFile = m_world.files.write("lists.pem", lists);
        return tls::verifyClientCertificate(*m_leaf, trust, base::SystemClock().utc(), m_between);
    }
    std::string ofIssuing(const std::vector<X509*>& revoked) { return support::crlOf(issuing(), revoked); }

    World m_world;
    tls::KeyPtr m_issuerKey;
    std::vector<tls::CertificatePtr> m_between;
    tls::KeyPtr m_key;
    tls::CertificatePtr m_leaf;
};

TEST_F(RevokedBetween, AnIntermediateIsRefusedByTheListOfItsIssuer)
{
    const std::string root = m_world.ca.pem();
    EXPECT_TRUE(judge(ofIssuing({}), root)) << "the root's list is not there";
    EXPECT_TRUE(judge(ofIssuing({}) + m_world.ca.crl({}), root));
    EXPECT_EQ(codeOf(judge(ofIssuing({}) + m_world.ca.crl({m_between[0].get()}), root)), Errc::CertificateRevoked);
    EXPECT_EQ(codeOf(judge(ofIssuing({}) + m_world.ca.crl({}, -1h), root)), Errc::RevocationUnknown);
    EXPECT_EQ(codeOf(judge(ofIssuing({m_leaf.get()}) + m_world.ca.crl({}), root)), Errc::CertificateRevoked);
    EXPECT_EQ(codeOf(judge(m_world.ca.crl({}), root)), Errc::RevocationUnknown)
        << "the certificate's own list is needed";
}

TEST_F(RevokedBetween, AnIntermediateThatIsTheAnchorNeedsNoListOfAnIssuerThatNobodyKnows)
{
    const std::string anchor = support::pemOf(*m_between[0]);
    EXPECT_TRUE(judge(ofIssuing({}), anchor));
    EXPECT_TRUE(judge(ofIssuing({}) + m_world.ca.crl({}), anchor));
    EXPECT_EQ(codeOf(judge(ofIssuing({}) + m_world.ca.crl({m_between[0].get()}), anchor)), Errc::CertificateRevoked);
}

TEST_F(Revocation, InMidConnectionItIsSeenWhenTheClientIsAskedAgain)
{
    writeList({});
    open();
    auto shaken = support::shake(m_client, m_server);
    ASSERT_TRUE(shaken.serverStatus);
    writeList({m_trader});
    ASSERT_TRUE(shaken.server.askForCertificate());
    const tls::Waker never;
    const support::PeerThread peer([&] {
        std::array<char, 16> buffer{};
        const auto deadline = std::chrono::steady_clock::now() + support::Patience;
        while (!shaken.client.isAsked() && std::chrono::steady_clock::now() < deadline)
            static_cast<void>(shaken.client.read(buffer));
        EXPECT_TRUE(shaken.client.answerRequest(support::Patience, never));
    });
    const auto seen = support::receive(shaken.server, 1);
    EXPECT_TRUE(seen.closed);
    ASSERT_TRUE(seen.error);
    EXPECT_EQ(seen.error->code, Errc::CertificateRevoked) << seen.error->detail;
}

}
