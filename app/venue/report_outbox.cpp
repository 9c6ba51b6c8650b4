#include "app/venue/report_outbox.h"

#include <utility>

namespace venue {

ReportOutbox::ReportOutbox(Clients& clients, OrderBook& book)
    : m_clients(clients)
    , m_book(book)
{
}

base::Status ReportOutbox::online(const rfq::SessionId& session)
{
    m_online.insert(session);
    auto unsent = m_book.unsentTo(session);
    if (!unsent)
        return unsent.error();
    for (KeptReport& report : *unsent)
        hand(std::move(report));
    return base::Ok{};
}

void ReportOutbox::offline(const rfq::SessionId& session)
{
    m_online.erase(session);
}

void ReportOutbox::post(const KeptReport& report)
{
    if (isOnline(report.out.report.session))
        hand(report);
}

void ReportOutbox::hand(KeptReport report)
{
    // An earlier run of the venue may have sent it and been killed before it could write that down.
    const bool mayBeKnown = report.receipt <= m_book.lastReceiptBefore() || m_tried.contains(report.receipt);
    report.out.repeat = mayBeKnown ? fix::maker::Repeat::PossResend : fix::maker::Repeat::First;
    m_tried.insert(report.receipt);
    const rfq::SessionId session = report.out.report.session;
    m_clients.answer(session, Report{std::move(report.out), report.receipt});
}

base::Status ReportOutbox::confirmed(std::uint64_t receipt)
{
    m_tried.erase(receipt);
    return m_book.markSent(receipt);
}

void ReportOutbox::drop(const rfq::SessionId& session)
{
    offline(session);
    m_clients.drop(session);
}

}
