#include "ui/widgets/quote_stack.h"

#include <QApplication>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {

QuoteStack::QuoteStack(const Theme& theme, const base::Clock& clock, ClickJudge judge, QWidget* parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_clock(clock)
    , m_judge(std::move(judge))
    , m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(0);
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget* before, QWidget*) {
        if (before && isAncestorOf(before))
            sortIfFree();
    });
}

void QuoteStack::show(const RfqView& view)
{
    m_order.clear();
    for (const auto& line : view.lines) {
        m_order.push_back(line.dealer);
        auto* row = rowOf(line.dealer);
        if (!row)
            row = addRow();
        row->setObjectName(u"quoteRow-" + text(line.dealer.text()));
        row->show(view, line);
    }
    sortIfFree();
}

void QuoteStack::conceal()
{
    for (auto* row : m_rows)
        row->conceal();
}

void QuoteStack::tick()
{
    for (auto* row : m_rows)
        row->tick();
}

void QuoteStack::restartGuard()
{
    for (auto* row : m_rows)
        row->restartGuard();
}

DealButton* QuoteStack::bestButton(rfq::Side side) const
{
    for (const auto* row : m_rows) {
        if (auto* button = row->bestButton(side))
            return button;
    }
    return nullptr;
}

void QuoteStack::enterEvent(QEnterEvent*)
{
    m_pointerInside = true;
}

void QuoteStack::leaveEvent(QEvent*)
{
    m_pointerInside = false;
    sortIfFree();
}

bool QuoteStack::isFrozen() const
{
    const auto* focus = QApplication::focusWidget();
    return m_pointerInside || (focus && isAncestorOf(focus));
}

QuoteRow* QuoteStack::rowOf(const rfq::DealerId& dealer) const
{
    const auto it = std::ranges::find(m_rows, dealer, &QuoteRow::dealer);
    return it == m_rows.end() ? nullptr : *it;
}

QuoteRow* QuoteStack::addRow()
{
    auto* row = new QuoteRow(m_theme, m_clock, m_judge, this);
    connect(row, &QuoteRow::dealt, this, &QuoteStack::dealt);
    m_rows.push_back(row);
    m_layout->addWidget(row);
    return row;
}

void QuoteStack::sortIfFree()
{
    if (isFrozen())
        return;
    std::vector<QuoteRow*> sorted;
    for (const auto& dealer : m_order) {
        if (auto* row = rowOf(dealer))
            sorted.push_back(row);
    }
    if (sorted == m_rows || sorted.size() != m_rows.size())
        return;
    m_rows = std::move(sorted);
    for (auto* row : m_rows)
        m_layout->removeWidget(row);
    for (auto* row : m_rows)
        m_layout->addWidget(row);
}

}
