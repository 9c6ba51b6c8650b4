#include "app/cli/evidence_watch.h"

#include "app/cli/outcome_events.h"
#include "core/rfq/inquiry_rules.h"

namespace cli {

void EvidenceWatch::skip(const rfq::AcceptanceLine& line)
{
    m_seen.insert_or_assign(line.acceptance.id, Seen{line.evidence.size(), line.asking});
}

void EvidenceWatch::look(const rfq::AcceptanceLine& line)
{
    Seen& seen = m_seen[line.acceptance.id];
    bool asked = false;
    for (; seen.evidence < line.evidence.size(); ++seen.evidence) {
        const rfq::Evidence& evidence = line.evidence[seen.evidence];
        const bool isQuestion = evidence.kind == rfq::EvidenceKind::Asked;
        m_reporter.report(isQuestion ? askingEvent(line, evidence.text) : evidenceEvent(line, evidence));
        asked = asked || isQuestion;
    }
    // A question that is put again is no new evidence.
    if (!asked && line.asking && line.asking != seen.asking)
        m_reporter.report(askingEvent(line, nameOf(*line.asking)));
    seen.asking = line.asking;
}

}
