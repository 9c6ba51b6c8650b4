#pragma once

#include "core/base/clock.h"
#include "ui/models/rfq_view.h"
#include "ui/widgets/theme.h"

#include <QWidget>

class QHBoxLayout;
class QLabel;
class QPushButton;

namespace ui {

/// What stands in a card's foot besides the outcome.
struct FootNote {
    QString hint; ///< while nothing was clicked: how to deal, or why not
    QString block; ///< why the twin of an unknown outcome may not be dealt; empty where nothing blocks
};

/// The foot of a card: what can be done before the click, what became of it after. An unknown outcome takes the room it
/// needs.
class OutcomeStrip final : public QWidget {
    Q_OBJECT

public:
    OutcomeStrip(const Theme& theme, const base::Clock& clock, QWidget* parent = nullptr);

    void show(const OutcomeView& outcome, const FootNote& note);
    void conceal();
    void tick();

Q_SIGNALS:
    void detailsAsked();
    /// The counterparty, about the unknown outcome.
    void askAsked();
    /// By two persons.
    void closeAsked();
    void twinAsked();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void build();
    void showLines(const FootNote& note);
    void showActions(const FootNote& note);
    void showHold();
    [[nodiscard]] bool holds() const;
    [[nodiscard]] QString holdText(std::chrono::nanoseconds elapsed) const;
    [[nodiscard]] QColor tone() const;
    [[nodiscard]] QString toneName() const; ///< the same, as the style sheet names it

    const Theme& m_theme;
    const base::Clock& m_clock;
    OutcomeView m_outcome;
    QLabel* m_title;
    QLabel* m_text;
    QLabel* m_hold;
    QWidget* m_meter; ///< room for the painted bar
    QLabel* m_detail;
    QLabel* m_advice;
    QLabel* m_evidence;
    QPushButton* m_details;
    QPushButton* m_ask;
    QPushButton* m_close;
    QPushButton* m_twin;
    bool m_late = false; ///< held longer than the trader should take for granted
    bool m_concealed = false;
};

}
