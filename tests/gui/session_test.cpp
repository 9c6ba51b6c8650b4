/// A session that is down says why, and what a person can do about it.

#include "tests/gui/desk_rig.h"

#include <QCheckBox>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using support::DeskRig;
using support::VenueX;

class SessionTest final : public QObject {
    Q_OBJECT

private:
    static void becomes(DeskRig& rig, rfq::SessionPhase phase, std::optional<base::Error> reason = std::nullopt)
    {
        rfq::SessionChanged changed;
        changed.session = VenueX;
        changed.phase = phase;
        changed.reason = std::move(reason);
        rig.desk.service.apply(changed);
        rig.changed();
    }
    static void losesItsNumbers(DeskRig& rig)
    {
        becomes(rig, rfq::SessionPhase::Refused,
            base::Error{base::Errc::SequenceError, "MsgSeqNum too low, expecting 57 but received 1"});
    }
    static void clickChip(DeskRig& rig) { DeskRig::click(*rig.find<QWidget>(u"session-VENUE-X"_s)); }
    static bool isOpen(const DeskRig& rig)
    {
        const auto* dialog = rig.window->findChild<QWidget*>(u"sessionDialog"_s);
        return dialog && dialog->isVisible();
    }

private Q_SLOTS:
    void aSessionThatCannotBeReachedIsTriedAgainByAClick()
    {
        DeskRig rig;
        rig.open();
        becomes(rig, rfq::SessionPhase::Waiting, base::Error{base::Errc::ConnectionRefused, "nobody listens"});
        QSignalSpy retried(rig.window.get(), &ui::MainWindow::retrySession);
        clickChip(rig);
        QCOMPARE(retried.count(), 1);
        QVERIFY(!isOpen(rig));
    }

    void numbersThatDoNotMatchAreExplainedAndResetOnlyByAgreement()
    {
        DeskRig rig;
        rig.open();
        losesItsNumbers(rig);
        QSignalSpy retried(rig.window.get(), &ui::MainWindow::retrySession);
        QSignalSpy reset(rig.window.get(), &ui::MainWindow::resetSession);
        clickChip(rig);
        QVERIFY(isOpen(rig));
        QCOMPARE(retried.count(), 0);
        QVERIFY(rig.find<QPlainTextEdit>(u"sessionFacts"_s)->toPlainText().contains(u"expecting 57"_s));
        auto* act = rig.find<QPushButton>(u"sessionReset"_s);
        QVERIFY(!act->isEnabled());
        rig.find<QCheckBox>(u"sessionAgreed"_s)->click();
        QVERIFY(act->isEnabled());
        act->click();
        QCOMPARE(reset.count(), 1);
        QCOMPARE(reset.first().first().toString(), u"VENUE-X"_s);
        QVERIFY2(!act->isEnabled(), "one tick, one reset");
    }

    void aSessionThatIsUpOffersNothingToReset()
    {
        DeskRig rig;
        rig.open();
        losesItsNumbers(rig);
        clickChip(rig);
        rig.find<QCheckBox>(u"sessionAgreed"_s)->click();
        becomes(rig, rfq::SessionPhase::LoggedOn);
        QVERIFY(!rig.find<QPushButton>(u"sessionReset"_s)->isEnabled());
        QVERIFY(!rig.find<QPushButton>(u"sessionRetry"_s)->isEnabled());
    }

    void lockingClosesIt()
    {
        DeskRig rig;
        rig.open();
        losesItsNumbers(rig);
        clickChip(rig);
        rig.window->lock();
        QTRY_VERIFY_WITH_TIMEOUT(!isOpen(rig), 20'000);
    }
};

QTEST_MAIN(SessionTest)
#include "session_test.moc"
