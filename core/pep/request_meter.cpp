#include "core/pep/request_meter.h"

#include "core/fix/dialect.h"

namespace pep {

RequestMeter::Verdict RequestMeter::take(const ConnectionFacts& facts, std::string_view type)
{
    namespace msg = fix::msg;
    if (type == msg::UserRequest)
        return take(facts, &Client::userRequests, UserRequests);
    if (type == msg::OrderMassStatusRequest || type == msg::TradeCaptureReportRequest)
        return take(facts, &Client::questions, Questions, CostOfAList);
    if (type == msg::OrderStatusRequest || type == msg::QuoteStatusRequest || type == msg::DontKnowTrade)
        return take(facts, &Client::questions, Questions);
    if (type == msg::NewOrderSingle || type == msg::QuoteResponse)
        return take(facts, &Client::acceptances, Acceptances);
    return Verdict::Passes;
}

RequestMeter::Verdict RequestMeter::take(
    const ConnectionFacts& facts, Account Client::*account, const base::Allowance& allowance, int cost)
{
    const base::SteadyTime now = m_clock.steady();
    Client& client = clientOf(facts);
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

bool RequestMeter::refused(const ConnectionFacts& facts)
{
    const base::SteadyTime now = m_clock.steady();
    Client& client = clientOf(facts);
    if (client.refusals.take(Refusals, now))
        return true;
    client.pausedUntil = now + Pause;
    return false;
}

std::optional<std::chrono::seconds> RequestMeter::logOn(const ConnectionFacts& facts)
{
    const base::SteadyTime now = m_clock.steady();
    base::Taken& taken = clientOf(facts).logons;
    if (taken.take(Logons, now))
        return std::nullopt;
    return std::chrono::ceil<std::chrono::seconds>(taken.wait(Logons, now));
}

std::optional<std::chrono::seconds> RequestMeter::pauseOf(const ConnectionFacts& facts) const
{
    const auto session = m_clients.find(facts.session);
    if (session == m_clients.end())
        return std::nullopt;
    const auto client = session->second.find(facts.certificate);
    const base::SteadyTime now = m_clock.steady();
    if (client == session->second.end() || !client->second.pausedUntil || now >= *client->second.pausedUntil)
        return std::nullopt;
    return std::chrono::ceil<std::chrono::seconds>(*client->second.pausedUntil - now);
}

}
