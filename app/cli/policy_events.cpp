#include "app/cli/policy_events.h"

#include "app/cli/event_parts.h"

#include <sstream>

namespace cli {

using namespace zerotrust;

namespace {

std::string padded(int score)
{
    std::string text = std::to_string(score);
    return std::string(text.size() < 4 ? 4 - text.size() : 0, ' ') + text;
}

/// "network: unknown / dynamic IP +15, country: ...": what added something.
std::string reasons(const AccessScore& score)
{
    std::string text;
    for (const ScoreLine& line : score.lines)
        if (line.score > 0)
            text +=
                (text.empty() ? "" : ", ") + line.attribute + ": " + line.condition + " +" + std::to_string(line.score);
    return text.empty() ? "nothing adds to the score" : text;
}

void addCount(nlohmann::ordered_json& fields, const SimulationCount& count)
{
    fields["decisions"] = count.decisions;
    fields["refused"] = count.refused;
    fields["steppedUp"] = count.steppedUp;
    fields["relaxed"] = count.relaxed;
    fields["incomparable"] = count.incomparable;
    fields["notReplayed"] = count.notReplayed;
}

std::string countInWords(const SimulationCount& count)
{
    return std::to_string(count.decisions) + " decisions: " + std::to_string(count.refused)
        + " would have been refused, " + std::to_string(count.steppedUp) + " would have needed a step-up, "
        + std::to_string(count.relaxed) + " would have been milder"
        + (count.notReplayed == 0 ? ""
                                  : "; " + std::to_string(count.notReplayed)
                    + " more are without what they were made from, and could not be replayed");
}

}

Event policyEvent(const AccessPolicy& policy, const std::string& signer)
{
    Event event{named("policy"),
        "Policy " + policy.id + ", version " + std::to_string(policy.version) + ": "
            + std::to_string(policy.attributes.size()) + " attributes, step-up from "
            + std::to_string(policy.thresholds.stepUpFrom) + ", denied from "
            + std::to_string(policy.thresholds.denyFrom)};
    event.fields["policy"] = policy.id;
    event.fields["version"] = policy.version;
    if (!signer.empty()) {
        event.fields["signer"] = signer;
        event.text += "; signed by " + signer;
    }
    return event;
}

std::vector<Event> policyProblemEvents(const base::Error& error)
{
    std::vector<Event> events;
    std::istringstream lines(error.detail);
    for (std::string line; std::getline(lines, line);) {
        Event event{named("problem"), line};
        addError(event.fields, {error.code, line});
        events.push_back(std::move(event));
    }
    return events;
}

Event lintEvent(const LintFinding& finding)
{
    Event event{named("finding"),
        "Warning: " + (finding.attribute.empty() ? finding.text : finding.attribute + ": " + finding.text)};
    if (!finding.attribute.empty())
        event.fields["attribute"] = finding.attribute;
    event.fields["text"] = finding.text;
    return event;
}

Event scoreLineEvent(const ScoreLine& line)
{
    Event event{
        named("line"), padded(line.score) + "  " + line.attribute + ": " + line.condition + " (" + line.evidence + ")"};
    event.fields["attribute"] = line.attribute;
    event.fields["condition"] = line.condition;
    event.fields["score"] = line.score;
    event.fields["footing"] = footingName(line.footing);
    event.fields["evidence"] = line.evidence;
    return event;
}

Event decisionEvent(const AccessDecision& decision)
{
    Event event{named("decision"),
        padded(decision.score.total) + "  " + outcomeName(decision.outcome) + " (step-up from "
            + std::to_string(decision.thresholds.stepUpFrom) + ", denied from "
            + std::to_string(decision.thresholds.denyFrom) + "; policy " + decision.policyId + ", version "
            + std::to_string(decision.policyVersion) + ")"};
    event.fields["policy"] = decision.policyId;
    event.fields["version"] = decision.policyVersion;
    event.fields["score"] = decision.score.total;
    event.fields["stepUpFrom"] = decision.thresholds.stepUpFrom;
    event.fields["denyFrom"] = decision.thresholds.denyFrom;
    event.fields["outcome"] = outcomeName(decision.outcome);
    return event;
}

Event changedDecisionEvent(const RecordedDecision& then, Outcome before, const AccessDecision& now)
{
    const std::string who = then.user.empty() ? "somebody" : then.user;
    Event event{named("changed"),
        who + (then.at.empty() ? "" : " at " + then.at) + (then.reference.empty() ? "" : " (" + then.reference + ")")
            + ": " + outcomeName(before) + " becomes " + outcomeName(now.outcome) + " with "
            + std::to_string(now.score.total) + ": " + reasons(now.score)};
    event.fields["at"] = then.at;
    event.fields["user"] = then.user;
    event.fields["reference"] = then.reference;
    event.fields["occasion"] = occasionName(then.signals.occasion);
    event.fields["before"] = outcomeName(before);
    event.fields["outcome"] = outcomeName(now.outcome);
    event.fields["score"] = now.score.total;
    for (const ScoreLine& line : now.score.lines)
        if (line.score > 0)
            event.fields["lines"].push_back(
                {{"attribute", line.attribute}, {"condition", line.condition}, {"score", line.score}});
    return event;
}

Event personCountEvent(const std::string& user, const SimulationCount& count)
{
    Event event{named("person"), (user.empty() ? "Without a name" : user) + ": " + countInWords(count)};
    event.fields["user"] = user;
    addCount(event.fields, count);
    return event;
}

Event simulatedEvent(const AccessPolicy& policy, const SimulationCount& count)
{
    Event event{named("simulated"),
        "Under " + policy.id + ", version " + std::to_string(policy.version) + ", of " + countInWords(count)};
    if (count.incomparable > 0)
        event.text +=
            "; " + std::to_string(count.incomparable) + " say no outcome, so nobody knows what they would have changed";
    event.fields["policy"] = policy.id;
    event.fields["version"] = policy.version;
    addCount(event.fields, count);
    return event;
}

}
