#include "app/venue/request_forwarder.h"

#include "app/venue/decline_codes.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace venue {

namespace {

using std::chrono::milliseconds;

// How long a request is remembered after its end, so that a late order hears what became of its quote.
constexpr std::chrono::minutes ForwardedMemory{10};
constexpr std::string_view Spot = "0"; // SettlType(63)

}

RequestForwarder::RequestForwarder(Relay& relay)
    : m_relay(relay)
    , m_floor(relay.floor)
{
}

void RequestForwarder::request(
    const SessionSettings& client, const fix::maker::QuoteRequest& request, Delivery delivery)
{
    const std::pair key{client.name, request.rfq};
    const auto refuse = [&](const char* code, const char* text) {
        tell(client, {request.rfq, {}, request.symbol, code, text});
    };
    if (m_ours.contains(key)) {
        if (delivery == Delivery::First)
            refuse(decline::Other, "QuoteReqID(131) was used before");
        return;
    }
    if (delivery == Delivery::PossibleDuplicate)
        return refuse(decline::TooLateToEnter, "the request may be an old one: it is not forwarded");
    if (openRequests(client.name) >= m_floor.settings.requests.mostOpen)
        return refuse(decline::ExceedsLimit, "too many open requests");
    if (!request.settlDate)
        return refuse(decline::Other, "SettlDate(64) is missing: the gateway has no calendar to find it by");
    const milliseconds life = lifeOf(request);
    if (life <= milliseconds(0))
        return refuse(decline::TooLateToEnter, "ExpireTime(126) is over");
    Asked asked;
    asked.client = &client;
    asked.clientId = request.rfq;
    asked.sent.id = m_relay.ids.nextRfq();
    asked.sent.instrument.symbol = request.symbol;
    asked.sent.side = request.side;
    asked.sent.quantity = request.quantity;
    asked.sent.currency = request.currency;
    asked.sent.settlement = {request.settlType == Spot ? rfq::Tenor::Spot : rfq::Tenor::Broken, *request.settlDate};
    asked.sent.life = life;
    asked.expires = m_floor.clock.steady() + life;
    const std::vector<rfq::DealerId> dealers = dealersFor(client, request);
    m_floor.log.record("request",
        {{"session", client.name.text()}, {"rfq", request.rfq.text()}, {"forwarded", asked.sent.id.text()},
            {"symbol", request.symbol}, {"quantity", request.quantity.text()}, {"currency", request.currency},
            {"dealers", std::to_string(dealers.size())}});
    const rfq::RfqId ours = asked.sent.id;
    m_floor.timers.at(asked.expires, [this, key] { end(key.first, key.second, "expired"); });
    m_ours.emplace(key, ours);
    ask(m_asked.emplace(ours, std::move(asked)).first->second, dealers);
}

/// The dealers to be asked; for those that were named but are not behind this session, the client hears so.
std::vector<rfq::DealerId> RequestForwarder::dealersFor(
    const SessionSettings& client, const fix::maker::QuoteRequest& request)
{
    if (request.dealers.empty() || client.kind == SessionKind::Direct)
        return client.dealers;
    std::vector<rfq::DealerId> chosen;
    for (const rfq::DealerId& dealer : request.dealers) {
        const bool behind = std::find(client.dealers.begin(), client.dealers.end(), dealer) != client.dealers.end();
        if (!behind)
            tell(client,
                {request.rfq, dealer, request.symbol, decline::NotAuthorized,
                    "no dealer " + dealer.text() + " on this session"});
        else if (std::find(chosen.begin(), chosen.end(), dealer) == chosen.end())
            chosen.push_back(dealer);
    }
    return chosen;
}

std::size_t RequestForwarder::openRequests(const rfq::SessionId& client) const
{
    return static_cast<std::size_t>(std::count_if(m_asked.begin(), m_asked.end(),
        [&](const auto& entry) { return entry.second.client->name == client && entry.second.phase == Phase::Open; }));
}

milliseconds RequestForwarder::lifeOf(const fix::maker::QuoteRequest& request) const
{
    const RequestLimits& limits = m_floor.settings.requests;
    if (!request.expires)
        return limits.usualLife;
    const auto asked = std::chrono::floor<milliseconds>(*request.expires - m_floor.clock.utc());
    return std::min(asked, limits.longestLife);
}

/// One message for each counterparty, with all of its dealers that are asked.
void RequestForwarder::ask(Asked& asked, const std::vector<rfq::DealerId>& dealers)
{
    std::map<rfq::SessionId, std::vector<rfq::DealerId>> groups;
    for (const rfq::DealerId& dealer : dealers) {
        const rfq::SessionId& upstream = m_relay.settings.behind(dealer)->session.name;
        asked.dealers.emplace(dealer, upstream);
        groups[upstream].push_back(dealer);
    }
    for (auto& [upstream, group] : groups) {
        if (!m_relay.isUp(upstream)) {
            declineAll(asked, upstream, decline::Other, m_relay.absenceOf(upstream));
            continue;
        }
        rfq::Request request = asked.sent;
        request.dealers = group;
        m_relay.link.send(
            rfq::SendRequest{upstream, std::move(request), std::move(group), m_floor.clock.utc() + asked.sent.life});
    }
}

RequestForwarder::Asked* RequestForwarder::open(const rfq::RfqId& ours)
{
    const auto found = m_asked.find(ours);
    return found != m_asked.end() && found->second.phase == Phase::Open ? &found->second : nullptr;
}

const rfq::Request* RequestForwarder::sent(const rfq::SessionId& client, const rfq::RfqId& rfq) const
{
    const auto ours = m_ours.find({client, rfq});
    return ours == m_ours.end() ? nullptr : &m_asked.at(ours->second).sent;
}

void RequestForwarder::end(const rfq::SessionId& client, const rfq::RfqId& rfq, const std::string& why)
{
    const auto ours = m_ours.find({client, rfq});
    Asked* asked = ours == m_ours.end() ? nullptr : open(ours->second);
    if (!asked)
        return;
    asked->phase = Phase::Ended;
    asked->live.clear();
    m_floor.ledger.end(client, rfq);
    m_floor.log.record("request-ended", {{"session", client.text()}, {"rfq", rfq.text()}, {"why", why}});
    std::set<rfq::SessionId> told; // an acceptance cannot be called back: its counterparty hears nothing
    for (const rfq::DealerId& dealer : m_floor.ledger.engaged(client, rfq))
        told.insert(m_relay.settings.behind(dealer)->session.name);
    for (const auto& [dealer, upstream] : asked->dealers)
        if (m_relay.isUp(upstream) && told.insert(upstream).second)
            m_relay.link.send(rfq::EndRequest{upstream, asked->sent.id, asked->sent.instrument.symbol});
    m_floor.timers.at(
        m_floor.clock.steady() + ForwardedMemory, [this, key = std::pair(client, rfq), id = ours->second] {
            m_floor.ledger.forget(key.first, key.second);
            m_asked.erase(id);
            m_ours.erase(key);
        });
}

void RequestForwarder::endAll(const rfq::SessionId& client, const std::string& why)
{
    std::vector<rfq::RfqId> running;
    for (const auto& [ours, asked] : m_asked)
        if (asked.client->name == client && asked.phase == Phase::Open)
            running.push_back(asked.clientId);
    for (const rfq::RfqId& rfq : running)
        end(client, rfq, why);
}

void RequestForwarder::tell(const SessionSettings& client, const RequestDecline& decline)
{
    m_floor.log.record("declined",
        {{"session", client.name.text()}, {"rfq", decline.rfq.text()}, {"dealer", decline.dealer.text()},
            {"code", decline.code}, {"text", decline.text}});
    RequestDecline sent = decline;
    sent.dealer = client.wireName(decline.dealer);
    m_floor.clients.answer(client.name, sent);
}

void RequestForwarder::decline(
    Asked& asked, const rfq::DealerId& dealer, const std::string& code, const std::string& text)
{
    asked.answered.insert(dealer);
    tell(*asked.client, {asked.clientId, dealer, asked.sent.instrument.symbol, code, text});
}

/// Whoever of this counterparty is asked and has not answered; a quote that lives is withdrawn.
void RequestForwarder::declineAll(
    Asked& asked, const rfq::SessionId& upstream, const std::string& code, const std::string& text)
{
    for (const auto& [dealer, behind] : asked.dealers) {
        if (behind != upstream)
            continue;
        withdraw(asked, dealer, text);
        if (!asked.answered.contains(dealer))
            decline(asked, dealer, code, text);
    }
}

void RequestForwarder::withdraw(Asked& asked, const rfq::DealerId& dealer, const std::string& why)
{
    const auto live = asked.live.find(dealer);
    if (live == asked.live.end())
        return;
    const rfq::SessionId& client = asked.client->name;
    MadeQuote* made = m_floor.ledger.find(client, live->second);
    if (made && made->state == MadeQuoteState::Live)
        made->state = MadeQuoteState::Withdrawn;
    m_floor.log.record("quote-withdrawn",
        {{"session", client.text()}, {"rfq", asked.clientId.text()}, {"dealer", dealer.text()}, {"why", why}});
    m_floor.clients.answer(client,
        QuoteWithdrawal{asked.clientId, live->second, asked.client->wireName(dealer), asked.sent.instrument.symbol});
    asked.live.erase(live);
}

}
