#include "app/venue/venue.h"

#include "app/venue/decline_codes.h"
#include "app/venue/refusal_codes.h"
#include "app/venue/request_nature.h"
#include "core/base/overloaded.h"

#include <algorithm>
#include <utility>

namespace venue {

namespace {

// BusinessRejectReason(380)
constexpr const char* UnsupportedMessageType = "3";

std::map<rfq::DealerId, Dealer> dealersOf(const VenueSettings& settings)
{
    std::map<rfq::DealerId, Dealer> dealers;
    for (const DealerSettings& dealer : settings.dealers)
        dealers.emplace(dealer.id, Dealer(dealer, settings.seed));
    return dealers;
}

}

Venue::Venue(VenueSettings settings, Clients& clients, EventLog& log, const base::Clock& clock, OrderBook& book)
    : m_settings(std::move(settings))
    , m_floor{.settings = m_settings,
          .clock = clock,
          .clients = clients,
          .log = log,
          .book = book,
          .market = Market(m_settings.market, m_settings.seed, clock.steady()),
          .dealers = dealersOf(m_settings),
          .script = Script(m_settings.scenarios),
          .ledger = {},
          .timers = {},
          .numbers = Numbering(clock.utc(), book.run())}
    , m_rate(m_settings.line.mostPerSecond)
    , m_quotes(m_floor)
    , m_orders(m_floor, m_quotes)
    , m_enquiries(m_floor)
{
    m_orders.settleEarlierRun();
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

void Venue::receive(const rfq::SessionId& session, const fix::maker::ClientRequest& request, const Arrival& arrival)
{
    const auto known = std::find_if(m_settings.sessions.begin(), m_settings.sessions.end(),
        [&](const SessionSettings& candidate) { return candidate.name == session; });
    if (known == m_settings.sessions.end())
        return;
    if (!m_rate.admits(session, m_floor.clock.steady()))
        return refuseAsTooMany(session, request);
    const Nature nature = natureOf(request);
    if (!isSupported(*known, request, nature))
        return m_floor.clients.answer(session,
            MessageRefusal{nature.type, nature.id, UnsupportedMessageType,
                "messages of type " + nature.type + " are not supported here"});
    serve(*known, request, arrival);
}

void Venue::serve(const SessionSettings& session, const fix::maker::ClientRequest& request, const Arrival& arrival)
{
    std::visit(
        base::Overloaded{
            [&](const fix::maker::QuoteRequest& asked) { m_quotes.request(session, asked, arrival.delivery); },
            [&](const fix::maker::Order& order) { m_orders.take(session.name, order, arrival); },
            [&](const fix::maker::EndOfRequest& end) { m_quotes.end(session.name, end.rfq, "ended by the client"); },
            [&](const fix::maker::OrderStatusRequest& asked) { m_enquiries.answer(session, asked); },
            [&](const fix::maker::MassStatusRequest& asked) { m_enquiries.answer(session, asked); },
            [&](const fix::maker::TradeCaptureRequest& asked) { m_enquiries.answer(session, asked); },
            [&](const fix::maker::QuoteStatusRequest& asked) { m_enquiries.answer(session, asked); },
            [&](const fix::maker::DontKnowTrade& doubt) { m_enquiries.answer(session, doubt); },
            [](const fix::maker::Unsupported&) {}, // refused before
        },
        request);
}

void Venue::refuseAsTooMany(const rfq::SessionId& session, const fix::maker::ClientRequest& request)
{
    constexpr const char* Words = "too many messages within a second";
    const Nature nature = natureOf(request);
    m_floor.log.record("refused-as-too-many", {{"session", session.text()}, {"type", nature.type}});
    if (const auto* asked = std::get_if<fix::maker::QuoteRequest>(&request))
        return m_floor.clients.answer(session, RequestDecline{asked->rfq, {}, asked->symbol, decline::Other, Words});
    m_floor.clients.answer(session, MessageRefusal{nature.type, nature.id, ApplicationNotAvailable, Words});
}

}
