#include "core/tls/detached_signature.h"
#include "tests/support/test_pki.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/bio.h>
#include <openssl/cms.h>
#include <openssl/err.h>

#include <cstdlib>
#include <fstream>
#include <iterator>

namespace {

using base::Errc;
using support::KeyType;
using testing::HasSubstr;

const std::string Policy = "id = \"p\"\r\nversion = 1\n";
constexpr unsigned Detached = CMS_BINARY | CMS_DETACHED;

std::string der(CMS_ContentInfo* cms)
{
    unsigned char* bytes = nullptr;
    const int size = i2d_CMS_ContentInfo(cms, &bytes);
    std::string text(reinterpret_cast<const char*>(bytes), size > 0 ? static_cast<std::size_t>(size) : 0);
    OPENSSL_free(bytes);
    return text;
}

std::string sign(const tls::Identity& signer, const std::string& content, unsigned flags = Detached,
    const EVP_MD* digest = EVP_sha256())
{
    BIO* bytes = BIO_new_mem_buf(content.data(), static_cast<int>(content.size()));
    CMS_ContentInfo* cms = CMS_sign(nullptr, nullptr, nullptr, bytes, flags | CMS_PARTIAL);
    EXPECT_TRUE(CMS_add1_signer(cms, signer.certificate.get(), signer.key.get(), digest, flags));
    EXPECT_EQ(CMS_final(cms, bytes, nullptr, flags), 1);
    std::string text = der(cms);
    CMS_ContentInfo_free(cms);
    BIO_free(bytes);
    return text;
}

tls::PinnedSigners pinnedTo(const tls::Identity& signer)
{
    X509_up_ref(signer.certificate.get());
    std::vector<tls::CertificatePtr> certificates;
    certificates.emplace_back(signer.certificate.get());
    return tls::PinnedSigners(std::move(certificates));
}

Errc refusalOf(const base::Result<std::string>& result)
{
    EXPECT_EQ(ERR_peek_error(), 0U) << "OpenSSL's errors are left lying around";
    return result ? Errc::Internal : result.error().code;
}

class ADetachedSignature : public testing::Test {
protected:
    static support::CertificateOptions named(const char* name, KeyType type = KeyType::Ec256)
    {
        support::CertificateOptions options;
        options.commonName = name;
        options.keyType = type;
        options.purpose = support::Purpose::Client;
        return options;
    }
    support::TestCa m_ca;
    tls::Identity m_officer = m_ca.issue(named("officer"));
    tls::Identity m_stranger = m_ca.issue(named("officer"));
    tls::PinnedSigners m_signers = pinnedTo(m_officer);
};

TEST_F(ADetachedSignature, NamesItsSigner)
{
    const auto signer = m_signers.verify(Policy, sign(m_officer, Policy));
    ASSERT_TRUE(signer) << signer.error().detail;
    EXPECT_THAT(*signer, HasSubstr("CN=officer"));
    EXPECT_THAT(*signer, HasSubstr(tls::fingerprint(*m_officer.certificate)));
}

TEST_F(ADetachedSignature, HoldsForEveryKindOfKeyAndAfterTheCertificateHasEnded)
{
    for (const KeyType type : {KeyType::Ec384, KeyType::Rsa2048}) {
        const auto signer = m_ca.issue(named("other", type));
        EXPECT_TRUE(pinnedTo(signer).verify(Policy, sign(signer, Policy, Detached, EVP_sha384())));
    }
    auto ended = named("ended");
    ended.notBefore = std::chrono::hours(-48);
    ended.notAfter = std::chrono::hours(-24);
    const auto signer = m_ca.issue(ended);
    EXPECT_TRUE(pinnedTo(signer).verify(Policy, sign(signer, Policy)));
    EXPECT_TRUE(m_signers.verify(Policy, sign(m_officer, Policy, Detached | CMS_NOATTR)));
}

TEST_F(ADetachedSignature, IsRefusedFromAnybodyElse)
{
    // Same subject, same issuer, and its certificate comes along.
    EXPECT_EQ(refusalOf(m_signers.verify(Policy, sign(m_stranger, Policy))), Errc::Refused);
}

TEST_F(ADetachedSignature, IsRefusedUnderAnotherFile)
{
    const std::string signature = sign(m_officer, Policy);
    EXPECT_EQ(refusalOf(m_signers.verify(Policy + "\n", signature)), Errc::Refused);
    EXPECT_EQ(refusalOf(m_signers.verify("", signature)), Errc::Refused);
    std::string unixLines = Policy;
    std::erase(unixLines, '\r');
    EXPECT_EQ(refusalOf(m_signers.verify(unixLines, signature)), Errc::Refused);
}

TEST_F(ADetachedSignature, IsRefusedWhereOneOfSeveralIsAStrangers)
{
    BIO* bytes = BIO_new_mem_buf(Policy.data(), static_cast<int>(Policy.size()));
    CMS_ContentInfo* cms = CMS_sign(nullptr, nullptr, nullptr, bytes, Detached | CMS_PARTIAL);
    for (const auto* signer : {&m_officer, &m_stranger})
        ASSERT_TRUE(CMS_add1_signer(cms, signer->certificate.get(), signer->key.get(), EVP_sha256(), Detached));
    ASSERT_EQ(CMS_final(cms, bytes, nullptr, Detached), 1);
    EXPECT_EQ(refusalOf(m_signers.verify(Policy, der(cms))), Errc::Refused);
    CMS_ContentInfo_free(cms);
    BIO_free(bytes);
}

TEST_F(ADetachedSignature, IsRefusedWithAWeakDigest)
{
    EXPECT_EQ(refusalOf(m_signers.verify(Policy, sign(m_officer, Policy, Detached, EVP_sha1()))), Errc::Unsupported);
}

TEST_F(ADetachedSignature, IsNothingElse)
{
    EXPECT_EQ(refusalOf(m_signers.verify(Policy, "")), Errc::InvalidInput);
    EXPECT_EQ(refusalOf(m_signers.verify(Policy, "-----BEGIN CMS-----")), Errc::InvalidInput);
    EXPECT_EQ(refusalOf(m_signers.verify(Policy, sign(m_officer, Policy) + "x")), Errc::InvalidInput);
    EXPECT_EQ(refusalOf(m_signers.verify(Policy, sign(m_officer, Policy, CMS_BINARY))), Errc::InvalidInput)
        << "attached";
}

TEST_F(ADetachedSignature, NeverHoldsCutOffOrChanged)
{
    // Without the certificates, which nobody looks at.
    const std::string signature = sign(m_officer, Policy, Detached | CMS_NOCERTS | CMS_NOATTR);
    ASSERT_TRUE(m_signers.verify(Policy, signature));
    for (std::size_t size = 0; size < signature.size(); ++size)
        ASSERT_FALSE(m_signers.verify(Policy, std::string_view(signature).substr(0, size))) << size;
    // The signature proper comes last: some 70 bytes. Before it stand names that nothing depends on.
    for (std::size_t at = 0; at < signature.size(); ++at) {
        std::string changed = signature;
        changed[at] = static_cast<char>(changed[at] ^ 0x10);
        EXPECT_TRUE(at < signature.size() - 68 || !m_signers.verify(Policy, changed)) << "byte " << at;
    }
    EXPECT_EQ(ERR_peek_error(), 0U);
}

TEST_F(ADetachedSignature, IsWhatTheDocumentedCommandMakes)
{
    const support::TemporaryDirectory directory;
    const auto policy = directory.write("policy.toml", Policy);
    const auto certificate = directory.write("officer.pem", support::pemOf(*m_officer.certificate));
    const auto key = directory.write("officer.key", support::pemOf(*m_officer.key));
    const std::string signature = policy.string() + ".cms";
    const std::string command = "openssl cms -sign -binary -md sha256 -in " + policy.string() + " -signer "
        + certificate.string() + " -inkey " + key.string() + " -outform DER -out " + signature;
    ASSERT_EQ(std::system(command.c_str()), 0);
    std::ifstream file(signature, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    const auto signers = tls::PinnedSigners::load(certificate.string());
    ASSERT_TRUE(signers) << signers.error().detail;
    const auto signer = signers->verify(Policy, bytes);
    EXPECT_TRUE(signer) << signer.error().detail;
    EXPECT_FALSE(tls::PinnedSigners::load(key.string()));
}

}
