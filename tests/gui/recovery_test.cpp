/// An outcome nobody knows is pinned, explained, asked about, and stays until evidence or two persons settle it.

#include "tests/gui/consent_rig.h"
#include "ui/widgets/details_dialog.h"

#include <QPushButton>
#include <QTableView>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using support::ConsentRig;
using support::DeskRig;
using support::DlrA;
using support::VenueX;

class RecoveryTest final : public QObject {
    Q_OBJECT

private:
    static QString text(const DeskRig& rig, const QString& name) { return rig.find<QLabel>(name)->text(); }
    static QString inCard(const ConsentRig& rig, const QString& name)
    {
        return rig.card(rig.unknown).findChild<QLabel*>(name)->text();
    }
    static QPushButton& button(const DeskRig& rig, const QString& name) { return *rig.find<QPushButton>(name); }

    /// Every question was asked and stayed without an answer.
    static void untilNobodyCouldTell(ConsentRig& rig)
    {
        for (int i = 0; i < 5 && rig.line().asking; ++i)
            rig.advance(3s);
        QVERIFY(rig.line().exhausted && !rig.line().asking);
    }

private Q_SLOTS:
    void theBannerSaysWhatSinceWhenAndWhatIsBeingDone()
    {
        ConsentRig rig;
        QVERIFY(rig.find<QWidget>(u"unknownBanner"_s)->isVisible());
        const auto title = text(rig, u"unknownBannerTitle"_s);
        QVERIFY2(title.contains(u"BUY 25,000,000 EUR at 1.15342 with Dealer A"_s), qPrintable(title));
        QVERIFY(title.startsWith(u"UNKNOWN since 08:00:"_s));
        QCOMPARE(text(rig, u"unknownBannerText"_s), u"Asking VENUE-X for the order's status…"_s);
        untilNobodyCouldTell(rig);
        const auto nobody = text(rig, u"unknownBannerText"_s);
        QVERIFY2(nobody.contains(u"Nobody could tell"_s) && nobody.contains(u"+44 20 7946 0001"_s), qPrintable(nobody));
    }

    void askAgainAsksTheCounterpartyNow()
    {
        ConsentRig rig;
        QVERIFY(!button(rig, u"unknownBannerAsk"_s).isEnabled()); // it is being asked
        untilNobodyCouldTell(rig);
        const auto before = rig.desk.link.questions().size();
        button(rig, u"unknownBannerAsk"_s).setFocus();
        QTest::keyClick(&button(rig, u"unknownBannerAsk"_s), Qt::Key_Space);
        QCOMPARE(rig.desk.link.questions().size(), before + 1);
        QVERIFY(text(rig, u"unknownBannerText"_s).startsWith(u"Asking VENUE-X for the order's status…"_s));
        untilNobodyCouldTell(rig);
        const auto later = rig.desk.link.questions().size();
        rig.card(rig.unknown).findChild<QPushButton*>(u"outcomeAsk"_s)->click();
        QCOMPARE(rig.desk.link.questions().size(), later + 1);
    }

    void withoutTheSessionItCannotBeAskedAndTheBannerSaysWhy()
    {
        ConsentRig rig;
        rig.desk.session(VenueX, rfq::SessionPhase::Waiting);
        rig.changed();
        QVERIFY(!button(rig, u"unknownBannerAsk"_s).isEnabled());
        QVERIFY(text(rig, u"unknownBannerText"_s).startsWith(u"VENUE-X is not logged on."_s));
        QVERIFY(button(rig, u"unknownBannerClose"_s).isEnabled());
    }

    void showLeadsToTheCard()
    {
        ConsentRig rig;
        const auto later = rig.request();
        QCOMPARE(rig.cards().selected(), later);
        rig.find<QToolButton>(u"cardsDone"_s)->click();
        DeskRig::click(button(rig, u"unknownBannerShow"_s));
        QCOMPARE(rig.cards().selected(), rig.unknown);
    }

    void twoUnknownOutcomesAreShownOneAfterTheOther()
    {
        ConsentRig rig;
        QVERIFY(!button(rig, u"unknownBannerNext"_s).isVisible());
        auto draft = support::FakeDesk::draft();
        draft.side = rfq::RequestSide::Sell;
        const auto other = rig.request(draft);
        rig.quote(other, DlrA, "QA-9", "1.15331", "");
        rig.passGuard();
        DeskRig::click(rig.row(other, DlrA).button(rfq::PriceSide::Bid));
        rig.desk.confirmSent(other);
        rig.advance(10s);
        rig.advance(3s);
        QVERIFY(text(rig, u"unknownBannerTitle"_s).contains(u"BUY"_s));
        QCOMPARE(text(rig, u"unknownBannerPlace"_s), u"1 of 2"_s);
        DeskRig::click(button(rig, u"unknownBannerNext"_s));
        QVERIFY(text(rig, u"unknownBannerTitle"_s).contains(u"SELL"_s));
        rig.desk.fill(other);
        rig.changed();
        QVERIFY(text(rig, u"unknownBannerTitle"_s).contains(u"BUY"_s));
        QVERIFY(!button(rig, u"unknownBannerNext"_s).isVisible());
    }

    void theCardShowsTheEvidenceAndKeepsTheRawTextOneClickAway()
    {
        ConsentRig rig;
        rig.advance(3s);
        const auto evidence = inCard(rig, u"outcomeEvidence"_s);
        QVERIFY2(evidence.contains(u"Asked: OrderStatusRequest"_s) && evidence.contains(u"No answer"_s),
            qPrintable(evidence));
        DeskRig::click(*rig.card(rig.unknown).findChild<QPushButton*>(u"outcomeDetails"_s));
        auto* details = rig.dialog<ui::DetailsDialog>();
        QVERIFY(details);
        QCOMPARE(details->findChild<QPlainTextEdit*>(u"detailsMessage"_s)->toPlainText(), u"35=D|11=C1|44=1.15342|"_s);
        QVERIFY(details->findChild<QPlainTextEdit*>(u"detailsEvidence"_s)->toPlainText().contains(u"No answer"_s));
        QStringList values;
        for (const auto* value : details->findChildren<QLabel*>(u"detailsValue"_s))
            values << value->text();
        QVERIFY(values.contains(u"C1"_s) && values.contains(u"Q-Q1"_s) && values.contains(u"17"_s));
        QTest::keyClick(details, Qt::Key_Escape);
        QVERIFY(!rig.dialog<ui::DetailsDialog>());
    }

    void theTableOfUnknownOutcomesCountsThemAndSaysTheNextStep()
    {
        ConsentRig rig;
        auto* tab = rig.find<QToolButton>(u"unknownTab"_s);
        QCOMPARE(tab->text(), u"Unknown (1)"_s);
        DeskRig::click(*tab);
        auto* table = rig.find<QTableView>(u"unknownTable"_s);
        QVERIFY(table->isVisible());
        QCOMPARE(table->model()->rowCount(), 1);
        rig.request();
        table->setCurrentIndex(table->model()->index(0, 0));
        QTest::keyClick(table, Qt::Key_Return);
        QCOMPARE(rig.cards().selected(), rig.unknown);
        rig.desk.reject(rig.unknown);
        rig.changed();
        QCOMPARE(tab->text(), u"Unknown (0)"_s);
    }

    void thePositionIsARangeUntilTheOutcomeIsKnown()
    {
        ConsentRig rig;
        auto* line = rig.find<QToolButton>(u"positionLine"_s);
        QVERIFY2(
            line->accessibleName().contains(u"EUR/USD 0 … +25m (1 unknown)"_s), qPrintable(line->accessibleName()));
        rig.desk.fill(rig.unknown);
        rig.changed();
        QVERIFY2(line->accessibleName().endsWith(u"EUR/USD +25m"_s), qPrintable(line->accessibleName()));
        DeskRig::click(*line);
        QVERIFY(rig.dialog<ui::DetailsDialog>());
    }

    void aDealThatIsProvenNotReceivedIsSafe()
    {
        ConsentRig rig;
        rig.desk.session(VenueX, rfq::SessionPhase::Waiting);
        rig.desk.session(VenueX, rfq::SessionPhase::LoggedOn);
        rig.desk.service.apply(rfq::PeerExpects{VenueX, 17});
        rig.desk.service.apply(rfq::InquiryAnswered{
            VenueX, rfq::Inquiry::OrderStatus, rfq::ClOrdId("C1"), rfq::EvidenceKind::UnknownOrder, "OrdRejReason 5"});
        rig.changed();
        QCOMPARE(inCard(rig, u"outcomeTitle"_s), u"NOT RECEIVED"_s);
        QVERIFY(inCard(rig, u"outcomeText"_s).startsWith(u"You did not trade, and that is proven"_s));
        QVERIFY(!rig.find<QWidget>(u"unknownBanner"_s)->isVisible());
    }

    void itIsThereAgainAfterARestart()
    {
        DeskRig rig;
        rfq::History history;
        ConsentRig before;
        rfq::History::PastAcceptance past;
        past.acceptance = before.line().acceptance;
        past.state = rfq::AcceptanceState::Sent;
        past.time = before.line().time;
        past.evidence = before.line().evidence;
        history.acceptances.push_back(past);
        rig.desk.service.restore(history);
        rig.open();
        QVERIFY(rig.find<QWidget>(u"unknownBanner"_s)->isVisible());
        QVERIFY(rig.cards().card(before.unknown));
        QVERIFY(rig.card(before.unknown).findChild<QPushButton*>(u"outcomeClose"_s)->isVisible());
    }

    void whileLockedTheBannerTellsNothing()
    {
        ConsentRig rig;
        rig.window->lock();
        QVERIFY(text(rig, u"unknownBannerTitle"_s).isEmpty());
        QVERIFY(rig.find<QWidget>(u"unknownBanner"_s)->accessibleName().trimmed().isEmpty());
        rig.enterPin(u"1234"_s);
        QVERIFY(text(rig, u"unknownBannerTitle"_s).contains(u"25,000,000"_s));
    }

    void aBannerThatMovesThePricesStartsTheirGuardTimeAgain()
    {
        DeskRig rig;
        rig.open();
        const auto id = rig.request();
        rig.quote(id, DlrA, "QA-1", "", "1.15342");
        rig.passGuard();
        QVERIFY(rig.offer(id, DlrA).isArmed());
        rfq::ExecutionReport stray;
        stray.clOrdId = rfq::ClOrdId("X-1");
        stray.session = VenueX;
        stray.execType = 'F';
        stray.ordStatus = '2';
        stray.cumQty = support::decimal("1000000");
        rig.desk.service.apply(rfq::ExecutionReported{stray});
        rig.changed();
        DeskRig::settleLayout();
        QVERIFY(rig.find<QWidget>(u"incidentBanner"_s)->isVisible());
        DeskRig::click(rig.offer(id, DlrA));
        QCOMPARE(rig.deals(), std::size_t(0));
        rig.passGuard();
        DeskRig::click(rig.offer(id, DlrA));
        QCOMPARE(rig.deals(), std::size_t(1));
    }

    void everyControlOfTheBannerAndTheCardHasANameForScreenReaders()
    {
        ConsentRig rig;
        for (const auto* widget : rig.window->findChildren<QWidget*>()) {
            if (!(widget->focusPolicy() & Qt::TabFocus) || !widget->isVisible())
                continue;
            const auto* named = qobject_cast<const QAbstractButton*>(widget);
            QVERIFY2(!widget->accessibleName().isEmpty() || (named && !named->text().isEmpty()),
                qPrintable(QString::fromLatin1(widget->metaObject()->className()) + widget->objectName()));
        }
    }

    void clocksThatDifferAreSaidOnTheChipAndInTheList()
    {
        DeskRig rig;
        rig.open();
        auto* chip = rig.find<QToolButton>(u"session-VENUE-X"_s);
        rig.desk.service.apply(rfq::ClockMeasured{VenueX, 240ms});
        rig.changed();
        QVERIFY2(chip->toolTip().contains(u"+240 ms"_s), qPrintable(chip->toolTip()));
        QVERIFY(!chip->text().contains(u"clock"_s));
        rig.desk.service.apply(rfq::ClockMeasured{VenueX, -2'400ms});
        rig.changed();
        QVERIFY2(chip->text().contains(u"clock −2.4 s"_s), qPrintable(chip->text()));
        QVERIFY(chip->toolTip().contains(u"Ask IT to set this workstation's clock"_s));
        DeskRig::click(*rig.find<QToolButton>(u"sessionsTab"_s));
        auto* table = rig.find<QTableView>(u"sessionsTable"_s);
        QStringList cells;
        for (int row = 0; row < table->model()->rowCount(); ++row) {
            for (int column = 0; column < table->model()->columnCount(); ++column)
                cells << table->model()->index(row, column).data().toString();
        }
        QVERIFY2(cells.contains(u"−2.4 s, too far off"_s), qPrintable(cells.join(u'|')));
    }
};

QTEST_MAIN(RecoveryTest)
#include "recovery_test.moc"
