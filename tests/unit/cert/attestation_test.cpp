#include "auth/cert/attestation.h"
#include "auth/cert/request.h"
#include "tests/support/test_pki.h"

#include <gtest/gtest.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <memory>
#include <string>
#include <vector>

/// A card's word about a key, in a request.
namespace {

using base::Errc;
using Bytes = std::vector<std::uint8_t>;
using namespace std::chrono_literals;

Bytes derOf(X509& certificate)
{
    unsigned char* der = nullptr;
    const int size = i2d_X509(&certificate, &der);
    Bytes bytes(der, der + size);
    OPENSSL_free(der);
    return bytes;
}

void addExtension(X509& certificate, const char* number, const Bytes& value)
{
    ASN1_OBJECT* kind = OBJ_txt2obj(number, 1);
    ASN1_OCTET_STRING* octets = ASN1_OCTET_STRING_new();
    ASN1_OCTET_STRING_set(octets, value.data(), static_cast<int>(value.size()));
    X509_EXTENSION* extension = X509_EXTENSION_create_by_OBJ(nullptr, kind, 0, octets);
    ASSERT_EQ(X509_add_ext(&certificate, extension, -1), 1);
    X509_EXTENSION_free(extension);
    ASN1_OCTET_STRING_free(octets);
    ASN1_OBJECT_free(kind);
}

/// A maker of cards, one of its cards, and a key in slot 9A of it.
class Attestation : public testing::Test {
protected:
    Attestation()
    {
        support::CertificateOptions options;
        options.commonName = "Card 5163";
        options.purpose = support::Purpose::Ca;
        m_card = m_maker.issue(options);
        m_subject.reset(X509_NAME_new());
        X509_NAME_add_entry_by_txt(
            m_subject.get(), "CN", MBSTRING_UTF8, reinterpret_cast<const unsigned char*>("trader-7"), -1, -1, 0);
    }

    /// What the card says of the key.
    [[nodiscard]] auth::PivAttestation statement(EVP_PKEY& key, const Bytes& policies = {2, 3}) const
    {
        support::CertificateOptions options;
        options.commonName = "YubiKey PIV Attestation 9a";
        options.purpose = support::Purpose::Client;
        const auto said = support::issueFrom(m_card, key, options);
        addExtension(*said, "1.3.6.1.4.1.41482.3.3", {5, 4, 3});
        addExtension(*said, "1.3.6.1.4.1.41482.3.7", {0x02, 0x04, 0x00, 0xbc, 0x61, 0x4e});
        if (!policies.empty())
            addExtension(*said, "1.3.6.1.4.1.41482.3.8", policies);
        EXPECT_GT(X509_sign(said.get(), m_card.key.get(), EVP_sha256()), 0);
        return {derOf(*said), derOf(*m_card.certificate)};
    }

    [[nodiscard]] std::string request(EVP_PKEY& key, const auth::PivAttestation* attestation) const
    {
        auto made = cert::makeRequest(key, *m_subject, attestation);
        EXPECT_TRUE(made) << made.error().detail;
        return made ? *std::move(made) : std::string();
    }

    [[nodiscard]] base::Result<cert::AttestedKey> check(const std::string& pem, base::UtcTime now) const
    {
        return cert::checkAttestation(pem, m_files.write("roots.pem", m_maker.pem()), now);
    }
    [[nodiscard]] base::Result<cert::AttestedKey> check(const std::string& pem) const
    {
        return check(pem, base::SystemClock().utc());
    }

    void expectRefusal(const std::string& pem, Errc code, const std::string& words) const
    {
        const auto key = check(pem);
        ASSERT_FALSE(key);
        EXPECT_EQ(key.error().code, code) << key.error().detail;
        EXPECT_NE(key.error().detail.find(words), std::string::npos) << key.error().detail;
    }

    support::TestCa m_maker{"Maker of Cards"};
    tls::Identity m_card;
    tls::KeyPtr m_key = support::generateKey(support::KeyType::Ec256);
    std::unique_ptr<X509_NAME, decltype(&X509_NAME_free)> m_subject{nullptr, X509_NAME_free};
    support::TemporaryDirectory m_files;
};

TEST_F(Attestation, SaysWhereTheKeyWasMadeAndHowItIsGuarded)
{
    const auto said = statement(*m_key);
    EXPECT_TRUE(cert::isAbout(said, *m_key));
    const auto key = check(request(*m_key, &said));
    ASSERT_TRUE(key) << key.error().detail;
    EXPECT_EQ(key->subject, "/CN=trader-7");
    EXPECT_EQ(key->slot, "9a");
    EXPECT_EQ(key->serial, "12345678");
    EXPECT_EQ(key->firmware, "5.4.3");
    EXPECT_EQ(cert::pinPolicyName(key->pin), "once");
    EXPECT_EQ(cert::touchPolicyName(key->touch), "cached");
    EXPECT_FALSE(key->isFips);
}

TEST_F(Attestation, OfAnOlderCardTellsNoPolicies)
{
    const auto said = statement(*m_key, {});
    const auto key = check(request(*m_key, &said));
    ASSERT_TRUE(key) << key.error().detail;
    EXPECT_EQ(key->pin, cert::PinPolicy::NotTold);
    EXPECT_EQ(key->touch, cert::TouchPolicy::NotTold);
}

TEST_F(Attestation, AboutAnotherKeyIsNone)
{
    const auto other = support::generateKey(support::KeyType::Ec256);
    const auto said = statement(*other);
    EXPECT_FALSE(cert::isAbout(said, *m_key));
    expectRefusal(request(*m_key, &said), Errc::KeyNotFound, "another key");
}

TEST_F(Attestation, OfAnotherMakerIsNone)
{
    const support::TestCa forger("Maker of Cards");
    support::CertificateOptions options;
    options.commonName = "Card 5163";
    options.purpose = support::Purpose::Ca;
    m_card = forger.issue(options);
    const auto said = statement(*m_key);
    expectRefusal(request(*m_key, &said), Errc::CertificateUntrusted, "does not lead to a card maker");
}

TEST_F(Attestation, SignedByAnybodyWithTheMakersCertificateIsNone)
{
    support::CertificateOptions options;
    options.commonName = "No Authority";
    options.purpose = support::Purpose::Client;
    m_card = m_maker.issue(options);
    const auto said = statement(*m_key);
    expectRefusal(request(*m_key, &said), Errc::CertificateUntrusted, "does not lead to a card maker");
}

TEST_F(Attestation, OfTheKeyByItselfIsNone)
{
    auto said = statement(*m_key);
    said.device = said.statement;
    expectRefusal(request(*m_key, &said), Errc::CertificateUntrusted, "does not lead to a card maker");
}

TEST_F(Attestation, EndsWithTheCardsCertificate)
{
    const auto said = statement(*m_key);
    const auto key = check(request(*m_key, &said), base::SystemClock().utc() + 24h * 20);
    ASSERT_FALSE(key);
    EXPECT_EQ(key.error().code, Errc::CertificateExpired) << key.error().detail;
}

TEST_F(Attestation, ThatIsNotThereOrDamagedIsSaidSo)
{
    expectRefusal(request(*m_key, nullptr), Errc::InvalidInput, "holds no attestation");
    auto said = statement(*m_key);
    said.statement.pop_back();
    expectRefusal(request(*m_key, &said), Errc::InvalidInput, "malformed");
    const auto odd = statement(*m_key, {2, 9});
    expectRefusal(request(*m_key, &odd), Errc::InvalidInput, "touch policy is unknown: 9");
    const auto shortOne = statement(*m_key, {2});
    expectRefusal(request(*m_key, &shortOne), Errc::InvalidInput, "policies are malformed");
    expectRefusal("no request", Errc::InvalidInput, "expected a certificate request");
}

TEST_F(Attestation, WithoutTheMakersWordOnFirmwareIsNoCardOfTheirs)
{
    support::CertificateOptions options;
    options.commonName = "YubiKey PIV Attestation 9a";
    options.purpose = support::Purpose::Client;
    const auth::PivAttestation said{derOf(*support::issueFrom(m_card, *m_key, options)), derOf(*m_card.certificate)};
    expectRefusal(request(*m_key, &said), Errc::InvalidInput, "no YubiKey");
}

TEST_F(Attestation, OfARequestThatWasChangedIsNone)
{
    const auto said = statement(*m_key);
    const std::string pem = request(*m_key, &said);
    BIO* input = BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()));
    X509_REQ* changed = PEM_read_bio_X509_REQ(input, nullptr, nullptr, nullptr);
    X509_NAME* name = X509_NAME_dup(X509_REQ_get_subject_name(changed));
    X509_NAME_add_entry_by_txt(
        name, "CN", MBSTRING_UTF8, reinterpret_cast<const unsigned char*>("trader-8"), -1, -1, 0);
    X509_REQ_set_subject_name(changed, name);
    X509_NAME_free(name);
    BIO* output = BIO_new(BIO_s_mem());
    PEM_write_bio_X509_REQ(output, changed);
    char* data = nullptr;
    const auto size = static_cast<std::size_t>(BIO_get_mem_data(output, &data));
    expectRefusal(std::string(data, size), Errc::CertificateUntrusted, "was changed");
    BIO_free(input);
    BIO_free(output);
    X509_REQ_free(changed);
}

TEST_F(Attestation, NeedsTheMakersCertificates)
{
    const auto said = statement(*m_key);
    const auto key =
        cert::checkAttestation(request(*m_key, &said), "/nonexistent/roots.pem", base::SystemClock().utc());
    ASSERT_FALSE(key);
    EXPECT_EQ(key.error().code, Errc::Configuration);
}

TEST(PivSlots, AreNamedByKeyId)
{
    EXPECT_EQ(auth::pivSlotOf("01"), 0x9a);
    EXPECT_EQ(auth::pivSlotOf("04"), 0x9e);
    EXPECT_FALSE(auth::pivSlotOf("05"));
    EXPECT_FALSE(auth::pivSlotOf(""));
}

}
