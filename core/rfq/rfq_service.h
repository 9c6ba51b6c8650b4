#pragma once

#include "core/rfq/desk.h"
#include "core/rfq/ports.h"

#include <memory>

namespace rfq {

/// The desk: the one owner of trading state. Every call comes from one thread; nothing here blocks or knows the wire.
class RfqService {
public:
    RfqService(DeskSettings settings, VenueLink& link, Journal& journal, IdSource& ids, const base::Clock& clock);
    ~RfqService();
    RfqService(const RfqService&) = delete;
    RfqService& operator=(const RfqService&) = delete;

    /// Before the first request. An acceptance without an outcome comes back as UNKNOWN.
    void restore(const History& history);

    /// Checks the draft against instruments, calendar, limits and dealers, then asks. Errors: InvalidInput, NotFound,
    /// LimitExceeded, NotConnected (no chosen dealer can be reached), Refused (dealing is off).
    [[nodiscard]] base::Result<RfqId> request(const RequestDraft& draft);

    /// Accepts exactly what was displayed. Errors: NotFound, Stale (replaced, withdrawn, changed or shown too briefly),
    /// Expired, Refused (not firm, wrong side, outside the trader's limit, dealing off, or an acceptance of the same
    /// instrument and direction is UNKNOWN), Duplicate (one acceptance of this request is in flight or unknown),
    /// NotConnected. Success means: on its way to the journal, then to the wire.
    [[nodiscard]] base::Status accept(const Click& click);

    /// Whether accept() would take this click now: the button's enabled state. The same rules, no effect.
    [[nodiscard]] base::Status canAccept(const Click& click) const;

    /// The trader ends a request. An acceptance in flight stays in flight (never cancelled locally).
    [[nodiscard]] base::Status end(const RfqId& rfq);

    /// Dealing off: token gone, locked, journal failed. Quotes keep running; request() and accept() are Refused.
    void suspendDealing(base::Error reason);
    /// Takes back suspendDealing(). A failed journal keeps dealing off until the desk starts again.
    void resumeDealing();
    [[nodiscard]] const std::optional<base::Error>& dealingSuspended() const;
    /// The journal is damaged, found out without an append that failed: dealing off until the desk starts again.
    void journalFailed(const base::Error& reason);

    /// Who deals from now on; goes into the records.
    void signedIn(Person trader);

    /// Begins the ladder of questions about an unknown outcome again, now. Errors: NotFound, Refused (the outcome is
    /// known), NotConnected.
    [[nodiscard]] base::Status ask(const ClOrdId& id);
    /// Two persons decide an unknown outcome. The approval's statement must be closingStatement() of exactly this
    /// closing, and its person another than the trader. Errors: NotFound, Refused, InvalidInput (no reason or
    /// reference, or the statement is for something else).
    [[nodiscard]] base::Status close(Closing closing);
    /// Two persons let one more acceptance of the same instrument and direction through. Used up by the next one; gone
    /// with a restart. Errors: as close().
    [[nodiscard]] base::Status allowTwin(TwinConsent consent);
    /// The trader has seen it. Errors: NotFound, Duplicate (acknowledged already), InvalidInput (no note).
    [[nodiscard]] base::Status acknowledge(const IncidentId& id, const std::string& note);
    /// Sends DontKnowTrade(Q) for the execution of this incident. Errors: NotFound, Duplicate, Refused (there is no
    /// report to dispute), NotConnected.
    [[nodiscard]] base::Status dispute(const IncidentId& id);
    /// Oldest first, acknowledged ones too.
    [[nodiscard]] const std::vector<Incident>& incidents() const;
    /// Of the current trade date, one for each pair that was dealt or may have been.
    [[nodiscard]] std::vector<PositionRange> positions() const;
    /// The acceptances without an outcome, oldest first.
    [[nodiscard]] std::vector<const AcceptanceLine*> unknownOutcomes() const;
    /// How far this counterparty's clock is ahead of ours; absent until measured.
    [[nodiscard]] std::optional<std::chrono::microseconds> clockOffset(const SessionId& session) const;

    /// Something about this workstation that belongs among the desk's notices; it is stamped here.
    void report(Notice notice);
    void apply(const VenueEvent& event);
    /// Lets time act: quotes and requests expire, a silent acceptance becomes UNKNOWN.
    void tick();
    /// When tick() is next needed; absent when nothing runs.
    [[nodiscard]] std::optional<SteadyTime> nextDeadline() const;

    [[nodiscard]] const DeskSettings& settings() const;
    [[nodiscard]] const Rfq* find(const RfqId& rfq) const;
    /// Oldest first.
    [[nodiscard]] const std::vector<RfqId>& rfqs() const;
    [[nodiscard]] const std::vector<Trade>& trades() const;
    [[nodiscard]] const std::map<SessionId, SessionChanged>& sessions() const;
    [[nodiscard]] bool isLoggedOn(const SessionId& session) const;
    /// The date this settlement means if it were asked now.
    [[nodiscard]] base::Result<Date> valueDate(const Instrument& instrument, const Settlement& settlement) const;

    [[nodiscard]] Changes takeChanges();

private:
    struct State;
    std::unique_ptr<State> m_state;
};

/// Lines of an Rfq for the side the trader would deal, best price first: firm before all others. On a two-way request
/// `side` chooses the view.
[[nodiscard]] std::vector<DealerLine> sortedByPrice(const Rfq& rfq, Side side);
/// The best firm line for `side`, where there is one.
[[nodiscard]] const DealerLine* bestLine(const Rfq& rfq, Side side);

}
