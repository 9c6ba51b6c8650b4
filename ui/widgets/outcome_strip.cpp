#include "ui/widgets/outcome_strip.h"

#include "ui/widgets/controls.h"
#include "ui/widgets/glyphs.h"
#include "ui/widgets/time_bar.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui {
using namespace Qt::StringLiterals;

namespace {

using Kind = OutcomeView::Kind;
constexpr int GlyphRoom = 40;
constexpr int LineHeight = 36;
constexpr int MeterWidth = 120;

Glyph glyphOf(Kind kind)
{
    switch (kind) {
    case Kind::None:
    case Kind::Sending:
        return Glyph::DotHalf;
    case Kind::Held:
        return Glyph::DotRing;
    case Kind::Traded:
    case Kind::ClosedTraded:
        return Glyph::Tick;
    case Kind::Failed:
    case Kind::NotReceived:
    case Kind::ClosedNotTraded:
        return Glyph::Cross;
    case Kind::TradedWithAlarm:
    case Kind::Busted:
        return Glyph::Warning;
    case Kind::Unknown:
        return Glyph::Question;
    }
    return Glyph::Question;
}

bool isLoud(Kind kind)
{
    return kind == Kind::Unknown || kind == Kind::TradedWithAlarm || kind == Kind::Busted;
}

}

OutcomeStrip::OutcomeStrip(const Theme& theme, const base::Clock& clock, QWidget* parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_clock(clock)
    , m_title(label(u"outcomeTitle"_s, this))
    , m_text(label(u"outcomeText"_s, this))
    , m_hold(label(u"outcomeHold"_s, this))
    , m_meter(new QWidget(this))
    , m_detail(label(u"outcomeDetail"_s, this))
    , m_advice(label(u"outcomeAdvice"_s, this))
    , m_evidence(label(u"outcomeEvidence"_s, this))
    , m_details(pushButton(u"outcomeDetails"_s, tr("Details"), u"link"_s, this))
    , m_ask(pushButton(u"outcomeAsk"_s, tr("Ask again"), {}, this))
    , m_close(pushButton(u"outcomeClose"_s, tr("Close with a second person…"), {}, this))
    , m_twin(pushButton(u"outcomeTwin"_s, tr("Allow with a second person…"), {}, this))
{
    setMinimumHeight(LineHeight);
    build();
    connect(m_details, &QPushButton::clicked, this, &OutcomeStrip::detailsAsked);
    connect(m_ask, &QPushButton::clicked, this, &OutcomeStrip::askAsked);
    connect(m_close, &QPushButton::clicked, this, &OutcomeStrip::closeAsked);
    connect(m_twin, &QPushButton::clicked, this, &OutcomeStrip::twinAsked);
}

void OutcomeStrip::build()
{
    m_meter->setFixedSize(MeterWidth, 8);
    m_details->setAccessibleName(tr("Codes, ids, message and evidence of this deal"));
    m_details->setToolTip(tr("Codes, ids, the message as sent, and all evidence"));
    m_ask->setToolTip(tr("Asks the counterparty now what became of the deal"));
    setTone(*m_detail, u"dim"_s);
    setTone(*m_evidence, u"dim"_s);
    for (auto* wrapped : {m_text, m_detail, m_advice, m_evidence})
        wrapped->setWordWrap(true);
    for (auto* copied : {m_detail, m_advice, m_evidence})
        copied->setTextInteractionFlags(Qt::TextSelectableByMouse);

    for (auto* side : {m_advice, m_evidence})
        side->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    auto* line = new QHBoxLayout;
    line->setSpacing(grid::Wide);
    line->addWidget(m_title);
    line->addWidget(m_text, 1);
    line->addWidget(m_hold);
    line->addWidget(m_meter);
    line->addWidget(m_twin);
    line->addWidget(m_details);
    auto* actions = new QHBoxLayout;
    actions->setSpacing(grid::Step);
    actions->addWidget(m_ask);
    actions->addWidget(m_close);
    actions->addStretch();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(grid::Panel, grid::Step, grid::Panel, grid::Step);
    column->setSpacing(grid::Step);
    column->addLayout(line);
    column->addWidget(m_detail);
    auto* known = new QHBoxLayout;
    known->setSpacing(grid::Panel);
    known->addWidget(m_advice, 1);
    known->addWidget(m_evidence, 1);
    column->addLayout(known);
    column->addLayout(actions);
}

void OutcomeStrip::show(const OutcomeView& outcome, const FootNote& note)
{
    m_concealed = false;
    m_outcome = outcome;
    showHold();
    showLines(note);
    showActions(note);
    const bool nothing = outcome.kind == Kind::None;
    layout()->setContentsMargins(nothing ? grid::Panel : GlyphRoom, grid::Step, grid::Panel, grid::Step);
    const auto words = nothing ? m_text->text() : QString(outcome.title + u". " + outcome.text);
    if (words != accessibleName())
        setAccessibleName(words);
    setAccessibleDescription(QStringList{outcome.detail, outcome.asking, m_advice->text()}.join(u' ').simplified());
    update();
}

void OutcomeStrip::showLines(const FootNote& note)
{
    const bool nothing = m_outcome.kind == Kind::None;
    const bool blocked = !note.block.isEmpty();
    m_title->setVisible(!nothing);
    m_title->setText(m_outcome.title);
    setStyleProperty(*m_title, "outcome", toneName());
    m_text->setText(!nothing ? m_outcome.text : blocked ? note.block : note.hint);
    setTone(*m_text, !nothing ? QString() : blocked ? u"warning"_s : u"small"_s);
    m_detail->setText(m_outcome.detail);
    m_detail->setVisible(!m_outcome.detail.isEmpty());
    auto advice = m_outcome.advice;
    if (blocked && !nothing)
        advice << note.block;
    m_advice->setText(advice.join(u'\n'));
    m_advice->setVisible(!advice.isEmpty());
    m_evidence->setText(m_outcome.evidence.join(u'\n'));
    m_evidence->setVisible(!m_outcome.evidence.isEmpty());
}

void OutcomeStrip::showActions(const FootNote& note)
{
    const bool unknown = m_outcome.kind == Kind::Unknown;
    m_details->setVisible(!m_outcome.order.empty());
    m_ask->setVisible(unknown);
    m_ask->setEnabled(m_outcome.canAsk);
    m_close->setVisible(unknown);
    m_twin->setVisible(!note.block.isEmpty());
}

void OutcomeStrip::conceal()
{
    m_concealed = true;
    m_outcome = {};
    for (auto* part : {m_title, m_text, m_hold, m_detail, m_advice, m_evidence})
        part->clear();
    for (QWidget* part : std::initializer_list<QWidget*>{m_meter, m_details, m_ask, m_close, m_twin})
        part->hide();
    setAccessibleName({});
    setAccessibleDescription({});
    update();
}

void OutcomeStrip::tick()
{
    if (m_concealed || !holds())
        return;
    showHold();
    update();
}

bool OutcomeStrip::holds() const
{
    return (m_outcome.kind == Kind::Held || m_outcome.kind == Kind::Sending) && m_outcome.since;
}

void OutcomeStrip::showHold()
{
    m_hold->setVisible(holds());
    m_meter->setVisible(holds() && m_outcome.lastLook);
    m_late = false;
    if (!holds())
        return;
    const auto elapsed = m_clock.steady() - *m_outcome.since;
    const bool overWindow = m_outcome.lastLook && elapsed > *m_outcome.lastLook;
    m_late = overWindow || elapsed > m_outcome.soft || !m_outcome.asking.isEmpty();
    m_hold->setText(holdText(elapsed));
    setTone(*m_hold, m_late ? u"warning"_s : u"dim"_s);
    setStyleProperty(*m_title, "outcome", toneName());
}

QString OutcomeStrip::holdText(std::chrono::nanoseconds elapsed) const
{
    const auto seconds = secondsText(elapsed);
    if (!m_outcome.asking.isEmpty())
        return tr("%1 without an answer. %2").arg(seconds, m_outcome.asking);
    if (!m_outcome.lastLook)
        return tr("%1, no last look disclosed").arg(seconds);
    return elapsed > *m_outcome.lastLook
        ? tr("%1, longer than the %2 disclosed").arg(seconds, secondsText(*m_outcome.lastLook))
        : tr("%1 of at most %2 last look").arg(seconds, secondsText(*m_outcome.lastLook));
}

QString OutcomeStrip::toneName() const
{
    switch (m_outcome.kind) {
    case Kind::None:
        return u"calm"_s;
    case Kind::Sending:
    case Kind::Held:
        return m_late ? u"warning"_s : u"calm"_s;
    case Kind::Traded:
    case Kind::NotReceived:
        return u"good"_s;
    case Kind::Failed:
    case Kind::ClosedTraded:
    case Kind::ClosedNotTraded:
        return u"warning"_s;
    case Kind::TradedWithAlarm:
    case Kind::Busted:
    case Kind::Unknown:
        return u"alarm"_s;
    }
    return u"calm"_s;
}

QColor OutcomeStrip::tone() const
{
    const auto& c = m_theme.colours();
    switch (m_outcome.kind) {
    case Kind::None:
        return c.dimText;
    case Kind::Sending:
    case Kind::Held:
        return m_late ? c.warning : c.accent;
    case Kind::Traded:
    case Kind::NotReceived:
        return c.good;
    case Kind::Failed:
    case Kind::ClosedTraded:
    case Kind::ClosedNotTraded:
        return c.warning;
    case Kind::TradedWithAlarm:
    case Kind::Busted:
    case Kind::Unknown:
        return c.alarm;
    }
    return c.dimText;
}

void OutcomeStrip::paintEvent(QPaintEvent*)
{
    const auto& c = m_theme.colours();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(QRectF(grid::Wide, 0, width() - 2 * grid::Wide, 1), c.line);
    if (m_outcome.kind == Kind::None || m_concealed)
        return;
    if (isLoud(m_outcome.kind)) {
        auto wash = c.alarm;
        wash.setAlpha(28);
        painter.fillRect(rect().adjusted(1, 1, -1, -1), wash);
        painter.fillRect(QRectF(0, 0, 4, height()), c.alarm);
    }
    const auto box = QRectF(grid::Panel, m_title->geometry().center().y() - 8, 16, 16);
    paintGlyph(painter, box, glyphOf(m_outcome.kind), tone());
    if (!holds() || !m_outcome.lastLook)
        return;
    const auto elapsed = std::chrono::duration<double>(m_clock.steady() - *m_outcome.since).count();
    const auto window = std::chrono::duration<double>(*m_outcome.lastLook).count();
    const auto urgency = !m_outcome.asking.isEmpty() ? Urgency::Now : m_late ? Urgency::Soon : Urgency::Calm;
    paintTimeBar(painter, m_meter->geometry(), elapsed / window, urgency, c);
}

}
