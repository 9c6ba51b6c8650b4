#include "tests/gui/access_rig.h"

#include <QClipboard>
#include <QDockWidget>
#include <QSignalSpy>

using namespace support;
using namespace std::chrono_literals;
using rfq::SessionPhase;

/// A session that is not let in: explained once, at one place, until it is let in.
class DenialTest : public QObject {
    Q_OBJECT

    static void becomes(DeskRig& rig, SessionPhase phase, const std::string& told = {})
    {
        rfq::SessionChanged change;
        change.session = VenueX;
        change.phase = phase;
        if (!told.empty())
            change.reason =
                base::Error{base::Errc::LogonRefused, "the counterparty refused our Logon, \"" + told + "\""};
        change.refusal = support::refusalIn(told);
        if (phase == SessionPhase::Waiting)
            change.retryAt = rig.desk.clock.steady() + 30s;
        rig.desk.service.apply(change);
        rig.changed();
        DeskRig::settleLayout();
    }
    static ui::DeniedDialog* shown(const DeskRig& rig) { return rig.dialog<ui::DeniedDialog>(); }
    static QString words(const DeskRig& rig, const QString& name)
    {
        return shown(rig)->findChild<QLabel*>(name)->text();
    }
    static void press(const DeskRig& rig, const QString& name)
    {
        DeskRig::click(*shown(rig)->findChild<QWidget*>(name));
        DeskRig::settleLayout();
    }
    static void clickChip(const DeskRig& rig) { DeskRig::click(*rig.find<QWidget>(u"session-VENUE-X"_s)); }

private Q_SLOTS:
    void aRefusalAtTheLogonSaysWhoWhatTheReferenceAndWhatToDo()
    {
        AccessRig rig;
        becomes(rig.rig, SessionPhase::Refused, "Access refused. Reference 7K2M-Q4TZ.");
        QVERIFY(shown(rig.rig));
        QVERIFY(words(rig.rig, u"deniedHeading"_s).contains(u"VENUE-X"_s));
        QVERIFY(words(rig.rig, u"deniedReference"_s).contains(u"7K2M-Q4TZ"_s));
        QVERIFY(words(rig.rig, u"deniedNext"_s).contains(u"not try again"_s));
        QVERIFY(words(rig.rig, u"deniedAdvice"_s).contains(u"help desk"_s));
        QVERIFY2(!shown(rig.rig)->findChild<QWidget*>(u"accessOutcome"_s)->isVisible(), "nothing was scored");
        press(rig.rig, u"deniedCopy"_s);
        QCOMPARE(QGuiApplication::clipboard()->text(), u"7K2M-Q4TZ"_s);
    }

    void aDeskWithoutAccessPolicyIsToldLikewise()
    {
        DeskRig rig;
        rig.open();
        becomes(rig, SessionPhase::Refused, "not today");
        QVERIFY(shown(rig));
        QVERIFY(words(rig, u"deniedText"_s).contains(u"not today"_s));
        QVERIFY(!shown(rig)->findChild<QWidget*>(u"deniedCopy"_s)->isEnabled());
    }

    void aWaitCountsDownAndIsFollowedWithoutASecondWindow()
    {
        AccessRig rig;
        becomes(rig.rig, SessionPhase::Waiting, "Access refused: wait 30 s. Reference A-1.");
        QVERIFY(words(rig.rig, u"deniedNext"_s).contains(u"0:30"_s));
        rig.rig.advance(5s);
        QVERIFY2(words(rig.rig, u"deniedNext"_s).contains(u"0:25"_s), qPrintable(words(rig.rig, u"deniedNext"_s)));
        becomes(rig.rig, SessionPhase::Connecting);
        QVERIFY(words(rig.rig, u"deniedNext"_s).contains(u"trying now"_s));
        QVERIFY(!shown(rig.rig)->findChild<QWidget*>(u"deniedRetry"_s)->isEnabled());
        becomes(rig.rig, SessionPhase::Waiting, "Access refused: wait 60 s. Reference A-2.");
        QCOMPARE(rig.rig.window->findChildren<ui::DeniedDialog*>().size(), 1);
        QVERIFY(words(rig.rig, u"deniedReference"_s).contains(u"A-2"_s));
    }

    void oneThatWasClosedComesBackOnlyWithOtherWords()
    {
        AccessRig rig;
        becomes(rig.rig, SessionPhase::Waiting, "Access refused: wait 30 s. Reference A-1.");
        press(rig.rig, u"deniedClose"_s);
        becomes(rig.rig, SessionPhase::Connecting);
        becomes(rig.rig, SessionPhase::Waiting, "Access refused: wait 60 s. Reference A-2.");
        QVERIFY2(!shown(rig.rig), "the same again");
        becomes(rig.rig, SessionPhase::Refused, "Access refused. Reference A-3.");
        QVERIFY2(shown(rig.rig), "now it is for good");
        QVERIFY(words(rig.rig, u"deniedReference"_s).contains(u"A-3"_s));
    }

    void itClosesByItselfWhenTheSessionComesUpAndIsNewsAfterThat()
    {
        AccessRig rig;
        becomes(rig.rig, SessionPhase::Waiting, "Access refused: wait 30 s. Reference A-1.");
        QVERIFY(shown(rig.rig));
        becomes(rig.rig, SessionPhase::LoggedOn);
        QVERIFY(!shown(rig.rig));
        becomes(rig.rig, SessionPhase::Waiting, "Access refused: wait 30 s. Reference A-9.");
        QVERIFY(shown(rig.rig));
    }

    void whoTriesAgainIsToldWhatCameOfIt()
    {
        AccessRig rig;
        becomes(rig.rig, SessionPhase::Refused, "Access refused. Reference A-1.");
        QSignalSpy retried(rig.rig.window.get(), &ui::MainWindow::retrySession);
        press(rig.rig, u"deniedRetry"_s);
        QCOMPARE(retried.count(), 1);
        QCOMPARE(retried.first().first().toString(), u"VENUE-X"_s);
        press(rig.rig, u"deniedClose"_s);
        becomes(rig.rig, SessionPhase::Connecting);
        becomes(rig.rig, SessionPhase::Refused, "Access refused. Reference A-2.");
        QVERIFY(shown(rig.rig));
    }

    void theChipOpensItAndTriesNothing()
    {
        AccessRig rig;
        becomes(rig.rig, SessionPhase::Refused, "Access refused. Reference A-1.");
        press(rig.rig, u"deniedClose"_s);
        QSignalSpy retried(rig.rig.window.get(), &ui::MainWindow::retrySession);
        clickChip(rig.rig);
        QVERIFY(shown(rig.rig));
        QCOMPARE(retried.count(), 0);
        clickChip(rig.rig);
        QCOMPARE(rig.rig.window->findChildren<ui::DeniedDialog*>().size(), 1);
    }

    void panelAndHeaderDoNotShowTheScoreOfBefore()
    {
        AccessRig rig;
        auto& badge = rig.part<QAbstractButton>(u"accessBadge"_s);
        QVERIFY(badge.text().contains(u"allowed"_s));
        becomes(rig.rig, SessionPhase::Refused, "Access refused. Reference A-1.");
        QVERIFY2(badge.text().contains(u"refused"_s), qPrintable(badge.text()));
        auto* panel = rig.rig.find<QDockWidget>(u"accessDock"_s);
        QVERIFY(panel->findChild<QLabel*>(u"accessOutcome"_s)->text().contains(u"refused"_s));
        QVERIFY(panel->findChild<QLabel*>(u"accessReference"_s)->text().contains(u"A-1"_s));
        QVERIFY(!panel->findChild<QLabel*>(u"accessTotal"_s)->isVisible());
        becomes(rig.rig, SessionPhase::LoggedOn);
        QVERIFY(badge.text().contains(u"15 · allowed"_s));
        QVERIFY(panel->findChild<QLabel*>(u"accessOutcome"_s)->text().contains(u"score 15"_s));
        QVERIFY(panel->findChild<QLabel*>(u"accessTotal"_s)->isVisible());
    }

    void behindTheLockNothingOpensUntilSomebodyIsThere()
    {
        AccessRig rig;
        rig.rig.window->lock();
        becomes(rig.rig, SessionPhase::Waiting, "Access refused: wait 30 s. Reference A-1.");
        QVERIFY(!shown(rig.rig));
        rig.rig.enterPin(u"1234"_s);
        DeskRig::settleLayout();
        QVERIFY(shown(rig.rig));
    }

    void wordsOfTheCounterpartyAreNoMarkup()
    {
        AccessRig rig;
        becomes(rig.rig, SessionPhase::Refused, "<a href='x'>press here</a>");
        QVERIFY(words(rig.rig, u"deniedText"_s).contains(u"<a href"_s));
        QCOMPARE(shown(rig.rig)->findChild<QLabel*>(u"deniedText"_s)->textFormat(), Qt::PlainText);
    }
};

QTEST_MAIN(DenialTest)
#include "denial_test.moc"
