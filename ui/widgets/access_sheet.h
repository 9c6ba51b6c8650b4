#pragma once

#include "core/rfq/access.h"
#include "ui/widgets/theme.h"

#include <QWidget>

class QGridLayout;
class QLabel;
class QPushButton;

namespace ui {

struct Denial;

/// The access decision of one session, line by line: what scored what, the sum, what follows from it and what the
/// person can do. GUI thread.
class AccessSheet final : public QWidget {
    Q_OBJECT

public:
    AccessSheet(const Theme& theme, rfq::SessionId session, QWidget* parent);

    void show(const rfq::AccessState& state);
    /// Turned away before anything was scored: what was scored before counts for nothing.
    void show(const Denial& denial);
    using QWidget::show;
    /// Below a heading that names the session: without its own name, and without margins beside.
    void alignWithHeading();

Q_SIGNALS:
    void askAgain(const rfq::SessionId& session);

private:
    void build();
    void showLines(const rfq::AccessState& state);
    void addLine(int row, const rfq::AccessLine& line);
    void showOutcome(const rfq::AccessState& state);

    const Theme& m_theme;
    const rfq::SessionId m_session;
    QLabel* m_heading;
    QLabel* m_outcome;
    QWidget* m_table;
    QGridLayout* m_rows;
    QLabel* m_total;
    QLabel* m_changes;
    QLabel* m_advice;
    QLabel* m_stepUp;
    QLabel* m_reference;
    QPushButton* m_again;
    std::optional<rfq::AccessNotice> m_shown; ///< whose lines stand in the table
};

}
