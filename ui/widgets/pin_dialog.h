#pragma once

#include "core/rfq/key_manager.h"
#include "ui/models/card_words.h"
#include "ui/widgets/desk_dialog.h"
#include "ui/widgets/theme.h"

#include <functional>
#include <optional>

class QCheckBox;
class QLabel;
class QPushButton;

namespace ui {

class PinDialog;
class ProblemView;
class SecureLineEdit;
class TouchView;

/// What is set, in words, and who sets it.
struct PinTask {
    QString title;
    QString explanation;
    QString given; ///< caption of what is given: "Present PIN", "PUK"; empty: nothing is
    QString rule; ///< what a new PIN looks like
    QString done;
    TonedText tries; ///< what is left for what is given, where it is known
    bool lastTry = false; ///< it must be confirmed before it is used
    std::function<void(base::SecretBytes given, base::SecretBytes next, rfq::LastTry lastTry)> start;
    std::function<void()> cancel; ///< null: what was begun goes on to its end
};

/// Sets the PIN of a card or a security key: what is given, the new PIN, and the new PIN again. The secrets go from the
/// fields' locked memory into PinTask::start and nowhere else. GUI thread.
class PinDialog final : public DeskDialog {
    Q_OBJECT

public:
    PinDialog(const Theme& theme, QWidget* parent);
    ~PinDialog() override;

    void setTask(PinTask task);

    void touch(const rfq::KeyTouch& touch);
    void succeed();
    /// `blocked`: there is nothing to try again with.
    void refuse(const ErrorText& words, const std::string& detail, const TonedText& tries, bool lastTry, bool blocked);

    [[nodiscard]] bool staysWhenSignedOut() const override { return true; }

private:
    enum class Phase { Asking, Working, Over };

    void build();
    SecureLineEdit* field(const QString& name, QLabel*& caption, const QString& words);
    void submit();
    void showTries(const TonedText& tries, bool lastTry);
    void showPhase();
    [[nodiscard]] bool isComplete() const;

    const Theme& m_theme;
    PinTask m_task;
    Phase m_phase = Phase::Asking;
    bool m_lastTryAsked = false;
    QLabel* m_title;
    QLabel* m_explanation;
    QLabel* m_givenCaption = nullptr;
    SecureLineEdit* m_given;
    QLabel* m_nextCaption = nullptr;
    SecureLineEdit* m_next;
    QLabel* m_againCaption = nullptr;
    SecureLineEdit* m_again;
    QLabel* m_rule;
    QLabel* m_tries;
    QCheckBox* m_lastTry;
    ProblemView* m_problem;
    TouchView* m_touch;
    QLabel* m_done;
    QPushButton* m_close;
    QPushButton* m_act;
};

}
