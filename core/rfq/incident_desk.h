#pragma once

#include "core/rfq/desk_state.h"

namespace rfq {

/// What must not have happened and must be acknowledged: raised, disputed, acknowledged, and on record at each step.
class IncidentDesk {
public:
    explicit IncidentDesk(DeskState& desk);

    void raise(IncidentKind kind, const Acceptance& acceptance, const ExecutionReport& report, std::string text);
    /// About an order that this desk does not know.
    void raiseStray(const ExecutionReport& report);
    /// A contradiction that came without a report.
    void raise(IncidentKind kind, const Acceptance& acceptance, std::string text);

    /// See RfqService.
    [[nodiscard]] base::Status acknowledge(const IncidentId& id, const std::string& note);
    [[nodiscard]] base::Status dispute(const IncidentId& id);

private:
    void add(Incident incident);
    [[nodiscard]] Incident* find(const IncidentId& id);

    DeskState& m_desk;
};

}
