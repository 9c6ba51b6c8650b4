#pragma once

#include "core/rfq/key_manager.h"
#include "ui/widgets/theme.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace ui {

class KeyPicture;

/// "Touch your key now": a picture of a key, what the touch is for, the seconds left, and a way out that is always
/// live.
class TouchView final : public QWidget {
    Q_OBJECT

public:
    TouchView(const Theme& theme, QWidget* parent);

    /// What the touch agrees to.
    void setPurpose(const QString& words);
    /// The key waits for the touch, or for the next word from it while it does not say so yet.
    void wait(const std::optional<rfq::KeyTouch>& touch);

Q_SIGNALS:
    void cancelled();

private:
    KeyPicture* m_picture;
    QLabel* m_title;
    QLabel* m_purpose;
    QLabel* m_left;
    QPushButton* m_cancel;
};

}
