#pragma once

#include "ui/widgets/quote_row.h"

#include <QWidget>

#include <vector>

class QVBoxLayout;

namespace ui {

/// The quotes of one request, best first. While the pointer or the keyboard focus is inside, no row changes its place:
/// nothing moves under the hand that is about to deal.
class QuoteStack final : public QWidget {
    Q_OBJECT

public:
    QuoteStack(const Theme& theme, const base::Clock& clock, ClickJudge judge, QWidget* parent = nullptr);

    void show(const RfqView& view);
    void conceal();
    void tick();
    void restartGuard();
    [[nodiscard]] DealButton* bestButton(rfq::Side side) const;
    /// As they stand on the screen, top to bottom.
    [[nodiscard]] const std::vector<QuoteRow*>& rows() const { return m_rows; }

Q_SIGNALS:
    void dealt(const rfq::Click& click);

protected:
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    [[nodiscard]] bool isFrozen() const;
    [[nodiscard]] QuoteRow* rowOf(const rfq::DealerId& dealer) const;
    QuoteRow* addRow();
    void sortIfFree();

    const Theme& m_theme;
    const base::Clock& m_clock;
    ClickJudge m_judge;
    QVBoxLayout* m_layout;
    std::vector<QuoteRow*> m_rows;
    std::vector<rfq::DealerId> m_order; ///< best first, as of the newest prices
    bool m_pointerInside = false;
};

}
