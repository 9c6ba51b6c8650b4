#include "ui/widgets/tab_order.h"

#include <QLayout>
#include <QList>
#include <QScrollArea>
#include <QWidget>

namespace ui {

namespace {

void collectFocusable(const QLayout& layout, QList<QWidget*>& found)
{
    for (int i = 0; i < layout.count(); ++i) {
        auto* item = layout.itemAt(i);
        if (const auto* inner = item->layout())
            collectFocusable(*inner, found);
        auto* widget = item->widget();
        if (!widget)
            continue;
        if ((widget->focusPolicy() & Qt::TabFocus) != 0)
            found << widget;
        const auto* area = qobject_cast<const QScrollArea*>(widget);
        const auto* host = area ? area->widget() : widget;
        if (const auto* inside = host ? host->layout() : nullptr)
            collectFocusable(*inside, found);
    }
}

}

void orderTabs(QLayout& layout)
{
    QList<QWidget*> found;
    collectFocusable(layout, found);
    for (qsizetype i = 1; i < found.size(); ++i)
        QWidget::setTabOrder(found[i - 1], found[i]);
}

}
