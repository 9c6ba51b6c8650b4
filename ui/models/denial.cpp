#include "ui/models/denial.h"

#include "ui/models/desk_model.h"
#include "ui/models/format.h"
#include "ui/models/policy_words.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace ui {
using namespace Qt::StringLiterals;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ui::Denial)
};

/// Of a point that has words of its own: what stands behind "Reference" in them.
QString referenceIn(const QString& words)
{
    static const QRegularExpression named(u"\\bReference:?\\s+([A-Za-z0-9][A-Za-z0-9_-]*)"_s);
    return named.match(words).captured(1);
}

/// The counterparty's own text, without the desk's words about it; empty where it gave none.
QString quotedIn(const QString& detail)
{
    const auto begin = detail.indexOf(u'"');
    const auto end = detail.lastIndexOf(u'"');
    if (begin >= 0 && end > begin)
        return detail.mid(begin + 1, end - begin - 1);
    return detail.endsWith(u"without a reason") ? QString() : detail;
}

/// The enforcement point in the desk itself judges before anything is connected: nobody is quoted.
bool isOwn(const rfq::SessionChanged& session)
{
    return session.refusal && session.reason->detail.find('"') == std::string::npos;
}

QString whyOf(const rfq::SessionChanged& session)
{
    if (session.refusal && session.refusal->isForAWhile)
        return Words::tr("It takes no sign-on from this session for a while. That happens after too many tries or "
                         "requests in a short time. Your access score was not looked at.");
    if (isOwn(session))
        return Words::tr("It refused the session before it looked at your access score. Nothing was connected. This "
                         "desk's audit trail has the reason under the reference.");
    if (session.refusal)
        return Words::tr("It refused the sign-on before it looked at your access score, and does not tell the reason "
                         "over the line. The help desk finds it by the reference.");
    const auto theirs = quotedIn(text(session.reason->detail));
    return theirs.isEmpty() ? Words::tr("It refused the sign-on and gave no reason.")
                            : Words::tr("It refused the sign-on, in its own words: “%1”").arg(theirs);
}

QString adviceOf(const rfq::SessionChanged& session, const QString& reference)
{
    if (session.refusal && session.refusal->isForAWhile)
        return Words::tr("You need not do anything. Should it go on, call the help desk with the reference.");
    if (!reference.isEmpty())
        return Words::tr("Call the help desk with the reference: your card, certificate or workstation may be unknown, "
                         "locked or withdrawn there. Once they have put it right, try again.");
    return Words::tr("Call the counterparty or IT. Once they have put it right, try again.");
}

Denial turnedAway(const rfq::SessionChanged& session)
{
    const auto name = text(session.session.text());
    const auto reference =
        session.refusal ? text(session.refusal->reference) : referenceIn(text(session.reason->detail));
    const auto why = whyOf(session);
    return {.scored = std::nullopt,
        .heading = isOwn(session) ? Words::tr("This desk's own access policy does not let you in at %1").arg(name)
                                  : Words::tr("%1 does not let you in").arg(name),
        .words = why,
        .advice = adviceOf(session, reference),
        .reference = reference,
        .kind = (reference.isEmpty() ? why : QString(why).replace(reference, QString())).toStdString()};
}

bool isTurnedAway(const rfq::SessionChanged& session)
{
    const bool isDown = session.phase == rfq::SessionPhase::Waiting || session.phase == rfq::SessionPhase::Refused;
    if (!isDown || !session.reason)
        return false;
    // Just after the Logon was answered it comes as a session that ends.
    return session.refusal || session.reason->code == base::Errc::LogonRefused;
}

}

std::optional<Denial> denialOf(const rfq::SessionChanged& session, const rfq::AccessState* state)
{
    const bool isScored = state && state->notice && state->notice->outcome == rfq::AccessOutcome::Deny;
    // A session that the score has ended says so with the same reference; what comes later is another matter.
    if (isTurnedAway(session)
        && !(isScored && session.reason->detail.find(state->notice->reference) != std::string::npos))
        return turnedAway(session);
    if (!isScored)
        return std::nullopt;
    return Denial{.scored = *state,
        .heading = Words::tr("%1 does not let you in").arg(text(session.session.text())),
        .words = policyWords(state->notice->text),
        .advice = {},
        .reference = text(state->notice->reference),
        .kind = "score " + state->notice->reference};
}

std::optional<Denial> denialOf(DeskModel& desk, const rfq::SessionId& session)
{
    const rfq::AccessState* state = nullptr;
    if (const auto* access = desk.access()) {
        const auto found = access->sessions().find(session);
        state = found == access->sessions().end() ? nullptr : &found->second;
    }
    return denialOf(sessionOf(desk, session), state);
}

rfq::SessionChanged sessionOf(DeskModel& desk, const rfq::SessionId& session)
{
    const auto& all = desk.service().sessions();
    if (const auto found = all.find(session); found != all.end())
        return found->second;
    rfq::SessionChanged none;
    none.session = session;
    return none;
}

QString nextTryText(const rfq::SessionChanged& session, rfq::SteadyTime now)
{
    switch (session.phase) {
    case rfq::SessionPhase::Connecting:
    case rfq::SessionPhase::Securing:
    case rfq::SessionPhase::LoggingOn:
    case rfq::SessionPhase::Authorising:
        return Words::tr("The desk is trying now…");
    case rfq::SessionPhase::Waiting:
        return session.retryAt
            ? Words::tr("The desk tries again by itself in %1.").arg(countdownText(*session.retryAt - now))
            : QString();
    case rfq::SessionPhase::Refused:
        return Words::tr("The desk does not try again by itself.");
    case rfq::SessionPhase::Stopped:
    case rfq::SessionPhase::LoggedOn:
        return {};
    }
    return {};
}

}
