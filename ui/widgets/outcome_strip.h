#pragma once

#include "core/base/clock.h"
#include "ui/models/rfq_view.h"
#include "ui/widgets/theme.h"

#include <QWidget>

class QLabel;

namespace ui {

/// The foot of a card: what can be done before the click, what became of it after. An unknown outcome takes the room it
/// needs.
class OutcomeStrip final : public QWidget {
    Q_OBJECT

public:
    OutcomeStrip(const Theme& theme, const base::Clock& clock, QWidget* parent = nullptr);

    /// `hint` stands there while nothing was clicked.
    void show(const OutcomeView& outcome, const QString& hint);
    void conceal();
    void tick();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] QColor tone() const;
    [[nodiscard]] QString toneName() const; ///< the same, as the style sheet names it
    void showHold();

    const Theme& m_theme;
    const base::Clock& m_clock;
    OutcomeView m_outcome;
    QLabel* m_title;
    QLabel* m_text;
    QLabel* m_hold;
    QLabel* m_detail;
    QLabel* m_advice;
    bool m_concealed = false;
};

}
