#include "core/tls/revocation_lists.h"
#include "tests/unit/tls/tls_world.h"

#include <gtest/gtest.h>

/// Revocation lists, read again while they are in use.
using namespace tls_test;
using base::Errc;
using namespace std::chrono_literals;

namespace {

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
