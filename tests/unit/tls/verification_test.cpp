#include "tests/unit/tls/tls_world.h"

#include <gtest/gtest.h>

#include <cstdlib>

using namespace tls_test;
using base::Errc;

namespace {

/// Every judgement of the server's certificate, over both protocol versions.
class ServerCertificate : public testing::TestWithParam<int> {
protected:
    ServerCertificate() { m_handshake.version = GetParam(); }

    World& world() { return m_handshake.world; }
    support::CertificateOptions options() { return world().serverOptions(); }
    void present(const support::CertificateOptions& options) { m_handshake.serverIdentity = world().ca.issue(options); }
    void pinPresented() { trust().pins = {tls::fingerprint(*m_handshake.serverIdentity.certificate)}; }
    tls::TrustPolicy& trust() { return m_handshake.clientTrust; }

    /// The client must refuse with this code, and the server must learn of it.
    void expectRefusal(Errc code, const std::vector<std::string>& words)
    {
        auto shaken = m_handshake.run();
        ASSERT_FALSE(shaken.clientStatus);
        EXPECT_EQ(shaken.clientStatus.error().code, code) << shaken.clientStatus.error().detail;
        for (const auto& word : words)
            EXPECT_NE(shaken.clientStatus.error().detail.find(word), std::string::npos)
                << word << " is not in: " << shaken.clientStatus.error().detail;
        EXPECT_EQ(codeOf(shaken.serverStatus), Errc::CertificateRefused);
    }

    Handshake m_handshake;
};

TEST_P(ServerCertificate, WithAnotherNameIsRefused)
{
    auto other = options();
    other.dnsNames = {"evil.example"};
    present(other);
    expectRefusal(Errc::CertificateWrongName, {ServerName, "evil.example"});
}

TEST_P(ServerCertificate, CannotWriteControlCharactersIntoOurLog)
{
    auto hostile = options();
    hostile.dnsNames = {"evil\nALLOWED"};
    present(hostile);
    expectRefusal(Errc::CertificateWrongName, {"evil?ALLOWED"});
}

TEST_P(ServerCertificate, WithAnotherAddressIsRefused)
{
    auto other = options();
    other.ipAddresses = {"192.0.2.7"};
    present(other);
    trust().serverName = "127.0.0.1";
    expectRefusal(Errc::CertificateWrongName, {"127.0.0.1", "192.0.2.7"});
}

TEST_P(ServerCertificate, WithAPartialWildcardIsRefused)
{
    auto wild = options();
    wild.dnsNames = {"ven*.fix.example"};
    present(wild);
    trust().serverName = "venue.fix.example";
    expectRefusal(Errc::CertificateWrongName, {"ven*.fix.example"});
}

TEST_P(ServerCertificate, OfAnotherAuthorityIsRefused)
{
    m_handshake.serverIdentity = world().otherCa.issue(options());
    expectRefusal(Errc::CertificateUntrusted, {"CN=Venue", "CN=Another Root", "ca.pem"});
}

TEST_P(ServerCertificate, ThatSignsItselfIsRefused)
{
    m_handshake.serverIdentity = support::selfSigned(options());
    expectRefusal(Errc::CertificateUntrusted, {"self-signed"});
}

TEST_P(ServerCertificate, ThatExpiredIsRefusedWithItsDate)
{
    auto old = options();
    old.notBefore = std::chrono::hours(-48);
    old.notAfter = std::chrono::hours(-24);
    present(old);
    expectRefusal(Errc::CertificateExpired, {"expired on 20", "UTC"});
}

TEST_P(ServerCertificate, ThatIsNotYetValidIsRefused)
{
    auto early = options();
    early.notBefore = std::chrono::hours(1);
    present(early);
    expectRefusal(Errc::CertificateExpired, {"not valid before 20"});
}

TEST_P(ServerCertificate, MadeForAClientIsRefused)
{
    auto wrong = options();
    wrong.purpose = support::Purpose::Client;
    present(wrong);
    expectRefusal(Errc::CertificateWrongUsage, {"TLS client"});
}

TEST_P(ServerCertificate, MadeForCodeSigningIsRefused)
{
    auto wrong = options();
    wrong.purpose = support::Purpose::CodeSigning;
    present(wrong);
    expectRefusal(Errc::CertificateWrongUsage, {"code signing"});
}

TEST_P(ServerCertificate, ThatWasRevokedIsRefused)
{
    trust().crlFile = world().files.write("crl.pem", world().ca.crl({m_handshake.serverIdentity.certificate.get()}));
    expectRefusal(Errc::CertificateRevoked, {"revoked", "CN=Venue Root"});
}

TEST_P(ServerCertificate, WithoutARevocationListOfItsAuthorityIsRefused)
{
    trust().crlFile = world().files.write("crl.pem", world().otherCa.crl({}));
    expectRefusal(Errc::RevocationUnknown, {"revocation", "CN=Venue Root"});
}

TEST_P(ServerCertificate, ThatIsNotOnTheListIsAccepted)
{
    const auto another = world().ca.issue(options());
    trust().crlFile = world().files.write("crl.pem", world().ca.crl({another.certificate.get()}));
    const auto shaken = m_handshake.run();
    EXPECT_TRUE(shaken.clientStatus) << shaken.clientStatus.error().detail;
}

TEST_P(ServerCertificate, ThatIsPinnedButExpiredIsRefused)
{
    auto old = options();
    old.notBefore = std::chrono::hours(-48);
    old.notAfter = std::chrono::hours(-24);
    present(old);
    pinPresented();
    expectRefusal(Errc::CertificateExpired, {"expired on"});
}

TEST_P(ServerCertificate, ThatIsItselfTheAnchorAndExpiredIsRefused)
{
    auto old = options();
    old.notBefore = std::chrono::hours(-48);
    old.notAfter = std::chrono::hours(-24);
    present(old);
    pinPresented();
    trust().caFile = world().files.write("leaf.pem", support::pemOf(*m_handshake.serverIdentity.certificate));
    expectRefusal(Errc::CertificateExpired, {"expired on"});
}

TEST_P(ServerCertificate, ThatIsItselfTheAnchorIsAccepted)
{
    m_handshake.serverIdentity = support::selfSigned(options());
    pinPresented();
    trust().caFile = world().files.write("leaf.pem", support::pemOf(*m_handshake.serverIdentity.certificate));
    const auto shaken = m_handshake.run();
    EXPECT_TRUE(shaken.clientStatus) << shaken.clientStatus.error().detail;
    EXPECT_TRUE(shaken.client.peer().pinned);
}

TEST_P(ServerCertificate, ThatIsPinnedButOfAnotherAuthorityIsRefused)
{
    m_handshake.serverIdentity = world().otherCa.issue(options());
    pinPresented();
    expectRefusal(Errc::CertificateUntrusted, {"CN=Another Root"});
}

TEST_P(ServerCertificate, IsRefusedByThePinOfAnotherCertificateOfTheSameAuthority)
{
    const auto another = world().ca.issue(options());
    trust().pins = {tls::fingerprint(*another.certificate)};
    expectRefusal(
        Errc::CertificateNotPinned, {tls::fingerprint(*m_handshake.serverIdentity.certificate), "not one of"});
}

TEST_P(ServerCertificate, IsNotTrustedBecauseTheSystemTrustsItsAuthority)
{
    const auto systemFile = world().files.write("system.pem", world().otherCa.pem());
    ASSERT_EQ(setenv("SSL_CERT_FILE", systemFile.c_str(), 1), 0);
    m_handshake.serverIdentity = world().otherCa.issue(options());
    expectRefusal(Errc::CertificateUntrusted, {"CN=Another Root"});
    unsetenv("SSL_CERT_FILE");
}

class ServerCertificateTls13 : public ServerCertificate { };

// OpenSSL's own TLS 1.2 server does not even offer such a certificate.
TEST_P(ServerCertificateTls13, WhoseKeyMayOnlySignCertificatesIsRefused)
{
    auto wrong = options();
    wrong.purpose = support::Purpose::Ca;
    present(wrong);
    expectRefusal(Errc::CertificateWrongUsage, {"certificate signing"});
}

INSTANTIATE_TEST_SUITE_P(Tls, ServerCertificateTls13, testing::Values(TLS1_3_VERSION), versionName);

INSTANTIATE_TEST_SUITE_P(Tls, ServerCertificate, testing::Values(TLS1_2_VERSION, TLS1_3_VERSION), versionName);

}
