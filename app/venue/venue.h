#pragma once

#include "app/venue/enquiry_desk.h"
#include "app/venue/maker.h"
#include "app/venue/order_desk.h"
#include "app/venue/quote_desk.h"
#include "app/venue/rate_limit.h"

namespace venue {

/// A multi-dealer venue and its simulated dealers: values in, values out. It knows neither sockets nor FIX. One
/// thread; whoever drives it calls runDue() no later than nextDue().
class Venue final : public Maker {
public:
    /// Precondition: the settings were checked by the reader. The references outlive the venue. Orders that an earlier
    /// run left undecided are rejected at once.
    Venue(VenueSettings settings, Clients& clients, EventLog& log, const base::Clock& clock, OrderBook& book);

    void loggedOn(const rfq::SessionId& session) override;
    void loggedOff(const rfq::SessionId& session) override;
    void receive(
        const rfq::SessionId& session, const fix::maker::ClientRequest& request, const Arrival& arrival) override;
    void sent(std::uint64_t receipt) override { m_orders.sent(receipt); }
    void runDue() override { m_floor.timers.runDue(m_floor.clock.steady()); }
    [[nodiscard]] std::optional<base::SteadyTime> nextDue() const override { return m_floor.timers.next(); }

private:
    void serve(const SessionSettings& session, const fix::maker::ClientRequest& request, const Arrival& arrival);
    void refuseAsTooMany(const rfq::SessionId& session, const fix::maker::ClientRequest& request);

    const VenueSettings m_settings;
    Floor m_floor;
    RateLimit m_rate;
    QuoteDesk m_quotes;
    OrderDesk m_orders;
    EnquiryDesk m_enquiries;
};

}
