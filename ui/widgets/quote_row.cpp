#include "ui/widgets/quote_row.h"

#include "ui/widgets/glyphs.h"
#include "ui/widgets/time_bar.h"

#include <QPainter>

#include <algorithm>
#include <utility>

namespace ui {
using namespace Qt::StringLiterals;

namespace {

constexpr int NameWidth = 144;
constexpr int MinNameWidth = 104;
constexpr int WordsHeight = 30; ///< of their line, above that of the prices
constexpr int MinStateWidth = 44;
constexpr int MinReasonWidth = 80;
constexpr int StateWidth = 108;
constexpr int SecondsWidth = 52;
constexpr int BehindWidth = 76;
constexpr int MinBehindWidth = 44;
constexpr int BarMaxWidth = 180;

DealButton::Standing standingOf(QuoteLineView::Kind kind)
{
    switch (kind) {
    case QuoteLineView::Kind::Firm:
        return DealButton::Standing::Firm;
    case QuoteLineView::Kind::NotFirm:
        return DealButton::Standing::NotFirm;
    case QuoteLineView::Kind::Waiting:
    case QuoteLineView::Kind::Gone:
    case QuoteLineView::Kind::Silent:
        return DealButton::Standing::Gone;
    }
    return DealButton::Standing::Gone;
}

double seconds(std::chrono::nanoseconds duration)
{
    return std::chrono::duration<double>(duration).count();
}

/// From three tenths of its life on a quote is short; in the last second it is nearly gone.
Urgency urgencyOf(std::chrono::nanoseconds left, std::chrono::nanoseconds life)
{
    if (left < std::chrono::seconds(1))
        return Urgency::Now;
    return seconds(left) < 0.3 * seconds(life) ? Urgency::Soon : Urgency::Calm;
}

}

QuoteRow::QuoteRow(const Theme& theme, const base::Clock& clock, ClickJudge judge, QWidget* parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_clock(clock)
    , m_bid(new DealButton(theme, clock, judge, this))
    , m_offer(new DealButton(theme, clock, judge, this))
{
    setFixedHeight(Height);
    m_bid->setObjectName(u"dealBid"_s);
    m_offer->setObjectName(u"dealOffer"_s);
    connect(m_bid, &DealButton::dealt, this, &QuoteRow::dealt);
    connect(m_offer, &DealButton::dealt, this, &QuoteRow::dealt);
}

void QuoteRow::show(const RfqView& card, const QuoteLineView& line)
{
    m_line = line;
    m_concealed = false;
    m_showsBid = card.showsBid;
    m_showsOffer = card.showsOffer;
    m_bid->setVisible(m_showsBid);
    m_offer->setVisible(m_showsOffer);
    const auto standing = card.over ? DealButton::Standing::Gone : standingOf(line.kind);
    m_bid->show(line.bid, standing, line.name);
    m_offer->show(line.offer, standing, line.name);
    setAccessibleName(tr("%1: %2 %3").arg(line.name, line.state, line.reason).trimmed());
    setToolTip(line.reason.isEmpty() ? QString() : QString(line.name + u": " + line.reason));
    placeButtons();
    update();
}

void QuoteRow::conceal()
{
    m_concealed = true;
    m_bid->conceal();
    m_offer->conceal();
    update();
}

void QuoteRow::tick()
{
    if (m_line.kind != QuoteLineView::Kind::Firm || m_concealed)
        return;
    m_bid->reconsider();
    m_offer->reconsider();
    update();
}

void QuoteRow::restartGuard()
{
    m_bid->restartGuard();
    m_offer->restartGuard();
}

DealButton* QuoteRow::bestButton(rfq::Side side) const
{
    if (m_line.bid && m_line.bid->best && m_line.bid->click.side == side)
        return m_bid;
    if (m_line.offer && m_line.offer->best && m_line.offer->click.side == side)
        return m_offer;
    return nullptr;
}

void QuoteRow::resizeEvent(QResizeEvent*)
{
    placeButtons();
}

void QuoteRow::moveEvent(QMoveEvent*)
{
    restartGuard();
}

bool QuoteRow::isTooNarrow() const
{
    const int sides = (m_showsBid ? 1 : 0) + (m_showsOffer ? 1 : 0);
    const int prices = sides * (m_bid->sizeHint().width() + BehindWidth);
    return grid::Panel + MinNameWidth + StateWidth + prices + grid::Step > width();
}

void QuoteRow::placeButtons()
{
    const bool tall = isTooNarrow();
    if (std::exchange(m_tall, tall) != tall)
        restartGuard();
    setFixedHeight(tall ? TallHeight : Height);
    const auto size = m_bid->sizeHint();
    const int sides = std::max(1, (m_showsBid ? 1 : 0) + (m_showsOffer ? 1 : 0));
    m_behind = std::clamp((width() - grid::Panel - grid::Step) / sides - size.width(), MinBehindWidth, BehindWidth);
    const int top = tall ? WordsHeight + (TallHeight - WordsHeight - size.height()) / 2 : (Height - size.height()) / 2;
    int right = width() - grid::Step;
    for (auto* button : {m_offer, m_bid}) {
        if (button == m_bid ? !m_showsBid : !m_showsOffer)
            continue;
        button->setGeometry(right - size.width(), top, size.width(), size.height());
        right -= size.width() + m_behind;
    }
}

double QuoteRow::pricesLeft() const
{
    const auto& first = m_showsBid ? *m_bid : *m_offer;
    return first.geometry().left() - m_behind;
}

QRectF QuoteRow::nameBox() const
{
    const double room = m_tall ? NameWidth : pricesLeft() - grid::Panel - StateWidth - grid::Step;
    return {grid::Panel, 0, std::clamp<double>(room, MinNameWidth, NameWidth),
        static_cast<double>(m_tall ? WordsHeight : height())};
}

QRectF QuoteRow::stateBox() const
{
    const auto name = nameBox();
    return {name.right(), 0, StateWidth, name.height()};
}

QRectF QuoteRow::middleBox() const
{
    const auto state = stateBox();
    const bool hasPrice = m_line.bid || m_line.offer;
    const double end = hasPrice && !m_concealed && !m_tall ? pricesLeft() : width() - grid::Panel;
    return {state.right(), 0, std::max(0.0, end - state.right() - grid::Step), state.height()};
}

QColor QuoteRow::stateColour() const
{
    const auto& c = m_theme.colours();
    switch (m_line.kind) {
    case QuoteLineView::Kind::Firm:
        return c.good;
    case QuoteLineView::Kind::NotFirm:
        return c.warning;
    case QuoteLineView::Kind::Waiting:
    case QuoteLineView::Kind::Gone:
    case QuoteLineView::Kind::Silent:
        return c.dimText;
    }
    return c.dimText;
}

void QuoteRow::paintEvent(QPaintEvent*)
{
    const auto& c = m_theme.colours();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(QRectF(grid::Wide, 0, width() - 2 * grid::Wide, 1), c.line);

    paintName(painter);
    paintState(painter);
    if (m_concealed)
        return;
    const auto middle = middleBox();
    if (m_line.kind == QuoteLineView::Kind::Firm) {
        // Without room of their own the seconds stand with the state.
        paintTime(
            painter, middle.width() < SecondsWidth ? stateBox().adjusted(MinStateWidth, 0, -grid::Step, 0) : middle);
    } else {
        paintReason(painter, middle);
    }
    if (m_showsBid)
        paintBehind(painter, *m_bid, m_line.bid);
    if (m_showsOffer)
        paintBehind(painter, *m_offer, m_line.offer);
}

void QuoteRow::paintReason(QPainter& painter, const QRectF& box) const
{
    const auto font = m_theme.font(TextSize::Normal);
    const QFontMetricsF metrics(font);
    // A syllable of it says nothing; all of it is in the tooltip.
    if (box.width() < MinReasonWidth && metrics.horizontalAdvance(m_line.reason) > box.width())
        return;
    painter.setFont(font);
    painter.setPen(m_theme.colours().dimText);
    painter.drawText(
        box, Qt::AlignVCenter | Qt::AlignLeft, metrics.elidedText(m_line.reason, Qt::ElideRight, box.width()));
}

void QuoteRow::paintName(QPainter& painter) const
{
    const auto& c = m_theme.colours();
    const bool alive = m_line.kind == QuoteLineView::Kind::Firm || m_line.kind == QuoteLineView::Kind::NotFirm;
    const auto font = m_theme.font(TextSize::Normal, alive ? QFont::DemiBold : QFont::Normal);
    const auto box = nameBox();
    painter.setFont(font);
    painter.setPen(alive || m_line.kind == QuoteLineView::Kind::Waiting ? c.text : c.dimText);
    painter.drawText(box, Qt::AlignVCenter | Qt::AlignLeft,
        QFontMetricsF(font).elidedText(m_line.name, Qt::ElideRight, box.width() - grid::Step));
}

void QuoteRow::paintState(QPainter& painter) const
{
    const auto box = stateBox();
    const bool sharesRoom =
        m_line.kind == QuoteLineView::Kind::Firm && !m_concealed && middleBox().width() < SecondsWidth;
    const double room = sharesRoom ? MinStateWidth : StateWidth - grid::Step;
    painter.setFont(m_theme.font(TextSize::Normal));
    painter.setPen(stateColour());
    painter.drawText(box, Qt::AlignVCenter | Qt::AlignLeft,
        QFontMetricsF(painter.font()).elidedText(m_line.state, Qt::ElideRight, room));
}

void QuoteRow::paintTime(QPainter& painter, const QRectF& box) const
{
    const auto& c = m_theme.colours();
    const auto life = m_line.deadline - m_line.received;
    const auto left = m_line.deadline - m_clock.steady();
    const auto urgency = urgencyOf(left, life);
    const double barWidth = std::min<double>(BarMaxWidth, box.width() - SecondsWidth - grid::Step);
    const bool hasBar = barWidth > 32;
    if (hasBar) {
        const QRectF bar(box.left(), box.center().y() - 4, barWidth, 8);
        paintTimeBar(painter, bar, life.count() > 0 ? seconds(left) / seconds(life) : 0, urgency, c);
    }
    const double textLeft = hasBar ? box.left() + barWidth : box.left();
    // Without a bar there is no room to spare: away from what stands before the prices.
    const int side = hasBar ? Qt::AlignRight : Qt::AlignLeft;
    painter.setFont(m_theme.font(TextSize::Normal, urgency == Urgency::Calm ? QFont::Normal : QFont::Bold));
    painter.setPen(urgency == Urgency::Calm ? c.text : urgencyColour(urgency, c));
    painter.drawText(
        QRectF(textLeft, box.top(), SecondsWidth, box.height()), Qt::AlignVCenter | side, secondsText(left));
}

void QuoteRow::paintBehind(QPainter& painter, const DealButton& button, const std::optional<PriceView>& price) const
{
    if (!price)
        return;
    const auto& c = m_theme.colours();
    const int gap = m_behind < BehindWidth ? grid::Small : grid::Wide;
    const QRectF box(button.geometry().left() - m_behind, button.y(), m_behind - gap, button.height());
    if (price->best) {
        painter.setPen(c.text);
        painter.setFont(m_theme.font(TextSize::Normal, QFont::Bold));
        painter.drawText(box, Qt::AlignVCenter | Qt::AlignRight, tr("best"));
        const double textWidth = QFontMetricsF(painter.font()).horizontalAdvance(tr("best"));
        paintGlyph(
            painter, QRectF(box.right() - textWidth - 18, box.center().y() - 6, 12, 12), Glyph::Diamond, c.accent);
        return;
    }
    painter.setPen(c.dimText);
    painter.setFont(m_theme.font(TextSize::Normal));
    if (!price->behind.isEmpty())
        painter.drawText(box, Qt::AlignVCenter | Qt::AlignRight, tr("%1 pip").arg(price->behind));
}

}
