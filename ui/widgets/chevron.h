#pragma once

#include "ui/widgets/glyphs.h"
#include "ui/widgets/theme.h"

#include <QPaintEvent>
#include <QPainter>

namespace ui {

/// A field that opens something below it: the style sheet takes away the native arrow, this paints ours.
template <typename Field>
class WithChevron final : public Field {
public:
    WithChevron(const Theme& theme, QWidget* parent)
        : Field(parent)
        , m_theme(theme)
    {
    }

protected:
    void paintEvent(QPaintEvent* event) override
    {
        Field::paintEvent(event);
        QPainter painter(this);
        const QRectF box(this->width() - 24, this->height() / 2.0 - 6, 12, 12);
        paintGlyph(painter, box, Glyph::Chevron, m_theme.colours().dimText);
    }

private:
    const Theme& m_theme;
};

}
