#pragma once

#include "ui/widgets/glyphs.h"
#include "ui/widgets/theme.h"

#include <QWidget>

class QHBoxLayout;
class QLabel;
class QPushButton;

namespace ui {

/// Below the header, above everything else, whatever is filtered, scrolled or docked: something that a person must
/// settle. Shows one matter, and leads to the next where there are more. GUI thread.
class AlertBanner : public QWidget {
    Q_OBJECT

public:
    /// Prices are away: the words too.
    void conceal();
    void reveal();

protected:
    AlertBanner(const Theme& theme, Glyph glyph, const QString& name, QWidget* parent);

    [[nodiscard]] QPushButton* addButton(const QString& name, const QString& text);
    /// So many matters there are; hides with none. Calls showMatter() with the one to show.
    void refresh(int count);
    /// The title, then what happens or what to do.
    void say(const QString& title, const QString& text);
    [[nodiscard]] int current() const { return m_current; }
    virtual void showMatter(int index) = 0;

    void paintEvent(QPaintEvent* event) override;

private:
    void next();

    const Theme& m_theme;
    const Glyph m_glyph;
    QLabel* m_title;
    QLabel* m_text;
    QLabel* m_place;
    QPushButton* m_next;
    QHBoxLayout* m_buttons;
    int m_count = 0;
    int m_current = 0;
    bool m_concealed = false;
};

}
