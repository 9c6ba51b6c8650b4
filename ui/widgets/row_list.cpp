#include "ui/widgets/row_list.h"

#include "ui/models/card_words.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QFrame>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {
using namespace Qt::StringLiterals;

QVBoxLayout* freshRows(QWidget& list)
{
    qDeleteAll(list.findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly));
    delete list.layout();
    auto* rows = new QVBoxLayout(&list);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(grid::Step);
    return rows;
}

QVBoxLayout* addRow(QVBoxLayout& rows, const QString& name, const QString& title)
{
    auto* panel = new QFrame(rows.parentWidget());
    panel->setObjectName(name);
    panel->setAccessibleName(title);
    setStyleProperty(*panel, "kind", u"tokenPanel"_s);
    rows.addWidget(panel);
    auto* lines = new QVBoxLayout(panel);
    lines->setContentsMargins(grid::Panel, grid::Wide, grid::Panel, grid::Wide);
    lines->setSpacing(grid::Small);
    addLine(*lines, name + u"Title"_s, {title, u"strong"_s});
    return lines;
}

void addLine(QVBoxLayout& row, const QString& name, const TonedText& words)
{
    if (words.text.isEmpty())
        return;
    auto* line = label(name, row.parentWidget(), words.text);
    line->setWordWrap(true);
    line->setTextInteractionFlags(Qt::TextSelectableByMouse);
    setTone(*line, words.tone);
    row.addWidget(line);
}

FocusKeeper::FocusKeeper(QWidget& list)
    : m_list(list)
{
    const auto* focused = QApplication::focusWidget();
    if (!focused || !list.isAncestorOf(focused))
        return;
    m_name = focused->objectName();
    const QWidget* row = focused;
    while (row->parentWidget() != &list)
        row = row->parentWidget();
    m_row = row->objectName();
}

FocusKeeper::~FocusKeeper()
{
    if (auto* heir = m_name.isEmpty() ? nullptr : this->heir())
        heir->setFocus(Qt::OtherFocusReason);
}

QWidget* FocusKeeper::heir() const
{
    auto* again = m_list.findChild<QWidget*>(m_name);
    if (again && again->isEnabled())
        return again;
    // What is gone leaves it to its row, so that it does not wander off.
    for (const auto* host : {m_list.findChild<QWidget*>(m_row), &m_list}) {
        const auto parts = host ? host->findChildren<QWidget*>() : QList<QWidget*>();
        const auto usable = std::ranges::find_if(
            parts, [](const auto* part) { return part->isEnabled() && (part->focusPolicy() & Qt::TabFocus) != 0; });
        if (usable != parts.end())
            return *usable;
    }
    return nullptr;
}

}
