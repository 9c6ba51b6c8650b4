#pragma once

#include <QColor>
#include <QIcon>
#include <QRectF>

class QPainter;

namespace ui {

/// Small signs, drawn in code so that they scale and follow the theme. Each differs in shape, not only in colour.
enum class Glyph {
    Brand,
    Lock,
    Key,
    Menu,
    Tick,
    Cross,
    Chevron,
    Warning,
    Question,
    Diamond, ///< best
    DotFull, ///< up
    DotHalf, ///< on its way
    DotRing, ///< waiting
    DotDash, ///< off
};

void paintGlyph(QPainter& painter, const QRectF& box, Glyph glyph, const QColor& colour);
[[nodiscard]] QIcon glyphIcon(Glyph glyph, const QColor& colour);

}
