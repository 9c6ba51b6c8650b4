#include "core/pep/request_meter.h"

#include "core/fix/dialect.h"

#include <algorithm>

namespace pep {

RequestMeter::Verdict RequestMeter::take(const rfq::SessionId& session, std::string_view type)
{
    namespace msg = fix::msg;
    if (type == msg::UserRequest) {
        Client& client = m_clients[session];
        return take(client, client.userRequests, UserRequests, 1);
    }
    const bool asksForList = type == msg::OrderMassStatusRequest || type == msg::TradeCaptureReportRequest;
    if (!asksForList && type != msg::OrderStatusRequest && type != msg::QuoteStatusRequest)
        return Verdict::Passes;
    Client& client = m_clients[session];
    return take(client, client.questions, Questions, asksForList ? CostOfAList : 1);
}

RequestMeter::Verdict RequestMeter::take(Client& client, Account& account, const Allowance& allowance, int cost) const
{
    const base::SteadyTime now = m_clock.steady();
    if (account.fullAt <= now)
        account = {.fullAt = now, .refused = 0};
    const base::SteadyTime next = account.fullAt + cost * allowance.each;
    if (next <= now + allowance.most * allowance.each) {
        account.fullAt = next;
        return Verdict::Passes;
    }
    if (++account.refused <= MostRefused)
        return Verdict::Refused;
    account.refused = 0;
    client.pausedUntil = now + Pause;
    return Verdict::TooOften;
}

std::optional<std::chrono::seconds> RequestMeter::logOn(
    const rfq::SessionId& session, const stepup::CertificateFingerprint& certificate)
{
    const base::SteadyTime now = m_clock.steady();
    base::SteadyTime& fullAt = m_clients[session].logons[certificate];
    const base::SteadyTime next = std::max(fullAt, now) + Logons.each;
    const base::SteadyTime latest = now + Logons.most * Logons.each;
    if (next > latest)
        return std::chrono::ceil<std::chrono::seconds>(next - latest);
    fullAt = next;
    return std::nullopt;
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
