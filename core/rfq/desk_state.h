#pragma once

#include "core/base/clock.h"
#include "core/rfq/desk.h"
#include "core/rfq/ports.h"
#include "core/rfq/value_date.h"

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace rfq {

/// What the desk remembers of an acceptance beyond what it shows.
struct Flight {
    RfqId rfq;
    std::optional<SteadyTime> handed; ///< when it was given to the link; absent before that and after a restart
    std::optional<SteadyTime> asked; ///< when an overdue answer was asked for
    Decimal booked; ///< filled so far and in the trades
    std::set<ExecId> takenBack; ///< by name, also executions that are not booked (yet) or only as a part of a trade
    int answers = 0; ///< to questions about it; repeated ones count, although they are no new evidence
    bool answeredPending = false; ///< the last answer was that they have it and have not decided
    std::optional<SteadyTime> denied; ///< when their application last said that it knows no such order
    std::set<ClOrdId> allowedTwins; ///< unknown outcomes that two persons let this one pass
};

/// Everything that RfqService owns, shared by the parts that change it. The desk's thread only.
struct DeskState {
    DeskState(DeskSettings settings, VenueLink& link, Journal& journal, IdSource& ids, const base::Clock& clock);

    [[nodiscard]] const Dealer* dealer(const DealerId& id) const;
    [[nodiscard]] const Instrument* instrument(const std::string& symbol) const;
    [[nodiscard]] const Profile& profile(const SessionId& session) const;
    [[nodiscard]] bool isLoggedOn(const SessionId& session) const;
    /// The session over which this dealer is reached; empty for a dealer that is no longer configured.
    [[nodiscard]] SessionId sessionOf(const DealerId& dealer) const;
    [[nodiscard]] Rfq* find(const RfqId& id);
    [[nodiscard]] const Rfq* find(const RfqId& id) const;
    /// Where this acceptance is; null where this desk does not know it.
    [[nodiscard]] AcceptanceLine* acceptance(const ClOrdId& id);

    void add(Rfq rfq);
    void touch(const Rfq& rfq) { changes.rfqs.insert(rfq.request.id); }
    /// Stamps the notice and keeps it for the next takeChanges().
    void notify(Notice notice);
    /// An event that its subject's state does not allow: kept, and nothing else happens.
    void refuse(std::string subject, std::string state, std::string event, std::string text);
    /// Appends to the journal; a failure turns dealing off.
    void record(JournalRecord entry);
    void journalFailed(const base::Error& error);
    /// Why dealing is off: a failed journal outlasts any resumption.
    [[nodiscard]] const std::optional<base::Error>& dealingOff() const;

    const DeskSettings settings;
    const Calendar calendar;
    VenueLink& link;
    Journal& journal;
    IdSource& ids;
    const base::Clock& clock;

    std::map<RfqId, Rfq> rfqs;
    std::vector<RfqId> order; ///< oldest first
    std::set<RfqId> live; ///< those that are not over
    std::map<ClOrdId, Flight> flights;
    std::set<ClOrdId> unknown; ///< acceptances without an outcome
    std::set<ClOrdId> twinConsents; ///< of these, the ones that two persons let the next twin pass
    std::vector<Trade> trades;
    std::vector<Incident> incidents; ///< oldest first
    Person trader; ///< who is signed in; empty before that
    std::map<SessionId, std::chrono::microseconds> clockOffsets;
    std::map<SessionId, SessionChanged> sessions;
    std::optional<base::Error> suspended;
    std::optional<base::Error> journalFailure;
    Changes changes;
    /// Journal callbacks hold it weakly: they may run after the desk is gone.
    const std::shared_ptr<const bool> alive = std::make_shared<const bool>(true);
};

/// The acceptance of this request that is in flight or of unknown outcome; at most one (invariant 2).
[[nodiscard]] AcceptanceLine* openAcceptance(Rfq& rfq);
[[nodiscard]] const AcceptanceLine* openAcceptance(const Rfq& rfq);
[[nodiscard]] DealerLine* lineOf(Rfq& rfq, const DealerId& dealer);
[[nodiscard]] const DealerLine* lineOf(const Rfq& rfq, const DealerId& dealer);
/// A notice about a request, one of its dealers, or an acceptance.
[[nodiscard]] Notice noticeOf(NoticeCode code, Severity severity, const RfqId& rfq = {});
[[nodiscard]] Notice noticeOf(NoticeCode code, Severity severity, const Acceptance& acceptance);

}
