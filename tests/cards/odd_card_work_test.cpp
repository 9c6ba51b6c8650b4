/// What is done with such cards by their own commands: PINs, keys and certificates.
#include "auth/cert/piv_certificates.h"
#include "tests/cards/odd_cards.h"

namespace {

using base::Errc;
using namespace cards_test;

class OddCardWork : public OddCard { };

TEST_F(OddCardWork, AnOldYubiKeyTellsItsTriesInAnotherFormAndNoSerial)
{
    plugIn("neo", "9a=p256 version=1.0.2 chuid=none");
    EXPECT_EQ(onlyCard().id, "") << "GET SERIAL is of firmware 5";
    EXPECT_EQ(onlyCard().pin->triesLeft, 3);
    const auto wrong = m_tokens->changePin("654321", "918273");
    EXPECT_EQ(codeOf(wrong.result.error()), Errc::PinWrong);
    EXPECT_EQ(wrong.pin.triesLeft, 2);
    EXPECT_EQ(codeOf(m_tokens->unblockPin("00000000", "918273").result.error()), Errc::PukWrong);
    m_tokens.reset();
    const auto card = work();
    ASSERT_TRUE(card);
    EXPECT_EQ(codeOf(card->verifyPin(Tokens::secret("654321"), rfq::LastTry::NotConfirmed).error()), Errc::PinWrong);
    EXPECT_EQ(card->pin().triesLeft, 1);
    EXPECT_EQ(codeOf(card->verifyPin(Tokens::secret(Pin), rfq::LastTry::NotConfirmed).error()), Errc::PinLastTry);
    EXPECT_TRUE(card->verifyPin(Tokens::secret(Pin), rfq::LastTry::Confirmed));
}

TEST_F(OddCardWork, OnT0AKeyIsMadeAndItsCertificateWritten)
{
    plugIn("blank-t0", "maker=other protocol=t0 chuid=none");
    const auto card = work();
    ASSERT_TRUE(card);
    ASSERT_TRUE(card->verifyPin(Tokens::secret(Pin), rfq::LastTry::NotConfirmed));
    const base::SystemClock clock;
    const base::SecretBytes factoryKey;
    for (const auto kind : {auth::PivKeyKind::EcP256, auth::PivKeyKind::Rsa2048}) {
        const cert::PivOrder order{card, factoryKey, clock, rfq::GivesWay::KeyAndCertificate};
        const auto requested = cert::requestOnPiv(order, "CN=trader-7", {.kind = kind});
        ASSERT_TRUE(requested) << requested.error().detail;
        EXPECT_NE(requested->pem.find("BEGIN CERTIFICATE REQUEST"), std::string::npos);
    }
    // A certificate is longer than one command, and than one answer.
    const auto given = m_cards.tell("make donor 9a=rsa2048 maker=other");
    const auto certificates = tls::loadPemCertificates(support::VirtualCards::certificateFile("donor", "9a"));
    ASSERT_TRUE(certificates) << certificates.error().detail;
    const auto stored = card->store(*certificates->front());
    EXPECT_TRUE(stored) << stored.error().detail;
}

TEST_F(OddCardWork, ADamagedCertificateIsNamedCostsNoPinAndIsImportedAgain)
{
    const base::SystemClock clock;
    const base::SecretBytes factoryKey;
    for (const std::string flaw : {"cut", "noise", "badgzip"}) {
        plugIn(flaw, "9a=p256:" + flaw + " maker=other");
        seenToSay(Errc::KeyNotFound, "slot 9a of the card in Yubico YubiKey OTP+FIDO+CCID 00 00 is none");
        EXPECT_TRUE(onlyCard().unseen.find(" is none: ") != std::string::npos) << onlyCard().unseen;
        EXPECT_EQ(onlyCard().unseenWhy, rfq::UnseenCertificate::Damaged);
        EXPECT_TRUE(says(m_tokens->unlock(Pin).error, "cert import"));
        EXPECT_EQ(count(flaw, "verifications"), 0);
        m_tokens.reset();
        {
            const auto card = work();
            ASSERT_TRUE(card);
            ASSERT_TRUE(card->verifyPin(Tokens::secret(Pin), rfq::LastTry::NotConfirmed));
            cert::PivOrder order{card, factoryKey, clock};
            EXPECT_EQ(codeOf(cert::requestOnPiv(order, "CN=x", {}).error()), Errc::Unsupported)
                << "the key is not made anew";
            m_cards.tell("make stranger 9a=p256");
            EXPECT_FALSE(cert::installOnPiv(order, support::VirtualCards::certificateFile("stranger", "9a"), {}))
                << "the key on the card decides";
            const std::string own = support::VirtualCards::certificateFile(flaw, "9a");
            EXPECT_EQ(codeOf(cert::installOnPiv(order, own, {}).error()), Errc::Unsupported) << "it may be somebody's";
            order.givesWay = rfq::GivesWay::Certificate;
            const auto placed = cert::installOnPiv(order, own, support::VirtualCards::caFile());
            ASSERT_TRUE(placed) << placed.error().detail;
        }
        start();
        if (isOpenSc()) {
            ASSERT_NO_FATAL_FAILURE(signIn());
        }
        m_tokens.reset();
        m_cards.tell("remove 0");
    }
}

TEST_F(OddCardWork, AKeyWithoutACertificateOrWithAnEmptyOneWaitsForIt)
{
    for (const std::string kept : {"none", "empty"}) {
        plugIn(kept, "9a=p256:" + kept);
        const auto status = seenToSay(Errc::KeyNotFound, "found no certificate");
        EXPECT_TRUE(says(status.problem, "before its certificate is on the card")) << status.problem->detail;
        m_tokens.reset();
        const auto card = work();
        ASSERT_TRUE(card);
        const auto key = card->publicKey();
        EXPECT_TRUE(key && *key) << "by attestation";
        m_cards.tell("remove 0");
    }
}

TEST_F(OddCardWork, ACompressedCertificateTellsTheKeyBesideItByTheCardsOwnCommands)
{
    for (const std::string kept : {"gzip", "gzip80"}) {
        plugIn(kept, "9a=p384:" + kept + " maker=other");
        const auto card = work();
        ASSERT_TRUE(card);
        const auto certificate = card->certificate();
        ASSERT_TRUE(certificate) << certificate.error().detail;
        ASSERT_TRUE(*certificate);
        EXPECT_EQ(tls::fingerprint(**certificate), m_fingerprint);
        const auto key = card->publicKey();
        ASSERT_TRUE(key && *key) << "no key would be made over the one that is there";
        EXPECT_EQ(EVP_PKEY_eq(key->get(), X509_get0_pubkey(certificate->get())), 1);
        m_cards.tell("remove 0");
    }
}

}
