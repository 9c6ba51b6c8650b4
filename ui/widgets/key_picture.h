#pragma once

#include "ui/widgets/theme.h"

#include <QWidget>

namespace ui {

/// A security key as it lies in the hand, so that the person knows which thing is meant. Its contact is lit while it
/// waits for the finger: the shape changes with it, not the colour alone.
class KeyPicture final : public QWidget {
    Q_OBJECT

public:
    KeyPicture(const Theme& theme, QWidget* parent);

    void showTouch(bool waits);
    [[nodiscard]] QSize sizeHint() const override { return {96, 176}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const Theme& m_theme;
    bool m_waits = false;
};

}
