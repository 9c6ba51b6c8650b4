#pragma once

#include "core/rfq/booking_desk.h"

#include <map>
#include <set>
#include <string>

namespace rfq {

/// The life of acceptances: intent, durable, sent, held, and what the venue says became of them. Invariants 1 to 5.
class AcceptanceDesk {
public:
    AcceptanceDesk(DeskState& desk, AcceptanceMoves& moves, BookingDesk& bookings, IncidentDesk& incidents);

    [[nodiscard]] base::Status accept(const Click& click);

    void sent(const AcceptanceSent& event);
    void notSent(const AcceptanceNotSent& event);
    void reported(const ExecutionReport& report);
    /// One execution, from a list of trades: TradeCaptureReport(AE).
    void captured(ExecutionReport execution);
    void status(const QuoteStatusReceived& event);
    /// The counterparty's system refused the message that carried this acceptance.
    void refused(const MessageRejected& event);
    /// The dealer answered our hit or lift: the quote is gone, and nothing was dealt.
    void answered(const QuoteWithdrawn& event);
    void sessionLost(const SessionId& session);
    /// Silence past the hard limit: the dealer is asked, and what stays undecided becomes UNKNOWN.
    void expire();
    [[nodiscard]] std::optional<SteadyTime> nextDeadline() const;

private:
    void durable(const ClOrdId& id, const base::Status& status);
    void dropUnsent(AcceptanceLine& line, const base::Error& reason);
    void hold(AcceptanceLine& line, const std::string& text);
    void refuse(AcceptanceLine& line, AcceptanceEvent event, AcceptanceMoves::Words words);
    /// It is about to end without a fill: where some of it was told as filled, somebody must look.
    void warnOfPartFill(const AcceptanceLine& line, AcceptanceEvent event);
    void loseSight(AcceptanceLine& line, const std::string& why);
    void overdue(AcceptanceLine& line);
    [[nodiscard]] bool isFirstSight(const ExecutionReport& report);
    /// When time alone moves this acceptance on; absent where only evidence does.
    [[nodiscard]] std::optional<SteadyTime> deadlineOf(const AcceptanceLine& line) const;
    [[nodiscard]] AcceptanceMoves::Words words(
        const SessionId& session, RejectField field, const std::string& code, const std::string& text) const;

    DeskState& m_desk;
    AcceptanceMoves& m_moves;
    BookingDesk& m_bookings;
    IncidentDesk& m_incidents;
    std::map<ClOrdId, std::map<ExecId, Decimal>> m_captured; ///< amounts of the executions that lists of trades named
    std::set<std::string> m_seen; ///< reports by session, ExecID and content
};

}
