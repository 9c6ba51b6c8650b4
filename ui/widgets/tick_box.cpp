#include "ui/widgets/tick_box.h"

#include "ui/widgets/glyphs.h"

#include <QPainter>
#include <QStyleOptionButton>

namespace ui {

namespace {

constexpr int FocusLine = 2;

/// `contents`: where the words stand.
void paintFocusLine(QPainter& painter, const QAbstractButton& button, const QRect& contents)
{
    if (!button.hasFocus())
        return;
    const auto metrics = button.fontMetrics();
    const int width = metrics.size(Qt::TextShowMnemonic, button.text()).width();
    const int top = contents.center().y() + metrics.height() / 2 + 1;
    painter.fillRect(contents.left(), top, width, FocusLine, button.palette().color(QPalette::Highlight));
}

}

void TickBox::paintEvent(QPaintEvent* event)
{
    QCheckBox::paintEvent(event);
    QStyleOptionButton option;
    initStyleOption(&option);
    QPainter painter(this);
    paintFocusLine(painter, *this, style()->subElementRect(QStyle::SE_CheckBoxContents, &option, this));
    if (!isChecked())
        return;
    const QRectF box = style()->subElementRect(QStyle::SE_CheckBoxIndicator, &option, this);
    const auto group = isEnabled() ? QPalette::Active : QPalette::Disabled;
    paintGlyph(painter, box.adjusted(3, 3, -3, -3), Glyph::Tick, palette().color(group, QPalette::HighlightedText));
}

void RadioChoice::paintEvent(QPaintEvent* event)
{
    QRadioButton::paintEvent(event);
    QStyleOptionButton option;
    initStyleOption(&option);
    QPainter painter(this);
    paintFocusLine(painter, *this, style()->subElementRect(QStyle::SE_RadioButtonContents, &option, this));
}

}
