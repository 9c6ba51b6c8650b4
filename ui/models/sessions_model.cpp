#include "ui/models/sessions_model.h"

#include "ui/models/error_text.h"
#include "ui/models/format.h"
#include "ui/models/words.h"

#include <QCoreApplication>
#include <QStringList>

namespace ui {
using namespace Qt::StringLiterals;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ui::Sessions)
};

ErrorText reasonText(const rfq::SessionChanged& session)
{
    // A Logon that was refused for good is Refused: this one was told a time.
    if (session.phase == rfq::SessionPhase::Waiting && session.reason->code == base::Errc::LogonRefused)
        return {Words::tr("Asked to wait"), Words::tr("The counterparty lets this session in later."),
            Words::tr("It is tried again by itself at the time that was told.")};
    return errorText(session.reason->code);
}

std::vector<SessionsModel::Column> columns()
{
    return {{Words::tr("Session"), [](const SessionRow& row) { return text(row.session.session.text()); }},
        {Words::tr("State"), [](const SessionRow& row) { return stateText(row.session.phase); }},
        {Words::tr("TLS"),
            [](const SessionRow& row) {
                return row.session.connection ? text(row.session.connection->tlsVersion) : QString();
            }},
        {Words::tr("Counterparty"),
            [](const SessionRow& row) {
                return row.session.connection ? text(row.session.connection->peerSubject) : QString();
            }},
        {Words::tr("Their clock"),
            [](const SessionRow& row) -> QString {
                if (!row.clockOffset)
                    return Words::tr("not measured");
                const auto words = clockText(*row.clockOffset);
                return isClockOff(row.clockOffset) ? Words::tr("%1, too far off").arg(words) : words;
            },
            [](const SessionRow& row) {
                return QVariant(static_cast<qlonglong>(row.clockOffset ? row.clockOffset->count() : 0));
            }},
        {Words::tr("Reason"),
            [](const SessionRow& row) { return row.session.reason ? reasonText(row.session).title : QString(); }}};
}

}

SessionsModel::SessionsModel(QObject* parent)
    : RowsModel(columns(), parent)
{
}

void SessionsModel::refresh(const rfq::RfqService& service, const std::set<rfq::SessionId>& changed)
{
    const auto& sessions = service.sessions();
    if (sessions.size() != rows().size()) {
        std::vector<SessionRow> all;
        for (const auto& [id, session] : sessions)
            all.push_back({session, service.clockOffset(id)});
        reset(std::move(all));
        return;
    }
    std::vector<std::pair<int, SessionRow>> changes;
    for (int i = 0; i < rowCount(); ++i) {
        const auto& id = row(i).session.session;
        if (changed.contains(id))
            changes.emplace_back(i, SessionRow{sessions.at(id), service.clockOffset(id)});
    }
    replace(changes);
}

bool SessionsModel::isAnyWaiting() const
{
    return std::ranges::any_of(rows(), [](const SessionRow& row) { return row.session.retryAt.has_value(); });
}

QVariant SessionsModel::rowData(const SessionRow& row, int role) const
{
    switch (role) {
    case SessionRole:
        return text(row.session.session.text());
    case Qt::ToolTipRole:
        return connectionText(row.session, row.clockOffset);
    case SeverityRole:
        return static_cast<int>(isClockOff(row.clockOffset) ? rfq::Severity::Warning : rfq::Severity::Info);
    default:
        return {};
    }
}

bool isClockOff(const std::optional<std::chrono::microseconds>& offset)
{
    return offset && std::chrono::abs(*offset) > std::chrono::seconds(1);
}

QString clockText(std::chrono::microseconds offset)
{
    const auto apart = std::chrono::abs(offset);
    const auto sign = offset < std::chrono::microseconds(0) ? u'−' : u'+';
    if (apart >= std::chrono::seconds(1))
        return sign + secondsText(apart);
    return sign + QString::number(apart / std::chrono::milliseconds(1)) + u" ms"_s;
}

QString connectionText(const rfq::SessionChanged& session, const std::optional<std::chrono::microseconds>& clockOffset)
{
    QStringList lines;
    lines << Words::tr("%1: %2").arg(text(session.session.text()), stateText(session.phase));
    if (session.reason) {
        lines << reasonText(session).whole();
        lines << text(session.reason->detail);
    }
    if (session.connection) {
        const auto& facts = *session.connection;
        lines << text(facts.tlsVersion) + u" · " + text(facts.cipherSuite);
        lines << Words::tr("Counterparty %1 at %2").arg(text(facts.peerSubject), text(facts.peerAddress));
        lines << Words::tr("Certificate %1, valid until %2 UTC%3")
                     .arg(text(facts.peerFingerprint.substr(0, 16)), stampText(facts.peerNotAfter).left(10),
                         facts.pinned ? Words::tr(", pinned") : QString());
        if (facts.pinnedAsNext)
            lines << Words::tr("The counterparty has changed to its next certificate, as was announced. Ask IT to move "
                               "the pins of this session on.");
    }
    if (clockOffset)
        lines << Words::tr("Their clock against this workstation's: %1").arg(clockText(*clockOffset));
    if (isClockOff(clockOffset))
        lines << Words::tr("The clocks are too far apart: times of quotes and deals prove nothing. Ask IT to set this "
                           "workstation's clock; where it is right, tell the counterparty.");
    return lines.join(u'\n');
}

}
