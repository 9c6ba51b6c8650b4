/// Cards and their PINs, and a security key from the shop to its enrolment, in the window.

#include "tests/gui/token_rig.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using support::Answers;
using support::DeskRig;
using support::TokenRig;

class TokenManagerTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theManagerIsReachedFromTheSignInTheChipTheMenuAndAKey()
    {
        TokenRig rig;
        rig.click(u"signInTokens"_s);
        QVERIFY(rig.find(u"tokenManager"_s));
        rig.click(u"tokensClose"_s);
        rig.desk.open();
        rig.click(u"tokenChip"_s);
        QVERIFY(rig.find(u"tokenManager"_s));
        rig.click(u"tokensClose"_s);
        QVERIFY(!rig.find(u"tokenManager"_s));
        rig.desk.window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(rig.desk.window.get()));
        QTest::keyClick(rig.desk.window.get(), Qt::Key_K, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(rig.find(u"tokenManager"_s));
        QCOMPARE(rig.find<QToolButton>(u"tokenChip"_s)->focusPolicy(), Qt::StrongFocus);
    }

    void anEmptyCardAtSignInIsNoWrongOneAndLeadsToItsCertificate()
    {
        TokenRig rig;
        QVERIFY(!rig.find(u"signInMake"_s));
        rig.desk.signIn.plugInForeign(); // one with the certificate of another desk
        rig.desk.signIn.tellChanged();
        QCOMPARE(rig.words(u"signInProblem"_s), u"This is not the expected token"_s);
        QVERIFY(!rig.find(u"signInMake"_s));
        rig.desk.signIn.plugInEmpty();
        rig.desk.signIn.tellChanged();
        QCOMPARE(rig.words(u"signInProblem"_s), u"This card is empty"_s);
        QVERIFY(rig.words(u"signInProblemText"_s).contains(u"no certificate yet"_s));
        rig.click(u"signInMake"_s);
        QVERIFY(rig.find(u"tokenManager"_s));
        QVERIFY(rig.find(u"certificateWizard"_s));
        QCOMPARE(rig.words(u"wizardTitle"_s), u"YubiKey YK5, serial 12345678"_s);
    }

    void ofSeveralEmptyCardsThePersonChooses()
    {
        TokenRig rig;
        rig.desk.signIn.plugInEmpty();
        rig.desk.signIn.tellChanged();
        rig.cards.second = rig.cards.card;
        rig.cards.second->serial = "87654321";
        rig.click(u"signInMake"_s);
        QVERIFY(rig.find(u"tokenManager"_s));
        QVERIFY(!rig.find(u"certificateWizard"_s));
    }

    void withoutACardItSaysWhatToDoFirstAndSeesOneThatComes()
    {
        TokenRig rig;
        rig.cards.isIn = rig.keys.isIn = false;
        rig.tokens.open();
        QVERIFY(rig.words(u"noCard"_s).contains(u"Put your card into the reader"_s));
        QVERIFY(rig.words(u"noKey"_s).contains(u"Plug one in"_s));
        rig.cards.isIn = rig.keys.isIn = true;
        rig.cards.tellChanged();
        rig.keys.tellChanged();
        QCOMPARE(rig.words(u"card-0Title"_s), u"YubiKey YK5, serial 12345678"_s);
        QVERIFY(rig.words(u"card-0State"_s).startsWith(u"No certificate yet"_s));
        QCOMPARE(rig.words(u"key-0Title"_s), u"Yubico YubiKey OTP+FIDO+CCID, firmware 5.7.0"_s);
        QVERIFY(!rig.find(u"noCard"_s));
    }

    void whileItLooksItSaysSo()
    {
        TokenRig rig;
        rig.cards.answers.mode = Answers::Mode::WhenTold;
        rig.tokens.open();
        QVERIFY(rig.words(u"noCard"_s).contains(u"Looking"_s));
        const auto* again = rig.find<QPushButton>(u"tokensAgain"_s);
        QCOMPARE(again->text(), u"Looking…"_s);
        rig.cards.answers.settle();
        QVERIFY(rig.find(u"card-0"_s));
        QCOMPARE(again->text(), u"Look again"_s);
    }

    void aDriverThatCannotBeUsedIsExplained()
    {
        TokenRig rig;
        rig.cards.problem = base::Error{base::Errc::TokenModule, "/usr/lib/none.so is not there"};
        rig.tokens.open();
        QCOMPARE(rig.words(u"cardsProblem"_s), u"The token driver cannot be used"_s);
        rig.click(u"cardsRawToggle"_s);
        QCOMPARE(rig.words(u"cardsRaw"_s), u"/usr/lib/none.so is not there"_s);
    }

    void certificatesAreShownWithTheirEnd()
    {
        TokenRig rig;
        rig.cards.certify(rig.desk.desk.clock.utc() + std::chrono::days(6));
        rig.tokens.open();
        const auto words = rig.words(u"card-0Certificate"_s);
        for (const auto& part : {u"CN=trader-7"_s, u"issued by CN=Example Capital Issuing CA"_s, u"ends in 6 days"_s})
            QVERIFY2(words.contains(part), qPrintable(words));
        QVERIFY(rig.words(u"card-0State"_s).contains(u"Ready to sign in as trader-7"_s));
    }

    void aPinThatIsTheFactorysIsToldOf()
    {
        TokenRig rig;
        rig.cards.card.factoryPin = true;
        rig.tokens.open();
        QVERIFY(rig.words(u"card-0Pin"_s).contains(u"still the factory's"_s));
        QCOMPARE(rig.find(u"cardPin-0"_s)->property("kind").toString(), u"primary"_s); // before its certificate
        rig.click(u"tokensClose"_s);
        rig.cards.card.pin = rfq::PinState{1, true, false};
        rig.tokens.open();
        QVERIFY(rig.words(u"card-0Pin"_s).contains(u"One try is left"_s)); // the more urgent of the two
    }

    void thePinIsChanged()
    {
        TokenRig rig;
        rig.tokens.open();
        rig.click(u"cardPin-0"_s);
        rig.setPin(u"123456"_s, u"918273"_s, u"918273"_s);
        QVERIFY(rig.words(u"pinDone"_s).contains(u"The PIN is changed"_s));
        QCOMPARE(rig.cards.pin, std::string("918273"));
        QVERIFY(!rig.find(u"pinNext"_s));
    }

    void twoNewPinsThatDifferCostNoTry()
    {
        TokenRig rig;
        rig.tokens.open();
        rig.click(u"cardPin-0"_s);
        rig.setPin(u"123456"_s, u"918273"_s, u"918274"_s);
        QCOMPARE(rig.words(u"pinProblem"_s), u"The two new PINs differ"_s);
        QCOMPARE(rig.cards.pin, std::string("123456"));
        QVERIFY(!rig.find<QPushButton>(u"pinAct"_s)->isEnabled());
    }

    void aBlockedPinIsUnblockedWithThePuk()
    {
        TokenRig rig;
        rig.tokens.open();
        rig.click(u"cardPin-0"_s);
        for (int i = 0; i < 2; ++i)
            rig.setPin(u"000000"_s, u"918273"_s, u"918273"_s);
        rig.setPin(u"000000"_s, u"918273"_s, u"918273"_s);
        QCOMPARE(rig.cards.card.pin->triesLeft, 1); // the last try is not used without a tick
        rig.find<QCheckBox>(u"pinLastTry"_s)->setChecked(true);
        rig.click(u"pinAct"_s);
        QCOMPARE(rig.words(u"pinProblem"_s), u"The PIN is blocked"_s);
        QVERIFY(!rig.find(u"pinGiven"_s));
        rig.click(u"pinClose"_s);
        QVERIFY(rig.words(u"card-0State"_s).startsWith(u"Unblock the PIN first"_s));
        QVERIFY(!rig.find(u"cardPin-0"_s));
        QVERIFY(!rig.find(u"cardCertificate-0"_s));
        rig.click(u"cardUnblock-0"_s);
        rig.setPin(u"11111111"_s, u"246813"_s, u"246813"_s);
        QCOMPARE(rig.words(u"pinProblem"_s), u"Wrong PUK"_s);
        QVERIFY(rig.words(u"pinTries"_s).contains(u"2"_s));
        rig.setPin(u"12345678"_s, u"246813"_s, u"246813"_s);
        rig.click(u"pinClose"_s);
        QVERIFY(rig.find(u"cardPin-0"_s));
    }

    void theLastTryOfThePukIsConfirmedToo()
    {
        TokenRig rig;
        rig.cards.card.pin = rfq::PinState{0, false, true};
        rig.cards.pukTries = 1;
        rig.tokens.open();
        rig.click(u"cardUnblock-0"_s);
        rig.setPin(u"12345678"_s, u"246813"_s, u"246813"_s);
        QCOMPARE(rig.words(u"pinProblem"_s), u"One try is left"_s);
        QCOMPARE(rig.cards.pukTries, 1);
        rig.setPin(u"12345678"_s, u"246813"_s, u"246813"_s);
        QVERIFY(!rig.find<QPushButton>(u"pinAct"_s)->isEnabled());
        rig.find<QCheckBox>(u"pinLastTry"_s)->setChecked(true);
        rig.click(u"pinAct"_s);
        QCOMPARE(rig.cards.pin, std::string("246813"));
    }

    void aNewKeyGetsItsPinIsEnrolledAndTested()
    {
        TokenRig rig;
        rig.tokens.open();
        QVERIFY(rig.words(u"key-0Pin"_s).contains(u"No PIN yet"_s));
        QVERIFY(!rig.find(u"keyEnrol-0"_s));
        rig.click(u"keyPin-0"_s);
        rig.setPin({}, u"4711"_s, u"4711"_s);
        rig.click(u"pinClose"_s);

        rig.keys.answers.mode = Answers::Mode::WhenTold;
        rig.click(u"keyEnrol-0"_s);
        rig.type(u"keyName"_s, u"jane.doe"_s);
        rig.type(u"keyPin"_s, u"4711"_s);
        rig.click(u"keyAct"_s);
        rig.keys.blink(12s);
        QCOMPARE(rig.words(u"touchTitle"_s), u"Touch your key now"_s);
        QVERIFY(rig.words(u"touchLeft"_s).contains(u"12"_s));
        QVERIFY(rig.words(u"touchPurpose"_s).contains(u"jane.doe"_s));
        rig.keys.answers.settle();
        QCOMPARE(rig.keys.enrolledFor, std::string("jane.doe"));
        QCOMPARE(rig.saved.size(), std::size_t(1));
        QCOMPARE(rig.saved[0].first, u"jane.doe-key.json"_s);
        QVERIFY(rig.words(u"keyNext"_s).contains(u"dGhlIGNyZWRlbnRpYWw"_s));
        rig.click(u"keyTest"_s);
        rig.type(u"keyPin"_s, u"4711"_s);
        rig.click(u"keyAct"_s);
        rig.keys.answers.settle();
        QVERIFY(rig.words(u"keyDone"_s).contains(u"The key works"_s));
        QCOMPARE(rig.keys.tested, rig.saved[0].second.toStdString());
    }

    void aKeyIsEnrolledAtTheCounterpartyWhoseSessionIsOpen()
    {
        TokenRig rig;
        rig.keys.key.pin = rfq::PluggedKey::Pin::Set;
        rig.keys.pin = "4711";
        rig.keys.venues = {rfq::SessionId("VENUE-X")};
        rig.keys.venueRefuses =
            rfq::KeyFailure{"not-permitted-there", "The counterparty does not enrol the security key.",
                "Its own words are in the details: tell them to its IT.", {}, false, "no permission. Reference AC-7"};
        rig.tokens.open();
        rig.click(u"keyEnrol-0"_s);
        QCOMPARE(rig.find<QComboBox>(u"keyPlace"_s)->currentText(), u"At VENUE-X, now"_s);
        QVERIFY(!rig.find(u"keyChoose"_s));
        rig.type(u"keyName"_s, u"blue key"_s);
        rig.type(u"keyPin"_s, u"4711"_s);
        rig.click(u"keyAct"_s);
        QVERIFY(rig.words(u"keyProblem"_s).contains(u"does not enrol"_s));
        rig.click(u"keyRawToggle"_s);
        QVERIFY(rig.words(u"keyRaw"_s).contains(u"Reference AC-7"_s));

        rig.keys.venueRefuses.reset();
        rig.keys.answers.mode = Answers::Mode::WhenTold;
        rig.type(u"keyPin"_s, u"4711"_s);
        rig.click(u"keyAct"_s);
        rig.keys.blink(12s);
        const auto purpose = rig.words(u"touchPurpose"_s);
        QVERIFY2(purpose.contains(u"blue key"_s) && purpose.contains(u"VENUE-X"_s), qPrintable(purpose));
        rig.keys.answers.settle();
        QCOMPARE(rig.keys.wished.session, rfq::SessionId("VENUE-X"));
        QCOMPARE(rig.keys.wished.keyName, std::string("blue key"));
        QCOMPARE(rig.keys.wished.path, rig.keys.key.path);
        QVERIFY(rig.words(u"keyDone"_s).contains(u"enrolled at VENUE-X"_s));
        QVERIFY(rig.saved.empty());
        QVERIFY(!rig.find(u"keySave"_s));
        QVERIFY(!rig.find(u"keyTest"_s));
    }

    void aFileForItCanBeChosenInstead()
    {
        TokenRig rig;
        rig.keys.key.pin = rfq::PluggedKey::Pin::Set;
        rig.keys.pin = "4711";
        rig.keys.venues = {rfq::SessionId("VENUE-X")};
        rig.tokens.open();
        rig.click(u"keyEnrol-0"_s);
        rig.find<QComboBox>(u"keyPlace"_s)->setCurrentIndex(1);
        rig.type(u"keyName"_s, u"jane.doe"_s);
        rig.type(u"keyPin"_s, u"4711"_s);
        rig.click(u"keyAct"_s);
        QCOMPARE(rig.keys.enrolledFor, std::string("jane.doe"));
        QCOMPARE(rig.saved.size(), std::size_t(1));
    }

    void aTouchCanBeCalledOffAndAClosedWindowCallsItOff()
    {
        TokenRig rig;
        rig.keys.key.pin = rfq::PluggedKey::Pin::Set;
        rig.keys.pin = "4711";
        rig.keys.answers.mode = Answers::Mode::AtOnce;
        rig.tokens.open();
        rig.click(u"keyTest-0"_s);
        rig.content = "{}";
        rig.click(u"keyChoose"_s);
        rig.keys.answers.mode = Answers::Mode::WhenTold;
        rig.type(u"keyPin"_s, u"4711"_s);
        rig.click(u"keyAct"_s);
        rig.click(u"touchCancel"_s);
        QCOMPARE(rig.keys.cancels, 1);
        rig.click(u"keyClose"_s);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        QCOMPARE(rig.keys.cancels, 2);
        rig.keys.answers.settle(); // to nobody
    }

    void withoutARelyingPartyItSaysWhoHasToDoWhat()
    {
        TokenRig rig;
        rig.keys.key.pin = rfq::PluggedKey::Pin::Set;
        rig.keys.domain.clear();
        rig.tokens.open();
        rig.click(u"keyEnrol-0"_s);
        QVERIFY(rig.words(u"keyExplanation"_s).contains(u"relying_party"_s));
        QVERIFY(!rig.find(u"keyAct"_s));
    }

    void whenTheDeskLocksTheWindowsCloseAndWhenTheSignInEndsTheyStay()
    {
        TokenRig rig;
        rig.desk.open();
        rig.tokens.open();
        rig.desk.signIn.pull();
        QVERIFY(rig.find(u"tokenManager"_s));
        rig.desk.signIn.plugIn();
        rig.desk.signIn.tellChanged();
        rig.desk.enterPin(u"1234"_s);
        rig.desk.window->lock();
        QVERIFY(!rig.find(u"tokenManager"_s));
    }

    void everythingIsReachedByKeysAndHasAName()
    {
        TokenRig rig;
        rig.keys.key.pin = rfq::PluggedKey::Pin::Set;
        rig.cards.certify(rig.desk.desk.clock.utc() + std::chrono::days(100));
        rig.tokens.open();
        for (const auto& name : {u"cardPin-0"_s, u"cardUnblock-0"_s, u"cardCertificate-0"_s, u"keyPin-0"_s,
                 u"keyEnrol-0"_s, u"keyTest-0"_s, u"tokensAgain"_s, u"tokensClose"_s}) {
            const auto* button = rig.find(name);
            QVERIFY2(button, qPrintable(name));
            QVERIFY2(button->focusPolicy() & Qt::TabFocus, qPrintable(name));
        }
        QVERIFY(rig.find(u"cardPin-0"_s)->accessibleName().contains(u"serial 12345678"_s));
        rig.click(u"cardCertificate-0"_s);
        for (const auto& name : {u"wizardName"_s, u"wizardPin"_s, u"wizardKind"_s})
            QVERIFY2(!rig.find(name)->accessibleName().isEmpty(), qPrintable(name));
        rig.click(u"wizardClose"_s);
        rig.click(u"cardPin-0"_s);
        for (const auto& name : {u"pinGiven"_s, u"pinNext"_s, u"pinAgain"_s})
            QVERIFY2(!rig.find(name)->accessibleName().isEmpty(), qPrintable(name));
        QVERIFY(rig.find(u"pinGiven"_s)->hasFocus());
        QTest::keyClick(rig.find(u"pinGiven"_s), Qt::Key_Tab);
        QVERIFY(rig.find(u"pinNext"_s)->hasFocus());
    }
};

QTEST_MAIN(TokenManagerTest)
#include "token_manager_test.moc"
