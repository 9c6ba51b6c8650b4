#include "core/rfq/incident_desk.h"

#include "core/rfq/fill_rules.h"

#include <algorithm>
#include <utility>

namespace rfq {

using base::Errc;
using base::Error;

namespace {

NoticeCode noticeFor(IncidentKind kind)
{
    switch (kind) {
    case IncidentKind::FillDiffers:
        return NoticeCode::FillDiffers;
    case IncidentKind::StrayFill:
        return NoticeCode::FillUnknownOrder;
    case IncidentKind::FillCorrected:
    case IncidentKind::FillBusted:
        return NoticeCode::FillCorrected;
    case IncidentKind::LateFill:
    case IncidentKind::Contradiction:
        return NoticeCode::IncidentRaised;
    }
    return NoticeCode::IncidentRaised;
}

}

IncidentDesk::IncidentDesk(DeskState& desk)
    : m_desk(desk)
{
}

void IncidentDesk::raise(
    IncidentKind kind, const Acceptance& acceptance, const ExecutionReport& report, std::string text)
{
    Incident incident;
    incident.kind = kind;
    incident.rfq = acceptance.rfq;
    incident.clOrdId = acceptance.id;
    incident.dealer = acceptance.dealer;
    incident.session = acceptance.session;
    incident.text = std::move(text) + " (" + summary(report) + ")";
    incident.report = report;
    add(std::move(incident));
}

void IncidentDesk::raise(IncidentKind kind, const Acceptance& acceptance, std::string text)
{
    Incident incident;
    incident.kind = kind;
    incident.rfq = acceptance.rfq;
    incident.clOrdId = acceptance.id;
    incident.dealer = acceptance.dealer;
    incident.session = acceptance.session;
    incident.text = std::move(text);
    add(std::move(incident));
}

void IncidentDesk::raiseStray(const ExecutionReport& report)
{
    Incident incident;
    incident.kind = IncidentKind::StrayFill;
    incident.clOrdId = report.clOrdId;
    incident.session = report.session;
    incident.text = summary(report);
    incident.report = report;
    add(std::move(incident));
}

void IncidentDesk::add(Incident incident)
{
    incident.id = m_desk.ids.nextIncident();
    incident.time = m_desk.clock.utc();
    m_desk.record(IncidentRaised{incident});
    Notice notice = noticeOf(noticeFor(incident.kind), Severity::Alarm, incident.rfq);
    notice.session = incident.session;
    notice.dealer = incident.dealer;
    notice.clOrdId = incident.clOrdId;
    notice.raw = incident.text;
    m_desk.notify(std::move(notice));
    m_desk.incidents.push_back(std::move(incident));
    m_desk.changes.incidents = true;
}

base::Status IncidentDesk::acknowledge(const IncidentId& id, const std::string& note)
{
    Incident* incident = find(id);
    if (!incident)
        return Error{Errc::NotFound, "no incident " + id.text()};
    if (incident->acknowledged)
        return Error{
            Errc::Duplicate, "incident " + id.text() + " was acknowledged by " + incident->acknowledged->who.name};
    if (note.empty())
        return Error{Errc::InvalidInput, "say what was found out or done"};
    incident->acknowledged = Incident::Acknowledgement{m_desk.trader, note, m_desk.clock.utc()};
    m_desk.record(IncidentChanged{*incident});
    Notice notice = noticeOf(NoticeCode::IncidentAcknowledged, Severity::Info, incident->rfq);
    notice.clOrdId = incident->clOrdId;
    notice.raw = id.text() + " " + note;
    m_desk.notify(std::move(notice));
    m_desk.changes.incidents = true;
    return base::Ok{};
}

base::Status IncidentDesk::dispute(const IncidentId& id)
{
    Incident* incident = find(id);
    if (!incident)
        return Error{Errc::NotFound, "no incident " + id.text()};
    if (incident->disputed)
        return Error{Errc::Duplicate, "incident " + id.text() + " is disputed already"};
    if (!incident->report)
        return Error{Errc::Refused, "there is no execution at hand to dispute; call the dealer"};
    if (!m_desk.isLoggedOn(incident->session))
        return Error{Errc::NotConnected, "session " + incident->session.text() + " is not logged on"};
    const AcceptanceLine* line = m_desk.acceptance(incident->clOrdId);
    m_desk.link.send(SendDontKnow{*incident->report,
        dontKnowReason(*incident->report, line ? &line->acceptance : nullptr), "not as accepted by us"});
    incident->disputed = true;
    m_desk.record(IncidentChanged{*incident});
    Notice notice = noticeOf(NoticeCode::DontKnowSent, Severity::Warning, incident->rfq);
    notice.session = incident->session;
    notice.clOrdId = incident->clOrdId;
    notice.raw = id.text() + " ExecID " + incident->report->execId.text();
    m_desk.notify(std::move(notice));
    m_desk.changes.incidents = true;
    return base::Ok{};
}

Incident* IncidentDesk::find(const IncidentId& id)
{
    const auto found = std::find_if(
        m_desk.incidents.begin(), m_desk.incidents.end(), [&](const Incident& incident) { return incident.id == id; });
    return found == m_desk.incidents.end() ? nullptr : &*found;
}

}
