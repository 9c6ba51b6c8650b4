#pragma once

#include <QCheckBox>
#include <QRadioButton>

namespace ui {

/// A check box whose tick is seen: the style sheet takes away the native one, this paints ours, in the theme's colour.
/// With the focus its words are underlined.
class TickBox final : public QCheckBox {
public:
    using QCheckBox::QCheckBox;

protected:
    void paintEvent(QPaintEvent* event) override;
};

/// One of several choices; with the focus its words are underlined.
class RadioChoice final : public QRadioButton {
public:
    using QRadioButton::QRadioButton;

protected:
    void paintEvent(QPaintEvent* event) override;
};

}
