#pragma once

#include "ui/models/desk_model.h"
#include "ui/widgets/desk_dialog.h"

class QLabel;
class QLineEdit;
class QPushButton;

namespace ui {

/// One incident: acknowledge it with a note, or dispute its execution. GUI thread.
class IncidentDialog final : public DeskDialog {
    Q_OBJECT

public:
    enum class Purpose { Acknowledge, Dispute };

    IncidentDialog(DeskModel& desk, const rfq::Incident& incident, Purpose purpose, QWidget* parent);

private:
    void build(const rfq::Incident& incident);
    void act();
    void showProblem(const base::Error& error);

    DeskModel& m_desk;
    const rfq::IncidentId m_incident;
    const Purpose m_purpose;
    QLineEdit* m_note; ///< null for a dispute
    QLabel* m_problem;
    QPushButton* m_act;
};

}
