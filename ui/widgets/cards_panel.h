#pragma once

#include "ui/models/desk_model.h"
#include "ui/widgets/theme.h"

#include <QWidget>

#include <map>
#include <set>

class QLabel;
class QScrollArea;
class QToolButton;
class QVBoxLayout;

namespace ui {

class RfqCard;

/// The requests of this sitting as cards, unknown outcomes first, then the newest. GUI thread.
class CardsPanel final : public QWidget {
    Q_OBJECT

public:
    CardsPanel(const Theme& theme, DeskModel& desk, QWidget* parent = nullptr);

    /// Prices away, and back.
    void conceal();
    void reveal();
    /// The chord, on the selected card. Says so where there is nothing to deal on.
    void dealBest(rfq::Side side);
    void selectNext(int step);
    void select(const rfq::RfqId& id);
    [[nodiscard]] RfqCard* card(const rfq::RfqId& id) const;
    [[nodiscard]] const rfq::RfqId& selected() const { return m_selected; }

Q_SIGNALS:
    /// Two persons decide the outcome of this acceptance, or let its twin through.
    void closeAsked(const rfq::ClOrdId& order);
    void twinAsked(const rfq::ClOrdId& order);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void moveEvent(QMoveEvent* event) override;

private:
    enum class Show { All, Live, Done };

    void build();
    QToolButton* addTab(const QString& name, const QString& text, Show show, QWidget* bar);
    void refresh(const std::set<rfq::RfqId>& changed);
    void addCard(const rfq::RfqId& id);
    void arrange();
    void filter();
    void forgetOldest();
    void bringIntoView(const rfq::RfqId& id);
    void followFocus(QWidget* now);
    [[nodiscard]] bool isShown(const RfqCard& card) const;

    const Theme& m_theme;
    DeskModel& m_desk;
    QLabel* m_notice;
    QLabel* m_empty;
    QScrollArea* m_scroll;
    QWidget* m_list;
    QVBoxLayout* m_layout;
    std::vector<RfqCard*> m_cards; ///< newest first
    std::set<rfq::RfqId> m_past; ///< over before this window opened: the blotter has them
    rfq::RfqId m_selected;
    Show m_show = Show::All;
    bool m_concealed = false;
};

}
