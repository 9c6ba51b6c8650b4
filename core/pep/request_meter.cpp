#include "core/pep/request_meter.h"

#include "core/fix/dialect.h"

namespace pep {

RequestMeter::Verdict RequestMeter::take(const rfq::SessionId& session, std::string_view type)
{
    namespace msg = fix::msg;
    if (type == msg::UserRequest)
        return take(session, &Client::userRequests, UserRequests);
    if (type == msg::OrderMassStatusRequest || type == msg::TradeCaptureReportRequest)
        return take(session, &Client::questions, Questions, CostOfAList);
    if (type == msg::OrderStatusRequest || type == msg::QuoteStatusRequest || type == msg::DontKnowTrade)
        return take(session, &Client::questions, Questions);
    if (type == msg::NewOrderSingle || type == msg::QuoteResponse)
        return take(session, &Client::acceptances, Acceptances);
    return Verdict::Passes;
}

RequestMeter::Verdict RequestMeter::take(
    const rfq::SessionId& session, Account Client::*account, const base::Allowance& allowance, int cost)
{
    const base::SteadyTime now = m_clock.steady();
    Client& client = m_clients[session];
    Account& own = client.*account;
    if (own.taken.isNothing(now))
        own.refused = 0;
    if (own.taken.take(allowance, now, cost))
        return Verdict::Passes;
    if (++own.refused <= MostRefused)
        return Verdict::Refused;
    own.refused = 0;
    client.pausedUntil = now + Pause;
    return Verdict::TooOften;
}

std::optional<std::chrono::seconds> RequestMeter::logOn(
    const rfq::SessionId& session, const stepup::CertificateFingerprint& certificate)
{
    const base::SteadyTime now = m_clock.steady();
    base::Taken& taken = m_clients[session].logons[certificate];
    if (taken.take(Logons, now))
        return std::nullopt;
    return std::chrono::ceil<std::chrono::seconds>(taken.wait(Logons, now));
}

std::optional<std::chrono::seconds> RequestMeter::pauseOf(const rfq::SessionId& session) const
{
    const auto found = m_clients.find(session);
    const base::SteadyTime now = m_clock.steady();
    if (found == m_clients.end() || !found->second.pausedUntil || now >= *found->second.pausedUntil)
        return std::nullopt;
    return std::chrono::ceil<std::chrono::seconds>(*found->second.pausedUntil - now);
}

}
