#include "ui/models/incidents_model.h"

#include "ui/models/recovery_words.h"
#include "ui/models/rfq_view.h"

#include <QCoreApplication>

namespace ui {
using namespace Qt::StringLiterals;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ui::Incidents)
};

QString stateText(const rfq::Incident& incident)
{
    const auto disputed = incident.disputed ? Words::tr("disputed") : QString();
    if (!incident.acknowledged)
        return disputed.isEmpty() ? Words::tr("OPEN") : QString(Words::tr("OPEN") + u", "_s + disputed);
    const auto seen = Words::tr("acknowledged by %1").arg(text(incident.acknowledged->who.name));
    return disputed.isEmpty() ? seen : QString(seen + u", "_s + disputed);
}

std::vector<IncidentsModel::Column> columns()
{
    return {{Words::tr("Time UTC"), [](const IncidentRow& row) { return timeText(row.incident.time); },
                [](const IncidentRow& row) {
                    return QVariant(static_cast<qlonglong>(row.incident.time.time_since_epoch().count()));
                }},
        {Words::tr("State"), [](const IncidentRow& row) { return stateText(row.incident); }},
        {Words::tr("What happened"), [](const IncidentRow& row) { return incidentWords(row.incident.kind).title; }},
        {Words::tr("Dealer"), [](const IncidentRow& row) { return row.dealer; }},
        {Words::tr("Deal"), [](const IncidentRow& row) { return row.terms; }},
        {Words::tr("Note"),
            [](const IncidentRow& row) {
                return row.incident.acknowledged ? text(row.incident.acknowledged->note) : QString();
            }},
        {Words::tr("Order"), [](const IncidentRow& row) { return text(row.incident.clOrdId.text()); }},
        {Words::tr("Raw text"), [](const IncidentRow& row) { return text(row.incident.text); }}};
}

const rfq::AcceptanceLine* acceptanceOf(const rfq::Incident& incident, const rfq::RfqService& service)
{
    const auto* rfq = service.find(incident.rfq);
    if (!rfq)
        return nullptr;
    const auto found = std::ranges::find(
        rfq->acceptances, incident.clOrdId, [](const rfq::AcceptanceLine& line) { return line.acceptance.id; });
    return found == rfq->acceptances.end() ? nullptr : &*found;
}

}

IncidentRow incidentRow(const rfq::Incident& incident, const rfq::RfqService& service)
{
    IncidentRow row;
    row.incident = incident;
    row.dealer =
        incident.dealer.empty() ? text(incident.session.text()) : dealerName(service.settings(), incident.dealer);
    if (const auto* line = acceptanceOf(incident, service)) {
        row.deal = dealText(line->acceptance, row.dealer);
        row.terms = termsText(line->acceptance);
    }
    return row;
}

IncidentsModel::IncidentsModel(QObject* parent)
    : RowsModel(columns(), parent)
{
}

void IncidentsModel::refresh(const rfq::RfqService& service)
{
    std::vector<IncidentRow> rows;
    const auto& all = service.incidents();
    for (auto it = all.rbegin(); it != all.rend(); ++it)
        rows.push_back(incidentRow(*it, service));
    align(std::move(rows), [](const IncidentRow& row) { return row.incident.id; });
}

std::vector<IncidentRow> IncidentsModel::unacknowledged() const
{
    std::vector<IncidentRow> open;
    std::ranges::copy_if(
        rows(), std::back_inserter(open), [](const IncidentRow& row) { return !row.incident.acknowledged; });
    return open;
}

QVariant IncidentsModel::rowData(const IncidentRow& row, int role) const
{
    switch (role) {
    case IdRole:
        return text(row.incident.rfq.text());
    case IncidentRole:
        return text(row.incident.id.text());
    case SeverityRole:
        return static_cast<int>(row.incident.acknowledged ? rfq::Severity::Info : rfq::Severity::Alarm);
    case Qt::ToolTipRole:
        return QString(incidentWords(row.incident.kind).action + u'\n' + text(row.incident.text));
    default:
        return {};
    }
}

}
