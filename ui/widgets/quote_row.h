#pragma once

#include "ui/models/rfq_view.h"
#include "ui/widgets/deal_button.h"

#include <QWidget>

namespace ui {

/// One dealer's line in the stack: who, in what state and why, how long still, how far behind the best, and the price
/// itself on the button that deals it. Where a card is too narrow for all that, the prices stand below the words.
class QuoteRow final : public QWidget {
    Q_OBJECT

public:
    static constexpr int Height = 44;
    static constexpr int TallHeight = 72; ///< with the prices on a line of their own

    QuoteRow(const Theme& theme, const base::Clock& clock, ClickJudge judge, QWidget* parent = nullptr);

    void show(const RfqView& card, const QuoteLineView& line);
    void conceal();
    /// Time passed.
    void tick();
    void restartGuard();

    [[nodiscard]] const rfq::DealerId& dealer() const { return m_line.dealer; }
    [[nodiscard]] DealButton& button(rfq::PriceSide side) { return side == rfq::PriceSide::Bid ? *m_bid : *m_offer; }
    /// The button of this side where it is the best of its card.
    [[nodiscard]] DealButton* bestButton(rfq::Side side) const;

Q_SIGNALS:
    void dealt(const rfq::Click& click);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void moveEvent(QMoveEvent* event) override;

private:
    void placeButtons();
    [[nodiscard]] bool isTooNarrow() const;
    [[nodiscard]] double pricesLeft() const;
    /// Of the line with the words.
    [[nodiscard]] QRectF nameBox() const;
    [[nodiscard]] QRectF stateBox() const;
    [[nodiscard]] QRectF middleBox() const;
    void paintName(QPainter& painter) const;
    void paintState(QPainter& painter) const;
    void paintReason(QPainter& painter, const QRectF& box) const;
    void paintBehind(QPainter& painter, const DealButton& button, const std::optional<PriceView>& price) const;
    void paintTime(QPainter& painter, const QRectF& box) const;
    [[nodiscard]] QColor stateColour() const;

    const Theme& m_theme;
    const base::Clock& m_clock;
    DealButton* m_bid;
    DealButton* m_offer;
    QuoteLineView m_line;
    bool m_showsBid = false;
    bool m_showsOffer = false;
    bool m_concealed = false;
    bool m_tall = false;
    int m_behind = 0; ///< room before each price, for how far it is behind the best
};

}
