#pragma once

#include <QCheckBox>

namespace ui {

/// A check box whose tick is seen: the style sheet takes away the native one, this paints ours, in the theme's colour.
class TickBox final : public QCheckBox {
public:
    using QCheckBox::QCheckBox;

protected:
    void paintEvent(QPaintEvent* event) override;
};

}
