#pragma once

#include "app/venue/floor.h"
#include "app/venue/order_rules.h"
#include "app/venue/report_outbox.h"
#include "app/venue/reports.h"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>

namespace venue {

/// Takes orders on quotes: holds them against the ledger, lets the dealer look again where it does that, and reports.
/// A ClOrdID is dealt at most once, however often it arrives.
class OrderDesk {
public:
    /// `dealt` hears of each request on which a deal was done.
    OrderDesk(Floor& floor, std::function<void(const rfq::SessionId&, const rfq::RfqId&)> dealt);
    OrderDesk(const OrderDesk&) = delete;
    OrderDesk& operator=(const OrderDesk&) = delete;

    void loggedOn(const rfq::SessionId& session) { m_outbox.online(session); }
    void loggedOff(const rfq::SessionId& session) { m_outbox.offline(session); }
    void take(const rfq::SessionId& session, const fix::maker::Order& order, Delivery delivery);

private:
    using Key = std::pair<rfq::SessionId, rfq::ClOrdId>;
    struct Taken {
        ReportedOrder reported;
        std::optional<rfq::ExecutionReport> last; ///< what is repeated when the order arrives again
    };

    void repeat(const Taken& taken, Delivery delivery);
    void process(const Key& key, MadeQuote& quote, const Scenario& scenario);
    void hold(const Key& key, const MadeQuote& quote, const Scenario& scenario);
    void decide(const Key& key, const rfq::QuoteId& quoteId, const Scenario& scenario);
    [[nodiscard]] std::optional<std::string> refusalOfDealer(
        const MadeQuote& quote, const fix::maker::Order& order, const Scenario& scenario);
    void reject(Taken& taken, const OrderRefusal& why);
    void fill(Taken& taken, MadeQuote& quote, FillFault fault);
    void report(Taken& taken, const rfq::ExecutionReport& report);
    void log(const Taken& taken, const char* outcome, const std::string& text);
    [[nodiscard]] rfq::ExecId nextExec() { return rfq::ExecId(m_floor.numbers.next("E")); }

    Floor& m_floor;
    const std::function<void(const rfq::SessionId&, const rfq::RfqId&)> m_dealt;
    ReportOutbox m_outbox;
    std::map<Key, Taken> m_orders;
    std::map<rfq::DealerId, int> m_decided; ///< orders per dealer, for "every n-th is rejected"
};

}
