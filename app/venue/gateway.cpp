#include "app/venue/gateway.h"

#include "app/venue/request_nature.h"
#include "core/base/overloaded.h"

#include <algorithm>
#include <utility>

namespace venue {

namespace {

constexpr const char* UnsupportedMessageType = "3"; // BusinessRejectReason(380)

}

Gateway::Gateway(VenueSettings venue, GatewaySettings settings, Clients& clients, rfq::VenueLink& link,
    rfq::IdSource& ids, EventLog& log, const base::Clock& clock, OrderBook& book, ForwardBook& forwards)
    : m_venue(std::move(venue))
    , m_settings(std::move(settings))
    , m_floor{.settings = m_venue,
          .clock = clock,
          .clients = clients,
          .log = log,
          .book = book,
          .market = Market({}, 0, clock.steady()),
          .dealers = {},
          .script = Script({}),
          .ledger = {},
          .timers = {},
          .numbers = Numbering(clock.utc(), book.run())}
    , m_relay{.floor = m_floor, .settings = m_settings, .forwards = forwards, .link = link, .ids = ids}
    , m_requests(m_relay)
    , m_orders(m_relay, m_requests)
    , m_enquiries(m_floor)
{
    m_orders.settleEarlierRun();
}

void Gateway::loggedOn(const rfq::SessionId& client)
{
    m_orders.loggedOn(client);
}

void Gateway::loggedOff(const rfq::SessionId& client)
{
    m_orders.loggedOff(client);
    m_requests.endAll(client, "logged off");
}

void Gateway::receive(const rfq::SessionId& client, const fix::maker::ClientRequest& request, const Arrival& arrival)
{
    const auto known = std::find_if(m_venue.sessions.begin(), m_venue.sessions.end(),
        [&](const SessionSettings& candidate) { return candidate.name == client; });
    if (known == m_venue.sessions.end())
        return;
    const Nature nature = natureOf(request);
    if (!isSupported(*known, request, nature))
        return m_floor.clients.answer(client,
            MessageRefusal{nature.type, nature.id, UnsupportedMessageType,
                "messages of type " + nature.type + " are not supported here"});
    serve(*known, request, arrival);
}

void Gateway::serve(const SessionSettings& client, const fix::maker::ClientRequest& request, const Arrival& arrival)
{
    std::visit(
        base::Overloaded{
            [&](const fix::maker::QuoteRequest& asked) { m_requests.request(client, asked, arrival.delivery); },
            [&](const fix::maker::Order& order) { m_orders.take(client, order, arrival); },
            [&](const fix::maker::EndOfRequest& end) { m_requests.end(client.name, end.rfq, "ended by the client"); },
            // Answered from what is known; where that is not the outcome, the counterparty is asked as well.
            [&](const fix::maker::OrderStatusRequest& asked) {
                m_enquiries.answer(client, asked);
                m_orders.askedAbout(client.name, asked.clOrdId);
            },
            [&](const fix::maker::MassStatusRequest& asked) { m_enquiries.answer(client, asked); },
            [&](const fix::maker::TradeCaptureRequest& asked) { m_enquiries.answer(client, asked); },
            [&](const fix::maker::QuoteStatusRequest& asked) { m_enquiries.answer(client, asked); },
            [&](const fix::maker::DontKnowTrade& doubt) {
                m_enquiries.answer(client, doubt);
                m_orders.forward(client.name, doubt);
            },
            [](const fix::maker::Unsupported&) {}, // refused before
        },
        request);
}

void Gateway::apply(const rfq::VenueEvent& event)
{
    std::visit(base::Overloaded{
                   [this](const rfq::SessionChanged& change) { follow(change); },
                   [this](const rfq::QuoteReceived& quote) { m_requests.apply(quote); },
                   [this](const rfq::QuoteWithdrawn& withdrawn) {
                       m_orders.apply(withdrawn);
                       m_requests.apply(withdrawn);
                   },
                   [this](const rfq::RequestDeclined& declined) { m_requests.apply(declined); },
                   [this](const rfq::QuoteStatusReceived& status) {
                       m_orders.apply(status);
                       m_requests.apply(status);
                   },
                   [this](const rfq::ExecutionReported& report) { m_orders.apply(report); },
                   [](const rfq::RequestSent&) {},
                   [this](const rfq::AcceptanceSent& sent) { m_orders.apply(sent); },
                   [this](const rfq::RequestNotSent& notSent) { m_requests.apply(notSent); },
                   [this](const rfq::AcceptanceNotSent& notSent) { m_orders.apply(notSent); },
                   [this](const rfq::MessageRejected& rejected) {
                       if (rejected.refMsgType.empty() || rejected.refMsgType == "R")
                           m_requests.apply(rejected);
                       m_orders.apply(rejected);
                   },
                   [this](const rfq::InboundRejected& rejected) {
                       m_floor.log.record("upstream-message-refused",
                           {{"upstream", rejected.session.text()}, {"type", rejected.msgType}, {"why", rejected.text}});
                       m_orders.apply(rejected);
                   },
                   [this](const rfq::TradeCaptured& captured) { m_orders.apply(captured); },
                   [this](const rfq::InquiryAnswered& answered) { m_orders.apply(answered); },
                   [this](const rfq::PeerExpects& expects) { m_orders.chase().apply(expects); },
                   [this](const rfq::GapFilled& filled) { m_orders.chase().apply(filled); },
                   [this](const rfq::NumbersReset& reset) { m_orders.apply(reset); },
                   [](const rfq::ClockMeasured&) {},
               },
        event);
}

/// Quotes of a counterparty that cannot be reached are nobody's to accept.
void Gateway::follow(const rfq::SessionChanged& change)
{
    const bool isUp = change.phase == rfq::SessionPhase::LoggedOn;
    const bool wasUp = m_relay.isUp(change.session);
    if (change.reason)
        m_relay.whyDown[change.session] = change.reason->detail;
    if (isUp)
        m_relay.whyDown.erase(change.session);
    tell(change, wasUp);
    if (isUp == wasUp)
        return;
    if (isUp) {
        m_relay.up.insert(change.session);
        return m_orders.upstreamUp(change.session);
    }
    m_relay.up.erase(change.session);
    m_requests.upstreamLost(change.session);
    m_orders.upstreamLost(change.session);
}

void Gateway::tell(const rfq::SessionChanged& change, bool wasUp)
{
    const std::string& upstream = change.session.text();
    if (change.phase == rfq::SessionPhase::LoggedOn && !wasUp) {
        const auto facts = change.connection.value_or(rfq::ConnectionFacts{});
        m_floor.log.record("upstream-logged-on",
            {{"upstream", upstream}, {"address", facts.peerAddress}, {"subject", facts.peerSubject},
                {"fingerprint", facts.peerFingerprint}});
        return;
    }
    const std::string why = change.reason ? change.reason->detail : std::string();
    if (wasUp)
        m_floor.log.record("upstream-lost", {{"upstream", upstream}, {"why", why}});
    if (change.phase == rfq::SessionPhase::Refused)
        m_floor.log.record("upstream-refused", {{"upstream", upstream}, {"why", why}});
    else if (change.reason && !wasUp)
        m_floor.log.record("upstream-waits", {{"upstream", upstream}, {"why", why}});
}

void Gateway::runDue()
{
    m_floor.timers.runDue(m_floor.clock.steady());
    m_orders.chase().runDue();
}

std::optional<base::SteadyTime> Gateway::nextDue() const
{
    const auto timers = m_floor.timers.next();
    const auto chase = m_orders.chase().nextDue();
    if (!timers || !chase)
        return timers ? timers : chase;
    return std::min(*timers, *chase);
}

}
