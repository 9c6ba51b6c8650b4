#include "app/venue/report_outbox.h"

#include <utility>

namespace venue {

ReportOutbox::ReportOutbox(Clients& clients)
    : m_clients(clients)
{
}

void ReportOutbox::online(const rfq::SessionId& session)
{
    m_online.insert(session);
    for (const auto& report : std::exchange(m_kept[session], {}))
        m_clients.answer(session, report);
}

void ReportOutbox::offline(const rfq::SessionId& session)
{
    m_online.erase(session);
}

void ReportOutbox::post(const rfq::ExecutionReport& report)
{
    if (m_online.contains(report.session))
        m_clients.answer(report.session, report);
    else
        m_kept[report.session].push_back(report);
}

void ReportOutbox::drop(const rfq::SessionId& session)
{
    offline(session);
    m_clients.drop(session);
}

}
