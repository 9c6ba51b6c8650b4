/// Unknown outcomes, incidents, positions and clocks as the tables and the words show them.

#include "tests/support/fake_desk.h"
#include "ui/models/approval_text.h"
#include "ui/models/desk_model.h"
#include "ui/models/position_text.h"
#include "ui/models/raw_view.h"
#include "ui/models/recovery_words.h"
#include "ui/models/rfq_view.h"
#include "ui/models/twin_view.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using support::DirectD;
using support::DlrA;
using support::DlrB;
using support::VenueX;
using Failure = QAbstractItemModelTester::FailureReportingMode;
using Kind = ui::OutcomeView::Kind;

class RecoveryModelTest final : public QObject {
    Q_OBJECT

private:
    struct Rig {
        support::FakeDesk desk;
        ui::DeskModel model{desk.service, desk.clock};
        QAbstractItemModelTester unknown{&model.unknown(), Failure::QtTest};
        QAbstractItemModelTester incidents{&model.incidents(), Failure::QtTest};
        QAbstractItemModelTester trades{&model.trades(), Failure::QtTest};
        QAbstractItemModelTester sessions{&model.sessions(), Failure::QtTest};

        Rig()
        {
            desk.service.signedIn({"trader-7", "f7"});
            desk.logOn();
        }
        rfq::RfqId lost(const rfq::DealerId& dealer = DlrA)
        {
            const auto id = desk.acceptedBy(dealer);
            desk.advance(10s);
            desk.advance(3s);
            model.refresh();
            return id;
        }
        rfq::RfqId filled()
        {
            const auto id = desk.acceptedBy();
            desk.fill(id);
            model.refresh();
            return id;
        }
        void amend(const rfq::RfqId& id, char execType, const std::string& price)
        {
            auto report = desk.fillReport(desk.acceptance(id).acceptance);
            report.execRefId = report.execId;
            report.execId = rfq::ExecId(std::string("X") + execType);
            report.execType = execType;
            report.lastPx = support::price(price);
            report.avgPx = report.lastPx;
            desk.service.apply(rfq::ExecutionReported{report});
            model.refresh();
        }
        [[nodiscard]] ui::OutcomeView outcome(const rfq::RfqId& id) const
        {
            return ui::viewOf(desk.rfq(id), desk.service).outcome;
        }
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
    void anUnknownRowSaysWhoWhatAndTheNextStep()
    {
        Rig rig;
        rig.lost();
        const auto& model = rig.model.unknown();
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(cell(model, 0, u"Dealer"_s), u"Dealer A"_s);
        QCOMPARE(cell(model, 0, u"Deal"_s), u"BUY 25,000,000 EUR at 1.15342"_s);
        QCOMPARE(cell(model, 0, u"Phone"_s), u"+44 20 7946 0001"_s);
        QCOMPARE(cell(model, 0, u"Session"_s), u"VENUE-X: on"_s);
        QCOMPARE(cell(model, 0, u"What happens now"_s), u"Asking VENUE-X for the order's status…"_s);
        QVERIFY(cell(model, 0, u"Last evidence"_s).endsWith(u"Asked: OrderStatusRequest"_s));
        rig.desk.session(VenueX, rfq::SessionPhase::Waiting);
        rig.model.refresh();
        QVERIFY(cell(model, 0, u"What happens now"_s).startsWith(u"VENUE-X is not logged on."_s));
        QCOMPARE(cell(model, 0, u"Next step"_s), u"Call, then close with a second person"_s);
    }

    void rowsThatStayKeepTheirPlaceWhenOthersComeAndGo()
    {
        Rig rig;
        const auto first = rig.lost();
        rig.desk.clock.advance(1s);
        auto draft = support::FakeDesk::draft();
        draft.side = rfq::RequestSide::Sell;
        const auto second = rig.desk.request(draft);
        rig.desk.quote(second, DlrB, "QB-1", "1.15331", "");
        QVERIFY(rig.desk.accept(second, DlrB, rfq::Side::Sell).has_value());
        rig.desk.confirmSent(second);
        QSignalSpy reset(&rig.model.unknown(), &QAbstractItemModel::modelReset);
        const QPersistentModelIndex kept(rig.model.unknown().index(0, 0));
        rig.desk.advance(10s);
        rig.desk.advance(3s);
        rig.model.refresh();
        QCOMPARE(rig.model.unknown().rowCount(), 2);
        QCOMPARE(kept.data(ui::IdRole).toString(), QString::fromStdString(first.text()));
        rig.desk.fill(first);
        rig.model.refresh();
        QVERIFY(!kept.isValid());
        QCOMPARE(rig.model.unknown().rowCount(), 1);
        QCOMPARE(reset.count(), 0);
    }

    void evidenceIsShownNewestLastAndNoMoreThanFourLines()
    {
        Rig rig;
        const auto id = rig.lost();
        for (int i = 0; i < 6; ++i)
            rig.desk.advance(3s);
        rig.model.refresh();
        const auto view = rig.outcome(id);
        QVERIFY(view.kind == Kind::Unknown);
        QVERIFY(view.evidence.size() <= 4);
        QVERIFY(view.evidence.constLast().contains(u"No answer"_s));
    }

    void whatTwoPersonsClosedNamesThemAndTheirVerdict()
    {
        for (const auto verdict : {rfq::Verdict::Traded, rfq::Verdict::NotTraded}) {
            Rig rig;
            const auto id = rig.lost();
            const rfq::Person trader{"trader-7", "f7"};
            rfq::Closing closing{rig.desk.acceptance(id).acceptance.id, verdict, "told so", "M. Hall", trader, {}, {}};
            closing.approval.person = {"risk-1", "f1"};
            closing.approval.signature = "00";
            closing.approval.statement = rfq::closingStatement(
                rig.desk.acceptance(id).acceptance, verdict, closing.reason, closing.reference, trader);
            QVERIFY(rig.desk.service.close(closing).has_value());
            const auto view = rig.outcome(id);
            QVERIFY(view.kind == (verdict == rfq::Verdict::Traded ? Kind::ClosedTraded : Kind::ClosedNotTraded));
            QVERIFY(view.detail.contains(u"trader-7 and risk-1"_s) && view.detail.contains(u"M. Hall"_s));
            QVERIFY(view.text.contains(verdict == rfq::Verdict::Traded ? u"decided: TRADED"_s : u"NOT traded"_s));
        }
    }

    void aTradeSaysWhetherItWasCorrectedOrBusted()
    {
        Rig rig;
        const auto id = rig.filled();
        rig.amend(id, 'G', "1.15349");
        QCOMPARE(rig.model.trades().rowCount(), 1);
        QVERIFY(cell(rig.model.trades(), 0, u"Check"_s).startsWith(u"CORRECTED by the dealer"_s));
        QCOMPARE(rig.outcome(id).kind, Kind::TradedWithAlarm);
        rig.amend(id, 'H', "1.15349");
        QVERIFY(cell(rig.model.trades(), 0, u"Check"_s).startsWith(u"BUSTED"_s));
        QVERIFY(rig.model.trades().index(0, 0).data(ui::VoidRole).toBool());
        QCOMPARE(rig.outcome(id).kind, Kind::Busted);
    }

    void incidentsStandNewestFirstAndKeepTheirNote()
    {
        Rig rig;
        rig.amend(rig.filled(), 'H', "1.15342");
        rig.desk.clock.advance(1s);
        rig.amend(rig.filled(), 'G', "1.15349");
        const auto& model = rig.model.incidents();
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(cell(model, 0, u"What happened"_s), u"The dealer changed a fill"_s);
        QCOMPARE(cell(model, 1, u"What happened"_s), u"The dealer took a fill back"_s);
        QCOMPARE(cell(model, 1, u"State"_s), u"OPEN"_s);
        QVERIFY(rig.desk.service.acknowledge(rfq::IncidentId("I1"), "rebooked").has_value());
        rig.model.refresh();
        QCOMPARE(cell(model, 1, u"State"_s), u"acknowledged by trader-7"_s);
        QCOMPARE(cell(model, 1, u"Note"_s), u"rebooked"_s);
        QCOMPARE(rig.model.incidents().unacknowledged().size(), std::size_t(1));
    }

    void aPositionIsOneNumberOrARange_data()
    {
        QTest::addColumn<QString>("least");
        QTest::addColumn<QString>("most");
        QTest::addColumn<int>("unknown");
        QTest::addColumn<QString>("words");
        QTest::newRow("long") << u"25000000"_s << u"25000000"_s << 0 << u"EUR/USD +25m"_s;
        QTest::newRow("short") << u"-1500000"_s << u"-1500000"_s << 0 << u"EUR/USD −1.5m"_s;
        QTest::newRow("flat") << u"0"_s << u"0"_s << 0 << u"EUR/USD 0"_s;
        QTest::newRow("range") << u"25000000"_s << u"50000000"_s << 1 << u"EUR/USD +25m … +50m (1 unknown)"_s;
        QTest::newRow("across") << u"-5000000"_s << u"5000000"_s << 2 << u"EUR/USD −5m … +5m (2 unknown)"_s;
        QTest::newRow("odd") << u"867052.02"_s << u"867052.02"_s << 0 << u"EUR/USD +867,052.02"_s;
    }
    void aPositionIsOneNumberOrARange()
    {
        QFETCH(QString, least);
        QFETCH(QString, most);
        QFETCH(int, unknown);
        QFETCH(QString, words);
        const rfq::PositionRange range{"EUR/USD", support::decimal(least.toStdString()),
            support::decimal(most.toStdString()),
            std::vector<rfq::ClOrdId>(static_cast<std::size_t>(unknown), rfq::ClOrdId("C1"))};
        QCOMPARE(ui::positionText(range), words);
    }

    void theClockOfEachSessionIsInItsRow()
    {
        Rig rig;
        rig.model.refresh();
        QCOMPARE(cell(rig.model.sessions(), 1, u"Their clock"_s), u"not measured"_s);
        rig.desk.service.apply(rfq::ClockMeasured{VenueX, 1'000ms});
        rig.desk.service.apply(rfq::ClockMeasured{DirectD, -1'001ms});
        rig.model.refresh();
        QCOMPARE(cell(rig.model.sessions(), 1, u"Their clock"_s), u"+1.0 s"_s);
        QCOMPARE(cell(rig.model.sessions(), 0, u"Their clock"_s), u"−1.0 s, too far off"_s);
        QCOMPARE(
            rig.model.sessions().index(0, 0).data(ui::SeverityRole).toInt(), static_cast<int>(rfq::Severity::Warning));
    }

    void onlyTheSameInstrumentAndDirectionIsATwin()
    {
        Rig rig;
        const auto id = rig.lost();
        auto same = rig.desk.rfq(id).request;
        same.id = rfq::RfqId("Q9");
        QCOMPARE(ui::unknownTwins(rig.desk.service, same, rfq::Side::Buy).size(), std::size_t(1));
        QVERIFY(ui::unknownTwins(rig.desk.service, same, rfq::Side::Sell).empty());
        auto terms = same;
        terms.currency = "USD"; // selling USD is buying EUR
        QCOMPARE(ui::unknownTwins(rig.desk.service, terms, rfq::Side::Sell).size(), std::size_t(1));
        auto other = same;
        other.instrument.symbol = "GBP/USD";
        QVERIFY(ui::unknownTwins(rig.desk.service, other, rfq::Side::Buy).empty());
    }

    void theRefusalThatNamesATwinIsToldFromOthers()
    {
        Rig rig;
        rig.lost();
        const auto later = rig.desk.request();
        rig.desk.quote(later, DlrB, "QB-9", "", "1.15340");
        rig.desk.advance(300ms);
        const auto refused = rig.desk.service.canAccept(rig.desk.click(later, DlrB));
        const auto twins = ui::unknownTwins(rig.desk.service, rig.desk.rfq(later).request, rfq::Side::Buy);
        QVERIFY(!refused);
        const auto* twin = ui::blockingTwin(twins, refused.error());
        QVERIFY(twin && twin->acceptance.id == rfq::ClOrdId("C1"));
        QVERIFY(!ui::blockingTwin(twins, {base::Errc::Refused, "dealing is off: locked"}));
        QVERIFY(!ui::blockingTwin(twins, {base::Errc::Refused, "acceptance C11 of the same instrument"}));
    }

    void everyCategoryButNoneAndUnknownHasWords()
    {
        for (int i = 0; i <= static_cast<int>(rfq::RejectCategory::Unknown); ++i) {
            const auto category = static_cast<rfq::RejectCategory>(i);
            const bool wordless = category == rfq::RejectCategory::None || category == rfq::RejectCategory::Unknown;
            QVERIFY2(ui::categoryText(category).isEmpty() == wordless, rfq::nameOf(category).data());
        }
        QCOMPARE(
            ui::refusalText(rfq::RejectCategory::Credit, "5", "limit reached"), u"credit · “limit reached” · code 5"_s);
        QCOMPARE(ui::refusalText(rfq::RejectCategory::Unknown, "7731", {}), u"code 7731"_s);
    }

    void everyKindOfEvidenceAndIncidentHasWords()
    {
        for (int i = 0; i <= static_cast<int>(rfq::EvidenceKind::Closed); ++i)
            QVERIFY(!ui::evidenceText(static_cast<rfq::EvidenceKind>(i)).isEmpty());
        for (int i = 0; i <= static_cast<int>(rfq::IncidentKind::Contradiction); ++i) {
            const auto words = ui::incidentWords(static_cast<rfq::IncidentKind>(i));
            QVERIFY(!words.title.isEmpty() && !words.action.isEmpty());
        }
        for (int i = 0; i <= static_cast<int>(base::Errc::Internal); ++i) {
            const auto words = ui::approvalErrorText(static_cast<base::Errc>(i));
            QVERIFY2(!words.title.isEmpty() && !words.action.isEmpty(), base::errcName(static_cast<base::Errc>(i)));
        }
    }

    void theRawViewKeepsEverythingTheySaid()
    {
        Rig rig;
        const auto id = rig.desk.acceptedBy();
        auto report = rig.desk.statusReport(rig.desk.acceptance(id).acceptance, '8', "px moved");
        report.rejectCode = "7731";
        rig.desk.service.apply(rfq::ExecutionReported{report});
        const auto all = ui::rawViewOf(rig.desk.acceptance(id), rig.desk.service.settings()).asText();
        for (const auto& part : {u"7731"_s, u"px moved"_s, u"QA-1"_s, u"C1"_s, u"VENUE-X"_s, u"MsgSeqNum(34): 17"_s})
            QVERIFY2(all.contains(part), qPrintable(all));
        QVERIFY(!all.contains(QChar(1)));
        QVERIFY(all.contains(u"35=D|11=C1|"_s));
    }
};

QTEST_GUILESS_MAIN(RecoveryModelTest)
#include "recovery_model_test.moc"
