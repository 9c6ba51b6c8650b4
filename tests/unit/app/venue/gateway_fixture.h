#pragma once

#include "app/venue/gateway.h"
#include "core/fix/compose.h"
#include "core/fix/taker_codec.h"
#include "tests/unit/app/venue/floor_fixture.h"

#include <memory>
#include <string>
#include <vector>

namespace venue::test {

inline const rfq::SessionId BankSession("BANK");
inline const rfq::SessionId HouseSession("HOUSE");
inline const rfq::DealerId Aurora("AURORA"); ///< behind BANK, with BOREAS
inline const rfq::DealerId Boreas("BOREAS");
inline const rfq::DealerId House("HOUSE-DEALER"); ///< the one of HOUSE, a direct session

/// Keeps what went to the counterparties.
class HeardUpstreams final : public rfq::VenueLink {
public:
    void send(rfq::VenueCommand command) override
    {
        if (onSend)
            onSend(command);
        all.push_back(std::move(command));
    }
    [[nodiscard]] std::string compose(const rfq::Acceptance& acceptance) const override
    {
        return fix::wireText(fix::taker::encode(acceptance, profile));
    }
    template <typename T>
    [[nodiscard]] std::vector<T> heard() const
    {
        std::vector<T> found;
        for (const rfq::VenueCommand& command : all)
            if (const auto* one = std::get_if<T>(&command))
                found.push_back(*one);
        return found;
    }

    std::vector<rfq::VenueCommand> all;
    rfq::Profile profile;
    std::function<void(const rfq::VenueCommand&)> onSend;
};

/// Ids that no client has, over restarts too.
class CountedIds final : public rfq::IdSource {
public:
    rfq::RfqId nextRfq() override { return rfq::RfqId("GQ" + std::to_string(++m_last)); }
    rfq::ClOrdId nextClOrd() override { return rfq::ClOrdId("GC" + std::to_string(++m_last)); }
    rfq::IncidentId nextIncident() override { return rfq::IncidentId("GI" + std::to_string(++m_last)); }

private:
    int m_last = 0;
};

/// A gateway with two clients and two counterparties.
class GatewayTest : public testing::Test {
protected:
    GatewayTest()
    {
        UpstreamSettings bank;
        bank.session.name = BankSession;
        bank.dealers = {Aurora, Boreas};
        UpstreamSettings house;
        house.session.name = HouseSession;
        house.session.soleDealer = House;
        house.session.profile.dealerNaming = rfq::DealerNaming::Session;
        house.dealers = {House};
        gatewaySettings.upstreams = {bank, house};
        for (const rfq::SessionId& client : {Acme, Beta}) {
            SessionSettings session;
            session.name = client;
            session.dealers = {Aurora, Boreas, House};
            settings.sessions.push_back(session);
        }
        begin();
        upstreamUp(BankSession);
        upstreamUp(HouseSession);
        gateway->loggedOn(Acme);
        gateway->loggedOn(Beta);
    }

    /// The gateway is killed and comes back; nobody has logged on yet.
    void restart()
    {
        gateway.reset();
        forwards.reset();
        book.reset();
        begin();
    }
    void begin()
    {
        book = OrderBook::open(directory.path()).value();
        forwards = ForwardBook::open(directory.path()).value();
        gateway =
            std::make_unique<Gateway>(settings, gatewaySettings, clients, link, ids, log, clock, *book, *forwards);
        clients.confirm = [this](std::uint64_t receipt) {
            if (confirming)
                gateway->sent(receipt);
        };
    }
    void pass(std::chrono::milliseconds time)
    {
        for (auto left = time; left > 0ms; left -= 10ms) {
            clock.advance(std::min(left, 10ms));
            gateway->runDue();
        }
    }

    // ---- counterparties ----

    void upstreamUp(const rfq::SessionId& upstream)
    {
        gateway->apply(rfq::SessionChanged{upstream, rfq::SessionPhase::LoggedOn, {}, {}, {}, {}});
        gateway->runDue();
    }
    void upstreamDown(const rfq::SessionId& upstream)
    {
        gateway->apply(rfq::SessionChanged{upstream, rfq::SessionPhase::Waiting,
            base::Error{base::Errc::ConnectionLost, "the line broke"}, {}, {}, {}});
        gateway->runDue();
    }
    rfq::QuoteReceived quoteOn(
        const rfq::RfqId& ours, const std::string& id, const rfq::DealerId& dealer = Aurora) const
    {
        rfq::QuoteReceived received;
        received.quote.id = rfq::QuoteId(id);
        received.quote.rfq = ours;
        received.quote.dealer = dealer;
        received.quote.session = gatewaySettings.behind(dealer)->session.name;
        received.quote.type = rfq::QuoteType::Tradeable;
        received.quote.bid = rfq::Price::parse("1.15300").value();
        received.quote.offer = rfq::Price::parse("1.153200").value();
        received.quote.received = clock.steady();
        received.quote.sendingTime = clock.utc() + 3s; // their clock is wrong
        received.quote.validUntil = clock.utc() + 8s;
        received.symbol = "EUR/USD";
        received.currency = "EUR";
        return received;
    }
    rfq::ExecutionReport fillOf(const rfq::SendAcceptance& sent, const std::string& execId = "X1") const
    {
        rfq::ExecutionReport report;
        report.clOrdId = sent.acceptance.id;
        report.orderId = rfq::OrderId("BANK-ORDER-1");
        report.execId = rfq::ExecId(execId);
        report.session = sent.acceptance.session;
        report.execType = 'F';
        report.ordStatus = '2';
        report.symbol = "EUR/USD";
        report.side = sent.acceptance.side;
        report.currency = "EUR";
        report.quantity = sent.acceptance.quantity;
        report.lastPx = sent.acceptance.price;
        report.lastQty = sent.acceptance.quantity;
        report.cumQty = sent.acceptance.quantity;
        report.avgPx = sent.acceptance.price;
        report.text = "done, thank you";
        return report;
    }
    void report(const rfq::ExecutionReport& report)
    {
        gateway->apply(rfq::ExecutionReported{report});
        gateway->runDue();
    }
    void written(const rfq::SendAcceptance& sent, std::uint64_t seqNum = 7, std::uint64_t theirNext = 11)
    {
        gateway->apply(
            rfq::AcceptanceSent{sent.acceptance.session, sent.acceptance.id, seqNum, theirNext, clock.utc()});
    }
    /// A status that says that they know no such order.
    rfq::ExecutionReport unknown(const rfq::SendAcceptance& sent) const
    {
        rfq::ExecutionReport report;
        report.clOrdId = sent.acceptance.id;
        report.session = sent.acceptance.session;
        report.execType = 'I';
        report.ordStatus = '8';
        report.rejectCode = "5";
        return report;
    }

    // ---- clients ----

    fix::maker::QuoteRequest requestOf(const std::string& rfq, std::vector<rfq::DealerId> dealers = {Aurora}) const
    {
        fix::maker::QuoteRequest request;
        request.rfq = rfq::RfqId(rfq);
        request.symbol = "EUR/USD";
        request.quantity = decimal("5000000");
        request.currency = "EUR";
        request.settlDate = rfq::Date{std::chrono::year(2026) / 12 / 2};
        request.settlType = "0";
        request.expires = clock.utc() + 60s;
        request.dealers = std::move(dealers);
        return request;
    }
    void send(const fix::maker::ClientRequest& request, const rfq::SessionId& client = Acme,
        Delivery delivery = Delivery::First)
    {
        gateway->receive(client, request, {.delivery = delivery, .seqNum = 42});
        gateway->runDue();
    }
    /// Asks, and has a dealer quote.
    fix::maker::QuoteOut quoted(const std::string& rfq = "Q1", const rfq::SessionId& client = Acme,
        const std::string& quote = "DQ1", const rfq::DealerId& dealer = Aurora)
    {
        send(requestOf(rfq, {dealer}), client);
        gateway->apply(quoteOn(lastAsked(), quote, dealer));
        const auto quotes = clients.heard<fix::maker::QuoteOut>(client);
        EXPECT_FALSE(quotes.empty());
        return quotes.empty() ? fix::maker::QuoteOut{} : quotes.back();
    }
    static fix::maker::Order orderOn(const fix::maker::QuoteOut& quote, const std::string& clOrdId = "C1")
    {
        fix::maker::Order order;
        order.clOrdId = rfq::ClOrdId(clOrdId);
        order.quote = quote.quote.id;
        order.symbol = quote.symbol;
        order.quantity = decimal("5000000");
        order.currency = quote.currency;
        order.price = *quote.quote.offer;
        order.settlDate =
            quote.quote.valueDate ? quote.quote.valueDate : std::optional(rfq::Date{std::chrono::year(2026) / 12 / 2});
        return order;
    }
    /// An acceptance that has just gone to the counterparty.
    rfq::SendAcceptance accepted(const std::string& clOrdId = "C1", const rfq::SessionId& client = Acme,
        const std::string& rfq = "Q1", const std::string& quote = "DQ1")
    {
        send(orderOn(quoted(rfq, client, quote), clOrdId), client);
        const auto sent = link.heard<rfq::SendAcceptance>();
        EXPECT_FALSE(sent.empty());
        return sent.empty() ? rfq::SendAcceptance{} : sent.back();
    }

    rfq::RfqId lastAsked() const { return link.heard<rfq::SendRequest>().back().request.id; }
    std::vector<Report> reports(const rfq::SessionId& client = Acme) const { return clients.heard<Report>(client); }
    OrderState stateOf(const std::string& clOrdId, const rfq::SessionId& client = Acme) const
    {
        return book->find(client, rfq::ClOrdId(clOrdId)).value()->truth.state;
    }
    std::size_t logged(const char* event) const
    {
        return static_cast<std::size_t>(std::count(log.events.begin(), log.events.end(), event));
    }
    std::size_t timesSent() const { return link.heard<rfq::SendAcceptance>().size(); }

    support::FakeClock clock;
    VenueSettings settings;
    GatewaySettings gatewaySettings;
    HeardClients clients;
    HeardUpstreams link;
    CountedIds ids;
    QuietLog log;
    support::TemporaryDirectory directory;
    std::unique_ptr<OrderBook> book;
    std::unique_ptr<ForwardBook> forwards;
    std::unique_ptr<Gateway> gateway;
    bool confirming = true; ///< whether the clients' sessions confirm what they took
};

}
