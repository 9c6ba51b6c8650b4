#pragma once

#include "core/rfq/request_moves.h"

namespace rfq {

/// The life of requests: asking, declining, losing sessions, ending, expiring.
class RequestDesk {
public:
    RequestDesk(DeskState& desk, RequestMoves& moves);

    [[nodiscard]] base::Result<RfqId> request(const RequestDraft& draft);
    [[nodiscard]] base::Status end(const RfqId& id);

    void notSent(const RequestNotSent& event);
    /// `field` is where the dealer's code comes from.
    void declined(const RequestDeclined& event, RejectField field = RejectField::QuoteRequestRejectReason);
    /// A dealer's system refused the request itself.
    void refused(const MessageRejected& event);
    void sessionUp(const SessionId& session);
    void sessionLost(const SessionId& session);
    void expire();
    [[nodiscard]] std::optional<SteadyTime> nextDeadline() const;

    /// Brings the request's state in line with its dealers, acceptances and trades. To be called after each change.
    void settle(Rfq& rfq);

private:
    /// Why a dealer is out, and its words.
    struct Exit {
        DealerEvent event;
        std::string code{};
        std::string text{};
        RejectCategory category = RejectCategory::None;
    };

    void ask(const Rfq& rfq);
    [[nodiscard]] RejectCategory categoryFor(
        const SessionId& session, RejectField field, const std::string& code, const std::string& text) const;
    void drop(Rfq& rfq, DealerLine& line, const Exit& exit);
    /// Ends the part that this session's dealers play in the request.
    void dropDealers(Rfq& rfq, const SessionId& session, const Exit& exit);

    DeskState& m_desk;
    RequestMoves& m_moves;
};

}
