#pragma once

#include <QtCore/QVariantAnimation>
#include <QtWidgets/QAbstractButton>

namespace virtual_key {

/// A security key, drawn: its metal disc is the button that touches it, and glows while the key waits for a finger.
class KeyPicture final : public QAbstractButton {
    Q_OBJECT

public:
    explicit KeyPicture(QWidget* parent = nullptr);

    void setPlugged(bool plugged);
    void setWaiting(bool waiting);

    [[nodiscard]] QSize sizeHint() const override { return {264, 112}; }

protected:
    void paintEvent(QPaintEvent* event) override;
    [[nodiscard]] bool hitButton(const QPoint& position) const override;

private:
    [[nodiscard]] QRectF body() const;
    [[nodiscard]] QRectF disc() const;

    bool m_plugged = false;
    bool m_waiting = false;
    QVariantAnimation m_glow; ///< 0 to 1 and back
};

}
