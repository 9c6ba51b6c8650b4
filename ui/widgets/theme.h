#pragma once

#include <QColor>
#include <QFont>
#include <QObject>
#include <QString>

class QApplication;
class QPalette;

namespace ui {

enum class ThemeName { Dark, Light };

/// The colours of one theme, named by meaning. Text on its ground holds a contrast of 4.5:1 at least.
struct Colours {
    QColor window; ///< behind everything
    QColor panel;
    QColor card; ///< raised above a panel
    QColor field; ///< where something can be typed
    QColor line; ///< borders and rules
    QColor strongLine; ///< borders of controls, 3:1 at least against their ground: without them a field is not seen
    QColor text;
    QColor dimText;
    QColor faintText; ///< only beside a stronger text that says the same
    QColor accent; ///< focus, selection, brand
    QColor onAccent;
    QColor buy;
    QColor buyHover;
    QColor sell;
    QColor sellHover;
    QColor onDeal; ///< text on buy and sell
    QColor good;
    QColor warning;
    QColor alarm;
    QColor onAlarm;
    QColor barGround;
};

/// Spacing on a 4 px grid, in device-independent pixels.
namespace grid {
inline constexpr int Small = 4;
inline constexpr int Step = 8;
inline constexpr int Wide = 12;
inline constexpr int Panel = 16;
inline constexpr int Radius = 4;
}

enum class TextSize { Small, Normal, Large, Title, Pips };

/// How the desk looks. Applied to the application once; widgets that paint themselves ask here. GUI thread.
class Theme final : public QObject {
    Q_OBJECT

public:
    explicit Theme(ThemeName name, QObject* parent = nullptr);

    [[nodiscard]] ThemeName name() const { return m_name; }
    [[nodiscard]] const Colours& colours() const { return m_colours; }
    /// A font of the desk. All its digits are equally wide, so numbers do not dance.
    [[nodiscard]] QFont font(TextSize size, QFont::Weight weight = QFont::Normal) const;

    void apply(QApplication& application) const;
    void change(ThemeName name);

Q_SIGNALS:
    void changed();

private:
    [[nodiscard]] QPalette palette() const;

    ThemeName m_name;
    Colours m_colours;
    QString m_family;
};

/// Qt style sheet of the plain controls in these colours.
[[nodiscard]] QString styleSheet(const Colours& colours);

/// The contrast of two colours after WCAG 2.1: 1 to 21.
[[nodiscard]] double contrast(const QColor& a, const QColor& b);

}
