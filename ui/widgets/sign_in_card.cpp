#include "ui/widgets/sign_in_card.h"

#include <QPainter>

namespace ui {
using namespace Qt::StringLiterals;

namespace {

constexpr int CardWidth = 400;
constexpr int CardMargin = 32;
constexpr int MarkSize = 44;

}

SignInCard::SignInCard(const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setObjectName(u"signInCard"_s);
    setFixedWidth(CardWidth);
}

void SignInCard::setMark(Glyph mark)
{
    m_mark = mark;
    update();
}

QMargins SignInCard::margins()
{
    return {CardMargin, CardMargin + MarkSize + grid::Panel, CardMargin, CardMargin};
}

void SignInCard::paintEvent(QPaintEvent*)
{
    const auto& c = m_theme.colours();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(c.line, 1));
    painter.setBrush(c.panel);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
    paintGlyph(painter, QRectF(CardMargin, CardMargin, MarkSize, MarkSize), m_mark, c.accent);
}

}
