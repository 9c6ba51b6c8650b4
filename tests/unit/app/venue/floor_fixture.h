#pragma once

#include "app/venue/catalogue_reader.h"
#include "app/venue/venue.h"
#include "tests/support/fake_clock.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace venue::test {

using namespace std::chrono_literals;

inline const rfq::SessionId Acme("ACME");
inline const rfq::SessionId Beta("BETA");
inline const rfq::SessionId AcmeDirect("ACME-AURORA");

inline rfq::Decimal decimal(const std::string& text)
{
    return rfq::Decimal::parse(text).value();
}

/// Keeps what the clients were told.
class HeardClients final : public Clients {
public:
    void answer(const rfq::SessionId& session, const Answer& answer) override { all.emplace_back(session, answer); }
    void drop(const rfq::SessionId& session) override { dropped.push_back(session); }

    template <typename T>
    [[nodiscard]] std::vector<T> heard(const rfq::SessionId& session) const
    {
        std::vector<T> found;
        for (const auto& [to, answer] : all)
            if (to == session && std::holds_alternative<T>(answer))
                found.push_back(std::get<T>(answer));
        return found;
    }

    std::vector<std::pair<rfq::SessionId, Answer>> all;
    std::vector<rfq::SessionId> dropped;
};

class QuietLog final : public EventLog {
public:
    void record(std::string_view, std::initializer_list<Field>) override { }
};

/// A venue with the built-in catalogue: two clients on venue sessions and one of them also direct to one dealer.
class FloorTest : public testing::Test {
protected:
    FloorTest()
    {
        const Catalogue catalogue = builtInCatalogue().value();
        settings.seed = 7;
        settings.requests = catalogue.requests;
        settings.market = catalogue.market;
        settings.dealers = catalogue.dealers;
        std::vector<rfq::DealerId> everyone;
        for (const DealerSettings& dealer : settings.dealers)
            everyone.push_back(dealer.id);
        settings.sessions = {session(Acme, SessionKind::Venue, everyone), session(Beta, SessionKind::Venue, everyone),
            session(AcmeDirect, SessionKind::Direct, {rfq::DealerId("AURORA")})};
    }

    static SessionSettings session(const rfq::SessionId& name, SessionKind kind, std::vector<rfq::DealerId> dealers)
    {
        SessionSettings made;
        made.name = name;
        made.kind = kind;
        made.dealers = std::move(dealers);
        return made;
    }

    DealerSettings& dealer(const std::string& id)
    {
        for (DealerSettings& each : settings.dealers)
            if (each.id.text() == id)
                return each;
        throw std::invalid_argument(id);
    }

    /// After the last change of `settings`.
    void open()
    {
        venue = std::make_unique<Venue>(settings, clients, log, clock);
        for (const SessionSettings& each : settings.sessions)
            venue->loggedOn(each.name);
    }

    /// Lets time pass in small steps, doing what is due at each.
    void pass(std::chrono::milliseconds time)
    {
        for (auto left = time; left > 0ms; left -= 10ms) {
            clock.advance(std::min(left, 10ms));
            venue->runDue();
        }
    }

    fix::maker::QuoteRequest requestOf(const std::string& rfq, const std::string& dealer) const
    {
        fix::maker::QuoteRequest request;
        request.rfq = rfq::RfqId(rfq);
        request.symbol = "EUR/USD";
        request.quantity = decimal("5000000");
        request.currency = "EUR";
        request.expires = clock.utc() + 60s;
        if (!dealer.empty())
            request.dealers = {rfq::DealerId(dealer)};
        return request;
    }

    void send(const fix::maker::ClientRequest& request, const rfq::SessionId& session = Acme,
        Delivery delivery = Delivery::First)
    {
        venue->receive(session, request, delivery);
    }

    std::vector<fix::maker::QuoteOut> quotes(const rfq::SessionId& session = Acme) const
    {
        return clients.heard<fix::maker::QuoteOut>(session);
    }
    std::vector<RequestDecline> declines(const rfq::SessionId& session = Acme) const
    {
        return clients.heard<RequestDecline>(session);
    }
    std::vector<rfq::ExecutionReport> reports(const rfq::SessionId& session = Acme) const
    {
        return clients.heard<rfq::ExecutionReport>(session);
    }

    /// One quote of this dealer on a fresh request.
    fix::maker::QuoteOut quoteOf(const std::string& dealer, const std::string& rfq = "Q1")
    {
        const std::size_t before = quotes().size();
        send(requestOf(rfq, dealer));
        for (int i = 0; i < 1'000 && quotes().size() == before; ++i)
            pass(10ms);
        return quotes().back();
    }

    static fix::maker::Order orderOn(
        const fix::maker::QuoteOut& quote, const std::string& clOrdId = "C1", rfq::Side side = rfq::Side::Buy)
    {
        fix::maker::Order order;
        order.clOrdId = rfq::ClOrdId(clOrdId);
        order.quote = quote.quote.id;
        order.symbol = quote.symbol;
        order.side = side;
        order.quantity = decimal("5000000");
        order.currency = quote.currency;
        order.price = side == rfq::Side::Buy ? *quote.quote.offer : *quote.quote.bid;
        order.settlDate = quote.quote.valueDate;
        return order;
    }

    support::FakeClock clock;
    VenueSettings settings;
    HeardClients clients;
    QuietLog log;
    std::unique_ptr<Venue> venue;
};

}
