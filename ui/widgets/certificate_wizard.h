#pragma once

#include "core/rfq/card_manager.h"
#include "ui/widgets/desk_dialog.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/token_files.h"

#include <memory>
#include <optional>

class QButtonGroup;
class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace ui {

class ProblemView;
class SecureLineEdit;

/// From a card without a certificate to one that signs in: a request out to a file and the certificate in from one, or
/// straight from an authority; and the next one before the present one ends. PIN, management key and secret go from
/// their fields' locked memory into rfq::CardManager and nowhere else. GUI thread.
class CertificateWizard final : public DeskDialog {
    Q_OBJECT

public:
    CertificateWizard(const Theme& theme, const base::Clock& clock, rfq::CardManager& cards, TokenFiles files,
        rfq::PluggedCard card, QWidget* parent);

    [[nodiscard]] bool staysWhenSignedOut() const override { return true; }

Q_SIGNALS:
    /// The certificate is on the card: the next sign-in is with that.
    void signInAsked();

private:
    enum class Way { Request, Install, Enrol, Renew };
    enum class Phase { Asking, Working, Over };

    void build();
    void buildWays();
    void buildForm();
    void submit();
    void requested(const base::Result<std::string>& outcome, const rfq::PinState& pin);
    void placed(const base::Result<rfq::CardCertificate>& outcome, const rfq::PinState& pin);
    void refuse(const base::Error& error, const rfq::PinState& pin);
    void showAll();
    void showOver();
    [[nodiscard]] Way way() const;
    [[nodiscard]] bool isComplete() const;
    [[nodiscard]] rfq::CardProof proof();
    [[nodiscard]] const rfq::CardCertificate* present() const;
    [[nodiscard]] bool asksForPlace() const;
    [[nodiscard]] bool offersKey() const;
    [[nodiscard]] rfq::GivesWay givesWay() const;
    void showWhatGoes();
    [[nodiscard]] rfq::CertificateWish wish() const;

    const Theme& m_theme;
    const base::Clock& m_clock;
    rfq::CardManager& m_cards;
    const TokenFiles m_files;
    const rfq::PluggedCard m_card;
    std::shared_ptr<int> m_alive; ///< callbacks that arrive after this window is gone find nobody
    Phase m_phase = Phase::Asking;
    std::string m_request; ///< PEM
    bool m_somethingThere = false; ///< the card has said so
    rfq::PinState m_pinState;
    QButtonGroup* m_ways;
    QWidget* m_wayBox;
    QLabel* m_explanation;
    QWidget* m_form;
    QLineEdit* m_name;
    QLabel* m_nameCaption = nullptr;
    QComboBox* m_kind;
    QLabel* m_kindCaption = nullptr;
    QLineEdit* m_reference;
    QLabel* m_referenceCaption = nullptr;
    SecureLineEdit* m_secret;
    QLabel* m_secretCaption = nullptr;
    QPushButton* m_choose;
    QLabel* m_file;
    SecureLineEdit* m_pin;
    QLabel* m_pinCaption = nullptr;
    QLabel* m_tries;
    QCheckBox* m_lastTry;
    QLabel* m_present;
    QCheckBox* m_takePlace;
    QCheckBox* m_otherKey;
    QCheckBox* m_factoryKey;
    SecureLineEdit* m_managementKey;
    QLabel* m_managementCaption = nullptr;
    ProblemView* m_problem;
    QLabel* m_done;
    QLabel* m_next;
    QPushButton* m_close;
    QPushButton* m_again;
    QPushButton* m_act;
};

}
