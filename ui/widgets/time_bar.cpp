#include "ui/widgets/time_bar.h"

#include <QPainter>

#include <algorithm>

namespace ui {

namespace {

constexpr int Segments = 12;
constexpr double Gap = 2;

}

QColor urgencyColour(Urgency urgency, const Colours& colours)
{
    switch (urgency) {
    case Urgency::Calm:
        return colours.accent;
    case Urgency::Soon:
        return colours.warning;
    case Urgency::Now:
        return colours.alarm;
    }
    return colours.accent;
}

void paintTimeBar(QPainter& painter, const QRectF& box, double fraction, Urgency urgency, const Colours& colours)
{
    const double width = (box.width() - Gap * (Segments - 1)) / Segments;
    const double filled = std::clamp(fraction, 0.0, 1.0) * Segments;
    const auto colour = urgencyColour(urgency, colours);
    painter.setPen(Qt::NoPen);
    for (int i = 0; i < Segments; ++i) {
        const QRectF segment(box.left() + i * (width + Gap), box.top(), width, box.height());
        painter.fillRect(segment, colours.barGround);
        const double part = std::clamp(filled - i, 0.0, 1.0);
        QRectF lit(segment.topLeft(), QSizeF(segment.width() * part, segment.height()));
        if (urgency != Urgency::Calm)
            lit.setTop(segment.bottom() - segment.height() * (urgency == Urgency::Soon ? 0.7 : 0.45));
        painter.fillRect(lit, colour);
    }
}

}
