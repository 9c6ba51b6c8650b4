#include "ui/widgets/blotter_table.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QStandardItemModel>
#include <QTest>

using namespace Qt::Literals::StringLiterals;

/// The rows of the day stand in the table before the window is shown: what they say is read whole all the same.
class BlotterTableTest final : public QObject {
    Q_OBJECT

private:
    static constexpr int Padding = 8; ///< of the style sheet, on each side
    static int widthOf(const ui::BlotterTable& table, const QString& text)
    {
        return table.fontMetrics().horizontalAdvance(text) + 2 * Padding;
    }
    static void add(QStandardItemModel& model, const QString& amount)
    {
        model.appendRow({new QStandardItem(u"08:00:07"_s), new QStandardItem(amount), new QStandardItem(u"Q1"_s)});
    }

private Q_SLOTS:
    void rowsOfBeforeTheFirstShowAreReadWhole()
    {
        QFont small = QApplication::font();
        small.setPixelSize(8);
        QApplication::setFont(small); // what stands before the theme comes; the platform's
        const ui::Theme theme(ui::ThemeName::Dark);
        QStandardItemModel model(0, 3);
        const auto amount = u"25,000,000 EUR of a long amount"_s;
        add(model, amount);
        add(model, u"1,000 EUR"_s);
        ui::BlotterTable table(theme, u"empty"_s);
        table.setModel(&model);
        theme.apply(*qApp); // as the main window does it: when its parts stand
        table.resize(900, 300);
        table.show();
        QVERIFY(QTest::qWaitForWindowExposed(&table));
        QCOMPARE_GE(table.columnWidth(1), widthOf(table, amount));
        const auto longer = u"125,000,000,000 EUR of a much longer amount"_s;
        add(model, longer);
        QCOMPARE_GE(table.columnWidth(1), widthOf(table, longer));
    }
};

QTEST_MAIN(BlotterTableTest)
#include "blotter_table_test.moc"
