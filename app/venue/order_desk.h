#pragma once

#include "app/venue/floor.h"
#include "app/venue/order_rules.h"
#include "app/venue/quote_desk.h"
#include "app/venue/report_outbox.h"
#include "app/venue/reports.h"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace venue {

/// Takes orders on quotes: writes them down, holds them against the ledger, lets the dealer look again where it does
/// that, decides, writes that down, and only then reports. A ClOrdID is dealt at most once, however often it arrives
/// and whatever happens to the venue in between. A book that cannot be written ends dealing.
class OrderDesk {
public:
    OrderDesk(Floor& floor, QuoteDesk& quotes);
    OrderDesk(const OrderDesk&) = delete;
    OrderDesk& operator=(const OrderDesk&) = delete;

    /// Rejects what an earlier run of the venue took and did not decide.
    void settleEarlierRun();
    void loggedOn(const rfq::SessionId& session);
    void loggedOff(const rfq::SessionId& session) { m_outbox.offline(session); }
    void sent(std::uint64_t receipt);
    void take(const rfq::SessionId& session, const fix::maker::Order& order, const Arrival& arrival);

private:
    /// An order that is being decided, or was just now.
    struct Case {
        ReportedOrder reported;
        /// As it was when the order came: a decision may take longer than the ledger remembers. Absent where the order
        /// may not be dealt.
        std::optional<MadeQuote> quote{};
        Act act{};
    };
    enum class Sending {
        Usual,
        Lost, ///< the book counts them as sent, and nobody ever hears of them
    };

    [[nodiscard]] bool vanishes(
        const rfq::SessionId& session, const fix::maker::Order& order, const Act& act, std::uint64_t seqNum);
    void refuseAll(const rfq::SessionId& session, const fix::maker::Order& order);
    void process(const Case& taken);
    void dealAndDrop(const Case& taken, const std::function<void(const rfq::SessionId&)>& last);
    void restart(const Case& taken);
    void hold(const Case& taken);
    void decide(const Case& taken, Sending sending = Sending::Usual);
    [[nodiscard]] std::optional<OrderRefusal> refusalOfDealer(const Case& taken);
    void reject(const Case& taken, const OrderRefusal& why);
    void fill(const Case& taken, Sending sending);
    void mark(const Case& taken, MadeQuoteState state);
    void repeatAll(const rfq::SessionId& session, fix::maker::Repeat repeat);
    void after(
        std::optional<std::chrono::milliseconds> delay, std::chrono::milliseconds usual, std::function<void()> work);

    void report(const ReportedOrder& order, const std::optional<OrderTruth>& truth,
        const std::vector<fix::maker::ReportOut>& reports, Sending sending = Sending::Usual);
    void fail(const base::Error& why);
    void log(const ReportedOrder& order, const char* outcome, const std::string& text);
    [[nodiscard]] rfq::ExecId nextExec() { return rfq::ExecId(m_floor.numbers.next("E")); }

    Floor& m_floor;
    QuoteDesk& m_quotes;
    ReportOutbox m_outbox;
    std::map<rfq::DealerId, int> m_decided; ///< orders per dealer, for "every n-th is rejected"
    bool m_failed = false;
};

}
