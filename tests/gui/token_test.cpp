/// The card leaves, comes back, or another one comes; and its certificate ends.

#include "tests/gui/desk_rig.h"

#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using std::chrono::days;
using support::DeskRig;
using support::DlrA;

class TokenTest final : public QObject {
    Q_OBJECT

private:
    static QString words(const DeskRig& rig, const QString& name) { return rig.find<QLabel>(name)->text(); }
    static bool isVisible(const DeskRig& rig, const QString& name) { return rig.find<QWidget>(name)->isVisible(); }
    static bool isCovered(const DeskRig& rig) { return isVisible(rig, u"signInPage"_s); }
    static void lookAgain(const DeskRig& rig) { DeskRig::click(*rig.find<QPushButton>(u"signInAgain"_s)); }
    static int told(const DeskRig& rig, const QString& start)
    {
        auto& events = rig.window->desk().events();
        int found = 0;
        for (int row = 0; row < events.rowCount(); ++row) {
            for (int column = 0; column < events.columnCount(); ++column)
                found += events.index(row, column).data().toString().startsWith(start) ? 1 : 0;
        }
        return found;
    }

private Q_SLOTS:
    void aCardThatIsGoneIsExplainedWithTheWayBack()
    {
        DeskRig rig;
        rig.open();
        rig.signIn.pull();
        QCOMPARE(words(rig, u"signInTitle"_s), u"Your card was taken out or reset"_s);
        const auto how = words(rig, u"signInPurpose"_s);
        for (const auto& part :
            {u"Prices are hidden"_s, u"dealing is off"_s, u"same card"_s, u"trader-7"_s, u"12345678"_s, u"PIN"_s})
            QVERIFY2(how.contains(part), qPrintable(part));
        QVERIFY(!isVisible(rig, u"pin"_s));
    }

    void theSameCardAndItsPinGoOn()
    {
        DeskRig rig;
        rig.open();
        const auto id = rig.request();
        rig.quote(id, DlrA, "QA-1", "", "1.15342");
        rig.passGuard();
        rig.signIn.pull();
        QVERIFY(!rig.offer(id, DlrA).accessibleName().contains(u"1.15"_s));
        QVERIFY(!rig.offer(id, DlrA).isArmed());
        QVERIFY(rig.desk.service.dealingSuspended());
        rig.signIn.plugIn();
        lookAgain(rig);
        QVERIFY(isCovered(rig));
        QVERIFY(rig.desk.service.dealingSuspended());
        QVERIFY(!isVisible(rig, u"signInProblem"_s));
        QSignalSpy signedIn(rig.window.get(), &ui::MainWindow::signedIn);
        rig.enterPin(u"1234"_s);
        QVERIFY(!isCovered(rig));
        QVERIFY(!rig.desk.service.dealingSuspended());
        QCOMPARE(signedIn.count(), 1);
    }

    void anotherCardIsExplainedAndItsPinIsNotAsked()
    {
        DeskRig rig;
        rig.open();
        rig.signIn.pull();
        rig.signIn.plugInOther();
        lookAgain(rig);
        QCOMPARE(words(rig, u"signInProblem"_s), u"This is another card"_s);
        const auto why = words(rig, u"signInProblemText"_s);
        QVERIFY(why.startsWith(u"This is another card: trader-9"_s));
        QVERIFY(why.contains(u"87654321"_s));
        QVERIFY(why.contains(u"trader-7"_s));
        QVERIFY(!isVisible(rig, u"pin"_s));
        QVERIFY(rig.find<QPushButton>(u"signInAgain"_s)->hasFocus());
        rig.enterPin(u"1234"_s);
        QCOMPARE(rig.signIn.tries, 1);
        QVERIFY(isCovered(rig));
    }

    void aCardWithoutTheCertificateIsAnotherCard()
    {
        DeskRig rig;
        rig.open();
        rig.signIn.pull();
        rig.signIn.plugInForeign();
        lookAgain(rig);
        QVERIFY(words(rig, u"signInProblemText"_s).startsWith(u"This is another card: it does not hold"_s));
        QVERIFY(!isVisible(rig, u"pin"_s));
        rig.signIn.plugIn();
        lookAgain(rig);
        rig.enterPin(u"1234"_s);
        QVERIFY(!isCovered(rig));
    }

    void withAnotherCardOneBeginsAnew()
    {
        DeskRig rig;
        QVERIFY(!isVisible(rig, u"signInAnew"_s));
        rig.open();
        rig.signIn.pull();
        rig.signIn.plugInOther();
        DeskRig::click(*rig.find<QPushButton>(u"signInAnew"_s));
        QCOMPARE(words(rig, u"signInTitle"_s), u"Sign in to Countersign"_s);
        QSignalSpy signedIn(rig.window.get(), &ui::MainWindow::signedIn);
        rig.enterPin(u"1234"_s);
        QVERIFY(!isCovered(rig));
        QCOMPARE(signedIn.count(), 1);
        QVERIFY(rig.find<QToolButton>(u"tokenChip"_s)->text().contains(u"trader-9"_s));
    }

    void anotherCardUnlocksNoLockedDesk()
    {
        DeskRig rig;
        rig.open();
        rig.window->lock();
        QVERIFY(!isVisible(rig, u"signInAnew"_s));
        rig.signIn.plugInOther();
        rig.window->findChild<ui::SecureLineEdit*>(u"pin"_s)->clear();
        // Exchanged after the look: the answer to the PIN tells.
        QSignalSpy exchanged(rig.window.get(), &ui::MainWindow::tokenExchanged);
        QSignalSpy signedOut(rig.window.get(), &ui::MainWindow::signedOut);
        rig.enterPin(u"1234"_s);
        QVERIFY(isCovered(rig));
        QVERIFY(rig.desk.service.dealingSuspended());
        QCOMPARE(exchanged.count(), 1);
        QCOMPARE(signedOut.count(), 0); // or whoever has the other card would go on
        QCOMPARE(words(rig, u"signInTitle"_s), u"The card was exchanged"_s);
        QCOMPARE(words(rig, u"signInProblem"_s), u"This is another card"_s);
    }

    void aCardThatStopsWorkingIsNotCalledGone()
    {
        DeskRig rig;
        rig.open();
        rig.signIn.fail();
        QCOMPARE(words(rig, u"signInTitle"_s), u"Your card no longer answers"_s);
        QVERIFY(rig.find<QPushButton>(u"signInRawToggle"_s)->isVisible());
        QCOMPARE(words(rig, u"signInRaw"_s), u"CKR_DEVICE_ERROR"_s);
        rig.enterPin(u"1234"_s);
        QVERIFY(!isCovered(rig));
    }

    void aLockedDeskWhoseCardGoesIsClosed()
    {
        DeskRig rig;
        rig.open();
        rig.window->lock();
        rig.signIn.pull();
        QCOMPARE(words(rig, u"signInTitle"_s), u"Your card was taken out or reset"_s);
    }

    void aCardThatIsPutInIsNoticedWithoutAClick()
    {
        DeskRig rig;
        rig.open();
        rig.signIn.pull();
        QVERIFY(!isVisible(rig, u"pin"_s));
        rig.signIn.plugIn();
        rig.signIn.tellChanged();
        QVERIFY(isVisible(rig, u"pin"_s));
        QVERIFY(rig.find<QWidget>(u"pin"_s)->hasFocus());
        rig.enterPin(u"1234"_s);
        QVERIFY(!isCovered(rig));
    }

    void aPinThatIsBeingTypedOutlivesAChangeInAnotherReader()
    {
        DeskRig rig;
        auto* pin = rig.find<ui::SecureLineEdit>(u"pin"_s);
        QTest::keyClicks(pin, u"12"_s);
        rig.signIn.tellChanged();
        QVERIFY(!pin->isEmpty());
        rig.enterPin(u"34"_s);
        QVERIFY(!isCovered(rig));
    }

    void aPinThatWasTypedForOneCardIsNotGivenToTheNext()
    {
        DeskRig rig;
        auto* pin = rig.find<ui::SecureLineEdit>(u"pin"_s);
        QTest::keyClicks(pin, u"1234"_s);
        rig.signIn.plugInOther();
        rig.signIn.tellChanged();
        QVERIFY(pin->isEmpty());
        QVERIFY(isVisible(rig, u"pin"_s));
    }

    void aCardThatChangesWhileThePinIsCheckedIsLookedAtAfterwards()
    {
        DeskRig rig;
        rig.signIn.mode = support::FakeSignIn::Mode::WhenTold;
        rig.enterPin(u"0000"_s);
        const int before = rig.signIn.inspections;
        rig.signIn.tellChanged();
        QCOMPARE(rig.signIn.inspections, before);
        rig.signIn.settle();
        QCOMPARE(rig.signIn.inspections, before + 1);
    }

    void theTimeThatTheSessionsWaitIsCountedDownAndThenTheyAreSaidToBeClosed()
    {
        ui::WindowSettings settings;
        std::optional<base::SteadyTime> until;
        settings.sessionsCloseAt = [&until] { return until; };
        DeskRig rig(settings);
        rig.open();
        until = rig.desk.clock.steady() + 30s;
        rig.signIn.pull();
        QVERIFY(words(rig, u"signInPurpose"_s).contains(u"The sessions stay up for 0:30"_s));
        rig.desk.clock.advance(21s);
        QVERIFY(
            QTest::qWaitFor([&] { return words(rig, u"signInPurpose"_s).contains(u"stay up for 0:09"_s); }, 10'000));
        until.reset();
        QVERIFY(QTest::qWaitFor(
            [&] { return words(rig, u"signInPurpose"_s).contains(u"the sessions are closed"_s); }, 10'000));
    }

    void aCopyOfTheCardIsAnotherCard()
    {
        DeskRig rig;
        rig.signIn.setCard("a guid");
        rig.window->signOut();
        rig.open();
        rig.signIn.pull();
        rig.signIn.plugIn();
        rig.signIn.setCard("another guid");
        lookAgain(rig);
        QCOMPARE(words(rig, u"signInProblem"_s), u"This is another card"_s);
        QVERIFY(!isVisible(rig, u"pin"_s));
    }

    void aCertificateThatEndsSoonIsToldAtTheSignInInTheHeaderAndOnceInEvents()
    {
        DeskRig rig;
        QVERIFY(!isVisible(rig, u"signInExpiry"_s));
        rig.signIn.endsIn(days(20), rig.desk.clock.utc());
        rig.window->signOut();
        QVERIFY(words(rig, u"signInExpiry"_s).contains(u"ends in 20 days"_s));
        rig.enterPin(u"1234"_s);
        auto* chip = rig.find<QToolButton>(u"tokenChip"_s);
        QVERIFY(chip->text().contains(u"certificate ends in 20 days"_s));
        QCOMPARE(chip->property("warning").toString(), u"true"_s);
        QCOMPARE(told(rig, u"Your certificate ends within 30 days"_s), 1);
        rig.window->lock();
        rig.enterPin(u"1234"_s);
        QCOMPARE(told(rig, u"Your certificate ends within 30 days"_s), 1);
        rig.window->signOut();
        rig.enterPin(u"1234"_s);
        QCOMPARE(told(rig, u"Your certificate ends within 30 days"_s), 2);
    }

    void theLastDayComesWhileTheDeskIsOpen()
    {
        DeskRig rig;
        rig.signIn.endsIn(days(1) + 1h, rig.desk.clock.utc());
        rig.window->signOut();
        rig.open();
        QCOMPARE(told(rig, u"Your certificate ends within 7 days"_s), 1);
        rig.desk.clock.shiftUtc(2h);
        QVERIFY(QTest::qWaitFor([&] { return told(rig, u"Your certificate ends within a day"_s) == 1; }, 10'000));
        auto* chip = rig.find<QToolButton>(u"tokenChip"_s);
        QCOMPARE(chip->property("alarm").toString(), u"true"_s);
        QVERIFY(chip->property("warning").toString().isEmpty());
        QVERIFY(chip->text().contains(u"ends in 23 hours"_s));
    }

    void aCertificateThatLastsIsNotTalkedAbout()
    {
        DeskRig rig;
        rig.open();
        auto* chip = rig.find<QToolButton>(u"tokenChip"_s);
        QCOMPARE(chip->text().trimmed(), u"trader-7"_s);
        QCOMPARE(told(rig, u"Your certificate"_s), 0);
    }
};

QTEST_MAIN(TokenTest)
#include "token_test.moc"
