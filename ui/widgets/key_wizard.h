#pragma once

#include "core/rfq/key_manager.h"
#include "ui/widgets/desk_dialog.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/token_files.h"

#include <memory>
#include <optional>
#include <vector>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace ui {

class ProblemView;
class SecureLineEdit;
class TouchView;

/// Enrols a security key, at a counterparty whose session is open or by file for IT: its name or whose it is, the key's
/// PIN, a touch; or tries a key against the file of its enrolment. The PIN goes from the field's locked memory into
/// rfq::KeyManager and nowhere else. GUI thread.
class KeyWizard final : public DeskDialog {
    Q_OBJECT

public:
    enum class Purpose { Enrol, Test };

    KeyWizard(const Theme& theme, rfq::KeyManager& keys, TokenFiles files, rfq::PluggedKey key, Purpose purpose,
        QWidget* parent);
    ~KeyWizard() override;

    [[nodiscard]] bool staysWhenSignedOut() const override { return true; }

private:
    enum class Phase { Asking, Working, Over };

    void build();
    void submit();
    void enrol(base::SecretBytes pin);
    void enrolThere(base::SecretBytes pin);
    void findPlaces();
    void test(base::SecretBytes pin);
    void chooseFile();
    void finish(const std::optional<rfq::KeyFailure>& failure);
    void save();
    void showAll();
    [[nodiscard]] rfq::LastTry lastTry() const;
    [[nodiscard]] rfq::KeyManager::Touch touch();
    [[nodiscard]] bool isComplete() const;
    /// The counterparty that is chosen; absent: by file.
    [[nodiscard]] std::optional<rfq::SessionId> place() const;
    [[nodiscard]] bool canEnrol() const;

    rfq::KeyManager& m_keys;
    const TokenFiles m_files;
    const rfq::PluggedKey m_key;
    Purpose m_purpose;
    std::shared_ptr<int> m_alive; ///< callbacks that arrive after this window is gone find nobody
    Phase m_phase = Phase::Asking;
    bool m_lastTryAsked = false;
    rfq::KeyRegistration m_made;
    std::vector<std::string> m_others; ///< enrolment files of the person's other keys; for a test, the one meant
    QLabel* m_explanation;
    QWidget* m_form;
    QLabel* m_placeCaption = nullptr;
    QComboBox* m_place;
    QLabel* m_nameCaption = nullptr;
    QLineEdit* m_name;
    QPushButton* m_choose;
    QLabel* m_chosen;
    QLabel* m_pinCaption = nullptr;
    SecureLineEdit* m_pin;
    QLabel* m_tries;
    QCheckBox* m_lastTry;
    ProblemView* m_problem;
    TouchView* m_touch;
    QLabel* m_done;
    QLabel* m_next;
    QPushButton* m_close;
    QPushButton* m_save;
    QPushButton* m_test;
    QPushButton* m_act;
};

}
