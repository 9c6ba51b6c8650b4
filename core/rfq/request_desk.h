#pragma once

#include "core/rfq/desk_state.h"

namespace rfq {

/// The life of requests: asking, declining, losing sessions, ending, expiring.
class RequestDesk {
public:
    explicit RequestDesk(DeskState& desk);

    [[nodiscard]] base::Result<RfqId> request(const RequestDraft& draft);
    [[nodiscard]] base::Status end(const RfqId& id);

    void notSent(const RequestNotSent& event);
    void declined(const RequestDeclined& event);
    /// A dealer's system refused the request itself.
    void refused(const SessionId& session, const RfqId& id, const std::string& code, const std::string& text);
    void sessionUp(const SessionId& session);
    void sessionLost(const SessionId& session);
    void expire();
    [[nodiscard]] std::optional<SteadyTime> nextDeadline() const;

    /// Brings the request's state in line with its dealers, acceptances and trades. To be called after each change.
    void settle(Rfq& rfq);

private:
    void enter(Rfq& rfq, RfqState state);
    void ask(const Rfq& rfq);
    /// Ends the part that this session's dealers play in the request.
    void dropDealers(
        Rfq& rfq, const SessionId& session, DealerState state, const std::string& code, const std::string& text);

    DeskState& m_desk;
};

}
