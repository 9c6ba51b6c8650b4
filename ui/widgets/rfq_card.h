#pragma once

#include "ui/models/desk_model.h"
#include "ui/models/rfq_view.h"
#include "ui/widgets/quote_stack.h"

#include <QFrame>

class QLabel;
class QPushButton;

namespace ui {

class OutcomeStrip;
struct FootNote;

/// One request with its quotes and what became of it. GUI thread.
class RfqCard final : public QFrame {
    Q_OBJECT

public:
    enum class Selection { None, Active };
    enum class Detail { Full, Compact };

    RfqCard(const Theme& theme, DeskModel& desk, rfq::RfqId id, QWidget* parent = nullptr);

    void refresh();
    /// Prices away: the desk is locked.
    void conceal();
    void tick();
    void restartGuard() { m_stack->restartGuard(); }
    void select(Selection selection);
    /// A request that is over needs only its head and its outcome, unless the trader opened it.
    void setDetail(Detail detail);
    /// The chord: deals the best firm price of this side. False where there is none.
    [[nodiscard]] bool dealBest(rfq::Side side);

    [[nodiscard]] const rfq::RfqId& id() const { return m_id; }
    [[nodiscard]] const RfqView& view() const { return m_view; }
    [[nodiscard]] QuoteStack& stack() { return *m_stack; }

Q_SIGNALS:
    /// Its content changed because of something done here.
    void acted();
    /// Dealing here was forbidden, or is allowed again, because of an unknown outcome.
    void blockChanged();
    /// Two persons decide the outcome of this acceptance, or let its twin through.
    void closeAsked(const rfq::ClOrdId& order);
    void twinAsked(const rfq::ClOrdId& order);

protected:
    void paintEvent(QPaintEvent* event) override;
    void moveEvent(QMoveEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    void deal(const rfq::Click& click);
    void end();
    void toggleQuotes();
    void showHead();
    void showFoot();
    void ask();
    void showDetails();
    void judgeTwins();
    [[nodiscard]] FootNote note() const;
    [[nodiscard]] QString hint() const;
    [[nodiscard]] QString twinText() const;
    [[nodiscard]] QString obstacle() const; ///< a rule that stops dealing on the best price; empty where none does

    const Theme& m_theme;
    DeskModel& m_desk;
    const rfq::RfqId m_id;
    RfqView m_view;
    std::optional<base::Error> m_refusal; ///< why the last click was not taken
    std::optional<rfq::ClOrdId> m_twin; ///< the unknown outcome that forbids dealing here
    bool m_twinAllowed = false; ///< there is one, and two persons let the next deal pass
    bool m_opened = false; ///< by the trader
    bool m_concealed = false;
    Selection m_selection = Selection::None;
    QLabel* m_instrument;
    QLabel* m_sentence;
    QLabel* m_progress;
    QLabel* m_clock;
    QPushButton* m_end;
    QPushButton* m_quotes;
    QuoteStack* m_stack;
    OutcomeStrip* m_outcome;
};

}
