#include "ui/widgets/blotter_table.h"

#include "core/rfq/desk.h"
#include "ui/models/rows_model.h"

#include <QEvent>
#include <QHeaderView>
#include <QPainter>

#include <algorithm>
#include <chrono>

namespace ui {

namespace {

constexpr int RowHeight = 30;
constexpr int SampleRows = 100;
constexpr int MinColumn = 56;
constexpr int MaxColumn = 560;
constexpr std::chrono::milliseconds FitPause{200};

}

RowDelegate::RowDelegate(const Theme& theme, QObject* parent)
    : QStyledItemDelegate(parent)
    , m_theme(theme)
{
}

void RowDelegate::initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    option->font.setStrikeOut(index.data(VoidRole).toBool());
    const auto severity = index.data(SeverityRole);
    const bool alarm = index.data(UnknownRole).toBool()
        || (severity.isValid() && severity.toInt() == static_cast<int>(rfq::Severity::Alarm));
    const bool warning = severity.isValid() && severity.toInt() == static_cast<int>(rfq::Severity::Warning);
    if (!alarm && !warning)
        return;
    const auto& colour = alarm ? m_theme.colours().alarm : m_theme.colours().warning;
    option->palette.setColor(QPalette::Text, colour);
    option->palette.setColor(QPalette::HighlightedText, colour);
    if (alarm)
        option->font.setWeight(QFont::DemiBold);
}

BlotterTable::BlotterTable(const Theme& theme, QString emptyText, QWidget* parent)
    : QTableView(parent)
    , m_theme(theme)
    , m_emptyText(std::move(emptyText))
{
    setItemDelegate(new RowDelegate(theme, this));
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
    setEditTriggers(NoEditTriggers);
    setShowGrid(false);
    setWordWrap(false);
    setSortingEnabled(true);
    setTabKeyNavigation(false);
    setHorizontalScrollMode(ScrollPerPixel);
    verticalHeader()->hide();
    verticalHeader()->setDefaultSectionSize(RowHeight);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setStretchLastSection(true);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    horizontalHeader()->setResizeContentsPrecision(SampleRows);
    m_fit.setSingleShot(true);
    m_fit.setInterval(FitPause);
    connect(&m_fit, &QTimer::timeout, this, &BlotterTable::fitColumns);
}

void BlotterTable::setModel(QAbstractItemModel* model)
{
    QTableView::setModel(model);
    horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    connect(model, &QAbstractItemModel::rowsInserted, this, &BlotterTable::fitColumns);
    connect(model, &QAbstractItemModel::modelReset, this, &BlotterTable::fitColumns);
    connect(model, &QAbstractItemModel::dataChanged, this, [this] {
        if (!m_fit.isActive())
            m_fit.start();
    });
    fitColumns();
}

void BlotterTable::fitColumns()
{
    for (int i = 0; i + 1 < model()->columnCount(); ++i) {
        const auto content = std::max(sizeHintForColumn(i), horizontalHeader()->sectionSizeHint(i));
        const auto wanted = std::clamp(content, MinColumn, MaxColumn);
        if (wanted > columnWidth(i) || model()->rowCount() <= 1)
            setColumnWidth(i, wanted);
    }
}

void BlotterTable::changeEvent(QEvent* event)
{
    QTableView::changeEvent(event);
    // What stands in it before the theme comes was measured with other letters.
    if (model() && (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange))
        fitColumns();
}

void BlotterTable::paintEvent(QPaintEvent* event)
{
    QTableView::paintEvent(event);
    if (!model() || model()->rowCount() > 0)
        return;
    QPainter painter(viewport());
    painter.setPen(m_theme.colours().dimText);
    painter.setFont(m_theme.font(TextSize::Normal));
    painter.drawText(viewport()->rect(), Qt::AlignCenter | Qt::TextWordWrap, m_emptyText);
}

}
