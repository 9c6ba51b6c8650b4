#include "ui/widgets/access_badge.h"

#include "core/rfq/access.h"
#include "ui/models/access_text.h"
#include "ui/models/format.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/glyphs.h"

#include <QStringList>

#include <utility>

namespace ui {
using namespace Qt::StringLiterals;

namespace {

/// The worst first, and of equals the higher score.
std::pair<int, int> weightOf(const rfq::AccessNotice& notice)
{
    switch (notice.outcome) {
    case rfq::AccessOutcome::Allow:
        return {0, notice.score};
    case rfq::AccessOutcome::StepUp:
        return {1, notice.score};
    case rfq::AccessOutcome::ViewOnly:
        return {2, notice.score};
    case rfq::AccessOutcome::Deny:
        return {3, notice.score};
    }
    return {3, notice.score};
}

QString wordsOf(const rfq::AccessState& state)
{
    if (!state.notice)
        return AccessBadge::tr("no decision yet");
    // A touch may have been asked for, missed or given since.
    const auto phase = accessStateText(state);
    return AccessBadge::tr("%1 · %2")
        .arg(state.notice->score)
        .arg(phase.isEmpty() ? outcomeText(state.notice->outcome) : phase);
}

}

AccessBadge::AccessBadge(const Theme& theme, DeskModel& desk, QWidget* parent)
    : QToolButton(parent)
    , m_theme(theme)
    , m_desk(desk)
{
    setObjectName(u"accessBadge"_s);
    setStyleProperty(*this, "kind", u"quiet"_s);
    setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    setIconSize({12, 12});
    setFocusPolicy(Qt::TabFocus);
    connect(&desk, &DeskModel::sessionsChanged, this, &AccessBadge::refresh);
    connect(&theme, &Theme::changed, this, &AccessBadge::refresh);
    refresh();
}

void AccessBadge::refresh()
{
    const auto* access = m_desk.access();
    setVisible(access != nullptr && !access->sessions().empty());
    if (!access || access->sessions().empty())
        return;
    const rfq::AccessState* worst = nullptr;
    QStringList all;
    for (const auto& [session, state] : access->sessions()) {
        all << tr("%1: %2").arg(ui::text(session.text()), wordsOf(state));
        const bool isWorse =
            state.notice && (!worst || !worst->notice || weightOf(*state.notice) > weightOf(*worst->notice));
        if (!worst || isWorse)
            worst = &state;
    }
    const auto& c = m_theme.colours();
    const int weight = worst->notice ? weightOf(*worst->notice).first : -1;
    const bool isOpen = weight == 0 && rfq::mayDeal(*worst);
    setIcon(weight < 0    ? glyphIcon(Glyph::DotDash, c.faintText)
            : weight == 3 ? glyphIcon(Glyph::Cross, c.alarm)
            : isOpen      ? glyphIcon(Glyph::Tick, c.good)
                          : glyphIcon(Glyph::Warning, c.warning));
    setStyleProperty(*this, "alarm", weight == 3 ? u"true"_s : QString());
    setStyleProperty(*this, "warning", weight >= 0 && weight < 3 && !isOpen ? u"true"_s : QString());
    const auto words = wordsOf(*worst);
    setText(u' ' + tr("Access %1").arg(words));
    setToolTip(
        all.join(u'\n').toHtmlEscaped().replace(u'\n', u"<br>"_s) + u"<br>"_s + tr("Click for the score line by line"));
    setAccessibleName(tr("Access score: %1").arg(words));
    setAccessibleDescription(all.join(u'\n'));
}

}
