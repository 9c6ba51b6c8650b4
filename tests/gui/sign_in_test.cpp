/// Who is there, proven by token and PIN; and nothing to see or deal without.

#include "tests/gui/desk_rig.h"

#include <QCheckBox>
#include <QLabel>
#include <QMetaProperty>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using support::DeskRig;
using support::DlrA;

class SignInTest final : public QObject {
    Q_OBJECT

private:
    static QString problem(const DeskRig& rig) { return rig.find<QLabel>(u"signInProblem"_s)->text(); }
    static bool isCovered(const DeskRig& rig) { return rig.find<QWidget>(u"signInPage"_s)->isVisible(); }

    static rfq::RfqId quoted(DeskRig& rig)
    {
        rig.open();
        const auto id = rig.request();
        rig.quote(id, DlrA, "QA-1", "", "1.15342");
        rig.passGuard();
        return id;
    }

private Q_SLOTS:
    void theRightPinOpensTheDesk()
    {
        DeskRig rig;
        QSignalSpy spy(rig.window.get(), &ui::MainWindow::signedIn);
        QVERIFY(isCovered(rig));
        QVERIFY(rig.desk.service.dealingSuspended());
        rig.enterPin(u"1234"_s);
        QVERIFY(!isCovered(rig));
        QVERIFY(!rig.desk.service.dealingSuspended());
        QCOMPARE(spy.count(), 1);
    }

    void aSmartcardServiceThatDoesNotAnswerIsNoMissingToken()
    {
        DeskRig rig;
        rig.signIn.stopService();
        rig.signIn.tellChanged();
        QCOMPARE(problem(rig), u"The smartcard service does not answer"_s);
        rig.signIn.pull();
        rig.signIn.tellChanged();
        QCOMPARE(problem(rig), u"No token"_s);
        rig.signIn.plugIn();
        rig.signIn.tellChanged();
        rig.enterPin(u"1234"_s);
        QVERIFY(!isCovered(rig));
    }

    void aWrongPinSaysSoAndCountsDown()
    {
        DeskRig rig;
        rig.enterPin(u"0000"_s);
        QVERIFY(isCovered(rig));
        QCOMPARE(problem(rig), u"Wrong PIN"_s);
        QVERIFY(rig.find<QLabel>(u"signInTries"_s)->text().contains(u'2'));
        QVERIFY(rig.find<ui::SecureLineEdit>(u"pin"_s)->isEmpty());
    }

    void theLastTryNeedsAnExplicitTick()
    {
        DeskRig rig;
        rig.enterPin(u"0000"_s);
        rig.enterPin(u"0000"_s);
        auto* tick = rig.find<QCheckBox>(u"lastTry"_s);
        QVERIFY(tick->isVisible());
        QVERIFY(!tick->isChecked());
        const auto tries = rig.signIn.tries;
        rig.enterPin(u"1234"_s);
        QCOMPARE(rig.signIn.tries, tries);
        QVERIFY(isCovered(rig));
        tick->setChecked(true);
        QTest::keyClick(rig.find<ui::SecureLineEdit>(u"pin"_s), Qt::Key_Return);
        QCOMPARE(rig.signIn.tries, tries + 1);
        QVERIFY(!isCovered(rig));
    }

    void aBlockedPinIsExplainedAndCannotBeTried()
    {
        DeskRig rig;
        rig.signIn.status.pin = {0, false, true};
        DeskRig::click(*rig.find<QPushButton>(u"signInAgain"_s));
        rig.window->signOut();
        rig.signIn.status.problem = base::Error{base::Errc::PinBlocked, "CKR_PIN_LOCKED"};
        DeskRig other;
        other.signIn.status = rig.signIn.status;
        other.enterPin(u"0"_s);
        other.signIn.plugIn();
        other.signIn.status.pin = {0, false, true};
        other.enterPin(u"0000"_s);
        QCOMPARE(problem(other), u"The PIN is blocked"_s);
        QVERIFY(!other.find<QWidget>(u"pin"_s)->isVisible());
        QVERIFY(other.find<QLabel>(u"signInProblemText"_s)->text().contains(u"PUK"_s));
    }

    void withoutATokenThePageSaysWhatToDoAndLooksAgain()
    {
        DeskRig rig;
        rig.enterPin(u"1234"_s);
        rig.signIn.pull();
        QVERIFY(isCovered(rig));
        QCOMPARE(problem(rig), u"No token"_s);
        QVERIFY(!rig.find<QWidget>(u"pin"_s)->isVisible());
        rig.signIn.plugIn();
        DeskRig::click(*rig.find<QPushButton>(u"signInAgain"_s));
        QVERIFY(rig.find<QWidget>(u"pin"_s)->isVisible());
    }

    void aPulledTokenHidesPricesAndStopsDealingAtOnce()
    {
        DeskRig rig;
        const auto id = quoted(rig);
        QSignalSpy spy(rig.window.get(), &ui::MainWindow::signedOut);
        rig.signIn.pull();
        QVERIFY(isCovered(rig));
        QVERIFY(rig.desk.service.dealingSuspended());
        QVERIFY(!rig.offer(id, DlrA).accessibleName().contains(u"1.15"_s));
        QCOMPARE(spy.count(), 0); // what becomes of the sessions is the desk's core's to decide
    }

    void lockHidesPricesAndStopsDealingWhileStreamsRun()
    {
        DeskRig rig;
        const auto id = quoted(rig);
        QTest::keyClick(rig.window.get(), Qt::Key_L, Qt::ControlModifier);
        QVERIFY(isCovered(rig));
        QVERIFY(!rig.find<QTableView>(u"rfqsTable"_s)->isVisible());
        rig.quote(id, DlrA, "QA-2", "", "1.15399");
        rig.passGuard();
        auto& button = rig.offer(id, DlrA);
        QVERIFY(!button.accessibleName().contains(u"1.15"_s));
        QVERIFY(!button.isArmed());
        DeskRig::click(button);
        QTest::keyClick(rig.window.get(), Qt::Key_B, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(rig.deals(), std::size_t(0));
        rig.enterPin(u"1234"_s);
        QVERIFY(button.accessibleName().contains(u"1.15399"_s));
        QVERIFY(!button.isArmed());
        rig.passGuard();
        QVERIFY(button.isArmed());
    }

    void anIdleDeskLocksItself()
    {
        ui::WindowSettings settings;
        settings.idleLock = 60s;
        DeskRig rig(settings);
        rig.open();
        rig.desk.clock.advance(61s);
        QVERIFY(QTest::qWaitFor([&] { return rig.window->isLocked(); }, 10'000));
    }

    void afterTwelveHoursOnlyAFullSignInOpensTheDesk()
    {
        DeskRig rig;
        rig.open();
        QSignalSpy signedOut(rig.window.get(), &ui::MainWindow::signedOut);
        QSignalSpy signedIn(rig.window.get(), &ui::MainWindow::signedIn);
        rig.desk.clock.advance(11h + 55min);
        rig.window->lock();
        rig.enterPin(u"1234"_s);
        QCOMPARE(signedOut.count(), 0);
        rig.desk.clock.advance(5min);
        QVERIFY(QTest::qWaitFor([&] { return signedOut.count() == 1; }, 10'000));
        QVERIFY(isCovered(rig));
        rig.enterPin(u"1234"_s);
        QCOMPARE(signedIn.count(), 1);
    }

    void unlockingIsNotASecondSignIn()
    {
        DeskRig rig;
        rig.open();
        QSignalSpy spy(rig.window.get(), &ui::MainWindow::signedIn);
        rig.window->lock();
        rig.enterPin(u"1234"_s);
        QVERIFY(!rig.window->isLocked());
        QCOMPARE(spy.count(), 0);
    }

    void whileThePinIsCheckedNothingCanBeTyped()
    {
        DeskRig rig;
        rig.signIn.mode = support::FakeSignIn::Mode::WhenTold;
        rig.enterPin(u"1234"_s);
        QVERIFY(!rig.find<QWidget>(u"pin"_s)->isEnabled());
        rig.enterPin(u"1234"_s);
        QCOMPARE(rig.signIn.tries, 1);
        rig.signIn.settle();
        QVERIFY(!isCovered(rig));
    }

    void thePinIsInNoPropertyOfAnyObject()
    {
        DeskRig rig;
        auto* field = rig.find<ui::SecureLineEdit>(u"pin"_s);
        QTest::keyClicks(field, u"73519?"_s);
        QVERIFY(!field->isEmpty());
        auto objects = rig.window->findChildren<QObject*>();
        objects << rig.window.get();
        for (const auto* object : objects) {
            const auto* meta = object->metaObject();
            for (int i = 0; i < meta->propertyCount(); ++i) {
                const auto value = meta->property(i).read(object).toString();
                QVERIFY2(!value.contains(u"7351"_s), meta->property(i).name());
            }
        }
        QVERIFY(meta(field).indexOfProperty("text") < 0);
        QVERIFY(!rig.find<QWidget>(u"shortcutMap"_s));
    }

    void thePinFieldTakesEveryCharacterAndKnowsBackspace()
    {
        DeskRig rig;
        auto* field = rig.find<ui::SecureLineEdit>(u"pin"_s);
        QTest::keyClicks(field, u"1?Xz"_s);
        QTest::keyClick(field, Qt::Key_Backspace);
        const auto taken = field->take();
        QVERIFY(taken.reveal() == "1?X");
        QVERIFY(field->isEmpty());
        QTest::keyClicks(field, u"99"_s);
        QTest::keyClick(field, Qt::Key_Escape);
        QVERIFY(field->isEmpty());
    }

private:
    static const QMetaObject& meta(const QObject* object) { return *object->metaObject(); }
};

QTEST_MAIN(SignInTest)
#include "sign_in_test.moc"
