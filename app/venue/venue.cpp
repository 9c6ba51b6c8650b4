#include "app/venue/venue.h"

#include "core/base/overloaded.h"

#include <algorithm>
#include <utility>

namespace venue {

namespace {

constexpr const char* UnsupportedMessageType = "3"; // BusinessRejectReason(380)

std::map<rfq::DealerId, Dealer> dealersOf(const VenueSettings& settings)
{
    std::map<rfq::DealerId, Dealer> dealers;
    for (const DealerSettings& dealer : settings.dealers)
        dealers.emplace(dealer.id, Dealer(dealer, settings.seed));
    return dealers;
}

}

Venue::Venue(VenueSettings settings, Clients& clients, EventLog& log, const base::Clock& clock)
    : m_settings(std::move(settings))
    , m_floor{.settings = m_settings,
          .clock = clock,
          .clients = clients,
          .log = log,
          .market = Market(m_settings.market, m_settings.seed, clock.steady()),
          .dealers = dealersOf(m_settings),
          .ledger = {},
          .timers = {},
          .numbers = Numbering(clock.utc())}
    , m_quotes(m_floor)
    , m_orders(m_floor,
          [this](const rfq::SessionId& session, const rfq::RfqId& rfq) { m_quotes.end(session, rfq, "dealt"); })
{
}

void Venue::loggedOn(const rfq::SessionId& session)
{
    m_orders.loggedOn(session);
}

void Venue::loggedOff(const rfq::SessionId& session)
{
    m_orders.loggedOff(session);
    m_quotes.endAll(session, "logged off");
}

void Venue::receive(const rfq::SessionId& session, const fix::maker::ClientRequest& request, Delivery delivery)
{
    const auto known = std::find_if(m_settings.sessions.begin(), m_settings.sessions.end(),
        [&](const SessionSettings& candidate) { return candidate.name == session; });
    if (known == m_settings.sessions.end())
        return;
    const auto refuse = [&](const std::string& type) {
        m_floor.clients.answer(session,
            MessageRefusal{type, {}, UnsupportedMessageType, "messages of type " + type + " are not supported here"});
    };
    std::visit(base::Overloaded{
                   [&](const fix::maker::QuoteRequest& asked) { m_quotes.request(*known, asked, delivery); },
                   [&](const fix::maker::Order& order) { m_orders.take(session, order, delivery); },
                   [&](const fix::maker::EndOfRequest& end) { m_quotes.end(session, end.rfq, "ended by the client"); },
                   [&](const fix::maker::OrderStatusRequest&) { refuse("H"); },
                   [&](const fix::maker::MassStatusRequest&) { refuse("AF"); },
                   [&](const fix::maker::TradeCaptureRequest&) { refuse("AD"); },
                   [&](const fix::maker::QuoteStatusRequest&) { refuse("a"); },
                   [&](const fix::maker::DontKnowTrade&) { refuse("Q"); },
                   [&](const fix::maker::Unsupported& other) { refuse(other.type); },
               },
        request);
}

}
