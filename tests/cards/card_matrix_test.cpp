/// The real middleware (pcscd, OpenSC, ykcs11) with a virtual card: run by tests/support/virtual_card/run. The module
/// is COUNTERSIGN_MODULE, the kind of key COUNTERSIGN_KEY: one process loads one module, as ours do.
#include "auth/opensc_settings.h"
#include "tests/cards/card_matrix.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <thread>

namespace {

using namespace cards_test;

TEST_F(CardMatrix, SignsInAndEachHandshakeIsOneSignatureOfTheCard)
{
    const std::string fingerprint = trader();
    start(settings(fingerprint));
    signIn();
    EXPECT_EQ(signatures("trader"), 1) << "the proof of the key at sign-in";
    EXPECT_TRUE(handshake());
    EXPECT_TRUE(handshake());
    EXPECT_EQ(signatures("trader"), 3);
    const auto status = m_cards.tell("status trader");
    EXPECT_EQ(status["verifications"], 1) << "the PIN is given once";
    EXPECT_EQ(m_tokens->inspect().identity->card, status["guid"]);
}

TEST_F(CardMatrix, TheServerAsksInMidSessionAndTheCardAnswersWithOneSignatureWhileItIsThere)
{
    start(settings(trader()));
    signIn();
    auto session = connect();
    ASSERT_TRUE(session);
    tls::Waker never;
    ASSERT_TRUE(session->server.askForCertificate());
    readUntil(session->client, [&] { return session->client.isAsked(); });
    EXPECT_EQ(signatures("trader"), 2) << "not inside a read";
    const base::Status answered = session->client.answerRequest(support::Patience, never);
    ASSERT_TRUE(answered) << answered.error().detail;
    readUntil(session->server, [&] { return session->server.timesProven() == 1; });
    EXPECT_EQ(session->server.timesProven(), 1U);
    EXPECT_EQ(signatures("trader"), 3);
    EXPECT_EQ(m_cards.tell("status trader")["verifications"], 1) << "it costs no PIN";

    m_cards.tell("remove 0");
    ASSERT_TRUE(waitForLoss());
    ASSERT_TRUE(session->server.askForCertificate());
    readUntil(session->client, [&] { return session->client.isAsked(); });
    const base::Status gone = session->client.answerRequest(support::Patience, never);
    ASSERT_FALSE(gone);
    EXPECT_EQ(gone.error().code, Errc::TokenAbsent) << gone.error().detail;
    readUntil(session->server, [] { return false; });
    EXPECT_EQ(session->server.timesProven(), 1U);
    EXPECT_EQ(signatures("trader"), 3);
}

TEST_F(CardMatrix, RemovalWhileIdleIsToldAndTheSameCardNeedsThePinAgain)
{
    start(settings(trader()));
    signIn();
    const auto old = m_tokens->identity();
    m_cards.tell("remove 0");
    ASSERT_TRUE(waitForLoss());
    EXPECT_EQ(m_tokens->losses()[0].code, Errc::TokenAbsent);
    EXPECT_FALSE(m_tokens->identity());
    EXPECT_FALSE(signsAndVerifies(*old));
    m_cards.tell("insert 0 trader");
    signIn();
    EXPECT_TRUE(handshake());
    EXPECT_FALSE(signsAndVerifies(*old)) << "a key of the old sign-in is dead for good";
    EXPECT_EQ(m_tokens->losses().size(), 1U);
    EXPECT_EQ(m_cards.tell("status trader")["verifications"], 2);
    EXPECT_EQ(signatures("trader"), 3) << "two proofs of the key, one handshake";
}

TEST_F(CardMatrix, RemovalDuringASignatureIsToldBeforeTheTokenAnswers)
{
    start(settings(trader()));
    signIn();
    m_cards.tell("touch trader always");
    const auto identity = m_tokens->identity();
    bool made = true;
    std::thread other([&] { made = signsAndVerifies(*identity); });
    while (!m_cards.tell("status trader")["waiting"].get<bool>())
        std::this_thread::yield();
    m_cards.tell("remove 0");
    EXPECT_TRUE(waitForLoss());
    other.join();
    EXPECT_FALSE(made);
    EXPECT_EQ(signatures("trader"), 1);
}

TEST_F(CardMatrix, AnotherCardDoesNotGoOnEvenWithTheSameCertificate)
{
    const std::string fingerprint = trader();
    make("clone", "like=trader");
    start(settings(fingerprint));
    signIn();
    m_cards.tell("remove 0");
    ASSERT_TRUE(waitForLoss());
    m_cards.tell("insert 0 clone");
    ASSERT_FALSE(seen().problem);
    EXPECT_EQ(codeOf(m_tokens->unlock(Pin).error), Errc::KeyNotFound);
    EXPECT_EQ(m_cards.tell("status clone")["verifications"], 0) << "it was not given the PIN";
    EXPECT_EQ(signatures("clone"), 0);
    m_tokens->service().signOut();
    EXPECT_FALSE(m_tokens->unlock(Pin).error);
    EXPECT_EQ(signatures("clone"), 1);
}

TEST_F(CardMatrix, WrongPinsAreCountedTheLastIsConfirmedAndThePukUnblocks)
{
    start(settings(trader()));
    EXPECT_EQ(seen().pin, (rfq::PinState{.triesLeft = 3, .finalTry = false, .blocked = false}));
    auto wrong = m_tokens->unlock("654321");
    EXPECT_EQ(codeOf(wrong.error), Errc::PinWrong);
    EXPECT_EQ(wrong.status.pin.triesLeft, 2) << "exactly, whatever the module's flags say";
    EXPECT_EQ(
        m_tokens->unlock("654321").status.pin, (rfq::PinState{.triesLeft = 1, .finalTry = true, .blocked = false}));
    EXPECT_EQ(codeOf(m_tokens->unlock("654321").error), Errc::PinLastTry);
    EXPECT_EQ(m_cards.tell("status trader")["pin"], 1) << "nothing was tried";
    EXPECT_FALSE(m_tokens->unlock(Pin, LastTry::Confirmed).error);
    m_tokens->service().signOut();
    EXPECT_EQ(m_tokens->inspect().pin.finalTry, false) << "a flag that a module keeps too long";

    for (int i = 0; i < 2; ++i)
        EXPECT_EQ(codeOf(m_tokens->unlock("654321").error), Errc::PinWrong);
    EXPECT_EQ(codeOf(m_tokens->unlock("654321", LastTry::Confirmed).error), Errc::PinBlocked);
    EXPECT_EQ(codeOf(m_tokens->inspect().problem), Errc::PinBlocked);
    EXPECT_EQ(codeOf(m_tokens->unlock(Pin, LastTry::Confirmed).error), Errc::PinBlocked);

    const auto refused = m_tokens->unblockPin("00000000", "918273");
    EXPECT_EQ(codeOf(refused.result.error()), Errc::PukWrong);
    EXPECT_EQ(refused.pukTriesLeft, 2);
    EXPECT_TRUE(m_tokens->unblockPin(Puk, "918273").result);
    EXPECT_FALSE(m_tokens->unlock("918273").error);
    EXPECT_TRUE(handshake());
    EXPECT_EQ(signatures("trader"), 3) << "a proof of the key for each right PIN, and the handshake";
}

TEST_F(CardMatrix, ThePinIsChangedAndThePukCanBlockForGood)
{
    start(settings(trader()));
    ASSERT_FALSE(seen().problem);
    const auto wrong = m_tokens->changePin("654321", "918273");
    EXPECT_EQ(codeOf(wrong.result.error()), Errc::PinWrong);
    EXPECT_EQ(wrong.pin.triesLeft, 2);
    EXPECT_TRUE(m_tokens->changePin(Pin, "918273").result);
    EXPECT_EQ(codeOf(m_tokens->unlock(Pin).error), Errc::PinWrong);
    EXPECT_FALSE(m_tokens->unlock("918273").error);
    for (int i = 0; i < 2; ++i)
        EXPECT_EQ(codeOf(m_tokens->unblockPin("00000000", "918273").result.error()), Errc::PukWrong);
    const auto last = m_tokens->unblockPin("00000000", "918273");
    EXPECT_EQ(codeOf(last.result.error()), Errc::PinLastTry);
    EXPECT_EQ(last.pukTriesLeft, 1);
    EXPECT_EQ(m_cards.tell("status trader")["puk"], 1) << "nothing was tried";
    for (const std::string& puk : {std::string("00000000"), Puk})
        EXPECT_EQ(codeOf(m_tokens->unblockPin(puk, "918273", LastTry::Confirmed).result.error()), Errc::PukBlocked);
    EXPECT_EQ(signatures("trader"), 1);
}

TEST_F(CardMatrix, AResetByAnotherProgramEndsTheSignIn)
{
    start(settings(trader()));
    signIn();
    m_cards.tell("foreign trader reset");
    EXPECT_FALSE(signsAndVerifies(*m_tokens->identity()))
        << "PC/SC tells no module of this one: none gives the PIN again that it has kept";
    ASSERT_TRUE(waitForLoss());
    EXPECT_EQ(m_tokens->losses()[0].code, Errc::TokenAbsent);
    signIn();
    EXPECT_TRUE(handshake());
    EXPECT_EQ(signatures("trader"), 3);
}

TEST_F(CardMatrix, ALogoutByAnotherProgramEndsTheSignIn)
{
    start(settings(trader()));
    signIn();
    m_cards.tell("foreign trader logout");
    EXPECT_FALSE(signsAndVerifies(*m_tokens->identity()));
    ASSERT_TRUE(waitForLoss());
    signIn();
    EXPECT_TRUE(handshake());
    EXPECT_EQ(signatures("trader"), 3);
}

TEST_F(CardMatrix, AKeyThatAsksForThePinAtEachSignatureIsToldToBeTheWrongOneForSessions)
{
    make("signer", "9c=" + environment("COUNTERSIGN_KEY"));
    m_cards.tell("insert 0 signer");
    start(settings({}, "02"));
    const auto status = seen();
    ASSERT_FALSE(status.problem) << status.problem->detail;
    const auto unlocked = m_tokens->unlock(Pin);
    EXPECT_EQ(codeOf(unlocked.error), Errc::KeyNotFound);
    ASSERT_TRUE(unlocked.error);
    EXPECT_NE(unlocked.error->detail.find("9a"), std::string::npos) << unlocked.error->detail;
    EXPECT_EQ(signatures("signer", "9c"), 0);
}

TEST_F(CardMatrix, AKilledServiceEndsTheSignInAndANewOneIsFound)
{
    start(settings(trader()));
    signIn();
    support::VirtualCards::service("kill");
    ASSERT_TRUE(waitForLoss());
    EXPECT_NE(m_tokens->losses()[0].detail.find("pcscd"), std::string::npos) << m_tokens->losses()[0].detail;
    EXPECT_FALSE(m_tokens->identity());
    EXPECT_TRUE(m_tokens->inspect().problem);
    support::VirtualCards::service("start");
    ASSERT_NO_FATAL_FAILURE(signIn());
    EXPECT_TRUE(handshake());
    EXPECT_EQ(signatures("trader"), 3);
}

TEST_F(CardMatrix, OfTwoReadersTheOtherCardsRemovalIsNoLoss)
{
    const std::string fingerprint = trader();
    make("guest", "9a=p256");
    m_cards.tell("insert 1 guest");
    start(settings(fingerprint));
    signIn();
    m_cards.tell("remove 1");
    EXPECT_TRUE(handshake());
    EXPECT_EQ(signatures("guest"), 0);
    EXPECT_EQ(signatures("trader"), 2);
    m_cards.tell("insert 1 guest");
    m_cards.tell("remove 0");
    ASSERT_TRUE(waitForLoss());
    EXPECT_EQ(m_tokens->losses().size(), 1U);
}

TEST_F(CardMatrix, AnExpiredCertificateIsToldAndCostsNoPin)
{
    start(settings(trader("late", ":expired")));
    EXPECT_EQ(codeOf(seen().problem), Errc::CertificateExpired);
    EXPECT_EQ(codeOf(m_tokens->unlock(Pin).error), Errc::CertificateExpired);
    EXPECT_EQ(m_cards.tell("status late")["verifications"], 0);
    EXPECT_EQ(signatures("late"), 0);
}

TEST_F(CardMatrix, AnEmptyCardHasNoIdentityButItsPinCanBeChanged)
{
    make("empty", "");
    m_cards.tell("insert 0 empty");
    start(settings());
    EXPECT_EQ(codeOf(seen().problem), Errc::KeyNotFound);
    EXPECT_EQ(codeOf(m_tokens->unlock(Pin).error), Errc::KeyNotFound);
    EXPECT_TRUE(m_tokens->changePin(Pin, "918273").result);
}

TEST_F(CardMatrix, ACardWithOnlyAKeyForEncryptionIsSaidToBeSo)
{
    make("decipher", "9d=" + environment("COUNTERSIGN_KEY") + ":cipher");
    m_cards.tell("insert 0 decipher");
    start(settings({}, "01"));
    EXPECT_EQ(codeOf(seen().problem), Errc::KeyNotFound) << "9a is empty";
    start(settings({}, "03"));
    const auto status = seen();
    ASSERT_EQ(codeOf(status.problem), Errc::KeyNotFound) << "OpenSC would not let it sign, ykcs11 would";
    EXPECT_NE(status.problem->detail.find("9a"), std::string::npos) << status.problem->detail;
    EXPECT_EQ(codeOf(m_tokens->unlock(Pin).error), Errc::KeyNotFound);
    EXPECT_EQ(m_cards.tell("status decipher")["verifications"], 0) << "it costs no PIN";
    EXPECT_EQ(signatures("decipher", "9d"), 0);
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
