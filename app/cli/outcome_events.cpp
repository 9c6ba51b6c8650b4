#include "app/cli/outcome_events.h"

#include "app/cli/event_parts.h"
#include "core/rfq/amount.h"
#include "core/rfq/inquiry_rules.h"

#include <algorithm>
#include <sstream>

namespace cli {

using nlohmann::ordered_json;

namespace {

const char* headline(rfq::AcceptanceState state)
{
    switch (state) {
    case rfq::AcceptanceState::Intended:
    case rfq::AcceptanceState::Sent:
    case rfq::AcceptanceState::Held:
        return "IN FLIGHT: ";
    case rfq::AcceptanceState::Filled:
        return "TRADED: ";
    case rfq::AcceptanceState::PartlyFilled:
        return "PARTLY TRADED, and nothing more comes: ";
    case rfq::AcceptanceState::Rejected:
        return "REJECTED by the dealer, nothing was dealt: ";
    case rfq::AcceptanceState::NotDone:
        return "NOT DONE, nothing was dealt: ";
    case rfq::AcceptanceState::NotSent:
        return "NOT SENT, nothing was dealt: ";
    case rfq::AcceptanceState::Unknown:
        return "UNKNOWN OUTCOME: it may or may not be done: ";
    case rfq::AcceptanceState::NotReceived:
        return "NEVER RECEIVED by the dealer, nothing was dealt: ";
    case rfq::AcceptanceState::Closed:
        return "CLOSED by two persons: ";
    case rfq::AcceptanceState::Busted:
        return "BUSTED, the dealer took the deal back: ";
    }
    return "";
}

const char* kindName(rfq::IncidentKind kind)
{
    switch (kind) {
    case rfq::IncidentKind::LateFill:
        return "late-fill";
    case rfq::IncidentKind::FillDiffers:
        return "fill-differs";
    case rfq::IncidentKind::StrayFill:
        return "stray-fill";
    case rfq::IncidentKind::FillCorrected:
        return "fill-corrected";
    case rfq::IncidentKind::FillBusted:
        return "fill-busted";
    case rfq::IncidentKind::Contradiction:
        return "contradiction";
    }
    return "";
}

const char* kindInWords(rfq::IncidentKind kind)
{
    switch (kind) {
    case rfq::IncidentKind::LateFill:
        return "a fill came for a deal that was over";
    case rfq::IncidentKind::FillDiffers:
        return "a fill is not what was accepted";
    case rfq::IncidentKind::StrayFill:
        return "a fill came for an order that this desk does not know";
    case rfq::IncidentKind::FillCorrected:
        return "the dealer changed a fill";
    case rfq::IncidentKind::FillBusted:
        return "the dealer took a fill back";
    case rfq::IncidentKind::Contradiction:
        return "the dealer contradicts what is on record";
    }
    return "";
}

ordered_json evidenceOf(const rfq::Evidence& evidence)
{
    return {{"time", stamp(evidence.time)}, {"kind", nameOf(evidence.kind)}, {"text", evidence.text}};
}

/// '|' for SOH, as people read FIX.
std::string readable(std::string message)
{
    std::replace(message.begin(), message.end(), '\x01', '|');
    return message;
}

void addVerdict(ordered_json& fields, const rfq::Closing& closing)
{
    fields["verdict"] = closing.verdict == rfq::Verdict::Traded ? "traded" : "not-traded";
    fields["reason"] = closing.reason;
    fields["reference"] = closing.reference;
    fields["trader"] = closing.trader.name;
    fields["approver"] = closing.approval.person.name;
}

std::string signedAmount(const rfq::Decimal& amount)
{
    return (amount.isZero() || amount.isNegative() ? "" : "+") + amount.text();
}

}

Event rejectEvent(const rfq::AcceptanceLine& line)
{
    Event event{named("reject"), ""};
    addAcceptance(event.fields, line);
    event.fields["code"] = line.code;
    event.fields["category"] = nameOf(line.category);
    event.fields["text"] = line.text;
    event.text = headline(line.state) + termsInWords(line) + reasonInBrackets(line.code, line.category, line.text);
    return event;
}

Event unknownEvent(const rfq::AcceptanceLine& line, const std::string& phone)
{
    Event event{named("unknown"), headline(rfq::AcceptanceState::Unknown) + termsInWords(line)};
    addAcceptance(event.fields, line);
    event.fields["time"] = stamp(line.time);
    event.fields["text"] = line.text;
    if (!phone.empty())
        event.fields["phone"] = phone;
    if (line.seqNum)
        event.fields["seqNum"] = *line.seqNum;
    if (!line.message.empty())
        event.fields["message"] = readable(line.message);
    auto& known = event.fields["evidence"] = ordered_json::array();
    for (const rfq::Evidence& evidence : line.evidence)
        known.push_back(evidenceOf(evidence));
    event.text += ". Do not deal it again. Ask the dealer" + (phone.empty() ? "" : " (" + phone + ")")
        + " about ClOrdID " + line.acceptance.id.text() + reasonInBrackets(line.code, line.category, line.text);
    return event;
}

Event askingEvent(const rfq::AcceptanceLine& line, const std::string& question)
{
    Event event{named("asking"), line.acceptance.id.text() + ": asking " + line.acceptance.session.text()};
    event.fields["clOrdId"] = line.acceptance.id.text();
    event.fields["session"] = line.acceptance.session.text();
    event.fields["question"] = question;
    event.text += " (" + question + ")";
    return event;
}

Event evidenceEvent(const rfq::AcceptanceLine& line, const rfq::Evidence& evidence)
{
    Event event{named("evidence"), line.acceptance.id.text() + ": " + nameOf(evidence.kind) + ": " + evidence.text};
    event.fields["clOrdId"] = line.acceptance.id.text();
    event.fields.update(evidenceOf(evidence));
    return event;
}

Event outcomeEvent(const rfq::AcceptanceLine& line)
{
    Event event{named("outcome"), headline(line.state) + termsInWords(line)};
    addAcceptance(event.fields, line);
    addReason(event.fields, line.code, line.category, line.text);
    if (line.closing)
        addVerdict(event.fields, *line.closing);
    event.text += reasonInBrackets(line.code, line.category, line.text);
    return event;
}

Event incidentEvent(const rfq::Incident& incident)
{
    Event event{named("incident"), "INCIDENT " + incident.id.text() + ": " + kindInWords(incident.kind)};
    event.fields["incident"] = incident.id.text();
    event.fields["kind"] = kindName(incident.kind);
    event.fields["time"] = stamp(incident.time);
    event.fields["session"] = incident.session.text();
    event.fields["dealer"] = incident.dealer.text();
    event.fields["rfq"] = incident.rfq.text();
    event.fields["clOrdId"] = incident.clOrdId.text();
    event.fields["text"] = incident.text;
    event.fields["disputed"] = incident.disputed;
    event.fields["acknowledged"] = incident.acknowledged.has_value();
    event.text += ": " + incident.text + (incident.disputed ? "; disputed" : "");
    if (incident.acknowledged) {
        event.fields["acknowledgedBy"] = incident.acknowledged->who.name;
        event.fields["note"] = incident.acknowledged->note;
        event.text +=
            "; acknowledged by " + incident.acknowledged->who.name + ": \"" + incident.acknowledged->note + "\"";
    }
    return event;
}

Event positionEvent(const rfq::PositionRange& range)
{
    const std::string base = range.symbol.substr(0, range.symbol.find('/'));
    Event event{named("position"), "Position in " + range.symbol + ": "};
    event.fields["symbol"] = range.symbol;
    event.fields["currency"] = base;
    event.fields["least"] = range.least.text();
    event.fields["most"] = range.most.text();
    auto& unknown = event.fields["unknown"] = ordered_json::array();
    for (const rfq::ClOrdId& id : range.unknown)
        unknown.push_back(id.text());
    if (range.least == range.most)
        event.text += signedAmount(range.most) + " " + base;
    else
        event.text += "between " + signedAmount(range.least) + " and " + signedAmount(range.most) + " " + base;
    return event;
}

Event statementEvent(const std::string& statement)
{
    Event event{named("statement"), "To be signed by the second person:"};
    event.fields["statement"] = statement;
    std::istringstream lines(statement);
    for (std::string line; std::getline(lines, line);)
        event.text += " " + line + ";";
    return event;
}

Event approvalEvent(const rfq::Approval& approval)
{
    Event event{named("approval"), "Signed by " + approval.person.name};
    event.fields["outcome"] = "signed";
    event.fields["person"] = approval.person.name;
    event.fields["fingerprint"] = approval.person.fingerprint;
    event.fields["time"] = stamp(approval.time);
    return event;
}

Event approvalRefusedEvent(const base::Error& error, const rfq::PinState& pin)
{
    Event event{named("approval"), "The second person's consent was refused: " + error.detail};
    event.fields["outcome"] = "refused";
    addError(event.fields, error);
    if (pin.triesLeft) {
        event.fields["triesLeft"] = *pin.triesLeft;
        event.text += "; tries left: " + std::to_string(*pin.triesLeft);
    }
    event.fields["finalTry"] = pin.finalTry;
    event.fields["blocked"] = pin.blocked;
    return event;
}

}
