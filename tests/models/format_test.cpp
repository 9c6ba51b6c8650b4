/// Numbers, dates and words as a trader reads them.

#include "tests/support/fake_desk.h"
#include "ui/models/csv.h"
#include "ui/models/error_text.h"
#include "ui/models/format.h"
#include "ui/models/instrument_model.h"
#include "ui/models/words.h"

#include <QLocale>
#include <QSet>
#include <QStandardItemModel>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class FormatTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void thePartsOfAPriceJoinToTheDealersText_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("pipDecimals");
        QTest::addColumn<QString>("big");
        QTest::addColumn<QString>("pips");
        QTest::addColumn<QString>("fraction");
        QTest::newRow("five digits") << u"1.15342"_s << 4 << u"1.15"_s << u"34"_s << u"2"_s;
        QTest::newRow("no fraction") << u"1.1534"_s << 4 << u"1.15"_s << u"34"_s << QString();
        QTest::newRow("half a pip pair") << u"1.153"_s << 4 << u"1.15"_s << u"3"_s << QString();
        QTest::newRow("yen") << u"150.234"_s << 2 << u"150."_s << u"23"_s << u"4"_s;
        QTest::newRow("whole") << u"1"_s << 4 << u"1"_s << QString() << QString();
        QTest::newRow("trailing zeros stay") << u"1.150000"_s << 4 << u"1.15"_s << u"00"_s << u"00"_s;
    }
    void thePartsOfAPriceJoinToTheDealersText()
    {
        QFETCH(QString, text);
        QFETCH(int, pipDecimals);
        const auto parts = ui::priceParts(support::price(text.toStdString()), {"X/Y", pipDecimals, 5, 2});
        QCOMPARE(parts.whole(), text);
        QTEST(parts.bigFigure, "big");
        QTEST(parts.pips, "pips");
        QTEST(parts.fraction, "fraction");
    }

    void theDistanceToTheBestIsInPips()
    {
        const rfq::Instrument eurusd{"EUR/USD", 4, 5, 2};
        const rfq::Instrument usdjpy{"USD/JPY", 2, 3, 2};
        QCOMPARE(ui::pipsBehind(support::price("1.15344"), support::price("1.15342"), eurusd), u"+0.2"_s);
        QCOMPARE(ui::pipsBehind(support::price("1.15331"), support::price("1.15333"), eurusd), u"+0.2"_s);
        QCOMPARE(ui::pipsBehind(support::price("150.25"), support::price("150.234"), usdjpy), u"+1.6"_s);
        QCOMPARE(ui::pipsBehind(support::price("1.15342"), support::price("1.153420"), eurusd), u"0.0"_s);
    }

    void aDealIsSaidInWords()
    {
        const rfq::Instrument eurusd{"EUR/USD", 4, 5, 2};
        const rfq::Settlement spot{rfq::Tenor::Spot, 2026y / std::chrono::November / 26};
        const auto amount = support::decimal("25000000");
        QCOMPARE(ui::dealSentence(rfq::Side::Buy, amount, "EUR", eurusd, spot),
            u"You BUY 25,000,000 EUR, sell USD, value Thu 26 Nov"_s);
        QCOMPARE(ui::dealSentence(rfq::Side::Sell, amount, "USD", eurusd, spot),
            u"You SELL 25,000,000 USD, buy EUR, value Thu 26 Nov"_s);
        const rfq::Settlement far{rfq::Tenor::Year1, 2027y / std::chrono::November / 26};
        QVERIFY(ui::dealSentence(rfq::Side::Buy, amount, "EUR", eurusd, far).endsWith(u"Fri 26 Nov 2027"_s));
    }

    void theCounterAmountIsOfTheOtherCurrency()
    {
        const rfq::Instrument eurusd{"EUR/USD", 4, 5, 2};
        const auto price = support::price("1.15342");
        QCOMPARE(ui::counterAmountText(support::decimal("25000000"), "EUR", eurusd, price), u"28,835,500 USD"_s);
        QCOMPARE(ui::counterAmountText(support::decimal("1153420"), "USD", eurusd, price), u"1,000,000 EUR"_s);
    }

    void durationsNeverGoBelowZero()
    {
        QCOMPARE(ui::secondsText(4130ms), u"4.1 s"_s);
        QCOMPARE(ui::secondsText(-1s), u"0.0 s"_s);
        QCOMPARE(ui::countdownText(20001ms), u"0:21"_s);
        QCOMPARE(ui::countdownText(61s), u"1:01"_s);
        QCOMPARE(ui::countdownText(-5s), u"0:00"_s);
    }

    void everyErrorHasATitleAMeaningAndAnAction()
    {
        QSet<QString> titles;
        for (int code = 0; code <= static_cast<int>(base::Errc::Internal); ++code) {
            const auto words = ui::errorText(static_cast<base::Errc>(code));
            QVERIFY(!words.title.isEmpty() && !words.meaning.isEmpty() && !words.action.isEmpty());
            QVERIFY2(!titles.contains(words.title), qPrintable(words.title));
            titles << words.title;
        }
    }

    void everyStateAndNoticeHasWords()
    {
        for (int i = 0; i <= static_cast<int>(rfq::RfqState::NotSent); ++i)
            QVERIFY(!ui::stateText(static_cast<rfq::RfqState>(i)).isEmpty());
        for (int i = 0; i <= static_cast<int>(rfq::DealerState::LostSession); ++i)
            QVERIFY(!ui::stateText(static_cast<rfq::DealerState>(i)).isEmpty());
        for (int i = 0; i <= static_cast<int>(rfq::AcceptanceState::Unknown); ++i)
            QVERIFY(!ui::stateText(static_cast<rfq::AcceptanceState>(i)).isEmpty());
        for (int i = 0; i <= static_cast<int>(rfq::SessionPhase::Refused); ++i)
            QVERIFY(!ui::stateText(static_cast<rfq::SessionPhase>(i)).isEmpty());
        for (int i = 0; i <= static_cast<int>(rfq::NoticeCode::DealingResumed); ++i)
            QVERIFY(!ui::noticeText(static_cast<rfq::NoticeCode>(i)).isEmpty());
    }

    void aSearchFindsWhatTheTraderMeans()
    {
        const ui::InstrumentModel model(support::deskSettings().instruments);
        QCOMPARE(model.find(u"eurusd"_s)->symbol, std::string("EUR/USD"));
        QCOMPARE(model.find(u" usd jpy "_s)->symbol, std::string("USD/JPY"));
        QCOMPARE(model.find(u"gbp"_s)->symbol, std::string("GBP/USD"));
        QVERIFY(!model.find(u"usd"_s));
        QVERIFY(!model.find(u"xau"_s));
        QVERIFY(!model.find(QString()));
    }

    void anExportCannotCarryAFormula()
    {
        QStandardItemModel model(1, 6);
        model.setHorizontalHeaderLabels({u"a"_s, u"b"_s, u"c"_s, u"d"_s, u"e"_s, u"f"_s});
        const QStringList cells{u"=HYPERLINK(\"x\")"_s, u"+cmd"_s, u"-1.5"_s, u"@sum"_s, u"two\nlines"_s, u" =1+1"_s};
        for (int i = 0; i < cells.size(); ++i)
            model.setItem(0, i, new QStandardItem(cells[i]));
        const auto csv = QString::fromUtf8(ui::toCsv(model));
        QCOMPARE(csv, u"a,b,c,d,e,f\r\n\"'=HYPERLINK(\"\"x\"\")\",'+cmd,-1.5,'@sum,\"two\nlines\",' =1+1\r\n"_s);
    }
};

QTEST_GUILESS_MAIN(FormatTest)
#include "format_test.moc"
