#include "core/tls/hex.h"
#include "core/tls/statement.h"
#include "tests/support/key_signer.h"
#include "tests/support/test_pki.h"

#include <gtest/gtest.h>
#include <openssl/err.h>

#include <algorithm>
#include <functional>

namespace {

using base::Errc;
using support::KeyType;

const std::string Words = "I close request R-17 at VENUE-X as not done.";

support::CertificateOptions person(KeyType type)
{
    support::CertificateOptions options;
    options.commonName = "desk-head-1";
    options.purpose = support::Purpose::Client;
    options.keyType = type;
    return options;
}

struct KeyCase {
    KeyType type;
    const char* name;
};

std::ostream& operator<<(std::ostream& out, const KeyCase& key)
{
    return out << key.name;
}

/// A statement that a person has signed, for each kind of key.
class Statement : public testing::TestWithParam<KeyCase> {
protected:
    Statement()
        : m_signer(std::move(m_person.key))
    {
        auto made = tls::signStatement(*m_person.certificate, m_signer, Words);
        EXPECT_TRUE(made) << made.error().detail;
        m_signature = made ? *std::move(made) : std::string();
    }

    /// That no text with one bit turned passes `check`.
    static void expectEveryBitToCount(const std::string& text, const std::function<bool(const std::string&)>& check)
    {
        for (std::size_t bit = 0; bit < 8 * text.size(); ++bit) {
            std::string turned = text;
            turned[bit / 8] = static_cast<char>(static_cast<unsigned char>(turned[bit / 8]) ^ (1U << bit % 8));
            ASSERT_FALSE(check(turned)) << "bit " << bit << " of: " << text;
        }
    }

    support::TestCa m_ca;
    tls::Identity m_person = m_ca.issue(person(GetParam().type));
    support::KeySigner m_signer;
    std::string m_pem = tls::toPem(*m_person.certificate);
    std::string m_signature;
};

TEST_P(Statement, IsThatOfItsSigner)
{
    const auto verified = tls::verifySignature(m_pem, Words, m_signature);
    EXPECT_TRUE(verified) << verified.error().detail;
}

TEST_P(Statement, CountsToItsLastBit)
{
    expectEveryBitToCount(
        Words, [&](const std::string& words) { return bool(tls::verifySignature(m_pem, words, m_signature)); });
    for (const std::string& other : {std::string(), Words + '\n', Words + std::string(1, '\0'), Words.substr(1)})
        EXPECT_FALSE(tls::verifySignature(m_pem, other, m_signature)) << other;
}

TEST_P(Statement, SignatureCountsToItsLastBit)
{
    expectEveryBitToCount(
        m_signature, [&](const std::string& signature) { return bool(tls::verifySignature(m_pem, Words, signature)); });
    EXPECT_FALSE(tls::verifySignature(m_pem, Words, m_signature + "00"));
    EXPECT_FALSE(tls::verifySignature(m_pem, Words, m_signature.substr(2)));
}

/// The signature covers the words; of the certificate it is the key that counts here.
TEST_P(Statement, KeyInTheCertificateCountsToItsLastBit)
{
    // The key's own bytes, without the head that says what kind of key it is.
    ASN1_BIT_STRING* bits = X509_get0_pubkey_bitstr(m_person.certificate.get());
    ASSERT_TRUE(bits);
    for (int at = ASN1_STRING_length(bits) - 40; at < ASN1_STRING_length(bits) - 8; ++at) {
        std::vector<unsigned char> der(static_cast<std::size_t>(i2d_X509(m_person.certificate.get(), nullptr)));
        unsigned char* end = der.data();
        i2d_X509(m_person.certificate.get(), &end);
        const std::span<const unsigned char> key(
            ASN1_STRING_get0_data(bits), static_cast<std::size_t>(ASN1_STRING_length(bits)));
        const auto found = std::search(der.begin(), der.end(), key.begin(), key.end());
        ASSERT_NE(found, der.end());
        *(found + at) ^= 1U;
        const unsigned char* start = der.data();
        const tls::CertificatePtr changed(d2i_X509(nullptr, &start, static_cast<long>(der.size())));
        ASSERT_TRUE(changed);
        EXPECT_FALSE(tls::verifySignature(tls::toPem(*changed), Words, m_signature)) << "byte " << at;
    }
    EXPECT_EQ(ERR_peek_error(), 0U) << "an old error would be taken for one of the next handshake";
}

TEST_P(Statement, OfSomebodyElseIsRefusedInWords)
{
    const auto other = m_ca.issue(person(GetParam().type));
    const auto refused = tls::verifySignature(tls::toPem(*other.certificate), Words, m_signature);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Errc::Refused);
    EXPECT_NE(refused.error().detail.find("CN=desk-head-1"), std::string::npos) << refused.error().detail;
}

TEST_P(Statement, IsNotSignedWithAKeyThatIsNotTheCertificates)
{
    support::KeySigner other(support::generateKey(GetParam().type));
    const auto refused = tls::signStatement(*m_person.certificate, other, Words);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Errc::KeyNotFound);
}

TEST_P(Statement, TellsTheSignersOwnError)
{
    m_signer.failWith({Errc::TokenAbsent, "gone"});
    const auto failed = tls::signStatement(*m_person.certificate, m_signer, Words);
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error(), (base::Error{Errc::TokenAbsent, "gone"}));
}

INSTANTIATE_TEST_SUITE_P(Keys, Statement,
    testing::Values(
        KeyCase{KeyType::Ec256, "EcP256"}, KeyCase{KeyType::Ec384, "EcP384"}, KeyCase{KeyType::Rsa2048, "Rsa2048"}),
    [](const auto& parameter) { return parameter.param.name; });

TEST(StatementRecord, ThatIsNotOneIsInvalid)
{
    const support::TestCa ca;
    const auto signer = ca.issue(person(KeyType::Ec256));
    const std::string pem = tls::toPem(*signer.certificate);
    const auto codeOf = [](const base::Status& status) { return status ? Errc::Internal : status.error().code; };
    for (const char* signature : {"", "0", "zz", "AB", "ab cd"})
        EXPECT_EQ(codeOf(tls::verifySignature(pem, Words, signature)), Errc::InvalidInput) << signature;
    for (const std::string& certificate : {std::string(), std::string("CERTIFICATE"), pem + pem, "text\n" + pem,
             pem + "text\n", pem.substr(0, pem.size() - 1), std::string(100'000, 'x')})
        EXPECT_EQ(codeOf(tls::verifySignature(certificate, Words, "abcd")), Errc::InvalidInput);
}

TEST(StatementRecord, OfAKeyOfAnotherKindIsUnsupported)
{
    const support::TestCa ca;
    EVP_PKEY* key = EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519");
    const tls::KeyPtr edwards(key);
    const auto certificate = ca.issueFor(*edwards, person(KeyType::Ec256));
    const auto refused = tls::verifySignature(tls::toPem(*certificate), Words, "abcd");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Errc::Unsupported);
}

TEST(Hex, IsPairsOfLowerCaseDigits)
{
    const std::vector<std::uint8_t> bytes{0x00, 0x0f, 0xa0, 0xff};
    EXPECT_EQ(tls::hexOf(bytes), "000fa0ff");
    EXPECT_EQ(tls::bytesOfHex("000fa0ff"), bytes);
    EXPECT_EQ(tls::bytesOfHex(""), std::vector<std::uint8_t>());
    for (const char* text : {"0", "0g", "FF", "0 ", "0x00"})
        EXPECT_EQ(tls::bytesOfHex(text), std::nullopt) << text;
}

}
