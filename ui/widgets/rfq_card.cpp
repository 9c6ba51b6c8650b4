#include "ui/widgets/rfq_card.h"

#include "ui/models/access_rules.h"
#include "ui/models/error_text.h"
#include "ui/models/twin_view.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/details_dialog.h"
#include "ui/widgets/outcome_strip.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QTimer>
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
          theme, desk.clock(), [&desk](const rfq::Click& click) { return canDeal(desk, click); }, this))
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
    m_sentence->setWordWrap(true); // in a narrow window on two lines, and never wider than the window
    head->addWidget(m_sentence, 1);
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
    connect(m_outcome, &OutcomeStrip::askAsked, this, &RfqCard::ask);
    connect(m_outcome, &OutcomeStrip::detailsAsked, this, &RfqCard::showDetails);
    connect(m_outcome, &OutcomeStrip::closeAsked, this, [this] { Q_EMIT closeAsked(m_view.outcome.order); });
    connect(m_outcome, &OutcomeStrip::twinAsked, this, [this] {
        if (m_twin)
            Q_EMIT twinAsked(*m_twin);
    });
    m_quotes->setAccessibleName(tr("Show or hide the quotes"));
    refresh();
}

void RfqCard::refresh()
{
    const auto* rfq = m_desk.service().find(m_id);
    if (!rfq)
        return;
    m_view = viewOf(*rfq, m_desk.service());
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
    // While an outcome is unknown only that counts: its dead prices would push it out of sight.
    const bool isLive = !m_view.over && !m_view.unknown;
    m_stack->setVisible(isLive || m_opened || (detail == Detail::Full && !m_view.unknown));
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

void RfqCard::ask()
{
    const auto asked = m_desk.service().ask(m_view.outcome.order);
    m_refusal = asked ? std::nullopt : std::optional(asked.error());
    m_desk.refresh();
    refresh();
}

void RfqCard::showDetails()
{
    const auto* rfq = m_desk.service().find(m_id);
    if (!rfq || rfq->acceptances.empty())
        return;
    (new DetailsDialog(rawViewOf(rfq->acceptances.back(), m_desk.service().settings()), window()))->show();
}

void RfqCard::judgeTwins()
{
    const auto* rfq = m_desk.service().find(m_id);
    if (!rfq || m_view.over)
        return m_twin.reset();
    std::optional<rfq::ClOrdId> twin;
    bool allowed = false;
    for (const auto side : {rfq::Side::Buy, rfq::Side::Sell}) {
        auto* button = m_stack->bestButton(side);
        const auto click = button ? button->click() : std::nullopt;
        const auto twins = unknownTwins(m_desk.service(), rfq->request, side);
        if (!click || twins.empty())
            continue;
        const auto verdict = m_desk.service().canAccept(*click);
        allowed = allowed || verdict.has_value();
        if (verdict)
            continue;
        // During the guard time nobody knows yet: what was said before still stands.
        const bool passes = verdict.error().code == base::Errc::Stale || verdict.error().code == base::Errc::Expired;
        allowed = allowed || (passes && m_twinAllowed);
        if (passes && m_twin)
            twin = m_twin;
        else if (const auto* blocks = blockingTwin(twins, verdict.error()))
            twin = blocks->acceptance.id;
    }
    m_twinAllowed = allowed;
    const bool told = twin.has_value() == m_twin.has_value();
    m_twin = twin;
    if (!told)
        QTimer::singleShot(0, this, &RfqCard::blockChanged); // after the words are there
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
    judgeTwins();
    m_outcome->show(outcome, note());
}

FootNote RfqCard::note() const
{
    return {hint(), twinText()};
}

QString RfqCard::twinText() const
{
    if (!m_twin)
        return {};
    for (const auto* line : m_desk.service().unknownOutcomes()) {
        if (line->acceptance.id == *m_twin)
            return tr("Not now: order %1 (%2) is UNKNOWN. Another deal in this direction could be the same one twice.")
                .arg(text(m_twin->text()),
                    dealText(line->acceptance, dealerName(m_desk.service().settings(), line->acceptance.dealer)));
    }
    return {};
}

QString RfqCard::hint() const
{
    if (m_view.over)
        return tr("%1. Ask again from the ticket.").arg(m_view.state);
    const auto blocked = obstacle();
    if (!blocked.isEmpty())
        return blocked;
    const auto approval = approvalText(m_desk, m_id);
    if (!approval.isEmpty())
        return approval;
    if (m_twinAllowed)
        return tr("Two persons allowed one more deal while an outcome is unknown. The next one in this direction uses "
                  "it up.");
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
    const auto access = click ? accessObstacle(m_desk, click->dealer) : QString();
    if (!access.isEmpty())
        return tr("Not now: %1").arg(access);
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
