#include "ui/widgets/deal_button.h"

#include "ui/models/error_text.h"
#include "ui/widgets/glyphs.h"

#include <QFontMetricsF>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

namespace ui {
using namespace Qt::StringLiterals;

namespace {

bool isSameQuote(const rfq::Click& a, const rfq::Click& b)
{
    return a.rfq == b.rfq && a.dealer == b.dealer && a.quote == b.quote && a.side == b.side
        && a.price.text == b.price.text && a.shownSince == b.shownSince;
}

bool isSamePrice(const std::optional<PriceView>& a, const std::optional<PriceView>& b)
{
    if (!a || !b)
        return !a && !b;
    return a->click.quote == b->click.quote && a->click.side == b->click.side && a->click.dealer == b->click.dealer
        && a->click.rfq == b->click.rfq && a->click.price.text == b->click.price.text;
}

}

DealButton::DealButton(const Theme& theme, const base::Clock& clock, ClickJudge judge, QWidget* parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_clock(clock)
    , m_judge(std::move(judge))
    , m_shownSince(clock.steady())
{
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAttribute(Qt::WA_Hover);
}

void DealButton::show(const std::optional<PriceView>& price, Standing standing, const QString& dealer)
{
    const bool same = isSamePrice(m_price, price) && standing == m_standing && dealer == m_dealer;
    m_price = price;
    m_standing = standing;
    m_dealer = dealer;
    if (!same)
        restartGuard();
    reconsider();
    update();
}

void DealButton::conceal()
{
    m_price.reset();
    m_standing = Standing::NotFirm;
    restartGuard();
    reconsider();
}

void DealButton::restartGuard()
{
    m_shownSince = m_clock.steady();
    m_pressed.reset();
}

void DealButton::reconsider()
{
    const auto now = click();
    const auto verdict = now ? m_judge(*now) : base::Status(base::Error{base::Errc::Refused, {}});
    const bool armed = verdict.has_value();
    if (armed != m_armed || !armed)
        update();
    m_armed = armed;
    setFocusPolicy(m_price && m_standing == Standing::Firm ? Qt::TabFocus : Qt::NoFocus);
    setCursor(m_armed ? Qt::PointingHandCursor : Qt::ArrowCursor);
    describe(m_dealer, verdict);
}

std::optional<rfq::Click> DealButton::click() const
{
    if (!m_price || m_standing != Standing::Firm || !isVisible())
        return std::nullopt;
    auto click = m_price->click;
    click.shownSince = m_shownSince;
    return click;
}

void DealButton::dealByChord()
{
    reconsider();
    const auto now = click();
    if (now && m_armed)
        Q_EMIT dealt(*now);
}

QSize DealButton::sizeHint() const
{
    return {184, 36};
}

void DealButton::mousePressEvent(QMouseEvent* event)
{
    reconsider();
    m_pressed = event->button() == Qt::LeftButton && m_armed ? click() : std::nullopt;
    update();
}

void DealButton::mouseReleaseEvent(QMouseEvent* event)
{
    const auto pressed = std::exchange(m_pressed, std::nullopt);
    update();
    reconsider();
    if (event->button() != Qt::LeftButton || !pressed || !rect().contains(event->position().toPoint()) || !m_armed)
        return;
    const auto now = click();
    if (now && isSameQuote(*pressed, *now))
        Q_EMIT dealt(*now);
}

void DealButton::mouseDoubleClickEvent(QMouseEvent* event)
{
    event->accept();
}

void DealButton::keyPressEvent(QKeyEvent* event)
{
    event->ignore();
}

void DealButton::enterEvent(QEnterEvent*)
{
    m_hovered = true;
    update();
}

void DealButton::leaveEvent(QEvent*)
{
    m_hovered = false;
    update();
}

void DealButton::focusInEvent(QFocusEvent* event)
{
    QWidget::focusInEvent(event);
    update();
}

void DealButton::focusOutEvent(QFocusEvent* event)
{
    QWidget::focusOutEvent(event);
    update();
}

void DealButton::showEvent(QShowEvent*)
{
    restartGuard();
    reconsider();
}

void DealButton::hideEvent(QHideEvent*)
{
    m_pressed.reset();
    m_armed = false;
}

void DealButton::describe(const QString& dealer, const base::Status& verdict)
{
    if (!m_price) {
        setAccessibleName(tr("no price"));
        setToolTip({});
        return;
    }
    const auto name = m_standing == Standing::Firm
        ? tr("%1 at %2 with %3").arg(sideText(m_price->click.side), m_price->parts.whole(), dealer)
        : tr("%1 from %2, not a price to deal on").arg(m_price->parts.whole(), dealer);
    if (name != accessibleName())
        setAccessibleName(name);
    const auto hint = m_armed || m_standing != Standing::Firm
        ? QString()
        : QString(errorText(verdict.error().code).whole() + u'\n' + text(verdict.error().detail)).trimmed();
    if (hint == toolTip())
        return;
    setToolTip(hint);
    setAccessibleDescription(hint);
}

QColor DealButton::ink() const
{
    const auto& c = m_theme.colours();
    if (m_standing != Standing::Firm)
        return m_standing == Standing::Gone ? c.faintText : c.dimText;
    return m_armed ? c.onDeal : c.text;
}

void DealButton::paintEvent(QPaintEvent*)
{
    if (!m_price)
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (m_standing == Standing::Firm)
        paintGround(painter);
    paintPrice(painter);
}

void DealButton::paintGround(QPainter& painter) const
{
    const auto& c = m_theme.colours();
    const bool buy = m_price->click.side == rfq::Side::Buy;
    const auto& colour = buy ? c.buy : c.sell;
    const auto& hover = buy ? c.buyHover : c.sellHover;
    const auto box = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    painter.setPen(m_armed ? QPen(Qt::NoPen) : QPen(colour, 1, Qt::DashLine));
    painter.setBrush(m_armed ? QBrush(m_hovered ? hover : colour) : QBrush(Qt::NoBrush));
    painter.drawRoundedRect(box, grid::Radius, grid::Radius);
    if (m_pressed && m_armed) {
        painter.setPen(QPen(c.onDeal, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(box.adjusted(2, 2, -2, -2), grid::Radius - 1, grid::Radius - 1);
    }
    if (hasFocus()) {
        painter.setPen(QPen(c.text, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), grid::Radius, grid::Radius);
    }
}

void DealButton::paintPrice(QPainter& painter) const
{
    const auto small = m_theme.font(TextSize::Large);
    const auto large = m_theme.font(TextSize::Pips, m_standing == Standing::Firm ? QFont::DemiBold : QFont::Normal);
    const auto raised = m_theme.font(TextSize::Normal, QFont::Medium);
    const auto& parts = m_price->parts;
    const auto width = [](const QFont& font, const QString& part) {
        return QFontMetricsF(font).horizontalAdvance(part);
    };
    const double gap = parts.pips.isEmpty() ? 0 : 2;
    const double total = width(small, parts.bigFigure) + gap + width(large, parts.pips) + width(raised, parts.fraction);
    const double right = this->width() - grid::Wide - width(raised, u"0"_s) + width(raised, parts.fraction);
    double x = right - total;
    const double baseline = height() / 2.0 + QFontMetricsF(large).capHeight() / 2;

    painter.setPen(ink());
    painter.setFont(small);
    painter.drawText(QPointF(x, baseline), parts.bigFigure);
    x += width(small, parts.bigFigure) + gap;
    painter.setFont(large);
    painter.drawText(QPointF(x, baseline), parts.pips);
    x += width(large, parts.pips);
    painter.setFont(raised);
    const double lift = QFontMetricsF(large).capHeight() - QFontMetricsF(raised).capHeight();
    painter.drawText(QPointF(x, baseline - lift), parts.fraction);

    if (m_standing == Standing::Gone)
        painter.fillRect(QRectF(right - total - 2, height() / 2.0, total + 4, 1.2), ink());
    if (m_standing != Standing::Firm)
        return;
    painter.setFont(m_theme.font(TextSize::Normal, QFont::Bold));
    painter.drawText(QRectF(grid::Wide, 0, this->width() / 2.0, height()), Qt::AlignVCenter | Qt::AlignLeft,
        sideText(m_price->click.side));
}

}
