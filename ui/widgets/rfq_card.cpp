#include "ui/widgets/rfq_card.h"

#include "ui/models/error_text.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/outcome_strip.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui {
using namespace Qt::StringLiterals;

namespace {

constexpr int HeadHeight = 32;

}

RfqCard::RfqCard(const Theme& theme, DeskModel& desk, rfq::RfqId id, QWidget* parent)
    : QFrame(parent)
    , m_theme(theme)
    , m_desk(desk)
    , m_id(std::move(id))
    , m_instrument(label(u"cardInstrument"_s, this))
    , m_sentence(label(u"cardSentence"_s, this))
    , m_progress(label(u"cardProgress"_s, this))
    , m_clock(label(u"cardClock"_s, this))
    , m_end(pushButton(u"endRequest"_s, tr("End"), u"quiet"_s, this))
    , m_quotes(pushButton(u"showQuotes"_s, tr("Quotes"), u"quiet"_s, this))
    , m_stack(new QuoteStack(
          theme, desk.clock(), [&desk](const rfq::Click& click) { return desk.service().canAccept(click); }, this))
    , m_outcome(new OutcomeStrip(theme, desk.clock(), this))
{
    setObjectName(u"card-" + text(m_id.text()));
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setTone(*m_instrument, u"heading"_s);
    m_instrument->setMinimumHeight(HeadHeight);
    setTone(*m_progress, u"dim"_s);
    m_clock->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_clock->setMinimumWidth(64);
    m_end->setToolTip(tr("You want no more prices on this request"));
    m_end->setAccessibleName(tr("End this request"));

    auto* head = new QHBoxLayout;
    head->setContentsMargins(grid::Panel, grid::Step, grid::Step, grid::Step);
    head->setSpacing(grid::Panel);
    head->addWidget(m_instrument);
    head->addWidget(m_sentence);
    head->addStretch();
    head->addWidget(m_progress);
    head->addWidget(m_clock);
    head->addWidget(m_end);
    head->addWidget(m_quotes);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(1, 1, 1, 1);
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(m_stack);
    column->addWidget(m_outcome);

    connect(m_stack, &QuoteStack::dealt, this, &RfqCard::deal);
    connect(m_end, &QPushButton::clicked, this, &RfqCard::end);
    connect(m_quotes, &QPushButton::clicked, this, &RfqCard::toggleQuotes);
    m_quotes->setAccessibleName(tr("Show or hide the quotes"));
    refresh();
}

void RfqCard::refresh()
{
    const auto* rfq = m_desk.service().find(m_id);
    if (!rfq)
        return;
    m_view = viewOf(*rfq, m_desk.service().settings());
    m_concealed = false;
    m_stack->show(m_view);
    showHead();
    showFoot();
    setAccessibleName(m_view.sentence + u". "_s + m_view.state);
    update();
}

void RfqCard::conceal()
{
    m_concealed = true;
    m_stack->conceal();
    m_outcome->conceal();
}

void RfqCard::tick()
{
    m_stack->tick();
    m_outcome->tick();
    showHead();
    showFoot();
}

void RfqCard::select(Selection selection)
{
    if (m_selection == selection)
        return;
    m_selection = selection;
    showFoot();
    update();
}

void RfqCard::setDetail(Detail detail)
{
    const bool isDone = m_view.over || m_view.unknown;
    m_stack->setVisible(detail == Detail::Full || m_opened || !isDone);
}

void RfqCard::toggleQuotes()
{
    m_opened = m_stack->isHidden();
    m_stack->setVisible(m_opened);
}

bool RfqCard::dealBest(rfq::Side side)
{
    auto* button = m_stack->bestButton(side);
    if (!button || !button->isArmed())
        return false;
    button->dealByChord();
    return true;
}

void RfqCard::deal(const rfq::Click& click)
{
    const auto taken = m_desk.service().accept(click);
    m_refusal = taken ? std::nullopt : std::optional(taken.error());
    m_desk.refresh();
    refresh();
    Q_EMIT acted();
}

void RfqCard::end()
{
    const auto ended = m_desk.service().end(m_id);
    m_refusal = ended ? std::nullopt : std::optional(ended.error());
    m_desk.refresh();
    refresh();
    Q_EMIT acted();
}

void RfqCard::showHead()
{
    m_instrument->setText(m_view.instrument);
    m_sentence->setText(m_view.sentence);
    m_progress->setText(m_view.progress);
    m_end->setVisible(!m_view.over && !m_view.unknown);
    m_quotes->setVisible(m_view.over || m_view.unknown);
    const bool counts = !m_view.over && !m_view.unknown;
    const auto left = m_view.expires - m_desk.clock().steady();
    m_clock->setText(counts ? countdownText(left) : m_view.state);
    setTone(*m_clock, m_view.unknown ? u"alarm"_s : u"strong"_s);
}

void RfqCard::showFoot()
{
    if (m_concealed)
        return;
    auto outcome = m_view.outcome;
    const bool settled = outcome.kind == OutcomeView::Kind::None || outcome.kind == OutcomeView::Kind::Failed;
    if (m_refusal && settled) {
        const auto words = errorText(m_refusal->code);
        outcome = {};
        outcome.kind = OutcomeView::Kind::Failed;
        outcome.title = tr("NOT SENT");
        outcome.text = words.whole();
        outcome.detail = text(m_refusal->detail);
    }
    m_outcome->show(outcome, hint());
}

QString RfqCard::hint() const
{
    if (m_view.over)
        return tr("%1. Ask again from the ticket.").arg(m_view.state);
    const auto blocked = obstacle();
    if (!blocked.isEmpty())
        return blocked;
    if (m_selection == Selection::None)
        return tr("Select this card to deal from the keyboard");
    switch (m_view.side) {
    case rfq::RequestSide::Buy:
        return tr("Click a price, or Ctrl+Shift+B to BUY at the best");
    case rfq::RequestSide::Sell:
        return tr("Click a price, or Ctrl+Shift+S to SELL at the best");
    case rfq::RequestSide::TwoWay:
        return tr("Click a price, or Ctrl+Shift+B to BUY and Ctrl+Shift+S to SELL at the best");
    }
    return {};
}

QString RfqCard::obstacle() const
{
    auto* button = m_stack->bestButton(rfq::Side::Buy);
    button = button ? button : m_stack->bestButton(rfq::Side::Sell);
    const auto click = button ? button->click() : std::nullopt;
    const auto verdict = click ? m_desk.service().canAccept(*click) : base::Status(base::Ok{});
    if (verdict)
        return {};
    using base::Errc;
    const auto code = verdict.error().code;
    const bool passes = code == Errc::Stale || code == Errc::Expired; // the guard time, or a quote at its end
    return passes ? QString() : tr("Not now: %1 (%2)").arg(errorText(code).title, text(verdict.error().detail));
}

void RfqCard::moveEvent(QMoveEvent*)
{
    restartGuard();
}

void RfqCard::focusInEvent(QFocusEvent* event)
{
    QFrame::focusInEvent(event);
    update();
}

void RfqCard::focusOutEvent(QFocusEvent* event)
{
    QFrame::focusOutEvent(event);
    update();
}

void RfqCard::paintEvent(QPaintEvent*)
{
    const auto& c = m_theme.colours();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const auto border = m_view.unknown ? c.alarm : m_selection == Selection::Active ? c.accent : c.line;
    painter.setPen(QPen(border, hasFocus() || m_view.unknown ? 2 : 1));
    painter.setBrush(c.card);
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), grid::Radius, grid::Radius);
}

}
