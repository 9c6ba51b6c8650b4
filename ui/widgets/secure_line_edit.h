#pragma once

#include "core/base/secret_bytes.h"
#include "ui/widgets/theme.h"

#include <QTimer>
#include <QWidget>

namespace ui {

/// A field for a PIN. What is typed goes straight into locked memory and never becomes a QString: there is no text(),
/// no undo, no clipboard, no input method, no drag. GUI thread.
class SecureLineEdit final : public QWidget {
    Q_OBJECT

public:
    explicit SecureLineEdit(const Theme& theme, QWidget* parent = nullptr);

    /// Hands the secret over; the field is empty afterwards.
    [[nodiscard]] base::SecretBytes take();
    [[nodiscard]] bool isEmpty() const { return m_secret.empty(); }
    void clear();

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

Q_SIGNALS:
    /// Something was typed or removed. Carries nothing.
    void edited();
    void submitted();

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void type(QKeyEvent* event);
    void chop();

    const Theme& m_theme;
    base::SecretBytes m_secret;
    int m_characters = 0;
    QTimer m_blink;
    bool m_caret = true;
};

}
