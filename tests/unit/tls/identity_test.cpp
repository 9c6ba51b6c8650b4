#include "core/tls/identity.h"
#include "tests/support/test_pki.h"

#include <gtest/gtest.h>
#include <openssl/err.h>
#include <openssl/pem.h>

using base::Errc;
using support::pemOf;

namespace {

class PemIdentity : public testing::Test {
protected:
    void expectConfigurationError(const std::string& certificate, const std::string& key, const std::string& word)
    {
        const auto result = tls::loadPemIdentity(certificate, key);
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().code, Errc::Configuration);
        EXPECT_NE(result.error().detail.find(word), std::string::npos) << result.error().detail;
        EXPECT_EQ(ERR_peek_error(), 0U) << "an old error would be taken for one of the next handshake";
    }

    support::TestCa ca;
    support::TemporaryDirectory files;
    tls::Identity issued = ca.issue({});
    std::string certificateFile = files.write("venue.pem", pemOf(*issued.certificate) + ca.pem());
    std::string keyFile = files.write("venue.key", pemOf(*issued.key));
};

TEST_F(PemIdentity, IsLeafThenIntermediatesAndKey)
{
    const auto identity = tls::loadPemIdentity(certificateFile, keyFile);
    ASSERT_TRUE(identity) << identity.error().detail;
    EXPECT_EQ(tls::fingerprint(*identity->certificate), tls::fingerprint(*issued.certificate));
    ASSERT_EQ(identity->chain.size(), 1U);
    EXPECT_EQ(tls::commonNameOf(*identity->chain.front()), "Test Root");
}

TEST_F(PemIdentity, NamesTheFileThatIsMissing)
{
    expectConfigurationError("/nonexistent/venue.pem", keyFile, "/nonexistent/venue.pem: cannot be read");
    expectConfigurationError(certificateFile, "/nonexistent/venue.key", "/nonexistent/venue.key: cannot be read");
}

TEST_F(PemIdentity, RefusesAKeyOfAnotherCertificate)
{
    const auto other = files.write("other.key", pemOf(*support::generateKey(support::KeyType::Ec256)));
    expectConfigurationError(certificateFile, other, "other.key: is not the key of");
}

TEST_F(PemIdentity, RefusesAFileOfTheWrongKind)
{
    expectConfigurationError(keyFile, keyFile, "found none");
    expectConfigurationError(certificateFile, certificateFile, "expected a private key");
}

TEST_F(PemIdentity, RefusesAKeyWithAPassphraseInsteadOfAsking)
{
    char passphrase[] = "secret";
    BIO* output = BIO_new(BIO_s_mem());
    ASSERT_EQ(
        PEM_write_bio_PKCS8PrivateKey(output, issued.key.get(), EVP_aes_128_cbc(), passphrase, 6, nullptr, nullptr), 1);
    char* data = nullptr;
    const long size = BIO_get_mem_data(output, &data);
    const auto file = files.write("locked.key", std::string(data, static_cast<std::size_t>(size)));
    BIO_free(output);
    expectConfigurationError(certificateFile, file, "without a passphrase");
}

TEST(CertificateText, FingerprintIsSha256OfTheWholeCertificate)
{
    const support::TestCa ca;
    const auto identity = ca.issue({});
    const auto print = tls::fingerprint(*identity.certificate);
    EXPECT_EQ(print.size(), 64U);
    EXPECT_EQ(print.find_first_not_of("0123456789abcdef"), std::string::npos);
    // The same key in another certificate is another fingerprint.
    EXPECT_NE(print, tls::fingerprint(*ca.issueFor(*identity.key, {})));
}

TEST(CertificateText, NamesKeepTheirUmlautsAndEscapeTheirCommas)
{
    support::CertificateOptions options;
    options.commonName = "Müller, Trader";
    const auto identity = support::selfSigned(options);
    EXPECT_EQ(tls::commonNameOf(*identity.certificate), "Müller, Trader");
    EXPECT_EQ(tls::subjectOf(*identity.certificate), "CN=Müller\\, Trader");
}

TEST(CertificateText, CommonNameKeepsAnEmbeddedZeroByte)
{
    support::CertificateOptions options;
    options.commonName = std::string("TRADER1\0.evil", 13);
    const auto identity = support::selfSigned(options);
    EXPECT_EQ(tls::commonNameOf(*identity.certificate), options.commonName);
}

TEST(CertificateText, DatesAreUtc)
{
    using namespace std::chrono_literals;
    support::CertificateOptions options;
    options.notBefore = -3600s;
    options.notAfter = 7200s;
    const auto identity = support::selfSigned(options);
    const auto now = base::SystemClock().utc();
    EXPECT_NEAR(static_cast<double>((tls::notBeforeOf(*identity.certificate) - now) / 1s), -3600, 60);
    EXPECT_NEAR(static_cast<double>((tls::notAfterOf(*identity.certificate) - now) / 1s), 7200, 60);
}

}
