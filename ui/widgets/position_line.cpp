#include "ui/widgets/position_line.h"

#include "ui/models/format.h"
#include "ui/models/position_text.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/details_dialog.h"

#include <algorithm>

namespace ui {
using namespace Qt::StringLiterals;

namespace {

constexpr std::chrono::minutes LookAgain{1};
constexpr int Padding = 40;
constexpr int MinWidth = 120;

/// What is uncertain first: it must not be what a narrow window cuts off.
std::vector<rfq::PositionRange> uncertainFirst(std::vector<rfq::PositionRange> all)
{
    std::stable_partition(
        all.begin(), all.end(), [](const rfq::PositionRange& range) { return !range.unknown.empty(); });
    return all;
}

}

PositionLine::PositionLine(DeskModel& desk, QWidget* parent)
    : QToolButton(parent)
    , m_desk(desk)
{
    setObjectName(u"positionLine"_s);
    setStyleProperty(*this, "kind", u"quiet"_s);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    connect(&desk, &DeskModel::rfqsChanged, this, &PositionLine::refresh);
    connect(&m_newDay, &QTimer::timeout, this, &PositionLine::refresh);
    connect(this, &QToolButton::clicked, this, &PositionLine::list);
    m_newDay.start(LookAgain);
    refresh();
}

void PositionLine::refresh()
{
    QStringList pairs;
    bool uncertain = false;
    for (const auto& range : uncertainFirst(m_desk.service().positions())) {
        pairs << positionText(range);
        uncertain = uncertain || !range.unknown.empty();
    }
    m_whole = pairs.isEmpty() ? tr("Flat today") : tr("Today: %1").arg(pairs.join(u" · "_s));
    setStyleProperty(*this, "alarm", uncertain ? u"true"_s : u"false"_s);
    setAccessibleName(tr("Position of the trade date. %1").arg(m_whole));
    setToolTip(
        tr("Position of the trade date in base currency:\n%1").arg(pairs.isEmpty() ? tr("flat") : pairs.join(u'\n')));
    fit();
    updateGeometry();
}

void PositionLine::fit()
{
    setText(fontMetrics().elidedText(m_whole, Qt::ElideRight, std::max(0, width() - Padding)));
}

QSize PositionLine::sizeHint() const
{
    return {fontMetrics().horizontalAdvance(m_whole) + Padding + 2, QToolButton::sizeHint().height()};
}

QSize PositionLine::minimumSizeHint() const
{
    return {std::min(MinWidth, sizeHint().width()), sizeHint().height()};
}

void PositionLine::resizeEvent(QResizeEvent* event)
{
    QToolButton::resizeEvent(event);
    fit();
}

void PositionLine::list()
{
    RawView view;
    view.title = tr("Position of the trade date, in base currency");
    for (const auto& range : uncertainFirst(m_desk.service().positions())) {
        QStringList orders;
        for (const auto& order : range.unknown)
            orders << ui::text(order.text());
        const auto words = positionText(range).section(u' ', 1);
        view.facts.emplace_back(ui::text(range.symbol),
            orders.isEmpty() ? words : tr("%1, depending on %2").arg(words, orders.join(u", "_s)));
    }
    if (view.facts.empty())
        view.facts.emplace_back(tr("All pairs"), tr("flat"));
    (new DetailsDialog(view, window()))->show();
}

}
