/// Cards as one meets them in the field, with the real middleware: of other makers, without a number, on T=0, with
/// certificates that are compressed or damaged, with keys that a module does not know. Run as card_matrix_test.cpp.
#include "auth/opensc_settings.h"
#include "tests/cards/odd_cards.h"

#include <cstdio>

namespace {

using base::Errc;
using namespace cards_test;

TEST_F(OddCard, ACompressedCertificateSignsInWhereTheModuleReadsItAndIsNamedWhereItDoesNot)
{
    plugIn("packed", "9a=p256:gzip");
    if (isOpenSc()) {
        ASSERT_NO_FATAL_FAILURE(signIn());
        return;
    }
    const auto status = seenToSay(Errc::KeyNotFound, "compressed, which");
    EXPECT_TRUE(says(status.problem, OpenScAdvice));
    EXPECT_FALSE(says(status.problem, "before its certificate is on the card")) << status.problem->detail;
    EXPECT_FALSE(status.noCertificate) << "there is one";
    EXPECT_TRUE(onlyCard().unseen.find("compressed, which") != std::string::npos);
    EXPECT_EQ(onlyCard().unseenWhy, rfq::UnseenCertificate::Compressed);
    EXPECT_EQ(codeOf(m_tokens->unlock(Pin).error), Errc::KeyNotFound);
    EXPECT_EQ(count("packed", "verifications"), 0);
}

TEST_F(OddCard, AYubiKeyWithoutAChuidIsKnownByItsSerialNumber)
{
    plugIn("nameless", "9a=p256 chuid=none");
    m_cards.tell("make clone like=nameless chuid=none");
    EXPECT_EQ(ready().identity->card, m_number);
    ASSERT_NO_FATAL_FAILURE(signIn());
    m_cards.tell("remove 0");
    ASSERT_TRUE(waitForLoss(1));
    insert("clone");
    ready();
    EXPECT_EQ(codeOf(m_tokens->unlock(Pin).error), Errc::KeyNotFound);
    EXPECT_EQ(count("clone", "verifications"), 0);
    exchange("nameless");
    seen([&](const rfq::TokenStatus& one) { return !one.problem && one.identity->card == m_number; });
    ASSERT_NO_FATAL_FAILURE(signIn());
}

TEST_F(OddCard, AnAgencysCardWithoutAGuidIsKnownByItsFascN)
{
    plugIn("agent", "9a=p256 maker=other chuid=agency");
    if (!isOpenSc()) {
        seenToSay(Errc::KeyNotFound, OpenScAdvice);
        return;
    }
    m_cards.tell("make double like=agent maker=other chuid=agency");
    EXPECT_EQ(ready().identity->card, m_cards.tell("status agent")["fascn"]);
    ASSERT_NO_FATAL_FAILURE(signIn());
    exchange("double");
    ASSERT_TRUE(waitForLoss(1));
    ready();
    EXPECT_EQ(codeOf(m_tokens->unlock(Pin).error), Errc::KeyNotFound);
    EXPECT_EQ(count("double", "verifications"), 0);
}

TEST_F(OddCard, ACardWithNoNumberAtAllIsKnownByItsCertificateAlone)
{
    for (const std::string chuid : {"none", "blank"}) {
        const std::string kind = " maker=other chuid=" + chuid;
        plugIn("bare-" + chuid, "9a=p256" + kind);
        if (!isOpenSc()) {
            seenToSay(Errc::KeyNotFound, OpenScAdvice);
            EXPECT_EQ(count("bare-" + chuid, "verifications"), 0);
            m_cards.tell("remove 0");
            continue;
        }
        m_cards.tell("make other-" + chuid + " 9a=p256" + kind);
        m_cards.tell("make clone-" + chuid + " like=bare-" + chuid + kind);
        EXPECT_EQ(ready().identity->card, "");
        ASSERT_NO_FATAL_FAILURE(signIn());
        m_cards.tell("remove 0");
        ASSERT_TRUE(waitForLoss(1));
        insert("other-" + chuid);
        seenToSay(Errc::KeyNotFound, "on token");
        EXPECT_EQ(codeOf(m_tokens->unlock(Pin).error), Errc::KeyNotFound) << "another certificate";
        exchange("bare-" + chuid);
        ASSERT_NO_FATAL_FAILURE(signIn());
        // Nobody can tell these two apart: said in docs/tokens.md.
        exchange("clone-" + chuid);
        ASSERT_TRUE(waitForLoss(2));
        ASSERT_NO_FATAL_FAILURE(signIn());
        m_tokens.reset();
        m_cards.tell("remove 0");
    }
}

TEST_F(OddCard, ACardThatSpeaksOnlyT0SignsInAndTakesANewPin)
{
    for (const std::string key : {"p256", "rsa2048"}) {
        plugIn("t0-" + key, "9a=" + key + " maker=other protocol=t0");
        if (isOpenSc()) {
            ASSERT_NO_FATAL_FAILURE(signIn());
            EXPECT_EQ(count("t0-" + key, "verifications"), 1);
            m_tokens->service().signOut();
            EXPECT_EQ(m_tokens->unlock("654321").status.pin.triesLeft, 2);
        } else {
            seenToSay(Errc::TokenAbsent, OpenScAdvice);
        }
        EXPECT_TRUE(m_tokens->changePin(Pin, "918273").result);
        EXPECT_EQ(codeOf(m_tokens->unblockPin("00000000", "246813").result.error()), Errc::PukWrong);
        EXPECT_TRUE(m_tokens->unblockPin("12345678", "246813").result);
        if (isOpenSc()) {
            ASSERT_NO_FATAL_FAILURE(signIn("246813"));
        }
        m_tokens.reset();
        m_cards.tell("remove 0");
    }
}

TEST_F(OddCard, WhereThePinIsTheWholeCardsThatOneIsCountedGivenAndChanged)
{
    plugIn("whole", "9a=p256 maker=other pins=global");
    if (isOpenSc()) {
        ASSERT_NO_FATAL_FAILURE(signIn());
        m_tokens->service().signOut();
        EXPECT_EQ(m_tokens->unlock("654321").status.pin.triesLeft, 2) << "the module's PIN is the one that is counted";
    }
    EXPECT_TRUE(m_tokens->changePin(Pin, "918273").result);
    EXPECT_EQ(codeOf(m_tokens->unblockPin("12345678", "246813").result.error()), Errc::Unsupported);
    if (isOpenSc()) {
        ASSERT_NO_FATAL_FAILURE(signIn("918273"));
    }
    m_tokens.reset();
    const auto card = work();
    ASSERT_TRUE(card);
    EXPECT_TRUE(card->verifyPin(Tokens::secret("918273"), rfq::LastTry::NotConfirmed));
    EXPECT_EQ(m_cards.tell("status whole")["otherPinTries"], 3) << "nobody has tried the PIN of PIV alone";
}

TEST_F(OddCard, AnRsaKeyThatTheModuleIsTooOldForIsToldBeforeThePin)
{
    plugIn("large", "9a=rsa4096");
    const auto status = seenToSay(Errc::Unsupported, "RSA 4096");
    EXPECT_TRUE(says(status.problem, isOpenSc() ? "up to 3072 bits" : "up to 2048 bits")) << status.problem->detail;
    EXPECT_EQ(codeOf(m_tokens->unlock(Pin).error), Errc::Unsupported);
    EXPECT_EQ(count("large", "verifications"), 0);
    m_tokens.reset();
    const auto card = work();
    ASSERT_TRUE(card);
    ASSERT_TRUE(*card->certificate());
}

TEST_F(OddCard, AnRsa3072KeySignsInWithOpenSc)
{
    plugIn("middle", "9a=rsa3072");
    if (isOpenSc()) {
        ASSERT_NO_FATAL_FAILURE(signIn());
    } else {
        seenToSay(Errc::Unsupported, "RSA 3072");
    }
}

/// OpenSC 0.23 leaks memory over such a certificate, so that the address sanitizer ends the run.
TEST_F(OddCard, AnEd25519KeyIsSaidToBeNone)
{
    if (isOpenSc())
        return;
    plugIn("edwards", "9a=ed25519");
    seenToSay(Errc::KeyNotFound, "the key is ED25519");
    EXPECT_EQ(codeOf(m_tokens->unlock(Pin).error), Errc::KeyNotFound);
    EXPECT_EQ(count("edwards", "verifications"), 0);
}

}

int main(int argc, char** argv)
{
    testing::InitGoogleTest(&argc, argv);
    if (auto own = auth::useOwnOpenScSettings(); !own) {
        std::fprintf(stderr, "%s\n", own.error().detail.c_str());
        return 1;
    }
    return RUN_ALL_TESTS();
}
