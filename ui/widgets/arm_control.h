#pragma once

#include "core/rfq/access.h"
#include "ui/models/desk_model.h"
#include "ui/widgets/theme.h"

#include <QWidget>

#include <functional>
#include <optional>

class QComboBox;
class QLabel;
class QPushButton;

namespace ui {

/// On the ticket: arms what is filled in, shows what is armed and how long it lasts, and disarms. Deals that an armed
/// ticket covers need no touch. GUI thread.
class ArmControl final : public QWidget {
    Q_OBJECT

public:
    using Draft = std::function<base::Result<rfq::RequestDraft>()>;

    /// `draft` says what the ticket holds now.
    ArmControl(const Theme& theme, DeskModel& desk, rfq::AccessControl& access, Draft draft, QWidget* parent = nullptr);

    void refresh();

private:
    void build();
    void arm();
    void disarm();
    void showTicket(const rfq::ArmedTicket& ticket);
    void showError(const base::Error& error);
    /// What became of it, above what was pressed: scrolls where the ticket has no room for all of it.
    void bringIntoSight();
    [[nodiscard]] base::Result<rfq::ArmScope> scope() const;
    /// The ticket that is armed or on its way, or the one that ended last; null where there is none.
    [[nodiscard]] const rfq::ArmedTicket* ticket() const;

    const Theme& m_theme;
    DeskModel& m_desk;
    rfq::AccessControl& m_access;
    const Draft m_draft;
    QLabel* m_state;
    QLabel* m_scope;
    QLabel* m_left;
    QLabel* m_message;
    QComboBox* m_life;
    QPushButton* m_arm;
    QPushButton* m_disarm;
    std::optional<rfq::ArmPhase> m_phase; ///< that is shown
    rfq::ArmId m_mine; ///< asked for here; what ended before the window opened is no news
};

}
