#include "ui/widgets/glyphs.h"

#include <QIconEngine>
#include <QPainter>
#include <QPainterPath>

namespace ui {

namespace {

/// Paints on a 16 by 16 field.
using Pen = QPainter;

void stroke(Pen& p, const QColor& colour, double width = 1.6)
{
    p.setPen(QPen(colour, width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    p.setBrush(Qt::NoBrush);
}

void fill(Pen& p, const QColor& colour)
{
    p.setPen(Qt::NoPen);
    p.setBrush(colour);
}

void paintBrand(Pen& p, const QColor& colour)
{
    stroke(p, colour, 1.5);
    p.drawPolygon(QPolygonF({{8, 0.9}, {15.1, 8}, {8, 15.1}, {0.9, 8}}));
    stroke(p, colour, 1.5);
    p.drawPolyline(QPolygonF({{5.2, 8.1}, {7.2, 10.1}, {10.5, 6.3}}));
}

void paintLock(Pen& p, const QColor& colour)
{
    stroke(p, colour);
    QPainterPath shackle;
    shackle.moveTo(5, 7.5);
    shackle.lineTo(5, 5);
    shackle.arcTo(QRectF(5, 2, 6, 6), 180, -180);
    shackle.lineTo(11, 7.5);
    p.drawPath(shackle);
    fill(p, colour);
    p.drawRoundedRect(QRectF(3, 7.2, 10, 7), 1.5, 1.5);
}

void paintKey(Pen& p, const QColor& colour)
{
    stroke(p, colour);
    p.drawEllipse(QPointF(5, 8), 3, 3);
    p.drawPolyline(QPolygonF({{8, 8}, {14.5, 8}, {14.5, 10.8}}));
    p.drawLine(QPointF(11.7, 8), QPointF(11.7, 10.2));
}

void paintMenu(Pen& p, const QColor& colour)
{
    stroke(p, colour);
    for (const double y : {4.0, 8.0, 12.0})
        p.drawLine(QPointF(2.5, y), QPointF(13.5, y));
}

void paintWarning(Pen& p, const QColor& colour)
{
    stroke(p, colour);
    p.drawPolygon(QPolygonF({{8, 2}, {14.5, 13.5}, {1.5, 13.5}}));
    p.drawLine(QPointF(8, 6.5), QPointF(8, 9.5));
    fill(p, colour);
    p.drawEllipse(QPointF(8, 11.6), 0.9, 0.9);
}

void paintQuestion(Pen& p, const QColor& colour)
{
    stroke(p, colour);
    p.drawEllipse(QPointF(8, 8), 6.5, 6.5);
    QPainterPath hook;
    hook.moveTo(6, 6.4);
    hook.cubicTo(6.2, 3.6, 10.4, 4.2, 9.9, 6.8);
    hook.cubicTo(9.6, 8.0, 8, 7.9, 8, 9.4);
    p.drawPath(hook);
    fill(p, colour);
    p.drawEllipse(QPointF(8, 11.7), 0.9, 0.9);
}

void paintOn16(Pen& p, Glyph glyph, const QColor& colour)
{
    switch (glyph) {
    case Glyph::Brand:
        return paintBrand(p, colour);
    case Glyph::Lock:
        return paintLock(p, colour);
    case Glyph::Key:
        return paintKey(p, colour);
    case Glyph::Menu:
        return paintMenu(p, colour);
    case Glyph::Tick:
        stroke(p, colour, 2);
        p.drawPolyline(QPolygonF({{3, 8.5}, {6.5, 12}, {13, 4.5}}));
        return;
    case Glyph::Cross:
        stroke(p, colour, 2);
        p.drawLine(QPointF(4, 4), QPointF(12, 12));
        p.drawLine(QPointF(12, 4), QPointF(4, 12));
        return;
    case Glyph::Chevron:
        stroke(p, colour, 2);
        p.drawPolyline(QPolygonF({{3, 6}, {8, 11}, {13, 6}}));
        return;
    case Glyph::Warning:
        return paintWarning(p, colour);
    case Glyph::Question:
        return paintQuestion(p, colour);
    case Glyph::Diamond:
        fill(p, colour);
        p.drawPolygon(QPolygonF({{8, 2}, {14, 8}, {8, 14}, {2, 8}}));
        return;
    case Glyph::DotFull:
        fill(p, colour);
        p.drawEllipse(QPointF(8, 8), 5, 5);
        return;
    case Glyph::DotHalf:
        stroke(p, colour);
        p.drawEllipse(QPointF(8, 8), 4.6, 4.6);
        fill(p, colour);
        p.drawPie(QRectF(3.4, 3.4, 9.2, 9.2), 90 * 16, 180 * 16);
        return;
    case Glyph::DotRing:
        stroke(p, colour, 2);
        p.drawEllipse(QPointF(8, 8), 4.4, 4.4);
        return;
    case Glyph::DotDash:
        stroke(p, colour, 2.4);
        p.drawLine(QPointF(4, 8), QPointF(12, 8));
        return;
    }
}

class GlyphEngine final : public QIconEngine {
public:
    GlyphEngine(Glyph glyph, const QColor& colour)
        : m_glyph(glyph)
        , m_colour(colour)
    {
    }

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode, QIcon::State) override
    {
        paintGlyph(*painter, rect, m_glyph, m_colour);
    }
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override
    {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect({0, 0}, size), mode, state);
        return pixmap;
    }
    [[nodiscard]] QIconEngine* clone() const override { return new GlyphEngine(*this); }

private:
    Glyph m_glyph;
    QColor m_colour;
};

}

void paintGlyph(QPainter& painter, const QRectF& box, Glyph glyph, const QColor& colour)
{
    const auto side = std::min(box.width(), box.height());
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(box.center() - QPointF(side / 2, side / 2));
    painter.scale(side / 16, side / 16);
    paintOn16(painter, glyph, colour);
    painter.restore();
}

QIcon glyphIcon(Glyph glyph, const QColor& colour)
{
    return QIcon(new GlyphEngine(glyph, colour));
}

}
