#pragma once

#include "ui/models/desk_model.h"
#include "ui/widgets/desk_dialog.h"

class QCheckBox;
class QLabel;
class QPushButton;

namespace ui {

class RawText;

/// One FIX session: what is known of its connection, why it is down, and what a person can do about it: try again, or
/// start the sequence numbers again at 1, which both sides must have agreed. GUI thread.
class SessionDialog final : public DeskDialog {
    Q_OBJECT

public:
    SessionDialog(DeskModel& desk, rfq::SessionId session, QWidget* parent);

Q_SIGNALS:
    void retryAsked(const QString& session);
    void resetAsked(const QString& session);

private:
    void build();
    void refresh();
    [[nodiscard]] QString warning() const;

    DeskModel& m_desk;
    const rfq::SessionId m_session;
    QLabel* m_state;
    RawText* m_facts;
    QLabel* m_warning;
    QCheckBox* m_agreed;
    QPushButton* m_retry;
    QPushButton* m_reset;
};

}
