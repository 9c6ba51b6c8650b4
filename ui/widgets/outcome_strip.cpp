#include "ui/widgets/outcome_strip.h"

#include "ui/widgets/controls.h"
#include "ui/widgets/glyphs.h"
#include "ui/widgets/time_bar.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>

namespace ui {
using namespace Qt::StringLiterals;

namespace {

using Kind = OutcomeView::Kind;
constexpr int GlyphRoom = 40;
constexpr int LineHeight = 36;

Glyph glyphOf(Kind kind)
{
    switch (kind) {
    case Kind::None:
    case Kind::Sending:
        return Glyph::DotHalf;
    case Kind::Held:
        return Glyph::DotRing;
    case Kind::Traded:
        return Glyph::Tick;
    case Kind::Failed:
        return Glyph::Cross;
    case Kind::TradedWithAlarm:
        return Glyph::Warning;
    case Kind::Unknown:
        return Glyph::Question;
    }
    return Glyph::Question;
}

bool isLoud(Kind kind)
{
    return kind == Kind::Unknown || kind == Kind::TradedWithAlarm;
}

}

OutcomeStrip::OutcomeStrip(const Theme& theme, const base::Clock& clock, QWidget* parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_clock(clock)
    , m_title(label(u"outcomeTitle"_s, this))
    , m_text(label(u"outcomeText"_s, this))
    , m_hold(label(u"outcomeHold"_s, this))
    , m_detail(label(u"outcomeDetail"_s, this))
    , m_advice(label(u"outcomeAdvice"_s, this))
{
    setMinimumHeight(LineHeight);
    auto* line = new QHBoxLayout;
    line->setSpacing(grid::Wide);
    line->addWidget(m_title);
    line->addWidget(m_text);
    line->addWidget(m_hold);
    line->addStretch();
    line->addWidget(m_detail);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(grid::Panel, grid::Step, grid::Panel, grid::Step);
    column->setSpacing(grid::Step);
    column->addLayout(line);
    column->addWidget(m_advice);
    setTone(*m_detail, u"dim"_s);
    m_advice->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_detail->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_advice->setWordWrap(true);
}

void OutcomeStrip::show(const OutcomeView& outcome, const QString& hint)
{
    m_concealed = false;
    m_outcome = outcome;
    const bool nothing = outcome.kind == Kind::None;
    m_title->setVisible(!nothing);
    m_title->setText(outcome.title);
    setStyleProperty(*m_title, "outcome", toneName());
    m_text->setText(nothing ? hint : outcome.text);
    setTone(*m_text, nothing ? u"small"_s : QString());
    m_detail->setText(outcome.detail);
    m_detail->setVisible(!outcome.detail.isEmpty());
    m_advice->setText(outcome.advice.join(u'\n'));
    m_advice->setVisible(!outcome.advice.isEmpty());
    const auto left = nothing ? grid::Panel : GlyphRoom;
    layout()->setContentsMargins(left, grid::Step, grid::Panel, grid::Step);
    setAccessibleName(nothing ? hint : QString(outcome.title + u". " + outcome.text));
    showHold();
    update();
}

void OutcomeStrip::conceal()
{
    m_concealed = true;
    m_outcome = {};
    for (auto* part : {m_title, m_text, m_hold, m_detail, m_advice})
        part->clear();
    setAccessibleName({});
    update();
}

void OutcomeStrip::tick()
{
    if (m_concealed || (m_outcome.kind != Kind::Held && m_outcome.kind != Kind::Sending))
        return;
    showHold();
    update();
}

void OutcomeStrip::showHold()
{
    const bool holds = (m_outcome.kind == Kind::Held || m_outcome.kind == Kind::Sending) && m_outcome.since;
    m_hold->setVisible(holds);
    if (!holds)
        return;
    const auto elapsed = m_clock.steady() - *m_outcome.since;
    if (!m_outcome.lastLook) {
        m_hold->setText(tr("%1, no last look disclosed").arg(secondsText(elapsed)));
        setTone(*m_hold, elapsed > m_outcome.soft ? u"warning"_s : u"dim"_s);
        return;
    }
    const bool late = elapsed > *m_outcome.lastLook;
    m_hold->setText(late
            ? tr("%1, longer than the %2 disclosed").arg(secondsText(elapsed), secondsText(*m_outcome.lastLook))
            : tr("%1 of at most %2 last look").arg(secondsText(elapsed), secondsText(*m_outcome.lastLook)));
    setTone(*m_hold, late ? u"warning"_s : u"dim"_s);
}

QString OutcomeStrip::toneName() const
{
    switch (m_outcome.kind) {
    case Kind::None:
    case Kind::Sending:
        return u"calm"_s;
    case Kind::Traded:
        return u"good"_s;
    case Kind::Held:
    case Kind::Failed:
        return u"warning"_s;
    case Kind::TradedWithAlarm:
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
        return c.accent;
    case Kind::Held:
        return c.warning;
    case Kind::Traded:
        return c.good;
    case Kind::Failed:
        return c.warning;
    case Kind::TradedWithAlarm:
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
    if (m_outcome.kind != Kind::Held || !m_outcome.since || !m_outcome.lastLook)
        return;
    const auto elapsed = std::chrono::duration<double>(m_clock.steady() - *m_outcome.since).count();
    const auto window = std::chrono::duration<double>(*m_outcome.lastLook).count();
    const QRectF bar(m_hold->geometry().right() + grid::Wide, m_hold->geometry().center().y() - 4, 120, 8);
    paintTimeBar(painter, bar, elapsed / window, elapsed > window ? Urgency::Soon : Urgency::Calm, c);
}

}
