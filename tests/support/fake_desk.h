#pragma once

#include "core/rfq/rfq_service.h"
#include "tests/support/fake_clock.h"

#include <cassert>
#include <chrono>
#include <deque>
#include <functional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

/// Hand-made ends for everything RfqService talks to, and a whole desk on top of them. One thread.
namespace support {

/// A wire that only remembers. What the venue answers is applied to the service by the test.
class FakeVenueLink final : public rfq::VenueLink {
public:
    void send(rfq::VenueCommand command) override { sent.push_back(std::move(command)); }
    [[nodiscard]] std::string compose(const rfq::Acceptance& acceptance) const override
    {
        return "35=D\x01"
               "11="
            + acceptance.id.text()
            + "\x01"
              "44="
            + acceptance.price.text + "\x01";
    }

    [[nodiscard]] std::vector<rfq::SendRequest> requests() const { return all<rfq::SendRequest>(); }
    [[nodiscard]] std::vector<rfq::SendAcceptance> acceptances() const { return all<rfq::SendAcceptance>(); }
    [[nodiscard]] std::vector<rfq::EndRequest> ends() const { return all<rfq::EndRequest>(); }
    [[nodiscard]] std::vector<rfq::AskOutcome> questions() const { return all<rfq::AskOutcome>(); }
    [[nodiscard]] std::vector<rfq::SendDontKnow> disputes() const { return all<rfq::SendDontKnow>(); }

    std::vector<rfq::VenueCommand> sent; ///< oldest first

private:
    template <typename Command>
    [[nodiscard]] std::vector<Command> all() const
    {
        std::vector<Command> found;
        for (const rfq::VenueCommand& command : sent) {
            if (const auto* match = std::get_if<Command>(&command))
                found.push_back(*match);
        }
        return found;
    }
};

/// A journal on no disk. Answers at once, or when the test says so.
class FakeJournal final : public rfq::Journal {
public:
    enum class Mode { AtOnce, WhenTold };

    explicit FakeJournal(Mode mode = Mode::AtOnce)
        : m_mode(mode)
    {
    }

    void append(rfq::JournalRecord record, std::function<void(base::Status)> done) override
    {
        records.push_back(std::move(record));
        if (m_mode == Mode::AtOnce)
            done(m_outcome);
        else
            m_waiting.push_back(std::move(done));
    }

    void setMode(Mode mode) { m_mode = mode; }
    /// From now on every record fails; those that wait, too.
    void fail(std::string why = "disk full") { m_outcome = base::Error{base::Errc::Io, std::move(why)}; }
    /// Answers everything that waits, in order.
    void settle()
    {
        while (!m_waiting.empty()) {
            const auto done = std::move(m_waiting.front());
            m_waiting.pop_front();
            done(m_outcome);
        }
    }
    [[nodiscard]] std::size_t waiting() const { return m_waiting.size(); }

    template <typename Record>
    [[nodiscard]] std::vector<Record> all() const
    {
        std::vector<Record> found;
        for (const rfq::JournalRecord& record : records) {
            if (const auto* match = std::get_if<Record>(&record))
                found.push_back(*match);
        }
        return found;
    }

    std::vector<rfq::JournalRecord> records; ///< oldest first

private:
    Mode m_mode;
    base::Status m_outcome = base::Ok{};
    std::deque<std::function<void(base::Status)>> m_waiting;
};

/// Q1, Q2 ... and C1, C2 ...; a desk that starts again counts on from where the last one was.
class FakeIdSource final : public rfq::IdSource {
public:
    explicit FakeIdSource(int used = 0)
        : m_rfqs(used)
        , m_clOrds(used)
        , m_incidents(used)
    {
    }
    [[nodiscard]] rfq::RfqId nextRfq() override { return rfq::RfqId("Q" + std::to_string(++m_rfqs)); }
    [[nodiscard]] rfq::ClOrdId nextClOrd() override { return rfq::ClOrdId("C" + std::to_string(++m_clOrds)); }
    [[nodiscard]] rfq::IncidentId nextIncident() override
    {
        return rfq::IncidentId("I" + std::to_string(++m_incidents));
    }

private:
    int m_rfqs;
    int m_clOrds;
    int m_incidents;
};

inline base::Decimal decimal(std::string_view text)
{
    return base::Decimal::parse(text).value();
}
inline rfq::Price price(std::string_view text)
{
    return rfq::Price::parse(text).value();
}
inline const rfq::SessionId VenueX{"VENUE-X"}; ///< a venue session: dealers DLR-A, DLR-B, DLR-C
inline const rfq::SessionId DirectD{"DLR-D"}; ///< a direct session: dealer DLR-D, accepted by QuoteResponse
inline const rfq::DealerId DlrA{"DLR-A"};
inline const rfq::DealerId DlrB{"DLR-B"};
inline const rfq::DealerId DlrC{"DLR-C"};
inline const rfq::DealerId DlrD{"DLR-D"};

/// Two sessions, four dealers, four pairs; up to 50m of a currency.
inline rfq::DeskSettings deskSettings()
{
    rfq::DeskSettings settings;
    settings.instruments = {{"EUR/USD", 4, 5, 2}, {"GBP/USD", 4, 5, 2}, {"USD/JPY", 2, 3, 2}, {"USD/CAD", 4, 5, 1}};
    settings.dealers = {{DlrA, "Dealer A", VenueX, "+44 20 7946 0001", std::nullopt},
        {DlrB, "Dealer B", VenueX, "+44 20 7946 0002", std::chrono::milliseconds(100)},
        {DlrC, "Dealer C", VenueX, "+44 20 7946 0003", std::nullopt},
        {DlrD, "Dealer D", DirectD, "+44 20 7946 0004", std::nullopt}};
    rfq::Profile direct;
    direct.dealerNaming = rfq::DealerNaming::Session;
    direct.acceptStyle = rfq::AcceptStyle::QuoteResponse;
    settings.profiles = {{VenueX, rfq::Profile{}}, {DirectD, direct}};
    for (const char* currency : {"EUR", "USD", "GBP", "CAD"})
        settings.limits.maxQuantity[currency] = decimal("50000000");
    settings.limits.maxQuantity["JPY"] = decimal("5000000000");
    return settings;
}

/// A whole desk with a clock, a wire and a journal in the test's hand, and words for what a venue does.
struct FakeDesk {
    explicit FakeDesk(rfq::DeskSettings settings = deskSettings())
        : service(std::move(settings), link, journal, ids, clock)
    {
    }

    FakeClock clock;
    FakeVenueLink link;
    FakeJournal journal;
    FakeIdSource ids;
    rfq::RfqService service;

    void session(const rfq::SessionId& id, rfq::SessionPhase phase)
    {
        rfq::SessionChanged event;
        event.session = id;
        event.phase = phase;
        service.apply(event);
    }
    void logOn()
    {
        session(VenueX, rfq::SessionPhase::LoggedOn);
        session(DirectD, rfq::SessionPhase::LoggedOn);
    }
    void forgetChanges() { static_cast<void>(service.takeChanges()); }
    void advance(std::chrono::nanoseconds by)
    {
        clock.advance(by);
        service.tick();
    }

    /// Buy 25m EUR against USD, spot, from dealers A, B and D.
    [[nodiscard]] static rfq::RequestDraft draft()
    {
        rfq::RequestDraft draft;
        draft.symbol = "EUR/USD";
        draft.side = rfq::RequestSide::Buy;
        draft.quantity = decimal("25000000");
        draft.currency = "EUR";
        draft.dealers = {DlrA, DlrB, DlrD};
        return draft;
    }
    rfq::RfqId request(const rfq::RequestDraft& what = draft()) { return service.request(what).value(); }

    /// A tradeable quote that answers the request and lives 5 s by the dealer's clock. An empty price is absent.
    [[nodiscard]] rfq::QuoteReceived quoteEvent(const rfq::RfqId& id, const rfq::DealerId& dealer,
        const std::string& quoteId, const std::string& bid, const std::string& offer) const
    {
        const rfq::Request& asked = service.find(id)->request;
        rfq::QuoteReceived event;
        event.symbol = asked.instrument.symbol;
        event.currency = asked.currency;
        rfq::Quote& quote = event.quote;
        quote.id = rfq::QuoteId(quoteId);
        quote.rfq = id;
        quote.dealer = dealer;
        quote.session = dealer == DlrD ? DirectD : VenueX;
        quote.type = rfq::QuoteType::Tradeable;
        if (!bid.empty())
            quote.bid = price(bid);
        if (!offer.empty())
            quote.offer = price(offer);
        quote.valueDate = asked.settlement.date;
        quote.received = clock.steady();
        quote.sendingTime = clock.utc();
        quote.validUntil = clock.utc() + std::chrono::seconds(5);
        return event;
    }
    void quote(const rfq::RfqId& id, const rfq::DealerId& dealer, const std::string& quoteId, const std::string& bid,
        const std::string& offer)
    {
        service.apply(quoteEvent(id, dealer, quoteId, bid, offer));
    }

    [[nodiscard]] const rfq::Rfq& rfq(const rfq::RfqId& id) const { return *service.find(id); }
    [[nodiscard]] const rfq::DealerLine& line(const rfq::RfqId& id, const rfq::DealerId& dealer) const
    {
        for (const rfq::DealerLine& candidate : rfq(id).dealers) {
            if (candidate.dealer == dealer)
                return candidate;
        }
        assert(false && "this dealer was not asked");
        return rfq(id).dealers.front();
    }
    /// What a button with this dealer's quote sends, when the quote has been on the screen since it came.
    [[nodiscard]] rfq::Click click(
        const rfq::RfqId& id, const rfq::DealerId& dealer, rfq::Side side = rfq::Side::Buy) const
    {
        const rfq::Quote& shown = line(id, dealer).quote.value();
        const auto& shownPrice = shown.price(rfq::priceSideFor(rfq(id).request, side));
        return {id, dealer, shown.id, side, shownPrice.value_or(rfq::Price{}), shown.received};
    }
    /// Waits out the guard time of the button, then clicks.
    base::Status accept(const rfq::RfqId& id, const rfq::DealerId& dealer, rfq::Side side = rfq::Side::Buy)
    {
        advance(service.settings().priceGuard);
        return service.accept(click(id, dealer, side));
    }
    [[nodiscard]] const rfq::AcceptanceLine& acceptance(const rfq::RfqId& id) const
    {
        return rfq(id).acceptances.back();
    }
    /// The wire says that the newest acceptance of the request was written.
    void confirmSent(const rfq::RfqId& id)
    {
        const rfq::Acceptance& what = acceptance(id).acceptance;
        service.apply(rfq::AcceptanceSent{what.session, what.id, 17, 9, clock.utc()});
    }

    /// A full fill of exactly what was accepted.
    [[nodiscard]] rfq::ExecutionReport fillReport(const rfq::Acceptance& what) const
    {
        rfq::ExecutionReport report;
        report.clOrdId = what.id;
        report.orderId = rfq::OrderId("O-" + what.id.text());
        report.execId = rfq::ExecId("E-" + what.id.text());
        report.session = what.session;
        report.execType = 'F';
        report.ordStatus = '2';
        report.symbol = what.instrument.symbol;
        report.side = what.side;
        report.currency = what.currency;
        report.quantity = what.quantity;
        report.lastPx = what.price;
        report.lastQty = what.quantity;
        report.cumQty = what.quantity;
        report.leavesQty = decimal("0");
        report.avgPx = what.price;
        report.valueDate = what.settlement.date;
        report.received = clock.steady();
        return report;
    }
    /// A report without a fill: '8' rejected, '0' new, '4' cancelled ...
    [[nodiscard]] rfq::ExecutionReport statusReport(
        const rfq::Acceptance& what, char status, const std::string& text = {}) const
    {
        rfq::ExecutionReport report = fillReport(what);
        report.execId = rfq::ExecId(std::string("S") + status + "-" + what.id.text());
        report.execType = status;
        report.ordStatus = status;
        report.lastPx.reset();
        report.lastQty.reset();
        report.avgPx.reset();
        report.cumQty = decimal("0");
        report.text = text;
        return report;
    }
    void fill(const rfq::RfqId& id) { service.apply(rfq::ExecutionReported{fillReport(acceptance(id).acceptance)}); }
    void reject(const rfq::RfqId& id, const std::string& text = "price moved")
    {
        service.apply(rfq::ExecutionReported{statusReport(acceptance(id).acceptance, '8', text)});
    }

    /// Request, quote by dealer A, click, sent: everything up to the dealer's answer.
    rfq::RfqId acceptedBy(const rfq::DealerId& dealer = DlrA)
    {
        const rfq::RfqId id = request();
        quote(id, dealer, "QA-1", "", "1.15342");
        const base::Status status = accept(id, dealer);
        assert(status.has_value());
        static_cast<void>(status);
        confirmSent(id);
        return id;
    }
};

}
