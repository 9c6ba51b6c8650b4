/// A request is filled in and sent from the keyboard; what is wrong is said beside the field.

#include "tests/gui/desk_rig.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/translation.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QToolButton>
#include <QTranslator>

using namespace Qt::StringLiterals;
using support::DeskRig;

class TicketTest final : public QObject {
    Q_OBJECT

private:
    static void type(DeskRig& rig, const QString& field, const QString& text)
    {
        auto* edit = rig.find<QLineEdit>(field);
        edit->setFocus();
        edit->selectAll();
        QTest::keyClicks(edit, text);
    }
    static void sendByKey(DeskRig& rig)
    {
        QTest::keyClick(rig.find<QLineEdit>(u"amount"_s), Qt::Key_Return, Qt::ControlModifier);
    }
    static QString textOf(DeskRig& rig, const QString& name) { return rig.find<QLabel>(name)->text(); }

private Q_SLOTS:
    void aRequestGoesOutByKeyboard()
    {
        DeskRig rig;
        rig.open();
        type(rig, u"instrument"_s, u"usdjpy"_s);
        type(rig, u"amount"_s, u"25m"_s);
        rig.find<QToolButton>(u"sideTwoWay"_s)->click();
        sendByKey(rig);
        const auto sent = rig.desk.link.requests();
        QVERIFY(!sent.empty());
        QCOMPARE(sent[0].request.instrument.symbol, std::string("USD/JPY"));
        QCOMPARE(sent[0].request.currency, std::string("USD"));
        QVERIFY(sent[0].request.side == rfq::RequestSide::TwoWay);
        QVERIFY(sent[0].request.quantity == support::decimal("25000000"));
    }

    void theTicketSaysInWordsWhatWillBeAsked()
    {
        DeskRig rig;
        rig.open();
        type(rig, u"amount"_s, u"25m"_s);
        QCOMPARE(textOf(rig, u"ticketSentence"_s).replace(QChar::Nbsp, u' '),
            u"You BUY 25,000,000 EUR, sell USD, value Thu 26 Nov"_s);
        QCOMPARE(textOf(rig, u"valueDate"_s), u"Value date Thu 26 Nov 2026"_s);
    }

    void theDealtCurrencyCanBeTheOtherOne()
    {
        DeskRig rig;
        rig.open();
        type(rig, u"amount"_s, u"1m"_s);
        rig.find<QToolButton>(u"currency"_s)->click();
        sendByKey(rig);
        QCOMPARE(rig.desk.link.requests().at(0).request.currency, std::string("USD"));
    }

    void aBadAmountIsExplainedBesideTheField()
    {
        DeskRig rig;
        rig.open();
        type(rig, u"amount"_s, u"25q"_s);
        QVERIFY(textOf(rig, u"amountHint"_s).contains(u"25m"_s));
        QCOMPARE(rig.find<QLineEdit>(u"amount"_s)->property("invalid").toString(), u"true"_s);
        sendByKey(rig);
        QVERIFY(rig.desk.link.sent.empty());
    }

    void anAmountOverTheLimitIsRefusedInWords()
    {
        DeskRig rig;
        rig.open();
        type(rig, u"amount"_s, u"60m"_s);
        sendByKey(rig);
        QVERIFY(rig.desk.link.sent.empty());
        QVERIFY(textOf(rig, u"ticketMessage"_s).startsWith(u"Over the limit"_s));
    }

    void theFirstWindowHasItsLettersInTheSizeOfTheTheme()
    {
        qApp->setStyleSheet({}); // as a process begins
        qApp->setFont(QFont(u"sans"_s, 5));
        DeskRig rig;
        rig.open();
        DeskRig::settleLayout();
        const auto size = QFontInfo(rig.window->theme().font(ui::TextSize::Normal)).pixelSize();
        for (const auto& name : {u"request"_s, u"tenor"_s, u"amount"_s, u"dealersAll"_s})
            QCOMPARE(QFontInfo(rig.find<QWidget>(name)->font()).pixelSize(), size);
    }

    void onlyTheChosenDealersAreAsked()
    {
        DeskRig rig;
        rig.open();
        type(rig, u"amount"_s, u"1m"_s);
        rig.find<QToolButton>(u"dealersAll"_s)->click();
        rig.find<QToolButton>(u"dealer-DLR-B"_s)->click();
        sendByKey(rig);
        const auto sent = rig.desk.link.requests();
        QCOMPARE(sent.size(), std::size_t(1));
        QVERIFY(sent[0].dealers == std::vector<rfq::DealerId>{support::DlrB});
    }

    void aDealerWhoseSessionIsDownShowsItAndIsNotAsked()
    {
        DeskRig rig;
        rig.open();
        rig.desk.session(support::DirectD, rfq::SessionPhase::Waiting);
        rig.changed();
        auto* chip = rig.find<QToolButton>(u"dealer-DLR-D"_s);
        QVERIFY(!chip->isEnabled());
        QVERIFY(chip->toolTip().contains(u"DLR-D"_s));
        type(rig, u"amount"_s, u"1m"_s);
        sendByKey(rig);
        for (const auto& sent : rig.desk.link.requests())
            QVERIFY(sent.session != support::DirectD);
    }

    void theLimitGoesWithTheRequest()
    {
        DeskRig rig;
        rig.open();
        type(rig, u"amount"_s, u"1m"_s);
        type(rig, u"limit"_s, u"1.1537"_s);
        sendByKey(rig);
        QVERIFY(rig.desk.link.requests().at(0).request.limit == support::decimal("1.1537"));
    }

    void withoutASessionTheTicketSaysWhy()
    {
        DeskRig rig;
        rig.enterPin(u"1234"_s);
        QVERIFY(!rig.find<QPushButton>(u"request"_s)->isEnabled());
        QVERIFY(textOf(rig, u"ticketMessage"_s).contains(u"session"_s));
    }

    void everyControlHasANameForScreenReaders()
    {
        DeskRig rig;
        rig.open();
        rig.quote(rig.request(), support::DlrA, "QA-1", "", "1.15342");
        for (const auto* widget : rig.window->findChildren<QWidget*>()) {
            if (!(widget->focusPolicy() & Qt::TabFocus) || !widget->isVisible())
                continue;
            const auto* button = qobject_cast<const QAbstractButton*>(widget);
            const bool named = !widget->accessibleName().isEmpty() || (button && !button->text().isEmpty());
            QVERIFY2(named, qPrintable(QString::fromLatin1(widget->metaObject()->className()) + widget->objectName()));
            QVERIFY2(!widget->objectName().isEmpty(), widget->metaObject()->className());
        }
    }

    void theDeskSpeaksGermanWhereTheLocaleDoes()
    {
        ui::installTranslation(*qApp, QLocale(QLocale::French));
        QCOMPARE(QCoreApplication::translate("ui::Words", "Traded"), u"Traded"_s);
        ui::installTranslation(*qApp, QLocale(QLocale::German));
        QCOMPARE(QCoreApplication::translate("ui::Words", "Traded"), u"Gehandelt"_s);
        QCOMPARE(ui::CardsPanel::tr("Done"), u"Beendet"_s); // a class's own words are found under its whole name
        qDeleteAll(qApp->findChildren<QTranslator*>());
    }

    void textHasTheContrastThatAaAsksFor_data()
    {
        QTest::addColumn<int>("theme");
        QTest::newRow("dark") << static_cast<int>(ui::ThemeName::Dark);
        QTest::newRow("light") << static_cast<int>(ui::ThemeName::Light);
    }
    void textHasTheContrastThatAaAsksFor()
    {
        QFETCH(int, theme);
        const ui::Theme made(static_cast<ui::ThemeName>(theme));
        const auto& c = made.colours();
        for (const auto& ground : {c.panel, c.card, c.field}) {
            for (const auto& ink : {c.text, c.dimText, c.faintText, c.good, c.warning, c.alarm})
                QVERIFY2(ui::contrast(ink, ground) >= 4.5,
                    qPrintable(
                        ink.name() + u" on " + ground.name() + u' ' + QString::number(ui::contrast(ink, ground))));
        }
        for (const auto& ground : {c.buy, c.buyHover, c.sell, c.sellHover})
            QVERIFY2(ui::contrast(c.onDeal, ground) >= 4.5, qPrintable(ground.name()));
        QVERIFY(ui::contrast(c.onAccent, c.accent) >= 4.5);
        QVERIFY(ui::contrast(c.onAlarm, c.alarm) >= 4.5);
    }

    void controlsAreSeenAsWcagAsksForIn1_4_11_data() { textHasTheContrastThatAaAsksFor_data(); }
    void controlsAreSeenAsWcagAsksForIn1_4_11()
    {
        QFETCH(int, theme);
        const ui::Theme made(static_cast<ui::ThemeName>(theme));
        const auto& c = made.colours();
        for (const auto& ground : {c.panel, c.card, c.field})
            for (const auto& edge : {c.strongLine, c.accent})
                QVERIFY2(ui::contrast(edge, ground) >= 3.0,
                    qPrintable(
                        edge.name() + u" on " + ground.name() + u' ' + QString::number(ui::contrast(edge, ground))));
    }
};

QTEST_MAIN(TicketTest)
#include "ticket_test.moc"
