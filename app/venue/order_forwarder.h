#pragma once

#include "app/venue/outcome_chase.h"
#include "app/venue/relay.h"
#include "app/venue/report_outbox.h"
#include "app/venue/request_forwarder.h"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>

namespace venue {

/// Takes clients' orders to the counterparties, each at most once: it is in the order book, and its forwarding in the
/// book of forwards, before a byte of it is written. What comes back is in the order book before anybody is told, and
/// waits there for a client that is away. A book that cannot be written ends dealing.
class OrderForwarder {
public:
    OrderForwarder(Relay& relay, RequestForwarder& requests);
    OrderForwarder(const OrderForwarder&) = delete;
    OrderForwarder& operator=(const OrderForwarder&) = delete;

    /// Orders without an outcome: rejected where nothing of them can have left the gateway, asked about where it can.
    void settleEarlierRun();
    void loggedOn(const rfq::SessionId& client);
    void loggedOff(const rfq::SessionId& client) { m_outbox.offline(client); }
    void sent(std::uint64_t receipt);
    void take(const SessionSettings& client, const fix::maker::Order& order, const Arrival& arrival);
    /// The client asks; where the outcome is open the counterparty is asked, too.
    void askedAbout(const rfq::SessionId& client, const rfq::ClOrdId& clOrdId);
    /// The client's doubt goes to the counterparty.
    void forward(const rfq::SessionId& client, const fix::maker::DontKnowTrade& doubt);

    void upstreamUp(const rfq::SessionId& upstream);
    void upstreamLost(const rfq::SessionId& upstream) { m_chase.upstreamLost(upstream); }
    void apply(const rfq::AcceptanceSent& event);
    void apply(const rfq::AcceptanceNotSent& event);
    void apply(const rfq::ExecutionReported& event);
    void apply(const rfq::TradeCaptured& event);
    void apply(const rfq::QuoteStatusReceived& event); ///< only where it is about an acceptance
    void apply(const rfq::InquiryAnswered& event);
    void apply(const rfq::QuoteWithdrawn& event); ///< only where it answers an acceptance
    void apply(const rfq::MessageRejected& event); ///< only where it is about an acceptance or a question
    void apply(const rfq::NumbersReset& event);
    void apply(const rfq::InboundRejected& event); ///< only where a replay is waited for
    [[nodiscard]] OutcomeChase& chase() { return m_chase; }
    [[nodiscard]] const OutcomeChase& chase() const { return m_chase; }

private:
    /// An order, and where it went.
    struct Found {
        BookedOrder order;
        Forward forward;
    };
    /// What the last run may have lost is asked for, again at each logon, until it has all come.
    struct Replay {
        rfq::Acceptance probe; ///< with an id of its own, so that the answer tells only of the end
        std::uint64_t from = 0; ///< MsgSeqNum(34) of theirs
        std::size_t unreadable = 0; ///< messages that could not be read since it was asked for
    };

    void planReplays();
    void pursueOpenRests();
    void send(const SessionSettings& client, BookedOrder booked, MadeQuote& quote, const rfq::Request& request);
    /// Absent where there is none, or the books cannot be read.
    [[nodiscard]] std::optional<Found> findUpstream(const rfq::SessionId& upstream, const rfq::ClOrdId& id);
    void take(const Found& found, const rfq::ExecutionReport& report);
    void hold(const rfq::ClOrdId& id, const rfq::QuoteStatusReceived& event);
    [[nodiscard]] bool isKnown(const Found& found, const rfq::ExecutionReport& report);
    void refuseUndecided(const rfq::SessionId& upstream, const rfq::ClOrdId& id, const std::string& why);
    void reject(const ReportedOrder& order, const OrderRefusal& why);
    void refuseAll(const rfq::SessionId& client, const fix::maker::Order& order);
    void mark(const BookedOrder& order, MadeQuoteState state);
    void report(
        const ReportedOrder& order, const std::optional<OrderTruth>& truth, const fix::maker::ReportOut& report);
    void fail(const base::Error& why);
    void log(const ReportedOrder& order, const char* outcome, const std::string& text);
    [[nodiscard]] rfq::ExecId nextExec() { return rfq::ExecId(m_floor.numbers.next("E")); }

    Relay& m_relay;
    Floor& m_floor;
    RequestForwarder& m_requests;
    ReportOutbox m_outbox;
    OutcomeChase m_chase;
    std::map<rfq::SessionId, Replay> m_replays; ///< those that are not complete
    std::map<rfq::ClOrdId, std::map<rfq::ExecId, rfq::Decimal>> m_captured; ///< by our id: amounts of listed trades
    std::set<std::string> m_strays; ///< trades of no order here that were logged
    bool m_failed = false;
};

}
