#pragma once

#include "app/venue/floor.h"

namespace venue {

/// Answers what a client asks about its own orders, deals and quotes. Nothing of another session is ever told.
class EnquiryDesk {
public:
    explicit EnquiryDesk(Floor& floor);
    EnquiryDesk(const EnquiryDesk&) = delete;
    EnquiryDesk& operator=(const EnquiryDesk&) = delete;

    void answer(const SessionSettings& session, const fix::maker::OrderStatusRequest& request);
    /// The orders of the last 24 hours.
    void answer(const SessionSettings& session, const fix::maker::MassStatusRequest& request);
    /// The deals of the last 24 hours that still stand.
    void answer(const SessionSettings& session, const fix::maker::TradeCaptureRequest& request);
    void answer(const SessionSettings& session, const fix::maker::QuoteStatusRequest& request);
    /// Writes the doubt down, for a person to act on.
    void answer(const SessionSettings& session, const fix::maker::DontKnowTrade& doubt);

private:
    struct Deal {
        BookedOrder order;
        rfq::ExecId execId; ///< of the last report of a fill
    };

    [[nodiscard]] rfq::ExecutionReport unknownOrder(const SessionSettings& session);
    [[nodiscard]] base::Result<std::vector<Deal>> dealsFor(
        const SessionSettings& session, const fix::maker::TradeCaptureRequest& request);
    [[nodiscard]] base::Result<fix::maker::QuoteStatusOut> statusOf(
        const SessionSettings& session, const fix::maker::QuoteStatusRequest& request);
    void unavailable(const SessionSettings& session, const char* type, const std::string& id, const base::Error& why);
    [[nodiscard]] rfq::ExecId nextExec() { return rfq::ExecId(m_floor.numbers.next("S")); }

    Floor& m_floor;
};

}
