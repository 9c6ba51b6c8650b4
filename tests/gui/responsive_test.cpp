/// The window never waits: not for the disk, not for the token. Both are held up here, and everything else goes on.

#include "tests/gui/desk_rig.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using support::DeskRig;
using support::DlrA;
using support::DlrB;

class ResponsiveTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void quotesRunWhileTheDiskHoldsAnAcceptance()
    {
        DeskRig rig;
        rig.open();
        const auto id = rig.request();
        rig.quote(id, DlrA, "QA-1", "", "1.15342");
        rig.passGuard();
        rig.desk.journal.setMode(support::FakeJournal::Mode::WhenTold);
        DeskRig::click(rig.offer(id, DlrA));

        QCOMPARE(rig.deals(), std::size_t(0)); // not before it is durable
        rig.quote(id, DlrB, "QB-1", "", "1.15350");
        QCOMPARE(rig.offer(id, DlrB).accessibleName().contains(u"1.15350"_s), true);

        rig.desk.journal.settle();
        rig.changed();
        QCOMPARE(rig.deals(), std::size_t(1));
    }

    void theDiskThatTakesLongerThanTheQuoteLivesSendsNothing()
    {
        DeskRig rig;
        rig.open();
        const auto id = rig.request();
        rig.quote(id, DlrA, "QA-1", "", "1.15342");
        rig.passGuard();
        rig.desk.journal.setMode(support::FakeJournal::Mode::WhenTold);
        DeskRig::click(rig.offer(id, DlrA));
        rig.advance(6s);
        rig.desk.journal.settle();
        rig.changed();
        QCOMPARE(rig.deals(), std::size_t(0));
        QCOMPARE(rig.desk.acceptance(id).state, rfq::AcceptanceState::NotSent);
    }

    void theWindowTakesKeysWhileTheTokenThinks()
    {
        DeskRig rig;
        rig.signIn.mode = support::FakeSignIn::Mode::WhenTold;
        rig.signIn.settle();
        rig.enterPin(u"1234"_s);
        QCOMPARE(rig.signIn.tries, 1);
        QVERIFY(rig.window->isLocked());

        rig.enterPin(u"1234"_s); // impatience is no second try
        QCOMPARE(rig.signIn.tries, 1);
        rig.window->resize(1300, 820);
        DeskRig::settleLayout();
        QCOMPARE(rig.window->size(), QSize(1300, 820));

        rig.signIn.settle();
        QVERIFY(!rig.window->isLocked());
    }
};

QTEST_MAIN(ResponsiveTest)
#include "responsive_test.moc"
