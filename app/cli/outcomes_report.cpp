#include "app/cli/outcomes_report.h"

#include "app/cli/desk_lookup.h"
#include "app/cli/outcome_events.h"

#include <cstddef>

namespace cli {

ExitCode reportOutcomes(const rfq::RfqService& service, Reporter& reporter)
{
    const auto unknown = service.unknownOutcomes();
    for (const rfq::AcceptanceLine* line : unknown)
        reporter.report(unknownEvent(*line, phoneOf(service, line->acceptance.dealer)));
    std::size_t open = 0;
    for (const rfq::Incident& incident : service.incidents()) {
        if (incident.acknowledged)
            continue;
        ++open;
        reporter.report(incidentEvent(incident));
    }
    for (const rfq::PositionRange& range : service.positions())
        reporter.report(positionEvent(range));
    const bool clear = unknown.empty() && open == 0;
    const ExitCode code = clear ? ExitCode::Done : ExitCode::UnknownOutcome;
    reporter.report(endEvent(code,
        clear ? "Every outcome is known and every incident is acknowledged"
              : "Without an outcome: " + std::to_string(unknown.size())
                + "; incidents to acknowledge: " + std::to_string(open)));
    return code;
}

}
