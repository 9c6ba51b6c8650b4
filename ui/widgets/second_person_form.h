#pragma once

#include "core/rfq/approval.h"
#include "ui/widgets/theme.h"

#include <QWidget>

#include <memory>
#include <optional>
#include <vector>

class QCheckBox;
class QComboBox;
class QLabel;
class QPushButton;
class QVBoxLayout;

namespace ui {

class SecureLineEdit;

/// Who the second person is, and their PIN. The PIN goes from the field's locked memory into Approver::approve and
/// nowhere else. An answer that comes after this form is gone is dropped: nothing was decided. GUI thread.
class SecondPersonForm final : public QWidget {
    Q_OBJECT

public:
    SecondPersonForm(const Theme& theme, rfq::Approver& approver, rfq::Person trader, QWidget* parent);

    /// A card keeps somebody waiting, or does so no longer.
    void showWork(rfq::CardWork work);
    /// Looks again at who is plugged in.
    void look();
    /// Whatever is signed from now on is thrown away.
    void abandon() { m_alive.reset(); }
    /// Takes the PIN and has the statement signed. Call only when ready.
    void sign(std::string statement);

    [[nodiscard]] bool isBusy() const { return m_activity == Activity::Signing; }
    [[nodiscard]] bool isReady() const { return missing().isEmpty(); }
    /// What is still to be done here, in words; empty when it can be signed.
    [[nodiscard]] QString missing() const;
    /// The name of the chosen person; empty where nobody is chosen.
    [[nodiscard]] QString person() const;

Q_SIGNALS:
    void changed();
    void submitted();
    void approved(const rfq::Approval& approval);

private:
    enum class Activity { Looking, Ready, Signing };

    void build();
    void arrange(QVBoxLayout& column);
    void found(const base::Result<std::vector<rfq::TokenIdentity>>& people);
    void finish(const base::Result<rfq::Approval>& outcome, const rfq::PinState& pin);
    void choose();
    void showPeople();
    void showProblem();
    void showPin();
    void showTouch();
    void showAll();
    [[nodiscard]] const rfq::TokenIdentity* chosen() const;

    const Theme& m_theme;
    rfq::Approver& m_approver;
    const rfq::Person m_trader;
    std::shared_ptr<int> m_alive; ///< callbacks that arrive after this form is gone find nobody
    Activity m_activity = Activity::Looking;
    std::vector<rfq::TokenIdentity> m_people;
    std::optional<base::Error> m_failure; ///< of the last look or the last try
    rfq::CardWork m_work = rfq::CardWork::Done;
    rfq::PinState m_pinState; ///< of the chosen token, as it told last
    QComboBox* m_choice;
    QLabel* m_choiceCaption;
    QPushButton* m_again;
    QLabel* m_certificate;
    QLabel* m_pinCaption;
    SecureLineEdit* m_pin;
    QLabel* m_touch;
    QLabel* m_tries;
    QCheckBox* m_lastTry;
    QLabel* m_problemTitle;
    QLabel* m_problemText;
    QPushButton* m_rawToggle;
    QLabel* m_raw;
};

}
