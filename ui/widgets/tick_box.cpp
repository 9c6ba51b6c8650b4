#include "ui/widgets/tick_box.h"

#include "ui/widgets/glyphs.h"

#include <QPainter>
#include <QStyleOptionButton>

namespace ui {

void TickBox::paintEvent(QPaintEvent* event)
{
    QCheckBox::paintEvent(event);
    if (!isChecked())
        return;
    QStyleOptionButton option;
    initStyleOption(&option);
    const QRectF box = style()->subElementRect(QStyle::SE_CheckBoxIndicator, &option, this);
    QPainter painter(this);
    const auto group = isEnabled() ? QPalette::Active : QPalette::Disabled;
    paintGlyph(painter, box.adjusted(3, 3, -3, -3), Glyph::Tick, palette().color(group, QPalette::HighlightedText));
}

}
