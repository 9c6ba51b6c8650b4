#include "core/tls/hex.h"
#include "core/tls/pins.h"
#include "tests/unit/tls/tls_world.h"

#include <gtest/gtest.h>

#include <array>

/// Pins of certificates and of keys, present and next.
using namespace tls_test;
using base::Errc;

namespace {

class Pins : public testing::Test {
protected:
    [[nodiscard]] X509& venue() { return *m_handshake.serverIdentity.certificate; }
    tls::TrustPolicy& trust() { return m_handshake.clientTrust; }
    const std::string m_nobody = std::string(64, '0');
    Handshake m_handshake;
};

TEST_F(Pins, OfAKeyAreTheHashOfItsPublicForm)
{
    unsigned char* der = nullptr;
    const int size = i2d_PUBKEY(X509_get0_pubkey(&venue()), &der);
    std::array<unsigned char, 32> digest{};
    ASSERT_EQ(EVP_Digest(der, static_cast<std::size_t>(size), digest.data(), nullptr, EVP_sha256(), nullptr), 1);
    OPENSSL_free(der);
    EXPECT_EQ(tls::keyPin(venue()), "spki:" + tls::hexOf(digest));
}

TEST_F(Pins, HaveAForm)
{
    EXPECT_TRUE(tls::isPin(m_nobody));
    EXPECT_TRUE(tls::isPin("spki:" + m_nobody));
    EXPECT_FALSE(tls::isPin("spki:"));
    EXPECT_FALSE(tls::isPin("key:" + m_nobody));
    EXPECT_FALSE(tls::isPin(std::string(64, 'A')));
    EXPECT_FALSE(tls::isPin(std::string(63, 'a')));
}

TEST_F(Pins, OfAKeyHoldForARenewedCertificate)
{
    trust().pins = {tls::keyPin(venue())};
    m_handshake.serverIdentity.certificate =
        m_handshake.world.ca.issueFor(*m_handshake.serverIdentity.key, m_handshake.world.serverOptions());
    const auto shaken = m_handshake.run();
    ASSERT_TRUE(shaken.clientStatus) << shaken.clientStatus.error().detail;
    EXPECT_TRUE(shaken.client.peer().pinned);
    EXPECT_FALSE(shaken.client.peer().pinnedAsNext);
}

TEST_F(Pins, OfACertificateDoNot)
{
    trust().pins = {tls::fingerprint(venue())};
    m_handshake.serverIdentity.certificate =
        m_handshake.world.ca.issueFor(*m_handshake.serverIdentity.key, m_handshake.world.serverOptions());
    EXPECT_EQ(codeOf(m_handshake.run().clientStatus), Errc::CertificateNotPinned);
}

TEST_F(Pins, TheNextOneIsTakenAndTold)
{
    trust().pins = {m_nobody};
    trust().nextPins = {tls::fingerprint(venue())};
    const auto shaken = m_handshake.run();
    ASSERT_TRUE(shaken.clientStatus) << shaken.clientStatus.error().detail;
    EXPECT_TRUE(shaken.client.peer().pinned);
    EXPECT_TRUE(shaken.client.peer().pinnedAsNext);
}

TEST_F(Pins, OneThatIsBothIsThePresentOne)
{
    trust().pins = {tls::keyPin(venue())};
    trust().nextPins = {tls::fingerprint(venue())};
    const auto shaken = m_handshake.run();
    ASSERT_TRUE(shaken.clientStatus);
    EXPECT_FALSE(shaken.client.peer().pinnedAsNext);
}

TEST_F(Pins, NeitherIsRefusedWithBothFormsInWords)
{
    trust().pins = {m_nobody};
    trust().nextPins = {"spki:" + m_nobody};
    const std::string print = tls::fingerprint(venue());
    const std::string key = tls::keyPin(venue());
    const auto status = m_handshake.run().clientStatus;
    ASSERT_EQ(codeOf(status), Errc::CertificateNotPinned);
    EXPECT_NE(status.error().detail.find(print), std::string::npos) << status.error().detail;
    EXPECT_NE(status.error().detail.find(key), std::string::npos) << status.error().detail;
}

}
