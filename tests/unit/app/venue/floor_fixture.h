#pragma once

#include "app/venue/catalogue_reader.h"
#include "app/venue/venue.h"
#include "tests/support/fake_clock.h"
#include "tests/support/test_pki.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <functional>
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

/// Keeps what the clients were told, and what was done to their sessions. What is sent is confirmed at once.
class HeardClients final : public Clients {
public:
    void answer(const rfq::SessionId& session, const Answer& answer) override
    {
        step();
        all.emplace_back(session, answer);
        step();
        const auto* report = std::get_if<Report>(&answer);
        if (confirm && report && report->receipt != 0)
            confirm(report->receipt);
        step();
    }
    void drop(const rfq::SessionId& session) override { dropped.push_back(session); }
    void logout(const rfq::SessionId& session, const std::string& text) override
    {
        loggedOut.emplace_back(session, text);
    }
    void refuse(const rfq::SessionId& session, const SessionRefusal& refusal) override
    {
        refused.emplace_back(session, refusal);
    }
    void forgetNumbers(const rfq::SessionId& session) override { forgotten.push_back(session); }
    void resetAtNextLogon(const rfq::SessionId& session) override { reset.push_back(session); }
    void changeCertificate() override { ++certificates; }

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
    std::vector<std::pair<rfq::SessionId, std::string>> loggedOut;
    std::vector<std::pair<rfq::SessionId, SessionRefusal>> refused;
    std::vector<rfq::SessionId> forgotten;
    std::vector<rfq::SessionId> reset;
    int certificates = 0;
    std::function<void(std::uint64_t)> confirm; ///< empty: nothing is ever confirmed
    std::function<void()> onStep; ///< called wherever a venue may be killed

private:
    void step() const
    {
        if (onStep)
            onStep();
    }
};

class QuietLog final : public EventLog {
public:
    void record(std::string_view event, std::initializer_list<Field>) override
    {
        events.emplace_back(event);
        if (onStep)
            onStep();
    }
    std::vector<std::string> events;
    std::function<void()> onStep;
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

    /// A venue that begins, after the last change of `settings`.
    void open()
    {
        venue.reset();
        book.reset();
        directory = std::make_unique<support::TemporaryDirectory>();
        start();
        logOnAll();
    }
    /// The venue is killed and comes back; nobody has logged on yet.
    void restart()
    {
        venue.reset();
        book.reset();
        start();
    }
    void start()
    {
        book = OrderBook::open(directory->path()).value();
        venue = std::make_unique<Venue>(settings, clients, log, clock, *book);
        clients.confirm = [this](std::uint64_t receipt) {
            if (confirming)
                venue->sent(receipt);
        };
    }
    void logOnAll()
    {
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
        venue->receive(session, request, {.delivery = delivery, .seqNum = 42});
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
        std::vector<rfq::ExecutionReport> found;
        for (const Report& each : clients.heard<Report>(session))
            found.push_back(each.out.report);
        return found;
    }
    /// The last report, whole.
    fix::maker::ReportOut lastReport(const rfq::SessionId& session = Acme) const
    {
        const auto all = clients.heard<Report>(session);
        return all.empty() ? fix::maker::ReportOut() : all.back().out;
    }
    OrderTruth truthOf(const std::string& clOrdId, const rfq::SessionId& session = Acme) const
    {
        const auto found = book->find(session, rfq::ClOrdId(clOrdId)).value();
        if (!found)
            throw std::invalid_argument(clOrdId);
        return found->truth;
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
    std::unique_ptr<support::TemporaryDirectory> directory;
    std::unique_ptr<OrderBook> book;
    std::unique_ptr<Venue> venue;
    bool confirming = true; ///< whether the sessions confirm what they took
};

}
