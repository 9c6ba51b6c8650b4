#include "ui/widgets/session_chip.h"

#include "ui/models/access_text.h"
#include "ui/models/denial.h"
#include "ui/models/format.h"
#include "ui/models/words.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/glyphs.h"

#include <QToolTip>

namespace ui {
using namespace Qt::StringLiterals;

namespace {

struct Look {
    Glyph glyph;
    QColor colour;
};

Look lookOf(rfq::SessionPhase phase, const Colours& c)
{
    switch (phase) {
    case rfq::SessionPhase::Stopped:
        return {Glyph::DotDash, c.faintText};
    case rfq::SessionPhase::Connecting:
    case rfq::SessionPhase::Securing:
    case rfq::SessionPhase::LoggingOn:
    case rfq::SessionPhase::Authorising:
        return {Glyph::DotHalf, c.warning};
    case rfq::SessionPhase::LoggedOn:
        return {Glyph::DotFull, c.good};
    case rfq::SessionPhase::Waiting:
        return {Glyph::DotRing, c.warning};
    case rfq::SessionPhase::Refused:
        return {Glyph::Cross, c.alarm};
    }
    return {Glyph::DotDash, c.faintText};
}

bool canRetry(const rfq::SessionChanged& session)
{
    return session.phase == rfq::SessionPhase::Waiting || session.phase == rfq::SessionPhase::Refused;
}

/// Another try ends the same way: a person must decide.
bool needsReset(const rfq::SessionChanged& session)
{
    return canRetry(session) && session.reason && session.reason->code == base::Errc::SequenceError;
}

QString hintOf(const rfq::SessionChanged& session, bool isDenied)
{
    if (isDenied)
        return SessionChip::tr("Click for what was refused and the reference.");
    if (needsReset(session))
        return SessionChip::tr("Click to see what can be done.");
    return canRetry(session) ? SessionChip::tr("Click to try again now.") : QString();
}

}

SessionChip::SessionChip(const Theme& theme, DeskModel& desk, rfq::SessionId session, QWidget* parent)
    : QToolButton(parent)
    , m_theme(theme)
    , m_desk(desk)
    , m_session(std::move(session))
{
    setObjectName(u"session-" + ui::text(m_session.text()));
    setStyleProperty(*this, "kind", u"quiet"_s);
    setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    setIconSize({12, 12});
    setFocusPolicy(Qt::TabFocus);
    connect(this, &QToolButton::clicked, this, &SessionChip::act);
    refresh();
}

void SessionChip::refresh()
{
    const auto& all = m_desk.service().sessions();
    const auto it = all.find(m_session);
    if (it == all.end())
        return;
    const auto& session = it->second;
    auto words = stateText(session.phase);
    if (session.phase == rfq::SessionPhase::Waiting && session.retryAt) {
        const auto left = *session.retryAt - m_desk.clock().steady();
        words += u' ' + QString::number(std::max<qint64>(0, std::chrono::ceil<std::chrono::seconds>(left).count()))
            + u" s"_s;
    }
    const auto* state = this->access();
    const auto access = state ? accessStateText(*state) : QString();
    if (!access.isEmpty())
        words = access;
    const auto denial = denialOf(m_desk, m_session);
    const bool denied = denial
        && (denial->scored ? denial->scored->phase == rfq::AccessPhase::Decided
                           : session.phase == rfq::SessionPhase::Refused);
    const auto look = access.isEmpty() || session.phase != rfq::SessionPhase::LoggedOn
        ? lookOf(session.phase, m_theme.colours())
        : denied ? Look{Glyph::Cross, m_theme.colours().alarm}
                 : Look{Glyph::DotHalf, m_theme.colours().warning}; // the line stands, and the person is not through
    setIcon(glyphIcon(look.glyph, look.colour));
    const auto offset = m_desk.service().clockOffset(m_session);
    const bool clockOff = isClockOff(offset);
    if (clockOff)
        words += u"  "_s + tr("clock %1").arg(clockText(*offset));
    setStyleProperty(*this, "alarm", denied ? u"true"_s : u"false"_s);
    setStyleProperty(*this, "warning", !denied && (denial || clockOff || !access.isEmpty()) ? u"true"_s : u"false"_s);
    const auto facts = connectionText(session, offset);
    setText(u' ' + ui::text(m_session.text()) + u"  " + words);
    const auto hint = hintOf(session, denial.has_value());
    setToolTip(hint.isEmpty() ? facts : QString(facts + u'\n' + hint));
    setAccessibleName(tr("Session %1: %2").arg(ui::text(m_session.text()), words));
    setAccessibleDescription(facts);
}

const rfq::AccessState* SessionChip::access() const
{
    if (!m_desk.access())
        return nullptr;
    const auto& known = m_desk.access()->sessions();
    const auto state = known.find(m_session);
    return state == known.end() ? nullptr : &state->second;
}

void SessionChip::act()
{
    const auto& all = m_desk.service().sessions();
    const auto it = all.find(m_session);
    if (it != all.end() && needsReset(it->second))
        Q_EMIT opened(ui::text(m_session.text()));
    else if (denialOf(m_desk, m_session))
        Q_EMIT denialOpened(m_session);
    else if (it != all.end() && canRetry(it->second))
        Q_EMIT retryAsked(ui::text(m_session.text()));
    else
        QToolTip::showText(mapToGlobal(rect().bottomLeft()), toolTip(), this);
}

}
