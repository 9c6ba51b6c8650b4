#include "ui/widgets/access_badge.h"

#include "core/rfq/access.h"
#include "ui/models/access_text.h"
#include "ui/models/denial.h"
#include "ui/models/format.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/glyphs.h"

#include <QStringList>

#include <optional>
#include <utility>

namespace ui {
using namespace Qt::StringLiterals;

namespace {

/// What the header says of one session.
struct SessionAccess {
    int weight = -1; ///< the worst is the highest; below 0 nothing is known
    int score = 0; ///< of equals the higher one counts
    bool mayDeal = false;
    QString words;
};

constexpr int Allowed = 0;
constexpr int Denied = 3;

int weightOf(rfq::AccessOutcome outcome)
{
    switch (outcome) {
    case rfq::AccessOutcome::Allow:
        return Allowed;
    case rfq::AccessOutcome::StepUp:
        return 1;
    case rfq::AccessOutcome::ViewOnly:
        return 2;
    case rfq::AccessOutcome::Deny:
        return Denied;
    }
    return Denied;
}

SessionAccess accessOf(const rfq::AccessState& state, const std::optional<Denial>& denial)
{
    if (denial && !denial->scored)
        return {.weight = Denied, .score = 0, .mayDeal = false, .words = AccessBadge::tr("refused")};
    if (!state.notice)
        return {.weight = -1, .score = 0, .mayDeal = false, .words = AccessBadge::tr("no decision yet")};
    // A touch may have been asked for, missed or given since.
    const auto phase = accessStateText(state);
    return {.weight = weightOf(state.notice->outcome),
        .score = state.notice->score,
        .mayDeal = rfq::mayDeal(state).has_value(),
        .words = AccessBadge::tr("%1 · %2")
                     .arg(state.notice->score)
                     .arg(phase.isEmpty() ? outcomeText(state.notice->outcome) : phase)};
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
    std::optional<SessionAccess> worst;
    QStringList all;
    for (const auto& [session, state] : access->sessions()) {
        auto one = accessOf(state, denialOf(m_desk, session));
        all << tr("%1: %2").arg(ui::text(session.text()), one.words);
        if (!worst || std::pair(one.weight, one.score) > std::pair(worst->weight, worst->score))
            worst = std::move(one);
    }
    const auto& c = m_theme.colours();
    const int weight = worst->weight;
    const bool isOpen = weight == Allowed && worst->mayDeal;
    setIcon(weight < 0         ? glyphIcon(Glyph::DotDash, c.faintText)
            : weight == Denied ? glyphIcon(Glyph::Cross, c.alarm)
            : isOpen           ? glyphIcon(Glyph::Tick, c.good)
                               : glyphIcon(Glyph::Warning, c.warning));
    setStyleProperty(*this, "alarm", weight == Denied ? u"true"_s : QString());
    setStyleProperty(*this, "warning", weight >= 0 && weight < Denied && !isOpen ? u"true"_s : QString());
    const auto& words = worst->words;
    setText(u' ' + tr("Access %1").arg(words));
    setToolTip(
        all.join(u'\n').toHtmlEscaped().replace(u'\n', u"<br>"_s) + u"<br>"_s + tr("Click for the score line by line"));
    setAccessibleName(tr("Access score: %1").arg(words));
    setAccessibleDescription(all.join(u'\n'));
}

}
