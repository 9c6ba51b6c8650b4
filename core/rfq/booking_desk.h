#pragma once

#include "core/rfq/acceptance_moves.h"
#include "core/rfq/incident_desk.h"

namespace rfq {

/// Fills: booked once, compared with what was accepted, corrected and taken back. Invariants 1 and 3. By quantity, not
/// by ExecID alone: dealers reuse an ExecID or leave it out.
class BookingDesk {
public:
    BookingDesk(DeskState& desk, AcceptanceMoves& moves, IncidentDesk& incidents);

    /// A report with an amount that was filled: all of it, finally less, or so far.
    void book(AcceptanceLine& line, const ExecutionReport& report, AcceptanceEvent event);
    /// ExecType(150) G or H.
    void amend(AcceptanceLine& line, const ExecutionReport& report);

private:
    void correct(AcceptanceLine& line, Trade& trade, const ExecutionReport& report);
    void bust(AcceptanceLine& line, Trade& trade, const ExecutionReport& report);
    void addTrade(AcceptanceLine& line, const ExecutionReport& report, AcceptanceState before);
    /// Null where no booked trade is meant by the report.
    [[nodiscard]] Trade* tradeMeant(const ClOrdId& id, const ExecutionReport& report);
    /// Whether this execution was changed or taken back: its first report, coming again or coming late, is history.
    [[nodiscard]] bool isHistory(const ClOrdId& id, const ExecutionReport& report) const;
    /// Brings the request's trade and the booked amount in line with the trades.
    void recount(AcceptanceLine& line);

    DeskState& m_desk;
    AcceptanceMoves& m_moves;
    IncidentDesk& m_incidents;
};

}
