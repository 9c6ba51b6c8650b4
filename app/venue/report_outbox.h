#pragma once

#include "app/venue/clients.h"

#include <map>
#include <set>
#include <vector>

namespace venue {

/// Sends execution reports, and keeps those that come due while the client is away: a deal is reported even when the
/// line broke in the middle of it.
class ReportOutbox {
public:
    explicit ReportOutbox(Clients& clients);

    void online(const rfq::SessionId& session);
    void offline(const rfq::SessionId& session);
    void post(const rfq::ExecutionReport& report);
    /// Breaks the connection; whatever comes due from now on is kept for the next one.
    void drop(const rfq::SessionId& session);

private:
    Clients& m_clients;
    std::set<rfq::SessionId> m_online;
    std::map<rfq::SessionId, std::vector<rfq::ExecutionReport>> m_kept;
};

}
