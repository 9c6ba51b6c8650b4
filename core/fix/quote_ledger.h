#pragma once

#include "core/base/clock.h"
#include "core/rfq/messages.h"

#include <map>
#include <set>

namespace fix {

/// Which quote of each dealer is the newest on each request that went out on one session: the last check before an
/// acceptance is written (invariant 4). Holds nothing but requests of ours that still run. The FIX thread's.
class QuoteLedger {
public:
    void open(const rfq::SendRequest& request, base::SteadyTime until);
    void close(const rfq::RfqId& request);
    void note(const rfq::VenueEvent& event);
    [[nodiscard]] bool isNewest(const rfq::Acceptance& acceptance) const;
    /// The session is down: no quote stands.
    void forgetQuotes();
    /// Drops requests that are over.
    void prune(base::SteadyTime now);

private:
    struct Entry {
        base::SteadyTime until;
        std::set<rfq::DealerId> asked; ///< empty: everyone behind the session
        std::map<rfq::DealerId, rfq::QuoteId> newest;
    };
    void noteQuote(const rfq::QuoteReceived& quote);
    void noteWithdrawal(const rfq::QuoteWithdrawn& withdrawn);

    std::map<rfq::RfqId, Entry> m_requests;
};

}
