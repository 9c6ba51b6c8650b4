#pragma once

#include "ui/models/desk_model.h"
#include "ui/widgets/theme.h"

#include <QWidget>

class QComboBox;
class QDateEdit;
class QLabel;
class QLineEdit;
class QPushButton;
class QToolButton;
class QVBoxLayout;

namespace ui {

class DealerChips;
class SideSwitch;

/// Where a request is filled in and sent. A request deals nothing: Ctrl+Return sends it. What is filled in scrolls
/// where there is little room; the button below it never moves. GUI thread.
class TicketPanel final : public QWidget {
    Q_OBJECT

public:
    TicketPanel(const Theme& theme, DeskModel& desk, QWidget* parent = nullptr);

    void focusInstrument();
    void focusAmount();
    /// What is filled in. Errors: InvalidInput.
    [[nodiscard]] base::Result<rfq::RequestDraft> draft() const;
    /// One more control, below what is filled in.
    void addControl(QWidget& control);

Q_SIGNALS:
    void requested(const rfq::RfqId& id);

private:
    void buildFields();
    void buildLayout();
    void buildFieldColumn();
    void connectFields();
    void check();
    void showSettlement();
    void showReadiness();
    void send();
    void showError(const base::Error& error);
    void toggleCurrency();
    [[nodiscard]] const rfq::Instrument* instrument() const;
    [[nodiscard]] std::string currency() const;
    [[nodiscard]] rfq::Settlement settlement() const;

    const Theme& m_theme;
    DeskModel& m_desk;
    QLineEdit* m_instrument;
    QLabel* m_instrumentError;
    SideSwitch* m_sides;
    QLineEdit* m_amount;
    QToolButton* m_currency;
    QLabel* m_amountHint;
    QComboBox* m_tenor;
    QDateEdit* m_brokenDate;
    QLabel* m_valueDate;
    QLineEdit* m_limit;
    QLabel* m_limitError;
    DealerChips* m_dealers;
    QVBoxLayout* m_fields;
    QLabel* m_sentence;
    QPushButton* m_send;
    QLabel* m_message;
    bool m_saysNotReady = false; ///< the message is about readiness, and goes when the desk is ready
    bool m_dealsTerms = false;
};

}
