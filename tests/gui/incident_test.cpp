/// What must not happen is pinned until a person has dealt with it.

#include "tests/gui/desk_rig.h"
#include "ui/widgets/details_dialog.h"
#include "ui/widgets/incident_dialog.h"

#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTableView>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using support::DeskRig;
using support::DlrA;
using support::VenueX;

class IncidentTest final : public QObject {
    Q_OBJECT

private:
    static QString text(const DeskRig& rig, const QString& name) { return rig.find<QLabel>(name)->text(); }
    static QPushButton& button(const DeskRig& rig, const QString& name) { return *rig.find<QPushButton>(name); }
    static bool isPinned(const DeskRig& rig) { return rig.find<QWidget>(u"incidentBanner"_s)->isVisible(); }

    /// A deal that was filled by a real click.
    static rfq::RfqId filled(DeskRig& rig)
    {
        const auto id = rig.request();
        rig.quote(id, DlrA, "Q-" + id.text(), "", "1.15342");
        rig.passGuard();
        DeskRig::click(rig.offer(id, DlrA));
        rig.desk.confirmSent(id);
        rig.desk.fill(id);
        rig.changed();
        return id;
    }
    static void amend(DeskRig& rig, const rfq::RfqId& id, char execType, const std::string& price = "1.15342")
    {
        auto report = rig.desk.fillReport(rig.desk.acceptance(id).acceptance);
        report.execRefId = report.execId;
        report.execId = rfq::ExecId("X-" + id.text());
        report.execType = execType;
        report.lastPx = support::price(price);
        report.avgPx = report.lastPx;
        rig.desk.service.apply(rfq::ExecutionReported{report});
        rig.changed();
        DeskRig::settleLayout();
    }
    static rfq::RfqId busted(DeskRig& rig)
    {
        rig.open();
        const auto id = filled(rig);
        amend(rig, id, 'H');
        return id;
    }
    static QString cell(const DeskRig& rig, const QString& table, int row, const QString& title)
    {
        const auto* model = rig.find<QTableView>(table)->model();
        for (int i = 0; i < model->columnCount(); ++i) {
            if (model->headerData(i, Qt::Horizontal, Qt::DisplayRole).toString() == title)
                return model->index(row, i).data().toString();
        }
        return u"no such column"_s;
    }
    static void acknowledge(const DeskRig& rig, const QString& note)
    {
        DeskRig::click(button(rig, u"incidentBannerAcknowledge"_s));
        auto* dialog = rig.dialog<ui::IncidentDialog>();
        QTest::keyClicks(dialog->findChild<QLineEdit*>(u"incidentNote"_s), note);
        DeskRig::click(*dialog->findChild<QPushButton*>(u"incidentAct"_s));
    }

private Q_SLOTS:
    void anIncidentIsPinnedInWordsByItsKind()
    {
        DeskRig rig;
        QVERIFY(!isPinned(rig));
        busted(rig);
        QVERIFY(isPinned(rig));
        const auto title = text(rig, u"incidentBannerTitle"_s);
        QVERIFY2(title.contains(u"The dealer took a fill back"_s) && title.contains(u"Dealer A"_s), qPrintable(title));
        QVERIFY(text(rig, u"incidentBannerText"_s).contains(u"Call the dealer"_s));
    }

    void theRawTextIsOneClickAway()
    {
        DeskRig rig;
        busted(rig);
        button(rig, u"incidentBannerDetails"_s).setFocus();
        QTest::keyClick(&button(rig, u"incidentBannerDetails"_s), Qt::Key_Space);
        const auto raw =
            rig.dialog<ui::DetailsDialog>()->findChild<QPlainTextEdit*>(u"detailsMessage"_s)->toPlainText();
        QVERIFY2(raw.contains(u"took back 25000000 at 1.15342"_s), qPrintable(raw));
    }

    void acknowledgingNeedsANoteAndUnpinsIt()
    {
        DeskRig rig;
        busted(rig);
        DeskRig::click(button(rig, u"incidentBannerAcknowledge"_s));
        auto* act = rig.dialog<ui::IncidentDialog>()->findChild<QPushButton*>(u"incidentAct"_s);
        QVERIFY(!act->isEnabled());
        QTest::keyClicks(rig.dialog<ui::IncidentDialog>()->findChild<QLineEdit*>(u"incidentNote"_s), u"   "_s);
        QVERIFY(!act->isEnabled());
        QTest::keyClick(rig.dialog<ui::IncidentDialog>(), Qt::Key_Escape);
        QVERIFY(isPinned(rig));
        acknowledge(rig, u"rebooked with M. Hall"_s);
        QVERIFY(!rig.dialog<ui::IncidentDialog>());
        QVERIFY(!isPinned(rig));
        const auto& incident = rig.desk.service.incidents().front();
        QCOMPARE(incident.acknowledged->note, std::string("rebooked with M. Hall"));
        QCOMPARE(incident.acknowledged->who.name, std::string("trader-7"));
    }

    void acknowledgedIncidentsStayInTheBlotter()
    {
        DeskRig rig;
        busted(rig);
        QCOMPARE(rig.find<QToolButton>(u"incidentsTab"_s)->text(), u"Incidents (1)"_s);
        acknowledge(rig, u"rebooked"_s);
        QCOMPARE(rig.find<QToolButton>(u"incidentsTab"_s)->text(), u"Incidents (0)"_s);
        DeskRig::click(*rig.find<QToolButton>(u"incidentsTab"_s));
        QCOMPARE(cell(rig, u"incidentsTable"_s, 0, u"State"_s), u"acknowledged by trader-7"_s);
        QCOMPARE(cell(rig, u"incidentsTable"_s, 0, u"Note"_s), u"rebooked"_s);
        auto* table = rig.find<QTableView>(u"incidentsTable"_s);
        table->setCurrentIndex(table->model()->index(0, 0));
        QTest::keyClick(table, Qt::Key_Return);
        QVERIFY(rig.dialog<ui::DetailsDialog>());
    }

    void theNewestIsShownFirstAndTheOthersFollow()
    {
        DeskRig rig;
        busted(rig);
        rig.desk.clock.advance(5s);
        amend(rig, filled(rig), 'G', "1.15349");
        QVERIFY(text(rig, u"incidentBannerTitle"_s).contains(u"changed a fill"_s));
        QCOMPARE(text(rig, u"incidentBannerPlace"_s), u"1 of 2"_s);
        DeskRig::click(button(rig, u"incidentBannerNext"_s));
        QVERIFY(text(rig, u"incidentBannerTitle"_s).contains(u"took a fill back"_s));
    }

    void anExecutionCanBeDisputedOnce()
    {
        DeskRig rig;
        busted(rig);
        DeskRig::click(button(rig, u"incidentBannerDispute"_s));
        QCOMPARE(rig.desk.link.disputes().size(), std::size_t(0));
        auto* act = rig.dialog<ui::IncidentDialog>()->findChild<QPushButton*>(u"incidentAct"_s);
        QVERIFY2(!act->hasFocus(), "Enter alone sends nothing");
        DeskRig::click(*act);
        QVERIFY(!rig.dialog<ui::IncidentDialog>());
        QCOMPARE(rig.desk.link.disputes().size(), std::size_t(1));
        QVERIFY(!button(rig, u"incidentBannerDispute"_s).isVisible());
        QVERIFY(isPinned(rig));
        QVERIFY(text(rig, u"incidentBannerText"_s).contains(u"You have disputed it"_s));
    }

    void aDisputeWithoutTheSessionSaysWhyNot()
    {
        DeskRig rig;
        busted(rig);
        rig.desk.session(VenueX, rfq::SessionPhase::Waiting);
        rig.changed();
        DeskRig::click(button(rig, u"incidentBannerDispute"_s));
        auto* dialog = rig.dialog<ui::IncidentDialog>();
        DeskRig::click(*dialog->findChild<QPushButton*>(u"incidentAct"_s));
        QVERIFY(dialog->isVisible());
        QVERIFY(dialog->findChild<QLabel*>(u"incidentProblem"_s)->text().startsWith(u"No connection"_s));
        QCOMPARE(rig.desk.link.disputes().size(), std::size_t(0));
    }

    void withoutAReportThereIsNothingToDispute()
    {
        DeskRig rig;
        rfq::History history;
        rfq::Incident past;
        past.id = rfq::IncidentId("I-9");
        past.kind = rfq::IncidentKind::LateFill;
        past.session = VenueX;
        past.text = "filled after it was closed by two persons";
        history.incidents = {past};
        rig.desk.service.restore(history);
        rig.open();
        QVERIFY(isPinned(rig));
        QVERIFY(!button(rig, u"incidentBannerDispute"_s).isVisible());
        acknowledge(rig, u"settled yesterday"_s);
        QVERIFY(!isPinned(rig));
    }

    void aBustedTradeIsMarkedInWordsAndStruckOut()
    {
        DeskRig rig;
        const auto id = busted(rig);
        QCOMPARE(rig.card(id).findChild<QLabel*>(u"outcomeTitle"_s)->text(), u"BUSTED"_s);
        QVERIFY(cell(rig, u"tradesTable"_s, 0, u"Check"_s).startsWith(u"BUSTED"_s));
        const auto index = rig.find<QTableView>(u"tradesTable"_s)->model()->index(0, 0);
        QVERIFY(index.data(ui::VoidRole).toBool());
        QCOMPARE(cell(rig, u"rfqsTable"_s, 0, u"State"_s), u"BUSTED"_s);
        QVERIFY(rig.find<QToolButton>(u"positionLine"_s)->accessibleName().contains(u"EUR/USD 0"_s)
            || rig.find<QToolButton>(u"positionLine"_s)->accessibleName().contains(u"Flat"_s));
    }

    void aCorrectedTradeShowsItsNewValuesAndThatItWasCorrected()
    {
        DeskRig rig;
        rig.open();
        const auto id = filled(rig);
        amend(rig, id, 'G', "1.15349");
        QCOMPARE(cell(rig, u"tradesTable"_s, 0, u"Price"_s), u"1.15349"_s);
        QVERIFY(cell(rig, u"tradesTable"_s, 0, u"Check"_s).startsWith(u"CORRECTED"_s));
        QVERIFY(text(rig, u"incidentBannerTitle"_s).contains(u"changed a fill"_s));
    }

    void aFillAfterTheCloseIsNeverSilent()
    {
        DeskRig rig;
        rig.open();
        rfq::ExecutionReport stray;
        stray.clOrdId = rfq::ClOrdId("X-1");
        stray.session = VenueX;
        stray.execType = 'F';
        stray.ordStatus = '2';
        stray.cumQty = support::decimal("1000000");
        rig.desk.service.apply(rfq::ExecutionReported{stray});
        rig.changed();
        QVERIFY(isPinned(rig));
        QVERIFY(text(rig, u"incidentBannerTitle"_s).contains(u"an order this desk does not know. VENUE-X"_s));
    }
};

QTEST_MAIN(IncidentTest)
#include "incident_test.moc"
