#pragma once

#include "core/base/result.h"
#include "core/rfq/journal.h"
#include "core/rfq/messages.h"

#include <functional>

namespace rfq {

/// The wire, seen from the desk. send() never blocks; the outcome arrives as a VenueEvent on the desk's thread.
class VenueLink {
public:
    virtual ~VenueLink() = default;
    virtual void send(VenueCommand command) = 0;
    /// The application message that accepts: every field in its order, each with SOH behind it. It is made durable as
    /// it is and written as it is. Pure; empty where no session is named so.
    [[nodiscard]] virtual std::string compose(const Acceptance& acceptance) const = 0;
};

/// Durable memory of what was asked, accepted and dealt. append() never blocks; `done` runs on the desk's thread,
/// exactly once, after the record is on disk or could not be put there. An acceptance is sent only after its record is
/// durable (invariant 5): where the journal fails, the desk fails closed.
class Journal {
public:
    virtual ~Journal() = default;
    virtual void append(JournalRecord record, std::function<void(base::Status)> done) = 0;
};

/// Unique ids for what this desk sends. Never repeats, across restarts too.
class IdSource {
public:
    virtual ~IdSource() = default;
    [[nodiscard]] virtual RfqId nextRfq() = 0;
    [[nodiscard]] virtual ClOrdId nextClOrd() = 0;
    [[nodiscard]] virtual IncidentId nextIncident() = 0;
};

}
