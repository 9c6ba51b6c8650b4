#pragma once

#include "app/venue/enquiry_desk.h"
#include "app/venue/maker.h"
#include "app/venue/order_forwarder.h"
#include "app/venue/relay.h"
#include "app/venue/request_forwarder.h"

namespace venue {

/// Stands between clients and counterparties: what the clients' sessions let through goes on under the gateway's own
/// ids and name, and what the counterparties answer comes back under the client's. Values in, values out: it knows
/// neither sockets nor FIX, and not whether there is a policy enforcement point in front of it. docs/gateway.md. One
/// thread; whoever drives it calls runDue() no later than nextDue().
class Gateway final : public Maker {
public:
    /// `link` is the counterparties'; their events go to apply(). The references outlive the gateway. Orders that an
    /// earlier run left without an outcome are taken up at once.
    Gateway(VenueSettings venue, GatewaySettings settings, Clients& clients, rfq::VenueLink& link, rfq::IdSource& ids,
        EventLog& log, const base::Clock& clock, OrderBook& book, ForwardBook& forwards);

    void loggedOn(const rfq::SessionId& client) override;
    /// The counterparties hear that its requests are over. Orders go on, and are reported at the next logon.
    void loggedOff(const rfq::SessionId& client) override;
    void receive(
        const rfq::SessionId& client, const fix::maker::ClientRequest& request, const Arrival& arrival) override;
    void sent(std::uint64_t receipt) override { m_orders.sent(receipt); }

    /// News of the counterparties.
    void apply(const rfq::VenueEvent& event);

    void runDue() override;
    [[nodiscard]] std::optional<base::SteadyTime> nextDue() const override;

private:
    void serve(const SessionSettings& client, const fix::maker::ClientRequest& request, const Arrival& arrival);
    void follow(const rfq::SessionChanged& change);
    void tell(const rfq::SessionChanged& change, bool wasUp);

    const VenueSettings m_venue;
    const GatewaySettings m_settings;
    Floor m_floor;
    Relay m_relay;
    RequestForwarder m_requests;
    OrderForwarder m_orders;
    EnquiryDesk m_enquiries;
};

}
