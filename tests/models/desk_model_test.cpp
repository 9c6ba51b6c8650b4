/// The item models hold to Qt's contract and tell of a batch once.

#include "tests/support/fake_desk.h"
#include "ui/models/desk_model.h"
#include "ui/models/rfq_view.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using support::DlrA;
using support::DlrB;
using Failure = QAbstractItemModelTester::FailureReportingMode;

class DeskModelTest final : public QObject {
    Q_OBJECT

private:
    /// A desk, its models, and Qt's own judge on each of them.
    struct Rig {
        support::FakeDesk desk;
        ui::DeskModel model{desk.service, desk.clock};
        QAbstractItemModelTester sessions{&model.sessions(), Failure::QtTest};
        QAbstractItemModelTester rfqs{&model.rfqs(), Failure::QtTest};
        QAbstractItemModelTester unknown{&model.unknown(), Failure::QtTest};
        QAbstractItemModelTester trades{&model.trades(), Failure::QtTest};
        QAbstractItemModelTester incidents{&model.incidents(), Failure::QtTest};
        QAbstractItemModelTester events{&model.events(), Failure::QtTest};
        QAbstractItemModelTester instruments{&model.instruments(), Failure::QtTest};
    };

    static QString cell(const QAbstractItemModel& model, int row, const QString& title)
    {
        for (int i = 0; i < model.columnCount(); ++i) {
            if (model.headerData(i, Qt::Horizontal, Qt::DisplayRole).toString() == title)
                return model.index(row, i).data().toString();
        }
        return u"no such column"_s;
    }

private Q_SLOTS:
    void requestsStandNewestFirst()
    {
        Rig rig;
        rig.desk.logOn();
        rig.desk.request();
        rig.desk.request();
        rig.model.refresh();
        QCOMPARE(rig.model.rfqs().rowCount(), 2);
        QCOMPARE(cell(rig.model.rfqs(), 0, u"Request"_s), u"Q2"_s);
        QCOMPARE(cell(rig.model.rfqs(), 1, u"Amount"_s), u"25,000,000 EUR"_s);
        QCOMPARE(cell(rig.model.rfqs(), 1, u"Answers"_s), u"0/3"_s);
    }

    void aBatchOfQuotesIsOneChange()
    {
        Rig rig;
        rig.desk.logOn();
        const auto first = rig.desk.request();
        const auto second = rig.desk.request();
        rig.model.refresh();
        QSignalSpy changed(&rig.model.rfqs(), &QAbstractItemModel::dataChanged);
        for (int i = 0; i < 500; ++i) {
            rig.desk.quote(first, DlrA, "QA-" + std::to_string(i), "", "1.15342");
            rig.desk.quote(second, DlrB, "QB-" + std::to_string(i), "", "1.15342");
        }
        rig.model.refresh();
        QCOMPARE(changed.count(), 1);
        rig.model.refresh();
        QCOMPARE(changed.count(), 1);
    }

    void aTradeAppearsOnceWithItsCounterAmount()
    {
        Rig rig;
        rig.desk.logOn();
        const auto id = rig.desk.acceptedBy();
        rig.desk.fill(id);
        rig.model.refresh();
        rig.desk.fill(id);
        rig.model.refresh();
        QCOMPARE(rig.model.trades().rowCount(), 1);
        QCOMPARE(cell(rig.model.trades(), 0, u"Counter amount"_s), u"28,835,500 USD"_s);
        QCOMPARE(cell(rig.model.trades(), 0, u"Check"_s), u"as accepted"_s);
        QCOMPARE(cell(rig.model.rfqs(), 0, u"State"_s), u"Traded"_s);
    }

    void aFillThatDiffersIsAnAlarmInTheTable()
    {
        Rig rig;
        rig.desk.logOn();
        const auto id = rig.desk.acceptedBy();
        auto report = rig.desk.fillReport(rig.desk.acceptance(id).acceptance);
        report.lastPx = support::price("1.15399");
        report.avgPx = report.lastPx;
        rig.desk.service.apply(rfq::ExecutionReported{report});
        rig.model.refresh();
        QVERIFY(cell(rig.model.trades(), 0, u"Check"_s).startsWith(u"DIFFERS"_s));
        QCOMPARE(ui::viewOf(rig.desk.rfq(id), rig.desk.service).outcome.kind, ui::OutcomeView::Kind::TradedWithAlarm);
    }

    void anUnknownOutcomeComesAndGoesInItsOwnTable()
    {
        Rig rig;
        rig.desk.logOn();
        const auto id = rig.desk.acceptedBy();
        rig.model.refresh();
        QCOMPARE(rig.model.unknown().rowCount(), 0);
        rig.desk.advance(10s); // the dealer is asked
        rig.desk.advance(3s);
        rig.model.refresh();
        QCOMPARE(rig.model.unknown().rowCount(), 1);
        rig.desk.fill(id);
        rig.model.refresh();
        QCOMPARE(rig.model.unknown().rowCount(), 0);
    }

    void sessionsKeepTheirRowsWhenTheyChange()
    {
        Rig rig;
        rig.desk.logOn();
        rig.model.refresh();
        QCOMPARE(rig.model.sessions().rowCount(), 2);
        QSignalSpy reset(&rig.model.sessions(), &QAbstractItemModel::modelReset);
        rig.desk.session(support::VenueX, rfq::SessionPhase::Waiting);
        rig.model.refresh();
        QCOMPARE(reset.count(), 0);
        QCOMPARE(cell(rig.model.sessions(), 1, u"State"_s), u"retry"_s);
    }

    void aSessionThatWasToldToWaitIsNotOneThatWasRefused()
    {
        Rig rig;
        rig.desk.logOn();
        rfq::SessionChanged change;
        change.session = support::VenueX;
        change.phase = rfq::SessionPhase::Waiting;
        change.reason = base::Error{base::Errc::LogonRefused, "\"Access refused: wait 30 s. Reference 7K2M-Q4TZ.\""};
        change.retryAt = rig.desk.clock.steady() + 30s;
        rig.desk.service.apply(change);
        rig.model.refresh();
        QCOMPARE(cell(rig.model.sessions(), 1, u"Reason"_s), u"Asked to wait"_s);
        const auto words = ui::connectionText(change, std::nullopt);
        QVERIFY2(words.contains(u"by itself"_s) && words.contains(u"7K2M-Q4TZ"_s), qPrintable(words));
        change.phase = rfq::SessionPhase::Refused;
        change.retryAt.reset();
        rig.desk.service.apply(change);
        rig.model.refresh();
        QCOMPARE(cell(rig.model.sessions(), 1, u"Reason"_s), u"Logon refused"_s);
    }

    void oldEventsAreForgotten()
    {
        ui::EventsModel model;
        const QAbstractItemModelTester tester(&model, Failure::QtTest);
        std::vector<rfq::Notice> many(ui::EventsModel::Capacity + 10);
        many.back().raw = "newest";
        model.add(many);
        model.add({rfq::Notice{}});
        QCOMPARE(model.rowCount(), static_cast<int>(ui::EventsModel::Capacity));
        QCOMPARE(cell(model, 1, u"Raw text"_s), u"newest"_s);
    }

    void timeActsOnTheServiceWithoutAnyoneAsking()
    {
        Rig rig;
        rig.desk.logOn();
        const auto id = rig.desk.request();
        rig.desk.quote(id, DlrA, "QA-1", "", "1.15342");
        rig.model.refresh();
        rig.desk.clock.advance(10s);
        rig.model.refresh();
        QVERIFY(QTest::qWaitFor([&] { return rig.desk.line(id, DlrA).state == rfq::DealerState::Expired; }, 20'000));
    }

    void aCardMarksTheBestOnEachSide()
    {
        Rig rig;
        rig.desk.logOn();
        auto draft = support::FakeDesk::draft();
        draft.side = rfq::RequestSide::TwoWay;
        const auto id = rig.desk.request(draft);
        rig.desk.quote(id, DlrA, "QA-1", "1.15333", "1.15344");
        rig.desk.quote(id, DlrB, "QB-1", "1.15331", "1.15342");
        const auto view = ui::viewOf(rig.desk.rfq(id), rig.desk.service);
        QVERIFY(view.showsBid && view.showsOffer);
        QCOMPARE(view.lines[0].name, u"Dealer B"_s);
        QVERIFY(view.lines[0].offer->best && !view.lines[0].bid->best);
        QCOMPARE(view.lines[0].bid->behind, u"+0.2"_s);
        QVERIFY(view.lines[1].bid->best && !view.lines[1].offer->best);
        QVERIFY(view.lines[0].offer->click.side == rfq::Side::Buy);
        QVERIFY(view.lines[0].bid->click.side == rfq::Side::Sell);
    }

    void aLineThatCannotBeClickedSaysWhy()
    {
        Rig rig;
        rig.desk.logOn();
        const auto id = rig.desk.request();
        rig.desk.service.apply(rfq::RequestDeclined{support::VenueX, id, DlrA, "5", "credit line full"});
        rig.desk.session(support::DirectD, rfq::SessionPhase::Waiting);
        const auto view = ui::viewOf(rig.desk.rfq(id), rig.desk.service);
        for (const auto& line : view.lines)
            QVERIFY2(!line.reason.isEmpty(), qPrintable(line.name));
    }
};

QTEST_GUILESS_MAIN(DeskModelTest)
#include "desk_model_test.moc"
