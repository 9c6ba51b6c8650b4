#pragma once

#include "core/rfq/step_up.h"
#include "ui/models/desk_model.h"
#include "ui/widgets/desk_dialog.h"
#include "ui/widgets/theme.h"

class QCheckBox;
class QLabel;
class QPushButton;

namespace ui {

class KeyPicture;
class SecureLineEdit;

/// Asks for PIN and touch: what is being approved in words, who asks and why, how long there is. Cancel is always live;
/// closing it in any way cancels. The PIN goes from the field's locked memory into StepUp::enterPin and nowhere else.
/// GUI thread.
class StepUpDialog final : public DeskDialog {
    Q_OBJECT

public:
    /// `touch` must outlive it and have a step-up, which it is about.
    StepUpDialog(const Theme& theme, rfq::StepUp& touch, DeskModel& desk, QWidget* parent);

    [[nodiscard]] std::uint64_t number() const { return m_number; }
    /// After something about the step-up has changed, and as time passes.
    void refresh();
    /// Goes without cancelling: it is over, or another one takes its place.
    void dismiss();

protected:
    void closeEvent(QCloseEvent* event) override;

private:
    void build();
    void buildAction(QWidget* text);
    void submit();
    void cancel();
    void showStage(const rfq::StepUpView& view);
    void showProblem(const rfq::StepUpView& view);
    void showPin(const rfq::StepUpView& view);
    [[nodiscard]] const rfq::StepUpView* view() const; ///< null once it is over

    const Theme& m_theme;
    rfq::StepUp& m_touch;
    DeskModel& m_desk;
    const std::uint64_t m_number;
    bool m_over = false;
    KeyPicture* m_picture;
    QLabel* m_stage;
    QLabel* m_left;
    QLabel* m_problemTitle;
    QLabel* m_problemText;
    QPushButton* m_rawToggle;
    QLabel* m_raw;
    QLabel* m_pinCaption;
    SecureLineEdit* m_pin;
    QLabel* m_tries;
    QCheckBox* m_lastTry;
    QPushButton* m_cancel;
    QPushButton* m_again;
    QPushButton* m_confirm;
};

}
