#pragma once

#include "ui/widgets/theme.h"

#include <QRectF>

class QPainter;

namespace ui {

/// Paints how much of a time is left (or used up), 0 to 1. What is urgent differs in pattern as well as in colour.
enum class Urgency { Calm, Soon, Now };
void paintTimeBar(QPainter& painter, const QRectF& box, double fraction, Urgency urgency, const Colours& colours);

[[nodiscard]] QColor urgencyColour(Urgency urgency, const Colours& colours);

}
