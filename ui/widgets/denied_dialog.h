#pragma once

#include "ui/models/denial.h"
#include "ui/models/desk_model.h"
#include "ui/widgets/desk_dialog.h"
#include "ui/widgets/theme.h"

class QLabel;
class QPushButton;

namespace ui {

class AccessSheet;

/// Denied, explained: who refuses what, which attribute scored what where anything was scored, what the person can do,
/// when the desk tries again, and the reference for the help desk. It follows the session, and closes by itself when
/// it is let in. GUI thread.
class DeniedDialog final : public DeskDialog {
    Q_OBJECT

public:
    DeniedDialog(const Theme& theme, DeskModel& desk, rfq::SessionId session, QWidget* parent);

    [[nodiscard]] const rfq::SessionId& session() const { return m_session; }

Q_SIGNALS:
    void retryAsked(const QString& session);

private:
    void build();
    void refresh();
    void show(const Denial& denial);
    void showNextTry();

    DeskModel& m_desk;
    const rfq::SessionId m_session;
    QLabel* m_heading;
    QLabel* m_words;
    AccessSheet* m_sheet;
    QLabel* m_advice;
    QLabel* m_reference;
    QLabel* m_next;
    QPushButton* m_copy;
    QPushButton* m_retry;
    std::optional<Denial> m_shown;
};

}
