/// Dealing is one deliberate act on exactly what is shown.

#include "tests/gui/desk_rig.h"

#include <QKeyEvent>
#include <QLabel>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using support::DeskRig;
using support::DlrA;
using support::DlrB;

class DealingTest final : public QObject {
    Q_OBJECT

private:
    /// Signed in, one request to buy, one firm quote of dealer A at 1.15342, guard time over.
    static rfq::RfqId quoted(DeskRig& rig)
    {
        rig.open();
        const auto id = rig.request();
        rig.quote(id, DlrA, "QA-1", "", "1.15342");
        rig.passGuard();
        return id;
    }

    static void chord(DeskRig& rig, Qt::Key key)
    {
        QTest::keyClick(rig.window.get(), key, Qt::ControlModifier | Qt::ShiftModifier);
    }

private Q_SLOTS:
    void aClickSendsExactlyThePriceOnTheButton()
    {
        DeskRig rig;
        const auto id = quoted(rig);
        QCOMPARE(rig.offer(id, DlrA).accessibleName(), u"BUY at 1.15342 with Dealer A"_s);
        DeskRig::click(rig.offer(id, DlrA));
        const auto sent = rig.desk.link.acceptances();
        QCOMPARE(sent.size(), std::size_t(1));
        QCOMPARE(sent[0].acceptance.price.text, std::string("1.15342"));
        QCOMPARE(sent[0].acceptance.quote.text(), std::string("QA-1"));
        QVERIFY(sent[0].acceptance.side == rfq::Side::Buy);
        QVERIFY(sent[0].acceptance.quantity == support::decimal("25000000"));
    }

    void aDoubleClickDealsOnce()
    {
        DeskRig rig;
        const auto id = quoted(rig);
        auto& button = rig.offer(id, DlrA);
        DeskRig::click(button);
        QTest::mouseDClick(&button, Qt::LeftButton);
        DeskRig::click(button);
        QCOMPARE(rig.deals(), std::size_t(1));
    }

    void aReleaseOutsideTheButtonDealsNothing()
    {
        DeskRig rig;
        const auto id = quoted(rig);
        auto& button = rig.offer(id, DlrA);
        DeskRig::press(button);
        QTest::mouseRelease(&button, Qt::LeftButton, {}, {-20, -20});
        QCOMPARE(rig.deals(), std::size_t(0));
    }

    void anotherMouseButtonDealsNothing()
    {
        DeskRig rig;
        const auto id = quoted(rig);
        QTest::mouseClick(&rig.offer(id, DlrA), Qt::RightButton);
        QTest::mouseClick(&rig.offer(id, DlrA), Qt::MiddleButton);
        QCOMPARE(rig.deals(), std::size_t(0));
    }

    void aPriceThatChangesBetweenPressAndReleaseDealsNothing()
    {
        DeskRig rig;
        const auto id = quoted(rig);
        auto& button = rig.offer(id, DlrA);
        DeskRig::press(button);
        rig.quote(id, DlrA, "QA-2", "", "1.15350");
        rig.passGuard();
        DeskRig::release(button);
        QCOMPARE(rig.deals(), std::size_t(0));
        DeskRig::click(button);
        QCOMPARE(rig.deals(), std::size_t(1));
        QCOMPARE(rig.desk.link.acceptances()[0].acceptance.price.text, std::string("1.15350"));
    }

    void aNewPriceCannotBeClickedBeforeTheGuardTimeIsOver()
    {
        DeskRig rig;
        const auto id = quoted(rig);
        rig.quote(id, DlrA, "QA-2", "", "1.15350");
        rig.advance(240ms);
        QVERIFY(!rig.offer(id, DlrA).isArmed());
        DeskRig::click(rig.offer(id, DlrA));
        QCOMPARE(rig.deals(), std::size_t(0));
        rig.advance(20ms);
        QVERIFY(rig.offer(id, DlrA).isArmed());
        DeskRig::click(rig.offer(id, DlrA));
        QCOMPARE(rig.deals(), std::size_t(1));
    }

    void aClickAfterTheDeadlineDealsNothingEvenBeforeARedraw()
    {
        DeskRig rig;
        const auto id = quoted(rig);
        rig.desk.clock.advance(10s);
        DeskRig::click(rig.offer(id, DlrA));
        QCOMPARE(rig.deals(), std::size_t(0));
        rig.advance(0s);
        QVERIFY(!rig.offer(id, DlrA).isArmed());
    }

    void aRedrawNeverExtendsTheLifeOfAQuote()
    {
        DeskRig rig;
        const auto id = quoted(rig);
        for (int i = 0; i < 50; ++i) {
            rig.advance(100ms);
            rig.card(id).refresh();
            rig.card(id).repaint();
        }
        QVERIFY(!rig.offer(id, DlrA).isArmed());
        DeskRig::click(rig.offer(id, DlrA));
        QCOMPARE(rig.deals(), std::size_t(0));
    }

    void anIndicativeQuoteIsShownButNotClickable()
    {
        DeskRig rig;
        rig.open();
        const auto id = rig.request();
        auto event = rig.desk.quoteEvent(id, DlrA, "QA-1", "", "1.15342");
        event.quote.type = rfq::QuoteType::Indicative;
        rig.desk.service.apply(event);
        rig.changed();
        rig.passGuard();
        auto& button = rig.offer(id, DlrA);
        QVERIFY(button.accessibleName().contains(u"1.15342"_s));
        QVERIFY(!button.isArmed());
        QVERIFY(!button.click());
        DeskRig::click(button);
        chord(rig, Qt::Key_B);
        QCOMPARE(rig.deals(), std::size_t(0));
    }

    void theChordDealsTheBestOfTheSelectedCard()
    {
        DeskRig rig;
        const auto id = quoted(rig);
        rig.quote(id, DlrB, "QB-1", "", "1.15340");
        rig.passGuard();
        chord(rig, Qt::Key_B);
        QCOMPARE(rig.deals(), std::size_t(1));
        QCOMPARE(rig.desk.link.acceptances()[0].acceptance.quote.text(), std::string("QB-1"));
    }

    void theWrongSidesChordDealsNothingAndSaysSo()
    {
        DeskRig rig;
        quoted(rig);
        chord(rig, Qt::Key_S);
        QCOMPARE(rig.deals(), std::size_t(0));
        QVERIFY(rig.find<QLabel>(u"cardsNotice"_s)->text().contains(u"SELL"_s));
    }

    void keyRepeatOfTheChordDealsNothing()
    {
        DeskRig rig;
        quoted(rig);
        const auto modifiers = Qt::ControlModifier | Qt::ShiftModifier;
        for (int i = 0; i < 5; ++i) {
            QKeyEvent repeated(QEvent::KeyPress, Qt::Key_B, modifiers, u"B"_s, true);
            QCoreApplication::sendEvent(rig.window.get(), &repeated);
        }
        QCOMPARE(rig.deals(), std::size_t(0));
        chord(rig, Qt::Key_B);
        chord(rig, Qt::Key_B);
        QCOMPARE(rig.deals(), std::size_t(1));
    }

    void returnAndSpaceNeverDeal()
    {
        DeskRig rig;
        const auto id = quoted(rig);
        auto& button = rig.offer(id, DlrA);
        button.setFocus(Qt::TabFocusReason);
        QVERIFY(button.hasFocus());
        for (const auto key : {Qt::Key_Return, Qt::Key_Enter, Qt::Key_Space, Qt::Key_Select})
            QTest::keyClick(&button, key);
        QCOMPARE(rig.deals(), std::size_t(0));
        QTest::keyClick(&button, Qt::Key_Return, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(rig.deals(), std::size_t(1));
    }

    void twoWayButtonsDealTheirOwnSide()
    {
        DeskRig rig;
        rig.open();
        auto draft = support::FakeDesk::draft();
        draft.side = rfq::RequestSide::TwoWay;
        const auto id = rig.request(draft);
        rig.quote(id, DlrA, "QA-1", "1.15331", "1.15342");
        rig.passGuard();
        DeskRig::click(rig.row(id, DlrA).button(rfq::PriceSide::Bid));
        const auto sent = rig.desk.link.acceptances();
        QCOMPARE(sent.size(), std::size_t(1));
        QVERIFY(sent[0].acceptance.side == rfq::Side::Sell);
        QCOMPARE(sent[0].acceptance.price.text, std::string("1.15331"));
    }

    void dealingInTheTermsCurrencyTakesTheOtherSideOfThePrice()
    {
        DeskRig rig;
        rig.open();
        auto draft = support::FakeDesk::draft();
        draft.currency = "USD";
        draft.quantity = support::decimal("1000000");
        const auto id = rig.request(draft);
        rig.quote(id, DlrA, "QA-1", "1.15331", "");
        rig.passGuard();
        auto& bid = rig.row(id, DlrA).button(rfq::PriceSide::Bid);
        QVERIFY(bid.accessibleName().startsWith(u"BUY at 1.15331"_s));
        DeskRig::click(bid);
        QCOMPARE(rig.deals(), std::size_t(1));
        QVERIFY(rig.desk.link.acceptances()[0].acceptance.side == rfq::Side::Buy);
    }

    void theOutcomeIsShownFromSendingToTraded()
    {
        DeskRig rig;
        const auto id = quoted(rig);
        DeskRig::click(rig.offer(id, DlrA));
        auto* title = rig.card(id).findChild<QLabel*>(u"outcomeTitle"_s);
        QCOMPARE(title->text(), u"SENDING"_s);
        rig.desk.confirmSent(id);
        rig.desk.service.apply(rfq::ExecutionReported{rig.desk.statusReport(rig.desk.acceptance(id).acceptance, '0')});
        rig.changed();
        QCOMPARE(title->text(), u"HELD"_s);
        rig.desk.fill(id);
        rig.changed();
        QCOMPARE(title->text(), u"TRADED"_s);
        const auto words = rig.card(id).findChild<QLabel*>(u"outcomeText"_s)->text();
        QVERIFY2(words.contains(u"BOUGHT 25,000,000 EUR at 1.15342"_s), qPrintable(words));
    }

    void aRejectionShowsTheDealersOwnWords()
    {
        DeskRig rig;
        const auto id = quoted(rig);
        DeskRig::click(rig.offer(id, DlrA));
        rig.desk.confirmSent(id);
        rig.desk.reject(id, "price moved");
        rig.changed();
        QCOMPARE(rig.card(id).findChild<QLabel*>(u"outcomeTitle"_s)->text(), u"REJECTED"_s);
        QVERIFY(rig.card(id).findChild<QLabel*>(u"outcomeDetail"_s)->text().contains(u"price moved"_s));
    }

    void anUnknownOutcomeIsPinnedAndSaysWhatToDo()
    {
        DeskRig rig;
        const auto id = quoted(rig);
        DeskRig::click(rig.offer(id, DlrA));
        rig.desk.confirmSent(id);
        rig.advance(10s); // the dealer is asked
        rig.advance(3s);
        QVERIFY(rig.find<QWidget>(u"unknownBanner"_s)->isVisible());
        const auto advice = rig.card(id).findChild<QLabel*>(u"outcomeAdvice"_s)->text();
        QVERIFY2(advice.contains(u"+44 20 7946 0001"_s) && advice.contains(u"C1"_s), qPrintable(advice));
        const auto later = rig.request();
        rig.quote(later, DlrA, "QA-9", "", "1.15342");
        DeskRig::settleLayout();
        QVERIFY(rig.card(id).y() < rig.card(later).y());
        rig.passGuard();
        DeskRig::click(rig.offer(later, DlrA));
        QCOMPARE(rig.deals(), std::size_t(1));
        const auto hint = rig.card(later).findChild<QLabel*>(u"outcomeText"_s)->text();
        QVERIFY2(hint.startsWith(u"Not now"_s), qPrintable(hint));
        rig.desk.fill(id);
        rig.changed();
        QVERIFY(!rig.find<QWidget>(u"unknownBanner"_s)->isVisible());
    }
};

QTEST_MAIN(DealingTest)
#include "dealing_test.moc"
