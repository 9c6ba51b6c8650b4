#include "ui/widgets/incident_banner.h"

#include "ui/models/format.h"
#include "ui/models/recovery_words.h"
#include "ui/widgets/controls.h"

namespace ui {
using namespace Qt::StringLiterals;

IncidentBanner::IncidentBanner(const Theme& theme, DeskModel& desk, QWidget* parent)
    : AlertBanner(theme, Glyph::Warning, u"incidentBanner"_s, parent)
    , m_desk(desk)
    , m_details(addButton(u"incidentBannerDetails"_s, tr("Raw text")))
    , m_dispute(addButton(u"incidentBannerDispute"_s, tr("Dispute (DK)…")))
    , m_acknowledge(addButton(u"incidentBannerAcknowledge"_s, tr("Acknowledge…")))
{
    m_details->setAccessibleName(tr("Raw text of the incident"));
    m_dispute->setToolTip(tr("Tells the counterparty that you do not recognise this execution: DontKnowTrade"));
    m_acknowledge->setToolTip(tr("You have seen it and dealt with it; needs a note"));
    connect(m_details, &QPushButton::clicked, this, [this] { Q_EMIT detailsAsked(shownIncident()); });
    connect(m_dispute, &QPushButton::clicked, this, [this] { Q_EMIT disputeAsked(shownIncident()); });
    connect(m_acknowledge, &QPushButton::clicked, this, [this] { Q_EMIT acknowledgeAsked(shownIncident()); });
    connect(&desk, &DeskModel::incidentsChanged, this, &IncidentBanner::look);
    look();
}

void IncidentBanner::look()
{
    m_open = m_desk.incidents().unacknowledged();
    refresh(static_cast<int>(m_open.size()));
}

rfq::IncidentId IncidentBanner::shownIncident() const
{
    const auto index = static_cast<std::size_t>(current());
    return index < m_open.size() ? m_open[index].incident.id : rfq::IncidentId();
}

void IncidentBanner::showMatter(int index)
{
    const auto& row = m_open[static_cast<std::size_t>(index)];
    const auto words = incidentWords(row.incident.kind);
    const auto about = row.deal.isEmpty() ? row.dealer : row.deal;
    m_dispute->setVisible(row.incident.report && !row.incident.disputed);
    say(tr("INCIDENT %1 UTC: %2. %3").arg(timeText(row.incident.time), words.title, about),
        row.incident.disputed ? QString(words.action + u' ' + tr("You have disputed it.")) : words.action);
}

}
