#include "ui/widgets/blotter_panel.h"

#include "ui/models/csv.h"
#include "ui/models/format.h"
#include "ui/widgets/blotter_table.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/position_line.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace ui {
using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t UnknownPage = 2;
constexpr std::size_t IncidentsPage = 3;

}

BlotterPanel::BlotterPanel(const Theme& theme, DeskModel& desk, QWidget* parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_desk(desk)
    , m_tabRow(new QHBoxLayout)
    , m_tabs(new QButtonGroup(this))
    , m_stack(new QStackedWidget(this))
    , m_position(new PositionLine(desk, this))
    , m_filter(new QLineEdit(this))
{
    setObjectName(u"blotterPanel"_s);
    setAttribute(Qt::WA_StyledBackground);
    m_filter->setObjectName(u"blotterFilter"_s);
    m_filter->setPlaceholderText(tr("Filter (Ctrl+F)"));
    m_filter->setAccessibleName(tr("Filter the table"));
    m_filter->setClearButtonEnabled(true);
    m_filter->setMinimumWidth(110);
    m_filter->setMaximumWidth(220);
    auto* save = pushButton(u"blotterExport"_s, tr("Export CSV"), u"quiet"_s, this);
    save->setToolTip(tr("Saves the rows that are shown"));

    auto* bar = new QHBoxLayout;
    bar->setContentsMargins(grid::Step, 0, grid::Step, 0);
    bar->setSpacing(grid::Step);
    m_tabRow->setSpacing(0);
    bar->addLayout(m_tabRow);
    bar->addStretch();
    bar->addWidget(m_position);
    bar->addWidget(m_filter);
    bar->addWidget(save);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(grid::Small);
    column->addLayout(bar);
    column->addWidget(m_stack, 1);

    addPage(u"rfqs"_s, tr("Requests"), desk.rfqs(), tr("No requests yet. They appear here and stay after a restart."));
    addPage(u"trades"_s, tr("Trades"), desk.trades(),
        tr("No trades yet. A deal appears here once the dealer confirms it."));
    addPage(u"unknown"_s, tr("Unknown"), desk.unknown(), tr("Every outcome is known. Nothing to do."));
    addPage(
        u"incidents"_s, tr("Incidents"), desk.incidents(), tr("No incidents. What must not happen has not happened."));
    addPage(u"events"_s, tr("Events"), desk.events(), tr("Nothing has happened yet."));
    addPage(u"sessions"_s, tr("Sessions"), desk.sessions(), tr("Sessions appear here when you sign in."));
    showPage(0);
    showCounts();
    connect(m_filter, &QLineEdit::textChanged, this, &BlotterPanel::applyFilter);
    connect(save, &QPushButton::clicked, this, &BlotterPanel::exportShown);
    connect(&desk, &DeskModel::unknownChanged, this, &BlotterPanel::showCounts);
    connect(&desk, &DeskModel::incidentsChanged, this, &BlotterPanel::showCounts);
    connect(&theme, &Theme::changed, this, QOverload<>::of(&QWidget::update));
}

void BlotterPanel::addPage(const QString& name, const QString& title, QAbstractItemModel& model, const QString& empty)
{
    auto* rows = new QSortFilterProxyModel(this);
    rows->setSourceModel(&model);
    rows->setSortRole(SortRole);
    rows->setFilterKeyColumn(-1);
    rows->setFilterCaseSensitivity(Qt::CaseInsensitive);
    auto* view = new BlotterTable(m_theme, empty, this);
    view->setObjectName(name + u"Table");
    view->setAccessibleName(title);
    view->setModel(rows);
    connect(view, &QTableView::activated, this, &BlotterPanel::open);
    auto* tab = toolButton(name + u"Tab", title, u"tab"_s, this);
    tab->setCheckable(true);
    const auto index = static_cast<int>(m_pages.size());
    connect(tab, &QToolButton::clicked, this, [this, index] { showPage(index); });
    m_tabs->addButton(tab, index);
    m_tabRow->addWidget(tab);
    m_stack->addWidget(view);
    m_pages.push_back({tab, view, rows, u"countersign-"_s + name});
}

void BlotterPanel::showPage(int index)
{
    m_tabs->button(index)->setChecked(true);
    m_stack->setCurrentIndex(index);
}

void BlotterPanel::showCounts()
{
    const auto unknown = m_desk.unknown().rowCount();
    showCount(UnknownPage, tr("Unknown (%1)").arg(unknown), unknown);
    const auto open = static_cast<int>(m_desk.incidents().unacknowledged().size());
    showCount(IncidentsPage, tr("Incidents (%1)").arg(open), open);
}

void BlotterPanel::showCount(std::size_t page, const QString& text, int count)
{
    auto* tab = m_pages[page].tab;
    tab->setText(text);
    setStyleProperty(*tab, "alarm", count > 0 ? u"true"_s : u"false"_s);
}

void BlotterPanel::open(const QModelIndex& index)
{
    if (const auto incident = index.data(IncidentRole).toString(); !incident.isEmpty())
        Q_EMIT incidentOpened(rfq::IncidentId(incident.toStdString()));
    else if (const auto session = index.data(SessionRole).toString(); !session.isEmpty())
        Q_EMIT sessionOpened(session);
    else if (const auto request = index.data(IdRole).toString(); !request.isEmpty())
        Q_EMIT requestOpened(rfq::RfqId(request.toStdString()));
}

void BlotterPanel::focusFilter()
{
    m_filter->setFocus(Qt::ShortcutFocusReason);
    m_filter->selectAll();
}

void BlotterPanel::conceal()
{
    m_stack->hide();
    m_position->hide();
}

void BlotterPanel::reveal()
{
    m_stack->show();
    m_position->show();
}

void BlotterPanel::applyFilter()
{
    for (const auto& page : m_pages)
        page.rows->setFilterFixedString(m_filter->text().trimmed());
}

void BlotterPanel::exportShown()
{
    const auto& page = m_pages[static_cast<std::size_t>(m_stack->currentIndex())];
    const auto day = stampText(m_desk.clock().utc()).left(10);
    Q_EMIT exportAsked(page.fileName + u'-' + day + u".csv", toCsv(*page.rows));
}

}
