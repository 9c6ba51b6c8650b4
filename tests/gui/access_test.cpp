#include "tests/gui/access_rig.h"
#include "ui/models/access_text.h"

#include <QClipboard>
#include <QComboBox>
#include <QDockWidget>

using namespace support;
using rfq::AccessOutcome;
using rfq::StepUpProblem;
using rfq::StepUpStage;

/// Zero-trust access in the window: the panel, the touch, the denial, the armed ticket.
class AccessTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aDeskWithoutEnforcementPointIsAsItWas()
    {
        FakeAccess none;
        FakeStepUp touch;
        DeskRig rig;
        new ui::AccessFace(none, touch, *rig.window);
        rig.open();
        QVERIFY(!rig.find<QDockWidget>(u"accessDock"_s));
        QVERIFY(!rig.find<QWidget>(u"armControl"_s));
    }

    void thePanelIsBehindTheSignInThatIsThereBeforeIt()
    {
        FakeAccess access;
        FakeStepUp touch;
        access.states[VenueX] = {};
        DeskRig rig;
        new ui::AccessFace(access, touch, *rig.window);
        DeskRig::settleLayout();
        const auto* dock = rig.find<QDockWidget>(u"accessDock"_s);
        QVERIFY(dock);
        QVERIFY(!dock->isEnabled());
        const QWidget* seen = rig.window->childAt(dock->geometry().center());
        QVERIFY(seen);
        QVERIFY2(seen != dock && !dock->isAncestorOf(seen), "the panel lies over the sign-in");
    }

    void theDecisionIsExplainedLineByLine()
    {
        AccessRig rig;
        QVERIFY(rig.part<QDockWidget>(u"accessDock"_s).isVisible());
        QVERIFY(rig.words(u"accessOutcome"_s).contains(u"score 15"_s));
        QVERIFY(rig.words(u"accessTotal"_s).contains(u"denied from 40"_s));
        QCOMPARE(rig.rig.window->findChildren<QLabel*>(u"accessScore"_s).size(), 5);
        QVERIFY(rig.words(u"accessReference"_s).contains(u"AC-2026-1187"_s));
        rig.decide(AccessOutcome::ViewOnly, 15, 25);
        QVERIFY(rig.words(u"accessChanges"_s).contains(u"device: +25"_s));
        QVERIFY(!rig.words(u"accessAdvice"_s).isEmpty());
        QVERIFY(rig.part<QAbstractButton>(u"session-VENUE-X"_s).text().contains(u"looking only"_s));
    }

    void theScoreIsInTheHeaderAndOpensThePanel()
    {
        AccessRig rig;
        auto& badge = rig.part<QAbstractButton>(u"accessBadge"_s);
        QVERIFY(badge.isVisible());
        QVERIFY2(badge.text().contains(u"15 · allowed"_s), qPrintable(badge.text()));
        rig.decide(AccessOutcome::ViewOnly, 15, 25);
        QVERIFY2(badge.text().contains(u"40 · looking only"_s), qPrintable(badge.text()));
        QVERIFY(badge.toolTip().contains(u"VENUE-X"_s));
        auto& dock = rig.part<QDockWidget>(u"accessDock"_s);
        dock.hide();
        DeskRig::click(badge);
        QVERIFY(dock.isVisible());
    }

    void whileLookingOnlyPricesShowAndNoButtonDeals()
    {
        AccessRig rig;
        const auto id = rig.rig.request();
        rig.rig.quote(id, DlrA, "QA-1", "", "1.15342");
        rig.rig.passGuard();
        auto& button = rig.rig.offer(id, DlrA);
        QVERIFY(button.isArmed());
        rig.decide(AccessOutcome::ViewOnly, 15, 25);
        Q_EMIT rig.rig.window->desk().frame();
        QVERIFY(!button.isArmed());
        QVERIFY2(button.toolTip().contains(u"looking only"_s), qPrintable(button.toolTip()));
        QVERIFY(!rig.rig.card(id).dealBest(rfq::Side::Buy));
        DeskRig::click(button);
        QCOMPARE(rig.rig.deals(), std::size_t(0));
        rig.access.states[VenueX].phase = rfq::AccessPhase::StepUpMissed;
        rig.changed();
        Q_EMIT rig.rig.window->desk().frame();
        QVERIFY2(button.toolTip().contains(u"touch"_s), qPrintable(button.toolTip()));
        rig.decide(AccessOutcome::Allow, 15);
        Q_EMIT rig.rig.window->desk().frame();
        QVERIFY(button.isArmed());
        DeskRig::click(button);
        QCOMPARE(rig.rig.deals(), std::size_t(1));
    }

    void aTouchThatIsOverAtOnceShowsNothing()
    {
        AccessRig rig;
        rig.ask();
        DeskRig::settleLayout();
        QVERIFY(!rig.dialog());
        rig.touch.view.reset();
        rig.touch.tell();
        QTest::qWait(static_cast<int>(ui::AccessFace::Delay.count()) * 2);
        QVERIFY(!rig.dialog());
    }

    void theTouchIsAskedForInWordsAndThePinGoesToTheKey()
    {
        AccessRig rig;
        rig.askAndWait();
        QVERIFY(rig.dialog());
        QCOMPARE(rig.words(u"stepUpLine"_s), u"Sign in at VENUE-X"_s);
        QVERIFY(rig.words(u"stepUpAsker"_s).contains(u"VENUE-X"_s));
        QVERIFY(rig.words(u"stepUpReason"_s).contains(u"unmanaged device"_s));
        QVERIFY(rig.words(u"stepUpStage"_s).contains(u"YubiKey 5C"_s));
        QVERIFY(rig.words(u"stepUpLeft"_s).contains(u"0:58"_s));
        auto& confirm = rig.part<QAbstractButton>(u"stepUpConfirm"_s);
        QVERIFY(!confirm.isEnabled());
        rig.typePin(u"1234"_s);
        QVERIFY(confirm.isEnabled());
        DeskRig::click(confirm);
        QCOMPARE(rig.touch.pins, std::vector<std::string>{"1234"});
        rig.touch.view->touchNow = true;
        rig.changed();
        QVERIFY(rig.words(u"stepUpStage"_s).startsWith(u"Touch"_s));
        QVERIFY(rig.part<ui::SecureLineEdit>(u"stepUpPin"_s).isHidden());
        rig.touch.view.reset();
        rig.changed();
        QVERIFY(!rig.dialog());
        QCOMPARE(rig.touch.cancels, 0);
    }

    void returnSubmitsAndEscapeCancels()
    {
        AccessRig rig;
        rig.askAndWait();
        rig.typePin(u"1234"_s);
        QTest::keyClick(&rig.part<QWidget>(u"stepUpPin"_s), Qt::Key_Return);
        QCOMPARE(rig.touch.pins.size(), std::size_t(1));
        QTest::keyClick(rig.dialog(), Qt::Key_Escape);
        QCOMPARE(rig.touch.cancels, 1);
        QVERIFY(!rig.dialog());
    }

    void cancelIsLiveAtEveryStage()
    {
        for (const auto stage :
            {StepUpStage::ChoosingKey, StepUpStage::EnteringPin, StepUpStage::Touching, StepUpStage::Stopped}) {
            AccessRig rig;
            rig.askAndWait();
            rig.touch.view->stage = stage;
            rig.changed();
            auto& cancel = rig.part<QAbstractButton>(u"stepUpCancel"_s);
            QVERIFY(cancel.isEnabled() && cancel.isVisible());
            DeskRig::click(cancel);
            QCOMPARE(rig.touch.cancels, 1);
        }
    }

    void problemsSayWhatToDoAndTheLastTryMustBeConfirmed()
    {
        AccessRig rig;
        rig.askAndWait();
        rig.touch.view->problem = StepUpProblem::PinWrong;
        rig.touch.view->detail = "FIDO_ERR_PIN_INVALID";
        rig.touch.view->pinTriesLeft = 1;
        rig.changed();
        QCOMPARE(rig.words(u"stepUpProblem"_s), u"Wrong PIN"_s);
        rig.typePin(u"1234"_s);
        auto& confirm = rig.part<QAbstractButton>(u"stepUpConfirm"_s);
        QVERIFY(!confirm.isEnabled());
        auto& last = rig.part<QCheckBox>(u"stepUpLastTry"_s);
        QVERIFY(last.isVisible());
        last.setFocus();
        QTest::keyClick(&last, Qt::Key_Space);
        QVERIFY(confirm.isEnabled());
        DeskRig::click(confirm);
        QCOMPARE(rig.touch.lastTries.back(), rfq::LastTry::Confirmed);
        rig.touch.view->stage = StepUpStage::Stopped;
        rig.touch.view->problem = StepUpProblem::PinBlocked;
        rig.changed();
        DeskRig::click(rig.part<QAbstractButton>(u"stepUpAgain"_s));
        QCOMPARE(rig.touch.agains, 1);
    }

    void everyProblemHasWords()
    {
        for (int i = 0; i <= static_cast<int>(StepUpProblem::Internal); ++i) {
            const auto words = ui::stepUpProblemText(static_cast<StepUpProblem>(i));
            QVERIFY2(!words.title.isEmpty() && !words.meaning.isEmpty() && !words.action.isEmpty(),
                rfq::problemName(static_cast<StepUpProblem>(i)));
        }
    }

    void lockingTakesTheTouchAwayAndTellsTheCounterparty()
    {
        AccessRig rig;
        const int left = rig.access.left;
        rig.askAndWait();
        rig.rig.window->lock();
        QVERIFY(!rig.dialog());
        QCOMPARE(rig.touch.cancels, 1);
        QCOMPARE(rig.access.left, left + 1);
        rig.rig.enterPin(u"1234"_s);
        QVERIFY(rig.access.back >= 1);
    }

    void deniedIsExplainedWithTheReference()
    {
        AccessRig rig;
        rig.decide(AccessOutcome::Deny, 15);
        auto* denied = rig.rig.dialog<ui::DeniedDialog>();
        QVERIFY(denied);
        QVERIFY(denied->findChild<QLabel*>(u"deniedText"_s)->text().contains(u"denied from this country"_s));
        QVERIFY(denied->findChild<QLabel*>(u"accessReference"_s)->text().contains(u"AC-2026-1187"_s));
        DeskRig::click(*denied->findChild<QWidget*>(u"deniedCopy"_s));
        QCOMPARE(QGuiApplication::clipboard()->text(), u"AC-2026-1187"_s);
        DeskRig::click(*denied->findChild<QWidget*>(u"deniedClose"_s));
        rig.changed();
        QVERIFY2(!rig.rig.dialog<ui::DeniedDialog>(), "the same denial is explained once");
    }

    void aMissedTouchCanBeAskedForAgain()
    {
        AccessRig rig;
        rig.access.states[VenueX].phase = rfq::AccessPhase::StepUpMissed;
        rig.changed();
        QVERIFY(rig.part<QAbstractButton>(u"session-VENUE-X"_s).text().contains(u"touch missed"_s));
        DeskRig::click(rig.part<QWidget>(u"accessAgain"_s));
        QCOMPARE(rig.access.again, std::vector{VenueX});
    }

    void theTicketIsArmedWithinWhatItSays()
    {
        AccessRig rig;
        fillTicket(rig);
        DeskRig::click(rig.part<QWidget>(u"arm"_s));
        QCOMPARE(rig.access.asked.size(), std::size_t(1));
        const auto& scope = rig.access.asked[0];
        QCOMPARE(scope.session, VenueX);
        QCOMPARE(scope.symbol, std::string("EUR/USD"));
        QCOMPARE(scope.maxQuantity.text(), std::string("25000000"));
        QVERIFY(scope.buyAtMost && scope.buyAtMost->text() == "1.1540");
        QVERIFY(!scope.sellAtLeast);
        QCOMPARE(scope.life, std::chrono::seconds(300));
        QCOMPARE(scope.dealers.size(), std::size_t(3));
    }

    void whatIsArmedAndForHowLongIsOnTheTicketUntilDisarmed()
    {
        AccessRig rig;
        fillTicket(rig);
        DeskRig::click(rig.part<QWidget>(u"arm"_s));
        auto& ticket = rig.access.armed[VenueX];
        ticket.phase = rfq::ArmPhase::Armed;
        ticket.ends = rig.rig.desk.clock.steady() + std::chrono::seconds(272);
        rig.changed();
        QVERIFY(rig.words(u"armState"_s).contains(u"ARMED"_s));
        QVERIFY(rig.words(u"armScope"_s).contains(u"BUY up to 25,000,000 EUR at 1.1540 or lower"_s));
        QVERIFY(rig.words(u"armScope"_s).contains(u"dealers Dealer A, Dealer B, Dealer C"_s));
        QVERIFY(rig.words(u"armLeft"_s).contains(u"4:32"_s));
        QVERIFY(rig.part<QWidget>(u"arm"_s).isHidden());
        DeskRig::click(rig.part<QWidget>(u"disarm"_s));
        QCOMPARE(ticket.phase, rfq::ArmPhase::Over);
        rig.changed();
        QVERIFY(!rig.part<QWidget>(u"arm"_s).isHidden());
    }

    void whatSendsTheRequestStaysUnderThePointerWhateverTheTicketSays()
    {
        AccessRig rig;
        // Little room, too: what is filled in scrolls.
        for (const int height : {rig.rig.window->height(), 560}) {
            rig.rig.window->resize(rig.rig.window->width(), height);
            DeskRig::settleLayout();
            const auto place = rect(rig, u"request"_s);
            fillTicket(rig);
            DeskRig::settleLayout();
            QCOMPARE(rect(rig, u"request"_s), place);
            DeskRig::click(rig.part<QWidget>(u"arm"_s));
            auto& ticket = rig.access.armed[VenueX];
            ticket.phase = rfq::ArmPhase::Armed;
            ticket.ends = rig.rig.desk.clock.steady() + std::chrono::seconds(272);
            rig.changed();
            QVERIFY(rig.part<QWidget>(u"armScope"_s).isVisible());
            QCOMPARE(rect(rig, u"request"_s), place);
            ticket.phase = rfq::ArmPhase::Refused;
            ticket.problem = base::Error{base::Errc::Refused, "You may deal up to 10m."};
            rig.changed();
            QCOMPARE(rect(rig, u"request"_s), place);
            rig.rig.desk.session(VenueX, rfq::SessionPhase::Waiting);
            rig.rig.desk.session(DirectD, rfq::SessionPhase::Waiting);
            rig.rig.changed();
            DeskRig::settleLayout();
            QVERIFY(!rig.words(u"ticketMessage"_s).isEmpty());
            QCOMPARE(rect(rig, u"request"_s), place);
            rig.rig.desk.logOn();
            rig.part<QLineEdit>(u"amount"_s).clear();
            rig.access.armed.clear();
            rig.changed();
            rig.rig.changed();
        }
    }

    void armAndDisarmAreAtOnePlaceAndKeepTheFocus()
    {
        AccessRig rig;
        rig.rig.window->resize(rig.rig.window->width(), 1000);
        fillTicket(rig);
        DeskRig::settleLayout();
        auto& arm = rig.part<QWidget>(u"arm"_s);
        const auto place = rect(rig, u"arm"_s);
        arm.setFocus();
        DeskRig::click(arm);
        rig.access.armed[VenueX].phase = rfq::ArmPhase::Armed;
        rig.changed();
        QCOMPARE(rect(rig, u"disarm"_s).bottom(), place.bottom());
        QVERIFY2(rig.part<QWidget>(u"disarm"_s).hasFocus(), "a key that is meant for it must not send the request");
        DeskRig::click(rig.part<QWidget>(u"disarm"_s));
        rig.changed();
        QVERIFY(arm.hasFocus());
    }

    void withoutALimitNothingIsArmed()
    {
        AccessRig rig;
        rig.part<QLineEdit>(u"amount"_s).setText(u"25m"_s);
        DeskRig::click(rig.part<QWidget>(u"arm"_s));
        QVERIFY(rig.access.asked.empty());
        QVERIFY(rig.words(u"armMessage"_s).contains(u"limit"_s));
    }

    void aRefusalOfTheCounterpartyIsOnTheTicket()
    {
        AccessRig rig;
        fillTicket(rig);
        DeskRig::click(rig.part<QWidget>(u"arm"_s));
        auto& ticket = rig.access.armed[VenueX];
        ticket.phase = rfq::ArmPhase::Refused;
        ticket.problem = base::Error{base::Errc::Refused, "You may deal up to 10m."};
        ticket.notice = accessNotice(AccessOutcome::Deny, 0);
        rig.changed();
        QVERIFY(rig.words(u"armMessage"_s).contains(u"up to 10m"_s));
        QVERIFY(rig.words(u"armMessage"_s).contains(u"AC-2026-1187"_s));
    }

private:
    static QRect rect(const AccessRig& rig, const QString& name)
    {
        const auto& widget = rig.part<QWidget>(name);
        return {widget.mapTo(widget.window(), QPoint()), widget.size()};
    }
    /// Buy 25m EUR at 1.1540 at most, of the dealers that are reached over the guarded session.
    static void fillTicket(AccessRig& rig)
    {
        rig.part<QLineEdit>(u"amount"_s).setText(u"25m"_s);
        rig.part<QLineEdit>(u"limit"_s).setText(u"1.1540"_s);
    }
};

QTEST_MAIN(AccessTest)
#include "access_test.moc"
