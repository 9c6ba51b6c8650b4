#pragma once

#include "core/rfq/approval.h"
#include "ui/models/desk_model.h"
#include "ui/widgets/desk_dialog.h"
#include "ui/widgets/theme.h"

#include <optional>

class QButtonGroup;
class QLabel;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace ui {

class RawText;
class SecondPersonForm;

/// Two persons decide: what became of a deal of unknown outcome, or that one more may be dealt although it is unknown.
/// The second one signs exactly the statement that is shown. Closing it at any moment is safe: what is signed after
/// that is thrown away. GUI thread.
class ConsentDialog final : public DeskDialog {
    Q_OBJECT

public:
    enum class Purpose { CloseOutcome, AllowTwin };

    /// `order` is the acceptance without an outcome.
    ConsentDialog(const Theme& theme, DeskModel& desk, rfq::Approver& approver, rfq::Person trader, rfq::ClOrdId order,
        Purpose purpose, QWidget* parent);

    [[nodiscard]] const rfq::ClOrdId& order() const { return m_order; }
    [[nodiscard]] Purpose purpose() const { return m_purpose; }
    /// A card keeps somebody waiting, or does so no longer.
    void showWork(rfq::CardWork work);

private:
    struct Decision {
        rfq::Verdict verdict = rfq::Verdict::NotTraded;
        std::string reason;
        std::string reference;
    };

    void build();
    void buildDeal();
    void buildDecision(QVBoxLayout& form);
    void connectAll();
    void showState();
    void sign();
    void decide(const rfq::Approval& approval);
    void showProblem(const base::Error& error);
    [[nodiscard]] const rfq::AcceptanceLine* line() const; ///< null once the outcome is known
    [[nodiscard]] std::optional<Decision> decision() const; ///< absent while something is missing
    [[nodiscard]] std::string statementOf(const rfq::Acceptance& acceptance, const Decision& decision) const;
    [[nodiscard]] QString missing() const;

    const Theme& m_theme;
    DeskModel& m_desk;
    const rfq::Person m_trader;
    const rfq::ClOrdId m_order;
    const Purpose m_purpose;
    std::optional<Decision> m_signing; ///< what is being signed; nothing typed later changes it
    QButtonGroup* m_verdict = nullptr; ///< null where there is none to give
    QLineEdit* m_reason;
    QLineEdit* m_reference = nullptr;
    SecondPersonForm* m_second;
    RawText* m_statement;
    QLabel* m_hint;
    QLabel* m_problem;
    QPushButton* m_sign;
    QPushButton* m_cancel;
};

}
