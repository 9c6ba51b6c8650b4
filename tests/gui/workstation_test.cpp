/// The desk locks with its workstation: by the port, and by logind on a bus of the test's own.

#include "app/desk/logind_watch.h"
#include "app/desk/qt_executor.h"
#include "app/desk/window_store.h"
#include "app/desk/workstation_lock.h"
#include "tests/gui/desk_rig.h"
#include "tests/gui/fake_logind.h"

#include <QSignalSpy>
#include <QTemporaryDir>

#include <filesystem>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using support::DeskRig;
using support::DlrA;
using support::FakeLogind;

namespace {

constexpr auto Patience = 10'000;

struct FakeWatch final : app::SessionWatch {
    void start(app::SessionEvents wanted) override { events = std::move(wanted); }
    app::SessionEvents events;
};

/// The real window, and the real watch on a bus of its own.
struct Workstation {
    DeskRig rig;
    app::QtExecutor executor;
    app::LogindWatch watch;

    explicit Workstation(const QString& bus)
        : watch(executor, bus)
    {
        rig.open();
        app::lockWithWorkstation(watch, *rig.window);
    }
};

/// What the watch tells, in words.
struct Recorder {
    QStringList told;
    app::QtExecutor executor;
    app::LogindWatch watch;

    explicit Recorder(
        const QString& bus, std::function<void()> goesToSleep = [] {})
        : watch(executor, bus)
    {
        app::SessionEvents events;
        events.locked = [this] { told << u"locked"_s; };
        events.goesToSleep = [this, goesToSleep] {
            told << u"goes to sleep"_s;
            goesToSleep();
        };
        events.woke = [this] { told << u"woke"_s; };
        events.cannotWatch = [this](const std::string&) { told << u"cannot watch"_s; };
        watch.start(std::move(events));
    }
};

int eventsNotWatched(const DeskRig& rig)
{
    auto& events = rig.window->desk().events();
    int found = 0;
    for (int row = 0; row < events.rowCount(); ++row) {
        for (int column = 0; column < events.columnCount(); ++column)
            found += events.index(row, column).data().toString().startsWith(u"This desk cannot see"_s) ? 1 : 0;
    }
    return found;
}

}

class WorkstationTest final : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<support::PrivateBus> m_bus;

    /// The watch has subscribed to everything once its session's lock comes through.
    static bool subscribed(FakeLogind& logind, const QStringList& told)
    {
        return QTest::qWaitFor(
            [&] {
                logind.emitLockedHint(true);
                return logind.isDelayed() && !told.isEmpty();
            },
            Patience);
    }
    static bool locksOn(const DeskRig& rig, const std::function<void()>& signal)
    {
        return QTest::qWaitFor(
            [&] {
                signal();
                return rig.window->isLocked();
            },
            Patience);
    }
    static void settle()
    {
        DeskRig::settleLayout();
        QCoreApplication::sendPostedEvents();
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_bus = std::make_unique<support::PrivateBus>();
        QVERIFY2(!m_bus->address().isEmpty(), "dbus-daemon is needed: install the package dbus-daemon");
    }

    void theWorkstationsLockHidesPricesAndStopsDealing()
    {
        DeskRig rig;
        rig.open();
        const auto id = rig.request();
        rig.quote(id, DlrA, "QA-1", "", "1.15342");
        rig.passGuard();
        FakeWatch watch;
        app::lockWithWorkstation(watch, *rig.window);
        QSignalSpy signedOut(rig.window.get(), &ui::MainWindow::signedOut);
        watch.events.locked();
        QVERIFY(rig.window->isLocked());
        QVERIFY(rig.desk.service.dealingSuspended());
        QVERIFY(!rig.offer(id, DlrA).accessibleName().contains(u"1.15"_s));
        QCOMPARE(signedOut.count(), 0);
        rig.enterPin(u"1234"_s);
        QVERIFY(!rig.window->isLocked());
    }

    void theDeskIsLockedWhenTheMachineMaySleepAndWhenItWakes()
    {
        DeskRig rig;
        rig.open();
        FakeWatch watch;
        app::lockWithWorkstation(watch, *rig.window);
        watch.events.goesToSleep();
        QVERIFY(rig.window->isLocked());
        rig.enterPin(u"1234"_s);
        watch.events.woke();
        QVERIFY(rig.window->isLocked());
    }

    void aDeskThatNobodyIsSignedInToStaysSo()
    {
        DeskRig rig;
        FakeWatch watch;
        app::lockWithWorkstation(watch, *rig.window);
        watch.events.locked();
        watch.events.goesToSleep();
        QSignalSpy signedIn(rig.window.get(), &ui::MainWindow::signedIn);
        rig.enterPin(u"1234"_s);
        QCOMPARE(signedIn.count(), 1);
    }

    void aPinThatIsBeingCheckedWhenTheWorkstationLocksOpensNothing()
    {
        DeskRig rig;
        rig.open();
        FakeWatch watch;
        app::lockWithWorkstation(watch, *rig.window);
        rig.window->lock();
        rig.signIn.mode = support::FakeSignIn::Mode::WhenTold;
        rig.enterPin(u"1234"_s);
        watch.events.locked();
        rig.signIn.mode = support::FakeSignIn::Mode::AtOnce;
        rig.signIn.settle();
        QVERIFY(rig.window->isLocked());
        QVERIFY(rig.desk.service.dealingSuspended());
        rig.enterPin(u"1234"_s);
        QVERIFY(!rig.window->isLocked());
    }

    void logindsLockSignalLocksTheDesk()
    {
        FakeLogind logind(m_bus->address(), FakeLogind::Delays::Granted);
        Workstation at(m_bus->address());
        QVERIFY(locksOn(at.rig, [&] { logind.emitLock(FakeLogind::OwnSession); }));
        QCOMPARE(eventsNotWatched(at.rig), 0);
    }

    void logindsLockedHintLocksTheDesk()
    {
        FakeLogind logind(m_bus->address(), FakeLogind::Delays::Granted);
        Workstation at(m_bus->address());
        QVERIFY(locksOn(at.rig, [&] { logind.emitLockedHint(true); }));
    }

    void unlockingAndOtherPeoplesSessionsAreNoConcernOfTheDesk()
    {
        FakeLogind logind(m_bus->address(), FakeLogind::Delays::Granted);
        Recorder at(m_bus->address());
        QVERIFY(subscribed(logind, at.told));
        logind.emitPrepareForSleep(false);
        QVERIFY(QTest::qWaitFor([&] { return at.told.contains(u"woke"_s); }, Patience));
        at.told.clear();
        logind.emitLock(FakeLogind::OtherSession);
        logind.emitLockedHint(false);
        logind.emitPrepareForSleep(false);
        QVERIFY(QTest::qWaitFor([&] { return !at.told.isEmpty(); }, Patience));
        QCOMPARE(at.told, QStringList(u"woke"_s));
    }

    void theSleepWaitsUntilTheDeskIsLockedAndNoLonger()
    {
        FakeLogind logind(m_bus->address(), FakeLogind::Delays::Granted);
        Workstation at(m_bus->address());
        QVERIFY(QTest::qWaitFor([&] { return logind.isDelayed(); }, Patience));
        QCOMPARE(logind.lastWish.value(0), u"sleep"_s);
        QCOMPARE(logind.lastWish.value(3), u"delay"_s);
        QVERIFY(!at.rig.window->isLocked());
        logind.emitPrepareForSleep(true);
        QVERIFY(QTest::qWaitFor([&] { return !logind.isDelayed(); }, Patience));
        QVERIFY(at.rig.window->isLocked());
        QCOMPARE(logind.inhibitions, 1);

        at.rig.enterPin(u"1234"_s);
        logind.emitPrepareForSleep(false);
        QVERIFY(QTest::qWaitFor([&] { return logind.isDelayed(); }, Patience));
        QCOMPARE(logind.inhibitions, 2);
        QVERIFY(QTest::qWaitFor([&] { return at.rig.window->isLocked(); }, Patience));
    }

    void whileTheDeskLocksTheSleepStillWaits()
    {
        FakeLogind logind(m_bus->address(), FakeLogind::Delays::Granted);
        bool delayed = false;
        Recorder at(m_bus->address(), [&] { delayed = logind.isDelayed(); });
        QVERIFY(QTest::qWaitFor([&] { return logind.isDelayed(); }, Patience));
        logind.emitPrepareForSleep(true);
        QVERIFY(QTest::qWaitFor([&] { return !logind.isDelayed(); }, Patience));
        QVERIFY(delayed);
    }

    void aRefusedDelayIsToldOnceAndTheDeskStillLocks()
    {
        FakeLogind logind(m_bus->address(), FakeLogind::Delays::Refused);
        Workstation at(m_bus->address());
        QVERIFY(QTest::qWaitFor([&] { return eventsNotWatched(at.rig) == 1; }, Patience));
        QVERIFY(locksOn(at.rig, [&] { logind.emitPrepareForSleep(true); }));
        logind.emitPrepareForSleep(false);
        QVERIFY(locksOn(at.rig, [&] { logind.emitLock(FakeLogind::OwnSession); }));
        QCOMPARE(eventsNotWatched(at.rig), 1);
    }

    void withoutLogindTheDeskSaysSoOnce()
    {
        Workstation at(m_bus->address());
        QVERIFY(QTest::qWaitFor([&] { return eventsNotWatched(at.rig) > 0; }, Patience));
        Recorder other(m_bus->address());
        QVERIFY(QTest::qWaitFor([&] { return !other.told.isEmpty(); }, Patience));
        settle();
        QCOMPARE(eventsNotWatched(at.rig), 1);
        QVERIFY(!at.rig.window->isLocked());
    }

    void withoutABusTheDeskSaysSoOnce()
    {
        Workstation at(u"unix:path=/nowhere/system_bus_socket"_s);
        QVERIFY(QTest::qWaitFor([&] { return eventsNotWatched(at.rig) > 0; }, Patience));
        settle();
        QCOMPARE(eventsNotWatched(at.rig), 1);
        QVERIFY(!at.rig.window->isLocked());
    }

    void whoSignedInLastIsKeptAcrossAStart()
    {
        const QTemporaryDir state;
        const std::filesystem::path directory(state.path().toStdString());
        QVERIFY(!app::WindowStore(directory, ui::ThemeName::Dark).loadToken());
        for (const auto weight : {rfq::ChoiceWeight::Chosen, rfq::ChoiceWeight::LastUsed}) {
            const rfq::TokenChoice choice{"aa11", "card-1", "12345678", "Zoë Müller", weight};
            {
                // Its end waits until it is written.
                app::WindowStore store(directory, ui::ThemeName::Dark);
                store.saveToken(choice);
            }
            QVERIFY(app::WindowStore(directory, ui::ThemeName::Dark).loadToken() == choice);
        }
    }

    void aBusThatDiesIsTold()
    {
        support::PrivateBus bus;
        auto logind = std::make_unique<FakeLogind>(bus.address(), FakeLogind::Delays::Granted);
        Workstation at(bus.address());
        QVERIFY(QTest::qWaitFor([&] { return logind->isDelayed() && logind->asked; }, Patience));
        logind.reset();
        bus.stop();
        QVERIFY(QTest::qWaitFor([&] { return eventsNotWatched(at.rig) == 1; }, Patience));
        QVERIFY(!at.rig.window->isLocked());
    }
};

QTEST_MAIN(WorkstationTest)
#include "workstation_test.moc"
