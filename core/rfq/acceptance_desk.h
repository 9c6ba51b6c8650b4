#pragma once

#include "core/rfq/desk_state.h"
#include "core/rfq/request_desk.h"

#include <set>
#include <string>

namespace rfq {

/// The life of acceptances: intent, durable, sent, held, and what the venue says became of them. Invariants 1 to 5.
class AcceptanceDesk {
public:
    AcceptanceDesk(DeskState& desk, RequestDesk& requests);

    [[nodiscard]] base::Status accept(const Click& click);

    void sent(const AcceptanceSent& event);
    void notSent(const AcceptanceNotSent& event);
    void reported(const ExecutionReport& report);
    void status(const QuoteStatusReceived& event);
    /// The counterparty's system refused the message that carried this acceptance.
    void refused(const MessageRejected& event);
    /// The dealer answered our hit or lift: the quote is gone, and nothing was dealt.
    void answered(const QuoteWithdrawn& event);
    void sessionLost(const SessionId& session);
    void expire();
    [[nodiscard]] std::optional<SteadyTime> nextDeadline() const;

private:
    /// The counterparty's words, or ours.
    struct Words {
        std::string code;
        std::string text;
    };

    void durable(const ClOrdId& id, const base::Status& status);
    void move(AcceptanceLine& line, AcceptanceState state, Words words);
    void dropUnsent(AcceptanceLine& line, const base::Error& reason);
    void hold(AcceptanceLine& line, Words words);
    void refuse(AcceptanceLine& line, AcceptanceState state, Words words);
    void loseSight(AcceptanceLine& line, const std::string& why);
    void book(AcceptanceLine& line, const ExecutionReport& report);
    void addTrade(AcceptanceLine& line, const ExecutionReport& report, const std::string& contradiction);
    void partial(AcceptanceLine& line, const ExecutionReport& report);
    void alarm(NoticeCode code, const AcceptanceLine& line, const std::string& raw);
    void reportStray(const ExecutionReport& report);
    [[nodiscard]] bool isFirstSight(const ExecutionReport& report);
    /// When time alone moves this acceptance on; absent where only evidence does.
    [[nodiscard]] std::optional<SteadyTime> deadlineOf(const AcceptanceLine& line) const;

    DeskState& m_desk;
    RequestDesk& m_requests;
    std::set<std::string> m_seen; ///< reports by session, ExecID and content
};

}
