#include "tests/unit/tls/tls_world.h"

#include <gtest/gtest.h>

using namespace tls_test;
using base::Errc;

namespace {

class ContextRule : public testing::Test {
protected:
    [[nodiscard]] base::Error refusal()
    {
        const auto context =
            tls::Context::forClient(trust, shared(m_handshake.world.ca.issue(m_handshake.world.clientOptions())));
        return context ? base::Error{Errc::Internal, "accepted"} : context.error();
    }
    void expectConfigurationError(const std::string& word)
    {
        const auto error = refusal();
        EXPECT_EQ(error.code, Errc::Configuration);
        EXPECT_NE(error.detail.find(word), std::string::npos) << error.detail;
    }
    std::string file(const std::string& name, const std::string& content)
    {
        return m_handshake.world.files.write(name, content);
    }

    Handshake m_handshake;
    tls::TrustPolicy trust = m_handshake.clientTrust;
};

TEST_F(ContextRule, NeedsAnAuthority)
{
    trust.caFile.clear();
    expectConfigurationError("authorities");
}

TEST_F(ContextRule, PinsDoNotReplaceTheAuthority)
{
    trust.caFile.clear();
    trust.pins = {std::string(64, '0')};
    expectConfigurationError("authorities");
}

TEST_F(ContextRule, AuthorityFileMustExist)
{
    trust.caFile = "/nonexistent/ca.pem";
    expectConfigurationError("/nonexistent/ca.pem: cannot be read");
}

TEST_F(ContextRule, AuthorityFileMustHoldACertificate)
{
    trust.caFile = file("empty.pem", "nothing here\n");
    expectConfigurationError("found none");
}

TEST_F(ContextRule, DamagedAuthorityFileIsRefusedAsAWhole)
{
    auto text = m_handshake.world.ca.pem() + m_handshake.world.otherCa.pem();
    text[text.size() - 100] = '!';
    trust.caFile = file("damaged.pem", text);
    expectConfigurationError("damaged");
}

TEST_F(ContextRule, RevocationFileMustHoldAList)
{
    trust.crlFile = "/nonexistent/crl.pem";
    expectConfigurationError("/nonexistent/crl.pem: cannot be read");
    trust.crlFile = file("crl.pem", m_handshake.world.ca.pem());
    expectConfigurationError("found none");
}

TEST_F(ContextRule, AnAuthorityInDerIsSaidToBeBinary)
{
    unsigned char* der = nullptr;
    const int size = i2d_X509(m_handshake.world.ca.identity().certificate.get(), &der);
    ASSERT_GT(size, 0);
    trust.caFile = file("ca.cer", std::string(reinterpret_cast<const char*>(der), static_cast<std::size_t>(size)));
    OPENSSL_free(der);
    expectConfigurationError("the file is binary (DER)");
}

TEST_F(ContextRule, ClientNeedsTheNameToExpect)
{
    trust.serverName.clear();
    expectConfigurationError("server name");
}

TEST_F(ContextRule, ServerNeedsNoName)
{
    m_handshake.serverTrust.serverName.clear();
    const auto shaken = m_handshake.run();
    EXPECT_TRUE(shaken.serverStatus);
}

TEST_F(ContextRule, NeedsAnIdentity)
{
    for (const auto& identity : {std::shared_ptr<const tls::Identity>(), shared(tls::Identity())}) {
        const auto context = tls::Context::forClient(trust, identity);
        ASSERT_FALSE(context);
        EXPECT_EQ(context.error().code, Errc::Configuration);
    }
}

TEST_F(ContextRule, RefusesAKeyThatIsNotTheCertificates)
{
    tls::Identity mixed = m_handshake.world.ca.issue(m_handshake.world.clientOptions());
    mixed.key = support::generateKey(support::KeyType::Ec256);
    const auto context = tls::Context::forClient(trust, shared(std::move(mixed)));
    ASSERT_FALSE(context);
    EXPECT_EQ(context.error().code, Errc::Unsupported);
}

TEST_F(ContextRule, RefusesAKeyThatIsTooWeak)
{
    tls::Identity weak;
    weak.key = tls::KeyPtr(EVP_RSA_gen(1024));
    weak.certificate = m_handshake.world.ca.issueFor(*weak.key, m_handshake.world.clientOptions());
    const auto context = tls::Context::forClient(trust, shared(std::move(weak)));
    ASSERT_FALSE(context);
    EXPECT_EQ(context.error().code, Errc::Unsupported);
    EXPECT_NE(context.error().detail.find("too small"), std::string::npos) << context.error().detail;
}

}
