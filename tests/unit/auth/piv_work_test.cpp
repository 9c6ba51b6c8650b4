#include "auth/piv_work.h"
#include "tests/support/test_pki.h"
#include "tests/unit/auth/scripted_card.h"
#include "tests/unit/auth/token_fixture.h"

#include <gtest/gtest.h>
#include <openssl/x509.h>

/// Work on slot 9a of cards that tell little, or what nobody expects.
namespace {

using base::Errc;

const std::string GetCertificate = "00cb3fff055c035fc10500";
const std::string GetMetadata = "00f7009a00";
const std::string Attest = "00f99a0000";
const std::string GenerateP256 = "0047009a05ac0380011100";
const std::string NoSuchKey = "6a88";

using WorkPtr = std::shared_ptr<auth::PivWork>;

class PivWorkTest : public testing::Test {
protected:
    /// What is put down for the card is to be put down before.
    WorkPtr begin()
    {
        auto work = auth::PivWork::begin(std::move(m_owned), "");
        EXPECT_TRUE(work) << work.error().detail;
        return work ? *work : nullptr;
    }
    [[nodiscard]] bool wasSent(const std::string& beginning) const
    {
        return std::any_of(m_card.commands.begin(), m_card.commands.end(),
            [&](const std::string& command) { return command.starts_with(beginning); });
    }
    std::unique_ptr<ScriptedCard> m_owned = std::make_unique<ScriptedCard>();
    ScriptedCard& m_card = *m_owned;
};

std::string tlv(const std::string& tag, const std::string& value)
{
    const std::size_t size = value.size() / 2;
    const std::vector<std::uint8_t> length = size < 0x80
        ? std::vector<std::uint8_t>{static_cast<std::uint8_t>(size)}
        : std::vector<std::uint8_t>{0x82, static_cast<std::uint8_t>(size >> 8U), static_cast<std::uint8_t>(size)};
    return tag + tls::hexOf(length) + value;
}

/// The point of an EC key, uncompressed.
std::string pointOf(EVP_PKEY& key)
{
    unsigned char* point = nullptr;
    const std::size_t size = EVP_PKEY_get1_encoded_public_key(&key, &point);
    std::string hex = tls::hexOf({point, size});
    OPENSSL_free(point);
    return hex;
}

TEST_F(PivWorkTest, ACertificateThatCannotBeReadIsNotTakenForAnEmptySlot)
{
    for (const std::string& odd : {
             std::string("530a7003010203710101fe00"), // gzip, as SP 800-73-4 has it
             std::string("530a7003010203710180fe00"), // gzip, as others read that table
             std::string("530a7003010203710100fe00"), // no certificate
             std::string("53047010aabb"), // cut off inside
             tlv("53", tlv("70", std::string(std::size_t{2} * 9000, 'a')) + "710100fe00"), // too large
         }) {
        m_owned = std::make_unique<ScriptedCard>();
        m_owned->answers[GetCertificate] = odd + "9000";
        const auto work = begin();
        EXPECT_EQ(codeOf(work->certificate().error()), Errc::Unsupported) << odd.substr(0, 40);
        EXPECT_EQ(codeOf(work->publicKey().error()), Errc::Unsupported) << "a key would be made over the one there";
    }
}

TEST_F(PivWorkTest, ThePinIsGivenWhereTheCardSaysThatThePersonsIs)
{
    m_card.answers["00cb3fff035c017e00"] = "7e124f0ba0000003080000100001005f2f026020"
                                           "9000";
    m_card.answers["0020000008313233343536ffff"] = "9000";
    const auto work = begin();
    EXPECT_TRUE(work->verifyPin(Tokens::secret("123456"), rfq::LastTry::NotConfirmed));
    EXPECT_FALSE(wasSent("0020008008"));
}

TEST_F(PivWorkTest, AnObjectThatIsCutOffIsNoObject)
{
    m_card.answers[GetCertificate] = "531070039000";
    EXPECT_EQ(codeOf(begin()->certificate().error()), Errc::TokenFailure);
}

TEST_F(PivWorkTest, AnEmptyCertificateIsNone)
{
    m_card.answers[GetCertificate] = "53077000710100fe009000";
    const auto work = begin();
    const auto certificate = work->certificate();
    ASSERT_TRUE(certificate) << certificate.error().detail;
    EXPECT_FALSE(*certificate);
}

TEST_F(PivWorkTest, AKeyThatWasImportedIsToldOf)
{
    const auto key = support::generateKey(support::KeyType::Ec256);
    m_card.answers[GetCertificate] = "6a82";
    m_card.answers[GetMetadata] = "010111"
                                  "02020201"
                                  "030102"
        + tlv("04", tlv("86", pointOf(*key))) + "9000";
    const auto work = begin();
    const auto told = work->publicKey();
    ASSERT_TRUE(told) << told.error().detail;
    ASSERT_TRUE(*told);
    EXPECT_EQ(EVP_PKEY_eq(told->get(), key.get()), 1);
    EXPECT_EQ(*work->mayHoldKey(), true);
}

TEST_F(PivWorkTest, AKeyOfAnotherKindIsLeftAlone)
{
    m_card.answers[GetCertificate] = "6a82";
    m_card.answers[GetMetadata] = "0101e0"
                                  "02020201"
                                  "9000"; // Ed25519
    EXPECT_EQ(codeOf(begin()->publicKey().error()), Errc::Unsupported);
}

TEST_F(PivWorkTest, ACardThatSaysThatThereIsNoKeyIsNotAskedToSign)
{
    m_card.answers[GetCertificate] = "6a82";
    m_card.answers[GetMetadata] = NoSuchKey;
    const auto work = begin();
    EXPECT_FALSE(*work->publicKey());
    EXPECT_EQ(*work->mayHoldKey(), false);
    EXPECT_FALSE(wasSent("0087"));
}

/// Answers to GENERAL AUTHENTICATE by the algorithm's number, whatever is to be signed.
class SigningCard final : public auth::CardChannel {
public:
    explicit SigningCard(std::map<std::string, std::string> answers)
        : m_answers(std::move(answers))
    {
    }
    base::Status claim() override { return base::Ok{}; }
    base::Result<std::vector<std::uint8_t>> transmit(std::span<const std::uint8_t> command) override
    {
        if (command[0] == 0x10)
            return *tls::bytesOfHex("9000");
        const std::string hex = tls::hexOf(command);
        for (const auto& [beginning, answer] : m_answers)
            if (hex.starts_with(beginning))
                return *tls::bytesOfHex(answer);
        if (command[1] == 0x87)
            return *tls::bytesOfHex(NoSuchKey);
        return *tls::bytesOfHex(command[1] == 0xa4 ? "9000" : command[1] == 0xcb ? "6a82" : "6d00");
    }

private:
    const std::map<std::string, std::string> m_answers;
};

TEST_F(PivWorkTest, AKeyThatNothingIsToldOfShowsByItsSignature)
{
    const auto holds = [](std::map<std::string, std::string> answers) {
        auto work = auth::PivWork::begin(std::make_unique<SigningCard>(std::move(answers)), "");
        EXPECT_FALSE(*(*work)->publicKey());
        return *(*work)->mayHoldKey();
    };
    EXPECT_FALSE(holds({}));
    EXPECT_TRUE(holds({{"0087119a",
        "7c03820101"
        "9000"}}));
    EXPECT_TRUE(holds({{"0087149a",
        "7c03820101"
        "9000"}}));
    EXPECT_TRUE(holds({{"0087079a",
        "7c03820101"
        "9000"}}));
    EXPECT_TRUE(holds({{"0087119a", "6982"}})) << "it waits for a touch";
}

TEST_F(PivWorkTest, WhateverMayWantATouchIsTimed)
{
    int lasting = 0;
    std::vector<std::string> timed; // commands that were sent while it lasted
    const auto timer = [&]() -> std::shared_ptr<const void> {
        ++lasting;
        return {&lasting, [&](const void*) {
                    --lasting;
                    timed.push_back(m_card.commands.back().substr(0, 8));
                }};
    };
    m_card.answers[GetCertificate] = "6a82";
    auto begun = auth::PivWork::begin(std::move(m_owned), "", timer);
    ASSERT_TRUE(begun);
    const auto work = *begun;
    EXPECT_FALSE(*work->publicKey());
    EXPECT_TRUE(timed.empty()) << "reading waits for nobody";
    const std::vector<std::uint8_t> block(32, 1);
    EXPECT_FALSE(work->use(0x11, block));
    EXPECT_FALSE(work->authorise({}));
    EXPECT_FALSE(work->generate(auth::PivKeyKind::EcP256)) << "no number can be given to it";
    m_card.answers[GetChuid] = "5312"
                               "3410"
        + std::string(32, '0') + "9000";
    EXPECT_FALSE(work->generate(auth::PivKeyKind::EcP256));
    EXPECT_EQ(lasting, 0);
    ASSERT_EQ(timed.size(), 3U);
    EXPECT_EQ(timed.front(), "0087119a") << "a signature";
    EXPECT_EQ(timed.back(), "0047009a") << "a key pair";
}

TEST_F(PivWorkTest, OnlyACardWithoutANumberGetsOne)
{
    m_card.answers[GetChuid] = "5312"
                               "3410"
        + std::string(32, '0') + "9000";
    m_card.answers[GenerateP256] = "6a80";
    const auto work = begin();
    EXPECT_EQ(codeOf(work->generate(auth::PivKeyKind::EcP256).error()), Errc::Unsupported);
    EXPECT_FALSE(wasSent("00db")) << "a CHUID that is there is somebody's";
    m_owned = std::make_unique<ScriptedCard>();
    ScriptedCard& bare = *m_owned;
    const auto other = begin();
    EXPECT_FALSE(other->generate(auth::PivKeyKind::EcP256));
    EXPECT_TRUE(bare.commands.back().starts_with("00db3fff"));
}

TEST(PivKeysTest, AShortDigestGoesToTheEndOfTheBlock)
{
    const std::vector<std::uint8_t> digest(32, 0xab);
    const auto block = auth::pivDigestBlock(auth::PivKeyKind::EcP384, digest);
    EXPECT_EQ(tls::hexOf(block), std::string(32, '0') + tls::hexOf(digest));
    EXPECT_EQ(auth::pivDigestBlock(auth::PivKeyKind::EcP256, digest), digest);
    const std::vector<std::uint8_t> longer(48, 0xcd);
    EXPECT_EQ(auth::pivDigestBlock(auth::PivKeyKind::EcP256, longer).size(), 32U);
}

}
