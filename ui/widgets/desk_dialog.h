#pragma once

#include <QDialog>

class QHBoxLayout;
class QScrollArea;
class QVBoxLayout;

namespace ui {

/// A window of its own beside the desk: not modal, gone when closed, and closed when the desk is locked. Escape closes
/// it; no key does anything by default; Tab goes as one reads. It grows with what it has to say, never shrinks under
/// the pointer, and scrolls where the screen is too small, also with Page Up and Page Down; the buttons at its foot are
/// always in sight.
class DeskDialog : public QDialog {
    Q_OBJECT

public:
    static constexpr int Width = 600;

    /// Whether it stays open when nobody is signed in any more. When the desk is locked every one is closed.
    [[nodiscard]] virtual bool staysWhenSignedOut() const { return false; }

protected:
    DeskDialog(const QString& name, const QString& title, QWidget* parent);
    [[nodiscard]] QVBoxLayout& column() const { return *m_column; }
    /// A row of widgets at the foot, pushed to the right.
    void addFoot(std::initializer_list<QWidget*> widgets);
    void showEvent(QShowEvent* event) override;
    /// An edge of its own: two windows upon each other are told apart also where nobody puts a frame around them.
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void growToFit();

    QScrollArea* m_scroll;
    QWidget* m_content;
    QVBoxLayout* m_column;
    QHBoxLayout* m_foot;
};

}
