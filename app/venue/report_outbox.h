#pragma once

#include "app/venue/clients.h"
#include "app/venue/order_book.h"

#include <cstdint>
#include <set>

namespace venue {

/// Sends the reports of the order book, each until its session confirms it: a deal is reported even when the line broke
/// in the middle of it, or the venue was killed. What may have been sent before goes out as a possible resend.
class ReportOutbox {
public:
    ReportOutbox(Clients& clients, OrderBook& book);

    /// Errors: Io.
    [[nodiscard]] base::Status online(const rfq::SessionId& session);
    void offline(const rfq::SessionId& session);
    [[nodiscard]] bool isOnline(const rfq::SessionId& session) const { return m_online.contains(session); }
    /// Sends it now, or at the next logon.
    void post(const KeptReport& report);
    /// The session took it: it is in its sequence, and kept for a resend. Errors: Io.
    [[nodiscard]] base::Status confirmed(std::uint64_t receipt);
    /// Breaks the connection; whatever comes due from now on waits for the next one.
    void drop(const rfq::SessionId& session);

private:
    void hand(KeptReport report);

    Clients& m_clients;
    OrderBook& m_book;
    std::set<rfq::SessionId> m_online;
    std::set<std::uint64_t> m_tried; ///< handed over, but not confirmed
};

}
