/// Nothing moves under the hand that is about to deal.

#include "tests/gui/desk_rig.h"

#include <QEnterEvent>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using support::DeskRig;
using support::DlrA;
using support::DlrB;

class StackTest final : public QObject {
    Q_OBJECT

private:
    static QString order(DeskRig& rig, const rfq::RfqId& id)
    {
        QStringList dealers;
        for (const auto* row : rig.card(id).stack().rows())
            dealers << QString::fromStdString(row->dealer().text());
        return dealers.join(u' ');
    }
    static void pointerEnters(QWidget& widget)
    {
        QEnterEvent event({5, 5}, {5, 5}, {5, 5});
        QCoreApplication::sendEvent(&widget, &event);
    }
    static void pointerLeaves(QWidget& widget)
    {
        QEvent event(QEvent::Leave);
        QCoreApplication::sendEvent(&widget, &event);
    }

private Q_SLOTS:
    void theBestPriceIsFirstAndMarked()
    {
        DeskRig rig;
        rig.open();
        const auto id = rig.request();
        rig.quote(id, DlrA, "QA-1", "", "1.15344");
        rig.quote(id, DlrB, "QB-1", "", "1.15342");
        QCOMPARE(order(rig, id), u"DLR-B DLR-A DLR-D"_s);
        QVERIFY(rig.row(id, DlrB).bestButton(rfq::Side::Buy));
        QVERIFY(!rig.row(id, DlrA).bestButton(rfq::Side::Buy));
    }

    void theOrderIsFrozenWhileThePointerIsInside()
    {
        DeskRig rig;
        rig.open();
        const auto id = rig.request();
        rig.quote(id, DlrA, "QA-1", "", "1.15344");
        rig.quote(id, DlrB, "QB-1", "", "1.15342");
        pointerEnters(rig.card(id).stack());
        rig.quote(id, DlrA, "QA-2", "", "1.15340");
        QCOMPARE(order(rig, id), u"DLR-B DLR-A DLR-D"_s);
        QVERIFY(rig.row(id, DlrA).bestButton(rfq::Side::Buy));
        pointerLeaves(rig.card(id).stack());
        QCOMPARE(order(rig, id), u"DLR-A DLR-B DLR-D"_s);
    }

    void theOrderIsFrozenWhileTheFocusIsInside()
    {
        DeskRig rig;
        rig.open();
        const auto id = rig.request();
        rig.quote(id, DlrA, "QA-1", "", "1.15344");
        rig.quote(id, DlrB, "QB-1", "", "1.15342");
        rig.passGuard();
        rig.offer(id, DlrB).setFocus(Qt::TabFocusReason);
        rig.quote(id, DlrA, "QA-2", "", "1.15340");
        QCOMPARE(order(rig, id), u"DLR-B DLR-A DLR-D"_s);
        rig.card(id).setFocus(Qt::TabFocusReason);
        QCOMPARE(order(rig, id), u"DLR-A DLR-B DLR-D"_s);
    }

    void aRowThatMovedHasToWaitOutTheGuardTimeAgain()
    {
        DeskRig rig;
        rig.open();
        const auto id = rig.request();
        rig.quote(id, DlrA, "QA-1", "", "1.15344");
        rig.passGuard();
        QVERIFY(rig.offer(id, DlrA).isArmed());
        rig.quote(id, DlrB, "QB-1", "", "1.15342");
        DeskRig::click(rig.offer(id, DlrA));
        QCOMPARE(rig.deals(), std::size_t(0));
        rig.passGuard();
        DeskRig::click(rig.offer(id, DlrA));
        QCOMPARE(rig.deals(), std::size_t(1));
    }

    void aCardThatMovedHasToWaitOutTheGuardTimeAgain()
    {
        DeskRig rig;
        rig.open();
        const auto first = rig.request();
        rig.quote(first, DlrA, "QA-1", "", "1.15344");
        rig.passGuard();
        const auto before = rig.card(first).y();
        rig.request();
        QVERIFY(rig.card(first).y() != before);
        DeskRig::click(rig.offer(first, DlrA));
        QCOMPARE(rig.deals(), std::size_t(0));
    }

    void whyALineCannotBeClickedIsInWords()
    {
        DeskRig rig;
        rig.open();
        const auto id = rig.request();
        rig.desk.service.apply(rfq::RequestDeclined{support::VenueX, id, DlrA, "5", "credit line full"});
        rig.changed();
        QVERIFY(rig.row(id, DlrA).accessibleName().contains(u"credit line full"_s));
    }

    void inANarrowCardPricesAndWordsDoNotMeet()
    {
        DeskRig rig;
        rig.open();
        auto draft = support::FakeDesk::draft();
        draft.side = rfq::RequestSide::TwoWay;
        const auto id = rig.request(draft);
        rig.quote(id, support::DlrA, "QA-1", "1.15331", "1.15342");
        auto& row = rig.row(id, support::DlrA);
        const auto& bid = row.button(rfq::PriceSide::Bid);
        row.resize(1000, row.height());
        QCOMPARE(row.height(), ui::QuoteRow::Height);
        QVERIFY(bid.y() < ui::QuoteRow::Height / 2);
        row.resize(516, row.height());
        QCOMPARE(row.height(), ui::QuoteRow::TallHeight);
        QVERIFY2(bid.y() > 28, "below the words");
        QVERIFY(bid.x() > 0);
    }

    void whoPassesIsNotSaidToHavePassedTwice()
    {
        DeskRig rig;
        rig.open();
        const auto id = rig.request();
        rig.desk.service.apply(rfq::RequestDeclined{support::VenueX, id, support::DlrA, "10", {}});
        rig.desk.service.apply(rfq::RequestDeclined{support::VenueX, id, support::DlrB, "10", "not today"});
        rig.changed();
        QCOMPARE(rig.row(id, support::DlrA).accessibleName(), u"Dealer A: passed code 10"_s);
        QCOMPARE(rig.row(id, support::DlrB).accessibleName(), u"Dealer B: passed “not today” · code 10"_s);
    }
};

QTEST_MAIN(StackTest)
#include "stack_test.moc"
