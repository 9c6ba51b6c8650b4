#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "ui/models/rfq_view.h"
#include "ui/widgets/theme.h"

#include <QWidget>

#include <functional>
#include <optional>

namespace ui {

/// The desk's judgement whether this click would be taken now.
using ClickJudge = std::function<base::Status(const rfq::Click&)>;

/// A price that can be dealt on. It carries exactly the quote it shows, and deals it once per deliberate act: the left
/// button pressed and released inside on the same quote, or the chord. Enter, Space, key repeat and the second half of
/// a double click do nothing. Any change of the quote, and any move on the screen, starts the guard time again.
class DealButton final : public QWidget {
    Q_OBJECT

public:
    enum class Standing {
        Firm,
        NotFirm, ///< a price to look at
        Gone, ///< was a price, is none any more: struck out
    };

    DealButton(const Theme& theme, const base::Clock& clock, ClickJudge judge, QWidget* parent = nullptr);

    /// Shows this price; nothing at all where it is absent.
    void show(const std::optional<PriceView>& price, Standing standing, const QString& dealer);
    /// Blank: the desk is locked.
    void conceal();
    /// Whatever is shown counts as new from now on.
    void restartGuard();
    /// Asks again whether the click would be taken: time passes, sessions go.
    void reconsider();

    [[nodiscard]] bool isArmed() const { return m_armed; }
    /// What a click would deal, with the time since it has been on the screen.
    [[nodiscard]] std::optional<rfq::Click> click() const;
    /// The same act by the keyboard's chord.
    void dealByChord();

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

Q_SIGNALS:
    void dealt(const rfq::Click& click);

protected:
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void paintGround(QPainter& painter) const;
    void paintPrice(QPainter& painter) const;
    [[nodiscard]] QColor ink() const;
    void describe(const QString& dealer, const base::Status& verdict);

    const Theme& m_theme;
    const base::Clock& m_clock;
    ClickJudge m_judge;
    std::optional<PriceView> m_price;
    Standing m_standing = Standing::NotFirm;
    QString m_dealer;
    base::SteadyTime m_shownSince{};
    std::optional<rfq::Click> m_pressed;
    bool m_armed = false;
    bool m_hovered = false;
};

}
